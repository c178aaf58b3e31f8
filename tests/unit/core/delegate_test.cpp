#include "hub/core/delegate.h"

#include <doctest/doctest.h>

#include "support/client_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

// The shop may delegate, to a subsystem of the same vendor.
class DelegationHub : public ClientHub {
 public:
  DelegationHub() {
    desire("shop", {"shop.items.r", "shop.items.rw", "shop.orders.r", "zaikio.delegations.rw"});
    install("shop", "org:acme", {"shop.items.rw", "shop.orders.r", "zaikio.delegations.rw"});
    app("printer");
    subsystem_ = credential("printer").client_id;
  }

  core::Issued parent(const Texts& scopes = {"shop.items.rw", "shop.orders.r", "zaikio.delegations.rw"}) {
    return issued("org:acme", scopes);
  }
  Result<core::Issued> delegated(const core::Issued& parent, const std::optional<Texts>& scopes = std::nullopt,
                                 const std::optional<std::string>& client_id = std::nullopt) {
    const Result<core::Caller> caller = bearer(parent);
    if (!caller) return caller.error();
    core::DelegateToken request{.client_id = client_id.value_or(subsystem_), .scopes = {}};
    if (scopes) request.scopes.emplace();
    if (scopes) {
      for (const std::string& scope : *scopes) request.scopes->push_back(must(parse_scope_name(scope)));
    }
    return core::delegate_token(hub(), as_nobody(), *caller, request);
  }
  Result<core::Issued> refreshed_child(const core::Issued& child) {
    clock().advance(std::chrono::milliseconds(1));
    return refreshed(*child.refresh_token);
  }

 private:
  std::string subsystem_;
};

}  // namespace

TEST_CASE("A delegated token has the bearer of its parent and the audience of the subsystem") {
  DelegationHub hub;
  const core::Issued child = must(hub.delegated(hub.parent()));
  const Decoded token = hub.decoded(child);
  CHECK(token.claims["sub"] == "Organization/" + hub.org_id("acme"));
  CHECK(token.claims["aud"] == Json::array({"printer"}));
  CHECK(token.scopes() == Texts{"shop.items.rw", "shop.orders.r"});  // all but the right to delegate
  CHECK(child.refresh_token);
  CHECK(hub.row(hub.jti(child)).grant == "delegation");
  const core::Caller caller = must(hub.bearer(child));
  CHECK(caller.app->name == "printer");
  CHECK(caller.scopes.size() == 2);
  CHECK(hub.decoded(must(hub.delegated(hub.parent(), Texts{"shop.items.r"}))).scopes() == Texts{"shop.items.r"});
}

TEST_CASE("SC-03 a parent that may not delegate does not") {
  DelegationHub hub;
  const core::Issued parent = hub.parent();
  const core::Issued child = must(hub.delegated(parent));
  CHECK(code_of(hub.delegated(hub.parent({"shop.items.rw"}))) == "parent_has_no_delegation_permission");
  CHECK(code_of(hub.delegated(child)) == "delegation_access_token_cannot_delegate");
  CHECK(code_of(hub.delegated(parent, Texts{"zaikio.delegations.rw"})) == "delegation_access_token_cannot_delegate");
  CHECK(code_of(hub.delegated(parent, Texts{"zaikio.organization.r"})) == "scope_was_not_granted_in_parent");
  CHECK(code_of(hub.delegated(parent, {}, "nobody")) == "invalid_request");
  hub.app("other", "acme");
  const std::string foreign = hub.credential("other").client_id;
  CHECK(code_of(hub.delegated(parent, {}, foreign)) == "invalid_request");
  hub.desire("shop", {"shop.items.rw"});
  CHECK(code_of(hub.delegated(parent)) == "parent_has_no_delegation_permission");
}

TEST_CASE("A parent of a public client delegates nothing") {
  DelegationHub hub;
  must(hub.run(hub.as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true}));
  const Secret code = hub.code({.credential = "spa",
                                .subject = "org:acme",
                                .scopes = {"shop.items.rw", "zaikio.delegations.rw"},
                                .code_challenge = challenge,
                                .code_challenge_method = "S256"});
  CredentialId id;
  for (const auto& row : must(hub.list(hub.as_operator(), &core::list_credentials, {.app = "shop"}))) {
    if (row.kind == "public") id = *CredentialId::parse(row.id);
  }
  const core::Issued parent =
      must(hub.redeemed({.code = code, .credential_id = id, .redirect_uri = {}, .code_verifier = verifier}));
  CHECK(code_of(hub.delegated(parent)) == "access_denied");
}

TEST_CASE("A delegated token ends with its parent and never outlives it") {
  DelegationHub hub;
  const core::Issued parent = hub.parent();
  hub.clock().advance(20 * minute);
  const core::Issued child = must(hub.delegated(parent));
  CHECK(child.expires_in == 2400);
  const core::Issued grandchild = must(hub.refreshed_child(child));
  CHECK(hub.decoded(grandchild).claims["aud"] == Json::array({"printer"}));
  SUBCASE("when the parent is revoked") {
    hub.news();
    must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = hub.jti(parent)}));
    CHECK(code_of(hub.bearer(child)) == "invalid_token");
    CHECK(code_of(hub.bearer(grandchild)) == "invalid_token");
    CHECK(code_of(hub.refreshed_child(grandchild)) == "invalid_grant");
    CHECK(hub.news().size() == 3);  // each of them is told to the subscribers
  }
  SUBCASE("when its client is revoked") {
    must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.client_id()}));
    CHECK(code_of(hub.bearer(grandchild)) == "invalid_token");
  }
  SUBCASE("when the connection of the parent ends") {
    hub.uninstall("shop/acme");
    CHECK(code_of(hub.bearer(grandchild)) == "invalid_token");
  }
  SUBCASE("when the parent has expired") {
    hub.clock().advance(40 * minute);
    CHECK(code_of(hub.bearer(child)) == "token_expired");
    CHECK(code_of(hub.refreshed_child(grandchild)) == "invalid_grant");
  }
  SUBCASE("but goes on with a parent that was refreshed") {
    hub.clock().advance(30 * minute);
    must(hub.refreshed(parent));
    hub.clock().advance(10 * minute);
    const core::Issued later = must(hub.refreshed_child(grandchild));
    CHECK(later.expires_in == 3000);
    CHECK(hub.bearer(later));
  }
}
