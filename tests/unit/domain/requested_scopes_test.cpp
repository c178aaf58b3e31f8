#include <doctest/doctest.h>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/domain/scope.h"

namespace {

using hub::Bearer;
using hub::Flow;
using hub::parse_requested_scopes;
using Form = hub::Bearer::Form;

constexpr Flow all_flows[] = {Flow::redirect, Flow::device, Flow::client_credentials};

// "" when the list is accepted.
std::string code_of(std::string_view list, Flow flow) {
  const auto parsed = parse_requested_scopes(list, flow);
  return parsed ? std::string() : std::string(parsed.error().code.name);
}

TEST_CASE("every form of bearer is allowed in the flows the contract names") {
  struct {
    std::string_view prefix;
    Bearer bearer;
    std::string_view interactive, client_credentials;  // error codes
  } const cases[] = {
      {"", {Form::person, {}, {}}, "", "bearer_does_not_exist"},
      {"Per.", {Form::person, {}, {}}, "", "bearer_does_not_exist"},
      {"Org.", {Form::organization, {}, {}}, "", "bearer_does_not_exist"},
      {"Org/0a-9.", {Form::organization, {}, "0a-9"}, "", ""},
      {"Per/0a-9.", {Form::person, "0a-9", {}}, "unpermitted_bearer_id", ""},
      {"Per>Org.", {Form::on_behalf, {}, {}}, "", "bearer_does_not_exist"},
      {"Per>Org/7.", {Form::on_behalf, {}, "7"}, "", "bearer_does_not_exist"},
      {"Per/5>Org.", {Form::on_behalf, "5", {}}, "unpermitted_bearer_id", "bearer_does_not_exist"},
      {"Per/5>Org/7.", {Form::on_behalf, "5", "7"}, "unpermitted_bearer_id", ""},
      {"Per%3EOrg.", {Form::on_behalf, {}, {}}, "", "bearer_does_not_exist"},
      {"Per%3eOrg/7.", {Form::on_behalf, {}, "7"}, "", "bearer_does_not_exist"},
      {"Per/5%3EOrg/7.", {Form::on_behalf, "5", "7"}, "unpermitted_bearer_id", ""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.prefix);
    const auto list = std::string(c.prefix) + "zaikio.sites.rw," + std::string(c.prefix) + "abc.items.r";
    for (const auto flow : all_flows) {
      const auto expected = flow == Flow::client_credentials ? c.client_credentials : c.interactive;
      CAPTURE(static_cast<int>(flow));
      CHECK(code_of(list, flow) == expected);
      if (!expected.empty()) continue;
      const auto parsed = parse_requested_scopes(list, flow);
      REQUIRE(parsed);
      CHECK(parsed->bearer == c.bearer);
      CHECK(hub::join_scopes(parsed->scopes, ",") == "zaikio.sites.rw,abc.items.r");
    }
  }
}

TEST_CASE("a real identifier is kept as written") {
  const auto parsed = parse_requested_scopes(
      "Per/01890a5d-ac96-774b-bcce-b302099a8057>Org/b1475f65-236c-58b8-96e1-e1778b43beb7.zaikio.person.r",
      Flow::client_credentials);
  REQUIRE(parsed);
  CHECK(parsed->bearer.person_id == "01890a5d-ac96-774b-bcce-b302099a8057");
  CHECK(parsed->bearer.organization_id == "b1475f65-236c-58b8-96e1-e1778b43beb7");
}

TEST_CASE("commas and white space separate scopes alike") {
  for (const auto* list : {"abc.one.r,abc.two.w", "abc.one.r abc.two.w", "abc.one.r, abc.two.w",
                           "abc.one.r   abc.two.w", ",abc.one.r,,abc.two.w,", " abc.one.r\tabc.two.w\n"}) {
    const auto parsed = parse_requested_scopes(list, Flow::redirect);
    REQUIRE_MESSAGE(parsed, list);
    CHECK_MESSAGE(hub::join_scopes(parsed->scopes, " ") == "abc.one.r abc.two.w", list);
  }
}

TEST_CASE("no scope asks for a sign-in and is refused to client credentials") {
  for (const auto* list : {"", " ", ",", " , ,"}) {
    for (const auto flow : {Flow::redirect, Flow::device}) {
      const auto parsed = parse_requested_scopes(list, flow);
      REQUIRE(parsed);
      CHECK(parsed->bearer == Bearer{});
      CHECK(parsed->scopes.empty());
    }
    CHECK(code_of(list, Flow::client_credentials) == "invalid_request");
  }
}

TEST_CASE("duplicates collapse while order and spelling of the request stay") {
  const auto scopes = [](std::string_view list) {
    const auto parsed = parse_requested_scopes(list, Flow::redirect);
    REQUIRE(parsed);
    return hub::join_scopes(parsed->scopes, " ");
  };
  CHECK(scopes("abc.two.r abc.one.r abc.two.r") == "abc.two.r abc.one.r");
  CHECK(scopes("abc.one.r abc.one.rw abc.one.w abc.one.r") == "abc.one.r abc.one.rw abc.one.w");
  CHECK(scopes("directory.person.r zaikio.person.r") == "directory.person.r zaikio.person.r");
  CHECK(scopes("Per.abc.one.r abc.one.r") == "abc.one.r");
  CHECK(scopes("Org.abc.one.r,Org.abc.one.r") == "abc.one.r");
}

TEST_CASE("text outside the grammar of a requested scope is malformed_scope in every flow") {
  const std::string_view cases[] = {
      "zaikio",
      "openid",
      "zaikio.person.read",
      "zaikio.person.rr",
      "zaikio.person.r;zaikio.sites.r",
      "zaikio.person.r.Org",
      "zaikio.person.r#",
      "Org.zaikio.person",
      "Org",
      "Org.",
      "Org/",
      "Org/.zaikio.sites.r",
      "Org/1zaikio.sites.r.",
      "Org/A1.zaikio.sites.r",
      "Org/1_2.zaikio.sites.r",
      "Org/1/2.zaikio.sites.r",
      "Org/1.2.zaikio.sites.r",
      "Orgzaikio.sites.r",
      "Orga.zaikio.sites.r",
      "org.zaikio.sites.r",
      "ORG.zaikio.sites.r",
      "Org-1.zaikio.sites.r",
      "Org:1.zaikio.sites.r",
      "Organization/1.zaikio.sites.r",
      "Person.zaikio.person.r",
      "Per/.zaikio.person.r",
      "Per>.zaikio.person.r",
      "Per>Per.zaikio.person.r",
      "Per>org.zaikio.person.r",
      "Per>>Org.zaikio.person.r",
      "Per>Org>Org.zaikio.person.r",
      "Per>Org/.zaikio.person.r",
      "Per/>Org/1.zaikio.person.r",
      "Per/1>Org/.zaikio.person.r",
      "Per%3Org.zaikio.person.r",
      "Per%253EOrg.zaikio.person.r",
      "Per/1%3E.zaikio.person.r",
      "Org>Per.zaikio.person.r",
      "Org>Org.zaikio.person.r",
      "Org.Org.zaikio.sites.r",
      "Org.subscription_create",
      "Org/1.subscription_create",
      "Org/1.subscription_create_warehouse",
      "Org/1.subscription_create_warehouse.basic",
      "subscription_create.basic",
      "\xff",
  };
  for (const auto list : cases) {
    CAPTURE(list);
    for (const auto flow : all_flows) CHECK(code_of(list, flow) == "malformed_scope");
  }
}

TEST_CASE("scopes of one request share the form of the bearer") {
  const std::string_view cases[] = {
      "Org.abc.one.r Per.abc.two.r",           "Org.abc.one.r abc.two.r",
      "Per>Org.abc.one.r Org.abc.two.r",       "Per>Org.abc.one.r Per.abc.two.r",
      "Per/1.abc.one.r Org/1.abc.two.r",       "Per/1>Org/2.abc.one.r Org/2.abc.two.r",
      "Per/1>Org/2.abc.one.r Per/1.abc.two.r", "Org.abc.one.r Per.abc.one.r",
  };
  for (const auto list : cases) {
    CAPTURE(list);
    for (const auto flow : all_flows) CHECK(code_of(list, flow) == "different_bearer_types");
  }
}

TEST_CASE("scopes of one request share the id of the bearer") {
  const std::string_view cases[] = {
      "Org/1.abc.one.r Org/2.abc.two.r",
      "Org/1.abc.one.r Org.abc.two.r",
      "Org.abc.one.r Org/1.abc.two.r",
      "Org/1.abc.one.r Org/1.abc.two.r Org/2.abc.one.r",
      "Per/1.abc.one.r Per/2.abc.two.r",
      "Per/1.abc.one.r Per.abc.two.r",
      "abc.one.r Per/1.abc.two.r",
      "Per/1>Org/2.abc.one.r Per/1>Org/3.abc.two.r",
      "Per/1>Org/2.abc.one.r Per/3>Org/2.abc.two.r",
      "Per/1>Org/2.abc.one.r Per>Org/2.abc.two.r",
      "Per>Org.abc.one.r Per>Org/2.abc.two.r",
  };
  for (const auto list : cases) {
    CAPTURE(list);
    for (const auto flow : all_flows) CHECK(code_of(list, flow) == "different_bearer_ids");
  }
}

TEST_CASE("the first rule of the contract's order decides when several are broken") {
  struct {
    std::string_view list, interactive, client_credentials;
  } const cases[] = {
      // Grammar of a late scope goes before everything that is wrong with the early ones.
      {"Org.abc.one.r Per.abc.two.r nonsense", "malformed_scope", "malformed_scope"},
      {"Org/1.abc.one.r Org/2.abc.two.r abc.one.x", "malformed_scope", "malformed_scope"},
      {"Per/1.abc.one.r abc.two", "malformed_scope", "malformed_scope"},
      {"abc.one.r abc.two", "malformed_scope", "malformed_scope"},
      // A late difference of types goes before an early difference of ids.
      {"Org/1.abc.one.r Org/2.abc.two.r Per.abc.one.r", "different_bearer_types", "different_bearer_types"},
      {"Per/1.abc.one.r Per/2.abc.two.r Org.abc.one.r", "different_bearer_types", "different_bearer_types"},
      // Different ids go before ids that are not allowed or missing.
      {"Per/1.abc.one.r Per/2.abc.two.r", "different_bearer_ids", "different_bearer_ids"},
      {"Per.abc.one.r Per/2.abc.two.r", "different_bearer_ids", "different_bearer_ids"},
      {"Per/1.abc.one.r Per/1.abc.two.r", "unpermitted_bearer_id", ""},
      {"Per/1>Org.abc.one.r", "unpermitted_bearer_id", "bearer_does_not_exist"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.list);
    CHECK(code_of(c.list, Flow::redirect) == c.interactive);
    CHECK(code_of(c.list, Flow::device) == c.interactive);
    CHECK(code_of(c.list, Flow::client_credentials) == c.client_credentials);
  }
}

TEST_CASE("errors name the scopes at fault") {
  const auto message = [](std::string_view list, Flow flow) {
    const auto parsed = parse_requested_scopes(list, flow);
    REQUIRE(!parsed);
    CHECK(parsed.error().field == "scope");
    CHECK(!parsed.error().hint.empty());
    return parsed.error().message;
  };
  CHECK(message("abc.one.r Org.warehouse.items.read", Flow::redirect) ==
        "\"Org.warehouse.items.read\" is not a scope.");
  CHECK(message("Org.abc.one.r abc.two.r", Flow::redirect) ==
        "\"Org.abc.one.r\" and \"abc.two.r\" are for different kinds of bearer.");
  CHECK(message("Org/1.abc.one.r Org/2.abc.two.r Org/3.abc.two.r", Flow::redirect) ==
        "\"Org/1.abc.one.r\" and \"Org/2.abc.two.r\" are for different bearers.");
  CHECK(message("Per/1.abc.one.r", Flow::device) ==
        "\"Per/1.abc.one.r\" names a person, which only client credentials may do.");
  CHECK(message("Per/1>Org.abc.one.r", Flow::client_credentials) ==
        "\"Per/1>Org.abc.one.r\" does not say which organization it is for, as client credentials must.");
  CHECK(parse_requested_scopes("Org.abc.one.read", Flow::redirect).error().hint == "permissions are r, w and rw");
}

TEST_CASE("a request holds at most 100 scopes of at most 256 characters") {
  std::string list;
  for (std::size_t i = 0; i < hub::limits::scopes_per_request; ++i) list += "abc.one.r ";
  CHECK(code_of(list, Flow::redirect).empty());
  CHECK(code_of(list + "abc.one.r", Flow::redirect) == "malformed_scope");
  const std::string most = "Org/" + std::string(hub::limits::scope_bytes - 14, '1') + ".abc.one.r";
  REQUIRE(most.size() == hub::limits::scope_bytes);
  CHECK(code_of(most, Flow::redirect).empty());
  CHECK(code_of("Org/1" + most.substr(4), Flow::redirect) == "malformed_scope");
}

TEST_CASE("requested scopes are written as a client would send them") {
  for (const auto* list : {"abc.one.r,abc.two.rw", "Org.abc.one.r,Org.abc.two.rw", "Org/7.abc.one.r",
                           "Per>Org.abc.one.r", "Per>Org/7.directory.one.r"}) {
    const auto parsed = parse_requested_scopes(list, Flow::redirect);
    REQUIRE_MESSAGE(parsed, list);
    CHECK(parsed->text() == list);
  }
  for (const auto* list : {"Per/5.abc.one.r", "Per/5>Org/7.abc.one.r,Per/5>Org/7.abc.two.w"}) {
    const auto parsed = parse_requested_scopes(list, Flow::client_credentials);
    REQUIRE_MESSAGE(parsed, list);
    CHECK(parsed->text() == list);
  }
  CHECK(parse_requested_scopes("Per.abc.one.r", Flow::redirect)->text() == "abc.one.r");
  CHECK(hub::RequestedScopes{}.text().empty());
}

}  // namespace
