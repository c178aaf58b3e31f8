#include <doctest/doctest.h>

#include "hub/domain/app.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/domain/person.h"
#include "hub/domain/signing_key.h"
#include "hub/domain/token.h"

namespace {

// Every enumerator in order has the name beside it, and only that name is read back as it.
template <class E, class Parse>
void check_names(const std::vector<std::string_view>& names, Parse parse) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto value = static_cast<E>(i);
    CHECK(hub::name(value) == names[i]);
    CHECK_MESSAGE(parse(names[i]) == value, names[i]);
  }
  CHECK(!parse(""));
  CHECK(!parse("nothing"));
  CHECK(!parse(std::string(names.front()) + " "));
}

TEST_CASE("kinds and states are read back from their names") {
  check_names<hub::AppKind>({"public", "addon", "private"}, hub::parse_app_kind);
  check_names<hub::Audience>({"any", "own", "list", "none"}, hub::parse_audience);
  check_names<hub::AppState>({"draft", "in_review", "active", "inactive"}, hub::parse_app_state);
  check_names<hub::RefreshReuse>({"standard", "refuse", "end_family"}, hub::parse_refresh_reuse);
  check_names<hub::MembershipKind>({"human", "contact", "service"}, hub::parse_membership_kind);
  check_names<hub::EndedReason>({"revoked", "application_deleted", "organization_deleted", "person_deleted"},
                                hub::parse_ended_reason);
  check_names<hub::GrantKind>(
      {"by_hand", "client_credentials", "authorization_code", "device_code", "refresh", "delegation"},
      hub::parse_grant_kind);
}

TEST_CASE("states of signing keys have names") {
  CHECK(hub::name(hub::KeyState::staged) == "staged");
  CHECK(hub::name(hub::KeyState::active) == "active");
  CHECK(hub::name(hub::KeyState::retired) == "retired");
  CHECK(hub::name(hub::KeyState::revoked) == "revoked");
}

TEST_CASE("names of credentials are 1 to 4 lower-case letters and digits") {
  for (const auto* name : {"a", "7", "web", "v2x9"}) CHECK_MESSAGE(hub::is_credential_name(name), name);
  for (const auto* name : {"", "abcde", "Web", "a-b", "a_b", "a b", "a/b", "\xc3\xa4"}) {
    CHECK_MESSAGE(!hub::is_credential_name(name), name);
  }
}

TEST_CASE("a person without names goes by the address") {
  hub::Person person;
  person.email = "Ada@Example.com";
  CHECK(person.full_name() == "Ada@Example.com");
  person.last_name = "Lovelace";
  CHECK(person.full_name() == "Lovelace");
  person.first_name = "Ada";
  CHECK(person.full_name() == "Ada Lovelace");
  person.last_name = "";
  CHECK(person.full_name() == "Ada");
  person.first_name = "";
  CHECK(person.full_name() == "Ada@Example.com");
}

TEST_CASE("a provided scope has the permissions and bearers it was offered with") {
  hub::ProvidedScope scope;
  CHECK(!scope.has(hub::Permission::r));
  scope.permissions = {hub::Permission::r, hub::Permission::rw};
  scope.for_organizations = true;
  CHECK(scope.has(hub::Permission::r));
  CHECK(scope.has(hub::Permission::rw));
  CHECK(!scope.has(hub::Permission::w));
  CHECK(scope.applies_to(hub::BearerKind::organization));
  CHECK(!scope.applies_to(hub::BearerKind::person));
}

TEST_CASE("a token acts on behalf only with both an organization and a person") {
  hub::Token token;
  CHECK(!token.on_behalf());
  token.person_id = hub::PersonId();
  CHECK(!token.on_behalf());
  token.organization_id = hub::OrganizationId();
  CHECK(token.on_behalf());
  token.person_id.reset();
  CHECK(!token.on_behalf());
}

}  // namespace
