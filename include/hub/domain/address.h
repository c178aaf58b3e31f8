#pragma once
#include <string>
#include <string_view>

namespace hub {

// What attempts and requests of one address are counted by: itself, of IPv6 the network of a site, since whoever has
// one address there has all of them. Any text that is no address is itself.
std::string address_group(std::string_view address);

}  // namespace hub
