#include <doctest/doctest.h>

#include "hub/domain/app.h"
#include "hub/domain/scope.h"

using namespace hub;

TEST_CASE("Scopes are common to two lists as far as their letters are") {
  struct Case {
    const char *held, *allowed, *common;
  };
  for (const Case& one :
       {Case{"abc.one.r", "abc.one.r", "abc.one.r"}, Case{"abc.one.rw", "abc.one.r", "abc.one.r"},
        Case{"abc.one.rw", "abc.one.w", "abc.one.w"}, Case{"abc.one.rw", "abc.one.r abc.one.w", "abc.one.rw"},
        Case{"abc.one.r abc.one.w", "abc.one.rw", "abc.one.r abc.one.w"}, Case{"abc.one.r", "abc.one.w", ""},
        Case{"abc.one.w", "abc.one.r", ""}, Case{"abc.one.rw abc.one.r", "abc.one.r", "abc.one.r"},
        Case{"abc.one.r abc.two.r", "abc.two.rw", "abc.two.r"}, Case{"abc.one.r", "xyz.one.r", ""},
        Case{"directory.person.rw", "zaikio.person.r", "directory.person.r"}, Case{"", "abc.one.r", ""},
        Case{"abc.one.r", "", ""}}) {
    CAPTURE(one.held);
    CAPTURE(one.allowed);
    CHECK(join_scopes(in_both(parse_stored_scopes(one.held), parse_stored_scopes(one.allowed)), " ") == one.common);
  }
}

TEST_CASE("Every scope of two random lists that is common is covered by both") {
  const Permission permissions[] = {Permission::r, Permission::w, Permission::rw};
  for (unsigned bits = 0; bits < 512; ++bits) {
    std::vector<ScopeName> held, allowed;
    for (unsigned i = 0; i < 9; ++i) {
      if ((bits >> i & 1U) == 0) continue;
      (i % 2 == 0 ? held : allowed).push_back({"abc", i % 3 == 0 ? "one" : "two", permissions[i / 3]});
    }
    for (const ScopeName& scope : in_both(held, allowed)) {
      CHECK(covers(held, scope));
      if (scope.permission != Permission::rw) CHECK(covers(allowed, scope));
    }
  }
}

TEST_CASE("An audience admits the organizations it names") {
  const OrganizationId owner = *OrganizationId::parse("00000000-0000-7000-8000-000000000001");
  const OrganizationId listed = *OrganizationId::parse("00000000-0000-7000-8000-000000000002");
  const OrganizationId other = *OrganizationId::parse("00000000-0000-7000-8000-000000000003");
  App app{.owner_id = owner, .audience_organizations = {listed}};
  struct Case {
    Audience audience;
    bool of_owner, of_listed, of_other;
  };
  for (const Case& one : {Case{Audience::any, true, true, true}, Case{Audience::own, true, false, false},
                          Case{Audience::list, true, true, false}, Case{Audience::none, false, false, false}}) {
    app.audience = one.audience;
    CHECK(app.admits(owner) == one.of_owner);
    CHECK(app.admits(listed) == one.of_listed);
    CHECK(app.admits(other) == one.of_other);
  }
}

TEST_CASE("The id of a bearer may be one of the Nexus dialect") {
  const auto parsed = parse_requested_scopes("Org/hZ3kQ9sLw2Nc.abc.one.r", Flow::client_credentials);
  REQUIRE(parsed);
  CHECK(parsed->bearer.organization_id == "hZ3kQ9sLw2Nc");
  CHECK_FALSE(parse_requested_scopes("Org/hZ3kQ9sLw2N.abc.one.r", Flow::client_credentials));
  CHECK_FALSE(parse_requested_scopes("Org/hZ3kQ9sLw2N-.abc.one.r", Flow::client_credentials));
}
