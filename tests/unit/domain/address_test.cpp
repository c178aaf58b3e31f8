#include "hub/domain/address.h"

#include <doctest/doctest.h>

namespace hub {

TEST_CASE("addresses of one site of IPv6 count as one") {
  CHECK(address_group("2001:db8:0:1::1") == address_group("2001:db8:0:1:ffff::2"));
  CHECK(address_group("2001:db8:0:1::1") != address_group("2001:db8:0:2::1"));
  CHECK(address_group("192.0.2.1") == "192.0.2.1");
  CHECK(address_group("::ffff:192.0.2.1") == "::ffff:192.0.2.1");
  CHECK(address_group("unix") == "unix");
  CHECK(address_group("no:address") == "no:address");
}

}  // namespace hub
