#include "hub/domain/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

namespace hub {

std::string address_group(std::string_view address) {
  constexpr std::size_t octets_of_site = 8;
  std::string text(address);
  if (text.find(':') == std::string::npos) return text;
  std::array<unsigned char, 16> octets{};
  if (::inet_pton(AF_INET6, text.c_str(), octets.data()) != 1) return text;
  constexpr std::array<unsigned char, 12> ipv4{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  if (std::equal(ipv4.begin(), ipv4.end(), octets.begin())) return text;
  std::fill(octets.begin() + octets_of_site, octets.end(), static_cast<unsigned char>(0));
  char site[INET6_ADDRSTRLEN] = "";
  ::inet_ntop(AF_INET6, octets.data(), site, sizeof site);
  return std::string(site) + "/64";
}

}  // namespace hub
