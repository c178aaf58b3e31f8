#include <doctest/doctest.h>

#include "hub/core/consent.h"
#include "support/consent_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

const char* const owner = ConsentHub::owner;
const char* const member = ConsentHub::member_of_acme;

core::Pending pending(ConsentHub& hub) {
  return hub.pending({.dialect = CodeDialect::nexus,
                      .client_id = hub.client_id(),
                      .redirect_uri = ConsentHub::target,
                      .scope = {},
                      .state = "s"});
}

core::ConsentAsk page(ConsentHub& hub, const std::string& email, const std::optional<std::string>& chosen = {}) {
  return std::get<core::ConsentAsk>(hub.considered(pending(hub).request, email, chosen));
}

bool is_refused(ConsentHub& hub, const std::string& email) {
  const core::ConsentAsked asked = hub.considered(pending(hub).request, email);
  const auto* const answer = std::get_if<core::Answer>(&asked);
  return answer != nullptr && answer->error->code == codes::access_denied;
}

}  // namespace

TEST_CASE("A profile signs in with everything the application desires and is asked once") {
  ConsentHub hub;
  core::ConsentAsk ask = page(hub, member);
  CHECK(ask.needs_answer);
  REQUIRE(ask.chosen);
  CHECK(ask.chosen->organization.slug == "acme");
  CHECK(ask.scopes.size() == 7);
  const core::Answer answer = hub.answered(pending(hub), member);
  REQUIRE(answer.code);
  CHECK(must(hub.redeemed_nexus(*answer.code)).reveal().size() == 43);

  CHECK_FALSE(page(hub, member).needs_answer);
  CHECK(must(hub.decided(pending(hub), member, std::nullopt, true, true)).allowed);
  must(hub.run(hub.as_operator(), &core::add_desired_scopes, {"shop", {"warehouse.stock.w"}}));
  ask = page(hub, member);
  CHECK(ask.needs_answer);
  CHECK(std::ranges::count_if(ask.scopes, &core::ScopeInWords::is_new) == 1);
}

TEST_CASE("Of several profiles the person chooses and each is asked for itself") {
  ConsentHub hub;
  core::ConsentAsk ask = page(hub, owner);
  CHECK(ask.candidates.size() == 2);
  CHECK_FALSE(ask.chosen);
  const core::Pending open = pending(hub);
  CHECK(code_of(hub.decided(open, owner)) == "invalid_request");
  CHECK(code_of(hub.decided(open, owner, "vendor")) == "role_required");
  REQUIRE(hub.answered(open, owner, "zeta").code);
  const core::ConsentAsk zeta = page(hub, owner, "zeta"), acme = page(hub, owner, "acme");
  CHECK(std::ranges::none_of(zeta.scopes, &core::ScopeInWords::is_new));
  CHECK(std::ranges::all_of(acme.scopes, &core::ScopeInWords::is_new));
  CHECK(zeta.needs_answer);
}

TEST_CASE("The audience says whose profiles may sign in and contacts are people too") {
  ConsentHub hub;
  CHECK_FALSE(is_refused(hub, "contact@vendor.test"));
  CHECK(is_refused(hub, ConsentHub::loner));
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "own"}));
  CHECK(is_refused(hub, owner));
  CHECK_FALSE(is_refused(hub, "contact@vendor.test"));
  must(hub.run(hub.as_operator(), &core::update_app,
               {.app = "shop", .audience = "list", .audience_organizations = Texts{"zeta"}}));
  const core::ConsentAsk ask = page(hub, owner);
  CHECK(ask.candidates.size() == 1);
  CHECK(ask.chosen->organization.slug == "zeta");
}

TEST_CASE("A profile needs a verified address and what was agreed to ends with the membership") {
  ConsentHub hub;
  hub.person("new@acme.test", false);
  hub.member("new@acme.test", "acme", {"member"});
  CHECK(page(hub, "new@acme.test").needs_verified_email);
  CHECK(code_of(hub.decided(pending(hub), "new@acme.test")) == "wrong_state");

  REQUIRE(hub.answered(pending(hub), member).code);
  must(hub.run(hub.as_operator(), &core::remove_member, {.member = member, .org = "acme"}));
  hub.member(member, "acme", {"member"});
  CHECK(page(hub, member).needs_answer);
}
