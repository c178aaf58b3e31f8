#include "hub/domain/redirect_uri.h"

#include <algorithm>
#include <array>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "text_rules.h"

namespace hub {
namespace {

// Never handed a person's browser: they run code or read files there.
constexpr std::array<std::string_view, 10> forbidden_schemes{
    "about", "blob", "content", "data", "file", "filesystem", "jar", "javascript", "vbscript", "view-source"};
constexpr std::array<std::string_view, 3> loopback_hosts{"localhost", "127.0.0.1", "[::1]"};

// Views into a URI; `rest` is everything behind the authority.
struct UriParts {
  std::string scheme;  // lower case
  std::string_view host, port, rest;
  bool has_authority = false, has_user_info = false, has_port = false;

  bool web() const { return scheme == "http" || scheme == "https"; }
};

// What is wrong with a URI and what to write instead.
struct Fault {
  std::string_view problem, hint;
  explicit operator bool() const { return !problem.empty(); }
};

Fault character_fault(std::string_view uri) {
  for (const char c : uri) {
    if (c == ' ') return {"contains a space", "write it as %20"};
    if (static_cast<unsigned char>(c) >= 0x80) {
      return {"contains characters beyond ASCII", "write hosts in their xn-- form and paths percent-encoded"};
    }
    if (c < ' ' || c == '\x7f') return {"contains a control character", ""};
    if (c == '\\') return {"contains a backslash", "paths are separated by /"};
    if (c == '*') return {"contains a wildcard", "register every target by itself"};
    if (std::string_view("\"<>^`{|}").find(c) != std::string_view::npos) {
      return {"contains a character that no URI may contain", "write it percent-encoded"};
    }
  }
  return {};
}

// False when the text does not begin with a scheme (RFC 3986 section 3.1).
bool split_uri(std::string_view uri, UriParts& parts) {
  const auto colon = uri.find(':');
  const auto allowed = [](char c) {
    return domain::is_letter(c) || domain::is_digit(c) || c == '+' || c == '-' || c == '.';
  };
  if (colon == uri.npos || !domain::consists_of(uri.substr(0, colon), 1, allowed) || !domain::is_letter(uri.front())) {
    return false;
  }
  parts.scheme = uri.substr(0, colon);
  std::ranges::transform(parts.scheme, parts.scheme.begin(), domain::lower);
  parts.rest = uri.substr(colon + 1);
  parts.has_authority = parts.rest.starts_with("//");
  if (!parts.has_authority) return true;
  const auto end = std::min(parts.rest.find_first_of("/?#", 2), parts.rest.size());
  parts.host = parts.rest.substr(2, end - 2);
  parts.rest.remove_prefix(end);
  if (const auto at = parts.host.rfind('@'); at != parts.host.npos) {
    parts.has_user_info = true;
    parts.host.remove_prefix(at + 1);
  }
  // The colons inside the brackets of an IPv6 address belong to the host.
  const auto bracket = parts.host.rfind(']');
  const auto port = parts.host.find(':', bracket == parts.host.npos ? 0 : bracket);
  if (port != parts.host.npos) {
    parts.has_port = true;
    parts.port = parts.host.substr(port + 1);
    parts.host = parts.host.substr(0, port);
  }
  return true;
}

bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    const auto inside = [](char c) { return domain::is_hex_digit(c) || c == ':' || c == '.'; };
    return domain::consists_of(host.substr(1, host.size() - 2), 2, inside);
  }
  const auto allowed = [](char c) {
    return domain::is_letter(c) || domain::is_digit(c) || c == '.' || c == '-' || c == '_';
  };
  return domain::consists_of(host, 1, allowed) && host.front() != '.' && host.find("..") == host.npos;
}

bool is_port(std::string_view port) {
  if (port.size() > 5 || !domain::consists_of(port, 1, domain::is_digit) || port.front() == '0') return false;
  return port.size() < 5 || port <= "65535";
}

Fault web_fault(const UriParts& parts) {
  if (!parts.has_authority || parts.host.empty()) return {"has no host", "write https://host/path"};
  if (!is_host(parts.host)) return {"has a host that is no host name or address", ""};
  if (parts.has_port && !is_port(parts.port)) return {"has a port that is not between 1 and 65535", ""};
  return {};
}

