#include "listen.h"

#include <charconv>

#include "hub/base/codes.h"

namespace hub::http {
namespace {

constexpr std::string_view unix_prefix = "unix:";
constexpr std::size_t socket_path_bytes = 107;  // sun_path holds one more for its end

Error bad(std::string_view text) {
  return {codes::invalid_request, "\"" + std::string(text) + "\" is no address to listen on.",
          "HOST:PORT, [::1]:PORT or unix:/path", "listen"};
}

}  // namespace

Result<wire::Listen> parse_listen(std::string_view text, Door door) {
  wire::Listen out{.door = door, .host = {}, .port = 0, .socket_path = {}};
  if (text.starts_with(unix_prefix)) {
    out.socket_path = text.substr(unix_prefix.size());
    if (!out.socket_path.starts_with('/') || out.socket_path.size() > socket_path_bytes) return bad(text);
    return out;
  }
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad(text);
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const auto [end, problem] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (port.empty() || problem != std::errc() || end != port.data() + port.size()) return bad(text);
  if (host.starts_with('[') != host.ends_with(']')) return bad(text);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  out.host = host.empty() ? "127.0.0.1" : host;
  return out;
}

bool is_loopback(const wire::Listen& listen) {
  return !listen.socket_path.empty() || listen.host == "localhost" || listen.host == "::1" ||
         listen.host.starts_with("127.");
}

}  // namespace hub::http
