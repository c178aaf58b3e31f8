#include <charconv>

#include "errors.h"
#include "hub/base/text.h"
#include "remote.h"

namespace hub::cli {
namespace {

constexpr int http_port = 80, https_port = 443;

Error no_url() {
  return usage_error("A hub's address is a URL.", "for example https://hub.example or unix:/run/hubctl.sock");
}

// "host", "host:4000", "[::1]:4000"
bool read_host(std::string_view text, RemoteUrl& out) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    out.host = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (!text.empty() && text.front() != ':') return false;
    port = text;
  } else {
    const std::size_t colon = text.find(':');
    out.host = text.substr(0, colon);
    if (colon != std::string_view::npos) port = text.substr(colon);
  }
  if (out.host.empty() || out.host.find_first_of("@\\") != std::string::npos) return false;
  if (port.empty()) return true;
  port.remove_prefix(1);
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
  return error == std::errc() && end == port.data() + port.size() && out.port > 0 && out.port <= 65535;
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "::1" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos);
}

}  // namespace

Result<RemoteUrl> parse_remote_url(std::string_view url) {
  RemoteUrl out;
  if (!is_clean_utf8(url) || url.find_first_of(" \t\r\n") != std::string_view::npos) return no_url();
  if (url.starts_with("unix:")) {
    out.socket_file = url.substr(5);
    if (!out.socket_file.starts_with('/')) return no_url();
    return out;
  }
  out.tls = url.starts_with("https://");
  if (!out.tls && !url.starts_with("http://")) return no_url();
  out.port = out.tls ? https_port : http_port;
  url.remove_prefix(url.find("//") + 2);
  if (url.find_first_of("?#") != std::string_view::npos) return no_url();
  const std::size_t slash = url.find('/');
  if (slash != std::string_view::npos) out.prefix = url.substr(slash);
  while (out.prefix.ends_with('/')) out.prefix.pop_back();
  if (!read_host(url.substr(0, slash), out)) return no_url();
  if (!out.tls && !is_this_machine(out.host)) {
    return usage_error("A token sent by plain http can be read on its way.", "use https, or a hub on this machine");
  }
  return out;
}

}  // namespace hub::cli
