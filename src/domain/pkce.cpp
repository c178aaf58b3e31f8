#include "hub/domain/pkce.h"

#include <algorithm>

namespace hub {

bool is_pkce_text(std::string_view text) {
  constexpr std::size_t least = 43, most = 128;
  const auto unreserved = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
  };
  return text.size() >= least && text.size() <= most && std::ranges::all_of(text, unreserved);
}

}  // namespace hub
