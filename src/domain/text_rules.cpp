#include "text_rules.h"

#include "hub/base/text.h"

namespace hub::domain {

std::string quoted(std::string_view text) {
  constexpr std::size_t shown_bytes = 80;
  const bool cut = text.size() > shown_bytes;
  if (cut) {
    std::size_t end = shown_bytes;
    const auto inside_a_character = [&] { return (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U; };
    while (end > shown_bytes - 4 && inside_a_character()) --end;
    text = text.substr(0, end);
  }
  std::string shown(text);
  if (!is_display_name(text, shown_bytes)) {
    for (char& c : shown)
      if (c < ' ' || c > '~') c = '?';
  }
  return '"' + shown + (cut ? "...\"" : "\"");
}

}  // namespace hub::domain
