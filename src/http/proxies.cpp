#include "proxies.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>

#include "hub/base/codes.h"
#include "hub/base/text.h"

namespace hub::http {
namespace {

using Octets = std::array<unsigned char, 16>;
constexpr Octets mapped_ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int bits_before_ipv4 = 96;

// Of IPv4 the mapped form (RFC 4291 section 2.5.5.2), so that both are compared alike.
std::optional<Octets> parse_address(std::string_view text) {
  const std::string zero_ended(text);
  Octets out = mapped_ipv4;
  if (::inet_pton(AF_INET, zero_ended.c_str(), out.data() + 12) == 1) return out;
  if (::inet_pton(AF_INET6, zero_ended.c_str(), out.data()) == 1) return out;
  return std::nullopt;
}

bool is_ipv4(const Octets& address) {
  return std::equal(mapped_ipv4.begin(), mapped_ipv4.begin() + 12, address.begin());
}

std::string text_of(const Octets& address) {
  char buffer[INET6_ADDRSTRLEN] = {};
  const bool ipv4 = is_ipv4(address);
  ::inet_ntop(ipv4 ? AF_INET : AF_INET6, address.data() + (ipv4 ? 12 : 0), buffer, sizeof buffer);
  return buffer;
}

bool same_start(const Octets& a, const Octets& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (std::memcmp(a.data(), b.data(), whole) != 0) return false;
  const int rest = bits % 8;
  return rest == 0 || (a[whole] >> (8 - rest)) == (b[whole] >> (8 - rest));
}

Error no_network(std::string_view text) {
  return {codes::invalid_request, "\"" + std::string(text) + "\" is no network.", "10.0.0.0/8, 2001:db8::/32 or unix",
          "trust_proxy"};
}

}  // namespace

Result<Proxies> Proxies::parse(const std::vector<std::string>& texts) {
  Proxies out;
  for (const std::string& text : texts) {
    if (text == "unix") {
      out.unix_ = true;
      continue;
    }
    const std::size_t slash = text.find('/');
    const std::optional<Octets> address = parse_address(std::string_view(text).substr(0, slash));
    if (!address) return no_network(text);
    const int first = text.find(':') == std::string::npos ? bits_before_ipv4 : 0;
    int bits = 128 - first;
    if (slash != std::string::npos) {
      const std::string_view digits = std::string_view(text).substr(slash + 1);
      const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
      if (fault != std::errc() || end != digits.data() + digits.size() || bits < 0 || bits > 128 - first) {
        return no_network(text);
      }
    }
    out.networks_.push_back({*address, first + bits});
  }
  return out;
}

bool Proxies::trusts(std::string_view address) const {
  if (address == "unix") return unix_;
  if (networks_.empty()) return false;
  const std::optional<Octets> octets = parse_address(address);
  return octets && std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
           return same_start(network.address, *octets, network.bits);
         });
}

std::string Proxies::client_of(const Request& request) const {
  if (!trusts(request.peer)) return request.peer;
  // The lines of a header that is there more than once make one list (RFC 9110 section 5.3).
  std::vector<std::string_view> hops;
  for (const Header& header : request.headers) {
    if (header.name != "x-forwarded-for") continue;
    for (const std::string_view hop : split(header.value, ',')) hops.push_back(trim(hop));
  }
  std::string nearest = request.peer;
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const std::optional<Octets> address = parse_address(*hop);
    if (!address) break;  // what is behind it was not written by a proxy of ours
    nearest = text_of(*address);
    if (!trusts(nearest)) break;
  }
  return nearest;
}

bool is_own_address(std::string_view address) {
  return address == "unix" || address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

}  // namespace hub::http
