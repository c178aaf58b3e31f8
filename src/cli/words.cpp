#include "words.h"

#include <algorithm>

#include "errors.h"
#include "hub/base/text.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;

std::string joined(const std::string& group, std::string_view word) {
  return group.empty() ? std::string(word) : group + " " + std::string(word);
}

Error unknown_command(std::span<const CommandInfo> commands, const std::string& group, const std::string& word) {
  std::vector<std::string_view> known;
  for (const operations::NextWord& next : operations::next_words(commands, group)) known.push_back(next.word);
  const std::string shown = is_display_name(word, 64) ? " \"" + joined(group, word) + "\"" : "";
  if (const std::string_view near = nearest(word, known); !near.empty()) {
    return usage_error("unknown command" + shown, "did you mean \"" + joined(group, near) + "\"?");
  }
  return usage_error("unknown command" + shown, joined("hubctl", joined(group, "--help")) + " lists what there is");
}

bool is_flag(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

void append_from(std::vector<std::string>& to, const std::vector<std::string>& from, std::size_t first) {
  to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(first), from.end());
}

}  // namespace

Result<Words> find_words(const std::vector<std::string>& argv, std::span<const CommandInfo> commands,
                         const std::function<bool(std::string_view)>& takes_value) {
  Words out;
  for (std::size_t i = 0; i < argv.size(); ++i) {
    const std::string& word = argv[i];
    if (out.is_command || word == "--") {  // no command's words begin another's
      append_from(out.rest, argv, i);
      break;
    }
    if (is_flag(word)) {
      out.rest.push_back(word);
      const bool eats = word.find('=') == std::string::npos && takes_value(word);
      if (eats && i + 1 < argv.size()) out.rest.push_back(argv[++i]);
      continue;
    }
    const std::string_view next = operations::meant_word(commands, out.name, word);
    if (next.empty()) return unknown_command(commands, out.name, word);
    out.name = joined(out.name, next);
    out.is_command = operations::find_command(commands, out.name) != nullptr;
  }
  return out;
}

bool looks_like_token(std::string_view word) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  return word.rfind("eyJ", 0) == 0 && std::count(word.begin(), word.end(), '.') == 2 &&
         word.find_first_not_of(alphabet) == std::string_view::npos;
}

}  // namespace hub::cli
