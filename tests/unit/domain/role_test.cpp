#include "hub/domain/role.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"

namespace {

using hub::Role;
using hub::RoleSet;
using Names = std::vector<std::string>;

TEST_CASE("the order of the roles is the contract's and gives their bits") {
  struct {
    Role role;
    std::int64_t value;
    std::string_view name, german, english;
  } const table[] = {
      {Role::owner, 1, "owner", "Eigentümer", "Owner"},
      {Role::admin, 2, "admin", "Administrator", "Administrator"},
      {Role::member, 4, "member", "Mitglied", "Member"},
      {Role::purchaser, 8, "purchaser", "Einkauf", "Purchaser"},
      {Role::production_planner, 16, "production_planner", "Produktionsplaner", "Production planner"},
      {Role::customer_service_representative, 32, "customer_service_representative", "Kundenberater",
       "Customer service representative"},
      {Role::sales_representative, 64, "sales_representative", "Vertrieb", "Sales representative"},
      {Role::designer, 128, "designer", "Designer", "Designer"},
      {Role::developer, 256, "developer", "Entwickler", "Developer"},
  };
  REQUIRE(hub::all_hub_roles().size() == std::size(table));
  std::size_t at = 0;
  for (const auto& row : table) {
    CAPTURE(row.name);
    CHECK(hub::all_hub_roles()[at] == row.role);
    CHECK(hub::all_roles()[at++] == row.role);
    CHECK(RoleSet{row.role}.bits() == row.value);
    CHECK(RoleSet{row.role}.stored() == row.value);
    CHECK(hub::name(row.role) == row.name);
    CHECK(hub::german_name(row.role) == row.german);
    CHECK(hub::english_name(row.role) == row.english);
    CHECK(hub::parse_role(row.name) == row.role);
  }
  REQUIRE(hub::all_roles().size() == at + 1);
  CHECK(hub::all_roles().back() == Role::contact);
}

TEST_CASE("the roles claim is the sum of the values") {
  CHECK(RoleSet{}.bits() == 0);
  CHECK(RoleSet{Role::owner, Role::admin}.bits() == 3);
  CHECK(RoleSet{Role::developer, Role::member, Role::member}.bits() == 260);
  RoleSet all;
  for (const auto role : hub::all_hub_roles()) all.add(role);
  CHECK(all.bits() == 511);
}

TEST_CASE("names of roles are exact") {
  CHECK(hub::parse_role("contact") == Role::contact);
  for (const auto* name : {"", "Owner", "owner ", "owners", "print_admin", "production planner"}) {
    CHECK_MESSAGE(!hub::parse_role(name), name);
  }
}

TEST_CASE("contact has no bit and stands alone") {
  const RoleSet contact{Role::contact};
  CHECK(contact.has(Role::contact));
  CHECK(!contact.empty());
  CHECK(contact.bits() == 0);
  CHECK(contact.stored() == std::int64_t{1} << 62);
  CHECK(contact.names() == Names{"contact"});
  RoleSet promoted = contact;
  promoted.add(Role::member);
  CHECK(promoted == RoleSet{Role::member});
  promoted.add(Role::contact);
  CHECK(promoted == RoleSet{Role::member});
  promoted.remove(Role::member);
  CHECK(promoted.empty());
}

TEST_CASE("stored roles come back without bits that nobody knows") {
  for (const RoleSet& set : {RoleSet{}, RoleSet{Role::owner, Role::admin}, RoleSet{Role::contact},
                             RoleSet{Role::developer, Role::purchaser}}) {
    CHECK(RoleSet::from_stored(set.stored()) == set);
  }
  CHECK(RoleSet::from_stored((1 << 9) | 4) == RoleSet{Role::member});
  CHECK(RoleSet::from_stored(-1).bits() == 511);
  CHECK(!RoleSet::from_stored(-1).has(Role::contact));
  CHECK(RoleSet::from_stored(std::int64_t{1} << 61).empty());
}

TEST_CASE("roles are listed in order and once") {
  const auto set = RoleSet::parse({"developer", "admin", "owner", "admin"});
  REQUIRE(set);
  CHECK(set->names() == Names{"owner", "admin", "developer"});
  CHECK(set->roles() == std::vector{Role::owner, Role::admin, Role::developer});
  RoleSet less = *set;
  less.remove(Role::admin);
  less.remove(Role::designer);
  CHECK(less.names() == Names{"owner", "developer"});
  CHECK(RoleSet::parse({})->empty());
  CHECK(*RoleSet::parse({"contact", "contact"}) == RoleSet{Role::contact});
}

TEST_CASE("an unknown role is refused with the nearest name") {
  const auto near = RoleSet::parse({"member", "purchasr"});
  REQUIRE(!near);
  CHECK(near.error().code == hub::codes::unknown_role);
  CHECK(near.error().message == "There is no role \"purchasr\".");
  CHECK(near.error().hint == "did you mean \"purchaser\"?");
  CHECK(near.error().field == "roles");
  const auto far = RoleSet::parse({"zzzzzzzzzzzzzzzzzzzz"});
  REQUIRE(!far);
  CHECK(far.error().hint.starts_with("roles are owner, admin, member, "));
}

TEST_CASE("contact beside another role is refused") {
  for (const auto& names : {Names{"contact", "member"}, Names{"owner", "contact"}}) {
    const auto set = RoleSet::parse(names);
    REQUIRE(!set);
    CHECK(set.error().code == hub::codes::invalid_request);
    CHECK(set.error().field == "roles");
  }
}

TEST_CASE("a higher role includes the lower ones") {
  for (const auto role : hub::all_roles()) {
    CAPTURE(hub::name(role));
    const bool admin = role == Role::owner || role == Role::admin;
    CHECK(RoleSet{role}.at_least_admin() == admin);
    CHECK(RoleSet{role}.at_least_member() == (role != Role::contact));
  }
  CHECK(!RoleSet{}.at_least_admin());
  CHECK(!RoleSet{}.at_least_member());
}

}  // namespace
