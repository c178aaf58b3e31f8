#include "command_tree.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <utility>

#include "hub/base/codes.h"

// CLI11 is given the flags of one command only, never the whole tree: that keeps the start of every command cheap, and
// help and completion come from the table anyway. Its positionals, required flags and help are not used, because its
// messages repeat values and its exit statuses are its own.
namespace hub::cli {
namespace {

const Flag* find_flag(const std::vector<Flag>& flags, std::string_view name) {
  const auto found = std::find_if(flags.begin(), flags.end(), [&](const Flag& flag) { return flag.name == name; });
  return found == flags.end() ? nullptr : &*found;
}

bool has_letter(const std::vector<Flag>& flags, char letter) {
  return std::any_of(flags.begin(), flags.end(),
                     [&](const Flag& flag) { return flag.letter == letter && flag.takes_value; });
}

// The flag that takes the next word as its value; nullptr if `word` is none or carries its value itself.
bool takes_next(const std::vector<Flag>& flags, const std::string& word) {
  if (word.size() < 2 || word[0] != '-') return false;
  if (word[1] == '-') {
    const Flag* flag = find_flag(flags, std::string_view(word).substr(2));
    return flag != nullptr && flag->takes_value;
  }
  const std::size_t at = word.find_first_not_of('-');
  for (std::size_t i = at; i < word.size(); ++i) {
    if (has_letter(flags, word[i])) return i + 1 == word.size();
  }
  return false;
}

// Where the name of a flag that takes a value ends in "--title=x" or "-o=x"; npos if the word is none.
std::size_t end_of_name(const std::vector<Flag>& flags, const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || equals < 2 || word[0] != '-') return std::string::npos;
  if (word[1] != '-') return equals == 2 && has_letter(flags, word[1]) ? equals : std::string::npos;
  const Flag* flag = find_flag(flags, std::string_view(word).substr(2, equals - 2));
  return flag != nullptr && flag->takes_value ? equals : std::string::npos;
}

// CLI11 takes "--title=" for a flag without a value and eats the next word: give it two words instead.
std::vector<std::string> separated(const std::vector<Flag>& flags, const std::vector<std::string>& words) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") {
      out.insert(out.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
      break;
    }
    if (const std::size_t end = end_of_name(flags, word); end != std::string::npos) {
      out.push_back(word.substr(0, end));
      out.push_back(word.substr(end + 1));
      continue;
    }
    out.push_back(word);
    if (takes_next(flags, word) && i + 1 < words.size()) out.push_back(words[++i]);
  }
  return out;
}

std::string option_names(const Flag& flag) {
  const std::string name = "--" + flag.name;
  return flag.letter == '\0' ? name : std::string{'-', flag.letter, ','} + name;
}

// Declaring positionals would make CLI11 split "[a,b]"; undeclared ones come back whole, with what they were taken for.
class Leaf : public CLI::App {
 public:
  using Kind = CLI::detail::Classifier;
  const std::vector<std::pair<Kind, std::string>>& rest() const { return missing_; }
};

}  // namespace

const std::string* Arguments::value(const std::string& name) const {
  const auto found = flags.find(name);
  return found == flags.end() || found->second.empty() ? nullptr : &found->second.back();
}

bool Arguments::is_set(const std::string& name) const {
  const std::string* given = value(name);
  return given != nullptr && *given != "false";
}

Result<Arguments> parse_arguments(const std::vector<Flag>& flags, const std::vector<std::string>& words) {
  Leaf app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<CLI::Option*> options;
  for (const Flag& flag : flags) {
    const std::string names = option_names(flag);
    CLI::Option* option = flag.takes_value ? app.add_option(names) : app.add_flag(names);
    options.push_back(option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll));
  }

  std::vector<std::string> reversed = separated(flags, words);  // CLI11 takes the last first
  std::reverse(reversed.begin(), reversed.end());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ArgumentMismatch& mismatch) {
    const std::string text = mismatch.what();  // "--app: 1 required TEXT missing": the name only, no value
    return Error{codes::usage, text.substr(0, text.find(':')) + " needs a value."};
  } catch (const CLI::ParseError&) {
    return Error{codes::usage, "The command line cannot be read.", "see its --help"};
  }

  Arguments out;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (options[i]->count() > 0) out.flags[flags[i].name] = options[i]->results();
  }
  for (const auto& [kind, word] : app.rest()) {
    if (kind == Leaf::Kind::NONE) {
      out.positionals.push_back(word);
    } else if (kind != Leaf::Kind::POSITIONAL_MARK) {
      const bool is_long = word.rfind("--", 0) == 0;  // "-psecret" must not be repeated either
      out.unknown.push_back(is_long ? word.substr(0, word.find('=')) : word.substr(0, 2));
    }
  }
  return out;
}

}  // namespace hub::cli
