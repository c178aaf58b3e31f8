#include <algorithm>
#include <initializer_list>

#include "rules.h"

namespace hub::tidy {
namespace {

struct Banned {
  std::string_view words;  // several are separated by blanks; each stands as a word of its own in code
  std::string_view next;   // what follows the word; empty for anything
  std::string_view instead;
  std::initializer_list<std::string_view> roots;   // where the rule holds
  std::initializer_list<std::string_view> places;  // where it does not
};

const std::initializer_list<Banned> banned{
    {"std::regex", "", "no std::regex; write the few lines that read the text", {""}, {}},
    {"using namespace std;", "", "name what is used: std::string", {""}, {}},
    {"chrono::system_clock",
     "",
     "time comes from hub::Clock; only base/time.cpp asks the system",
     {"include/", "src/", "tests/unit/"},
     {"src/base/time.cpp"}},
    {"time", "(nullptr)", "time comes from hub::Clock", {""}, {}},
    {"gettimeofday", "(", "time comes from hub::Clock", {""}, {}},
    {"clock_gettime", "(", "time comes from hub::Clock", {"include/", "src/", "tests/"}, {}},
    {"rand srand", "(", "randomness comes from hub::Random", {""}, {}},
    {"std::random_device", "", "randomness comes from hub::Random", {""}, {}},
    {"std::mt19937", "", "randomness comes from hub::Random", {"include/", "src/"}, {}},
    {"RAND_bytes RAND_bytes_ex RAND_priv_bytes RAND_priv_bytes_ex",
     "",
     "randomness comes from hub::Random; only crypto/random.cpp asks OpenSSL",
     {""},
     {"src/crypto/random.cpp"}},
    {"stoi stol stoul stoll stoull stod stof atoi atol atoll atof strtol strtoul strtoll strtoull strtod",
     "(",
     "numbers are read by std::from_chars, which takes no blanks, no signs and no rest by accident",
     {"include/", "src/"},
     {}},
    {"printf puts putchar vprintf", "(", "only cli writes to standard output", {"include/", "src/"}, {"src/cli/"}},
    {"std::cout stdout STDOUT_FILENO", "", "only cli writes to standard output", {"include/", "src/"}, {"src/cli/"}},
    {"getenv secure_getenv",
     "(",
     "the environment is read by cli/surroundings.cpp and handed on",
     {"include/", "src/"},
     {"src/cli/surroundings.cpp"}},
    {"Json::parse json::parse Json::accept json::accept Json::sax_parse json::sax_parse",
     "",
     "JSON text is read by hub::parse_json, which knows depth, size and doubled names",
     {"include/", "src/"},
     {"src/base/json.cpp"}},
};

bool holds(const Banned& rule, const Source& source) {
  const auto contains = [&](std::string_view place) { return source.below(place); };
  return std::any_of(rule.roots.begin(), rule.roots.end(), contains) &&
         std::none_of(rule.places.begin(), rule.places.end(), contains);
}

bool follows(std::string_view code, std::size_t at, std::string_view next) {
  while (at < code.size() && code[at] == ' ') ++at;
  return code.substr(at).starts_with(next);
}

// `clock.time()` and `other::rand()` are not the C library's; `::rand()` and `std::rand()` are.
bool foreign(std::string_view code, std::size_t at) {
  const std::string_view before = code.substr(0, at);
  if (before.ends_with('.') || before.ends_with("->")) return true;
  if (!before.ends_with("::") || before.ends_with("std::")) return false;
  return before.size() > 2 && is_word(before[before.size() - 3]);
}

bool calls(std::string_view code, std::string_view word, std::string_view next) {
  for (std::size_t at = find_word(code, word); at != std::string_view::npos; at = find_word(code, word, at + 1)) {
    if (follows(code, at + word.size(), next) && !foreign(code, at)) return true;
  }
  return false;
}

bool uses(std::string_view code, const Banned& rule) {
  if (rule.words.starts_with("using namespace")) return code.find(rule.words) != std::string_view::npos;
  for (std::size_t at = 0; at < rule.words.size();) {
    const std::size_t end = std::min(rule.words.find(' ', at), rule.words.size());
    if (calls(code, rule.words.substr(at, end - at), rule.next)) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

std::vector<Offence> check_calls(const Source& source) {
  std::vector<Offence> out;
  for (const Banned& rule : banned) {
    if (!holds(rule, source)) continue;
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
      if (uses(source.lines[i].code, rule)) out.push_back({source.path, i + 1, std::string(rule.instead)});
    }
  }
  return out;
}

}  // namespace hub::tidy