Fault redirect_fault(std::string_view uri, HubMode mode) {
  if (uri.empty()) return {"is empty", "write https://host/path"};
  if (uri.size() > limits::text_bytes) return {"is longer than 2000 characters", ""};
  static_assert(limits::text_bytes == 2000);
  if (const auto fault = character_fault(uri)) return fault;
  UriParts parts;
  if (!split_uri(uri, parts)) return {"is not absolute", "write https://host/path"};
  if (uri.find('#') != uri.npos) return {"contains a fragment", "leave out # and what follows"};
  if (parts.has_user_info) return {"contains a user name or password", "leave out what stands before the @"};
  if (std::ranges::find(forbidden_schemes, parts.scheme) != forbidden_schemes.end()) {
    return {"has a scheme that runs code or reads files", "use https or a scheme of the app's own"};
  }
  if (!parts.web()) {
    // Without this "localhost:3000/callback" would pass as a target of the scheme "localhost".
    if (!parts.has_authority && !parts.rest.starts_with('/')) {
      return {"has no / after its scheme", "write https://host/path or myapp://path"};
    }
    if (parts.host.empty() && (parts.rest.empty() || parts.rest == "/")) {
      return {"names nothing but a scheme", "write more than the scheme, such as myapp://callback"};
    }
    return {};
  }
  if (const auto fault = web_fault(parts)) return fault;
  const bool loopback = std::ranges::find(loopback_hosts, parts.host) != loopback_hosts.end();
  if (parts.scheme == "http" && !loopback && mode != HubMode::sandbox) {
    return {"uses http off loopback", "use https; http is for localhost, 127.0.0.1 and [::1]"};
  }
  return {};
}

Fault issuer_fault(std::string_view issuer) {
  if (issuer.empty()) return {"is empty", "write https://host"};
  if (issuer.size() > limits::text_bytes) return {"is longer than 2000 characters", ""};
  if (const auto fault = character_fault(issuer)) return fault;
  UriParts parts;
  if (!split_uri(issuer, parts) || !parts.web()) return {"is not an http or https URL", "write https://host"};
  if (parts.has_user_info) return {"contains a user name or password", "leave out what stands before the @"};
  if (const auto fault = web_fault(parts)) return fault;
  if (issuer.find('?') != issuer.npos) return {"contains a query", "leave out ? and what follows"};
  if (issuer.find('#') != issuer.npos) return {"contains a fragment", "leave out # and what follows"};
  if (issuer.ends_with('/')) return {"ends with a slash", "leave out the last /"};
  return {};
}

// What stands before an @ may be a password, therefore such text is not shown.
std::string shown(std::string_view what, std::string_view uri) {
  std::string text(what);
  if (!uri.empty() && uri.find('@') == uri.npos) text.append(" ").append(domain::quoted(uri));
  return text;
}

}  // namespace

std::string_view name(HubMode mode) { return mode == HubMode::sandbox ? "sandbox" : "production"; }

Result<void> check_redirect_uri(std::string_view uri, HubMode mode) {
  const auto fault = redirect_fault(uri, mode);
  if (!fault) return {};
  return Error{codes::invalid_redirect, shown("The redirect target", uri) + " " + std::string(fault.problem) + ".",
               std::string(fault.hint), "redirect_uri"};
}

bool is_web_target(std::string_view url) {
  if (url.starts_with("https://")) return true;
  for (const std::string_view host : {"http://localhost", "http://127.0.0.1", "http://[::1]"}) {
    if (!url.starts_with(host)) continue;
    const std::string_view rest = url.substr(host.size());
    if (rest.empty() || rest.front() == ':' || rest.front() == '/' || rest.front() == '?') return true;
  }
  return false;
}

bool same_redirect_uri(std::string_view registered, std::string_view requested) { return registered == requested; }

Result<void> check_issuer(std::string_view issuer) {
  const auto fault = issuer_fault(issuer);
  if (!fault) return {};
  return Error{codes::invalid_request, shown("The issuer", issuer) + " " + std::string(fault.problem) + ".",
               std::string(fault.hint), "issuer"};
}

}  // namespace hub
