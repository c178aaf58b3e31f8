#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/http/message.h"

namespace hub::http {

// The networks of the proxies before this hub. What they say about the client's address is believed, for rate limits
// and the log alone: nothing a request says builds links (claim WB-09).
class Proxies {
 public:
  // "10.0.0.0/8", "192.0.2.7", "2001:db8::/32", or "unix" for whoever comes through a socket file; invalid_request.
  static Result<Proxies> parse(const std::vector<std::string>& texts);

  // The address that X-Forwarded-For adds nearest to us and that is no proxy's; the peer when it is no proxy.
  std::string client_of(const Request& request) const;

 private:
  struct Network {
    std::array<unsigned char, 16> address{};
    int bits = 0;
  };
  bool trusts(std::string_view address) const;

  std::vector<Network> networks_;
  bool unix_ = false;
};

// Whether an address is this machine's own, which says nothing about who asks.
bool is_own_address(std::string_view address);

}  // namespace hub::http
