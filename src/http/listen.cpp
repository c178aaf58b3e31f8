#include "listen.h"

#include <algorithm>
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

Result<void> check_exposure(const std::vector<wire::Listen>& doors, const ServeOptions& options) {
  if (std::all_of(doors.begin(), doors.end(), &is_loopback)) return {};
  if (options.dev) {
    return Error{codes::invalid_request, "A development hub listens on loopback addresses only.", "leave --dev out",
                 "listen"};
  }
  if (options.tls_certificate || options.insecure_public || !options.trusted_proxies.empty()) return {};
  return Error{codes::invalid_request, "A public address needs TLS or a trusted proxy before it.",
               "--tls-cert and --tls-key, --trust-proxy, or --insecure-public", "listen"};
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

Result<std::vector<wire::Listen>> doors_of(const ServeOptions& options) {
  std::vector<wire::Listen> out;
  // What comes through a proxy on this machine comes from anywhere.
  const bool local_is_admin = options.admin_listen.empty() && options.trusted_proxies.empty();
  for (const std::string& text : options.listen) {
    Result<wire::Listen> listen = parse_listen(text, Door::open);
    if (!listen) return listen.error();
    if (local_is_admin && is_loopback(*listen)) listen->door = Door::admin;
    out.push_back(std::move(*listen));
  }
  for (const std::string& text : options.admin_listen) {
    Result<wire::Listen> listen = parse_listen(text, Door::admin);
    if (!listen) return listen.error();
    out.push_back(std::move(*listen));
  }
  if (Result<void> checked = check_exposure(out, options); !checked) return checked.error();
  return out;
}

}  // namespace hub::http
