#include "session_cookie.h"

#include <algorithm>
#include <array>

#include "hub/base/text.h"

namespace hub::http {
namespace {

constexpr std::size_t value_bytes_least = 43, value_bytes_most = 256;  // 32 octets in base64url; sealed ones

bool is_secure(std::string_view issuer) { return issuer.starts_with("https:"); }

std::string name_of(std::string_view issuer, Cookie cookie) {
  constexpr std::array<std::string_view, 3> names{"hub_session", "hub_browser", "hub_shown_once"};
  const std::string name(names[static_cast<std::size_t>(cookie)]);
  return is_secure(issuer) ? "__Host-" + name : name;
}

bool is_value(std::string_view text) {
  return text.size() >= value_bytes_least && text.size() <= value_bytes_most &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
         });
}

std::string attributes(std::string_view issuer) {
  return std::string("; Path=/; HttpOnly; SameSite=Lax") + (is_secure(issuer) ? "; Secure" : "");
}

}  // namespace

// A cookie of a neighbouring host may stand beside ours under plain http; which one is ours nobody can tell.
std::optional<Secret> read_cookie(const Request& request, std::string_view issuer, Cookie cookie) {
  const std::string name = name_of(issuer, cookie);
  std::optional<Secret> found;
  for (const Header& header : request.headers) {
    if (header.name != "cookie") continue;
    for (const std::string_view part : split(header.value, ';')) {
      const std::string_view pair = trim(part);
      const std::size_t equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
      const std::string_view value = pair.substr(equals + 1);
      if (found || !is_value(value)) return std::nullopt;
      found = Secret(std::string(value));
    }
  }
  return found;
}

std::string kept_cookie(std::string_view issuer, Cookie cookie, const Secret& value) {
  const std::string age = cookie == Cookie::shown_once ? "; Max-Age=120" : "";
  return name_of(issuer, cookie) + "=" + value.reveal() + age + attributes(issuer);
}

std::string forgotten_cookie(std::string_view issuer, Cookie cookie) {
  return name_of(issuer, cookie) + "=; Max-Age=0" + attributes(issuer);
}

}  // namespace hub::http
