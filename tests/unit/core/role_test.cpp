#include "hub/core/role.h"

#include <doctest/doctest.h>

#include "support/test_hub.h"

namespace hub::core {

using testing::code_of;
using testing::must;

TEST_CASE("roles are listed in the order of their bits with contact last and without one") {
  const auto rows = must(list_roles({}));
  REQUIRE(rows.size() == 10);
  CHECK(rows[0].name == "owner");
  CHECK(rows[0].bit == 0);
  CHECK(rows[0].german_title == "Eigentümer");
  CHECK(rows[8].name == "developer");
  CHECK(rows[8].bit == 8);
  CHECK(rows[8].value == 256);
  CHECK(rows[9].name == "contact");
  CHECK_FALSE(rows[9].bit.has_value());
  CHECK(rows[9].value == 0);
}

TEST_CASE("role names become bits and back") {
  CHECK(must(encode_roles({.roles = {"admin", "owner"}})).value == 3);
  CHECK(must(encode_roles({.roles = {"designer", "member"}})).value == 132);
  CHECK(must(encode_roles({.roles = {"contact"}})).value == 0);
  CHECK(must(decode_roles({.value = 3})).roles == std::vector<std::string>{"owner", "admin"});
  CHECK(must(decode_roles({.value = 511})).roles.size() == 9);
  CHECK(must(decode_roles({.value = 0})).roles.empty());
}

TEST_CASE("bits of no role and names of no role are refused") {
  CHECK(code_of(decode_roles({.value = 512})) == "invalid_request");
  CHECK(code_of(decode_roles({.value = -1})) == "invalid_request");
  CHECK(code_of(decode_roles({.value = std::int64_t{1} << 62})) == "invalid_request");
  CHECK(code_of(encode_roles({.roles = {"boss"}})) == "unknown_role");
  CHECK(code_of(encode_roles({.roles = {"member", "contact"}})) == "invalid_request");
  CHECK(code_of(encode_roles({})) == "invalid_request");
}

}  // namespace hub::core
