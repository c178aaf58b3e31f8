#include "hub/core/authorization.h"

#include <doctest/doctest.h>

#include "hub/store/store.h"
#include "support/token_hub.h"

// Third-party authorizations and the keys they carry: nexus211.md sections 4.5, 4.9 and 9.2, decisions.md 3.

using namespace hub;
using namespace hub::testing;
using core::AuthorizationAnswer;
using core::KeyAnswer;

namespace {

std::vector<KeyAnswer> keys(TokenHub& hub, bool secrets = true) {
  return must(hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "shop", .show_secrets = secrets}));
}

AuthorizationAnswer shown(TokenHub& hub, const std::string& id) {
  return must(hub.run(hub.as_operator(), &core::show_authorization, {id}));
}

}  // namespace

TEST_CASE("A grant gives all desired scopes of organizations and a key under the app's client id") {
  TokenHub hub;
  const AuthorizationAnswer granted = hub.grant("shop", "org:acme");
  CHECK(granted.app == "shop");
  CHECK(granted.by == "acme");
  CHECK(granted.scopes == Texts{"shop.items.r", "shop.items.w", "shop.items.rw", "shop.orders.r", "warehouse.stock.r",
                                "zaikio.organization.r"});
  CHECK(granted.pending_scopes.empty());
  CHECK(granted.state == "active");
  const auto all = keys(hub);
  REQUIRE(all.size() == 1);
  CHECK(all[0].organization == "acme");
  CHECK(all[0].client_id == hub.shown("shop").client_id);
  REQUIRE(all[0].client_secret);
  CHECK(all[0].client_secret->reveal().size() == 43);
  CHECK_FALSE(all[0].rotated_at);
  CHECK_FALSE(keys(hub, false)[0].client_secret);
  const core::VerifyAnswer verified = hub.verified("shop", *all[0].client_secret);
  CHECK(verified.valid);
  CHECK(verified.third_party);
  CHECK(verified.organization == "acme");
}

TEST_CASE("An installation by a foreign organization is an authorization with a key too") {
  TokenHub hub;
  const std::string id = hub.install("shop", "org:acme", {"shop.items.r"}).id;
  CHECK(shown(hub, id).scopes == Texts{"shop.items.r"});
  CHECK(keys(hub).size() == 1);
  must(hub.run(hub.as_operator(), &core::revoke_authorization, {id}));
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {id})).state == "ended");
  CHECK(keys(hub).empty());
}

TEST_CASE("The owner may install its own app and gets neither key nor authorization") {
  TokenHub hub;
  const std::string id = hub.install("shop", "org:vendor", {"shop.items.r"}).id;
  CHECK(keys(hub).empty());
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_authorization, {id})) == "not_found");
  CHECK(code_of(hub.run(hub.as_operator(), &core::grant_authorization, {"shop", "vendor"})) == "own_application");
  hub.uninstall(id);
  CHECK(code_of(hub.run(hub.as_operator(), &core::grant_authorization, {"shop", "vendor"})) == "own_application");
  CHECK(code_of(hub.run(hub.ensuring(), &core::grant_authorization, {"shop", "vendor"})) == "own_application");
  CHECK(code_of(hub.run(hub.as("admin@vendor.test"), &core::grant_authorization, {"shop", "vendor"})) ==
        "own_application");
  CHECK(must(hub.list(hub.as_operator(), &core::list_authorizations, {.ended = true})).empty());
}

TEST_CASE("A person's connection is no authorization and has no key") {
  TokenHub hub;
  const std::string id = hub.install("shop", "owner@acme.test", {}).id;
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_authorization, {id})) == "not_found");
  CHECK(keys(hub).empty());
}

TEST_CASE("Scopes desired later are pending until they are approved") {
  TokenHub hub;
  hub.desire("shop", {"shop.items.r", "shop.orders.r"});
  const std::string id = hub.grant("shop", "org:acme").id;
  hub.news();
  hub.desire("shop", {"shop.items.r", "shop.items.w", "zaikio.person.r"});
  CHECK(shown(hub, id).scopes == Texts{"shop.items.r", "shop.orders.r"});  // stored grants stay as they are
  CHECK(shown(hub, id).pending_scopes == Texts{"shop.items.w"});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.w"})) == "ungranted_scope");
  CHECK(code_of(hub.asked("org:acme", {"shop.orders.r"})) == "scope_is_not_included_in_desired_scopes");
  const auto approved = must(hub.run(hub.as_operator(), &core::approve_authorization, {id}));
  CHECK(approved.changed);
  CHECK(approved.object->scopes == Texts{"shop.items.r", "shop.items.w"});
  CHECK(approved.object->pending_scopes.empty());
  CHECK(hub.news() == Texts{"zaikio.connection_changed Org/" + hub.org_id("acme") + " {} " + hub.shown("shop").id});
  CHECK(code_of(hub.asked("org:acme", {"shop.items.w"})) == "ok");
  CHECK_FALSE(must(hub.run(hub.as_operator(), &core::approve_authorization, {id})).changed);
}

TEST_CASE("A rotated key keeps its id and loses its old secret at once from either side") {
  TokenHub hub;
  const std::string id = hub.grant("shop", "org:acme").id;
  const KeyAnswer first = keys(hub)[0];
  must(hub.run(hub.as_operator(), &core::rotate_authorization, {.authorization = id}));
  const KeyAnswer second = keys(hub)[0];
  CHECK(second.id == first.id);
  CHECK(second.rotated_at == hub.clock().now());
  CHECK(second.client_secret->reveal() != first.client_secret->reveal());
  CHECK_FALSE(hub.verified("shop", *first.client_secret).valid);
  CHECK(hub.verified("shop", *second.client_secret).valid);
  Call dry = hub.as_operator();
  dry.dry_run = true;
  CHECK_FALSE(must(hub.run(dry, &core::rotate_authorization_key, {.key = first.id})).object->client_secret);
  CHECK(hub.verified("shop", *second.client_secret).valid);
  const auto third = must(hub.run(hub.as("admin@vendor.test"), &core::rotate_authorization_key, {.key = first.id}));
  CHECK(third.object->client_secret->reveal() == keys(hub)[0].client_secret->reveal());
  CHECK_FALSE(hub.verified("shop", *second.client_secret).valid);
}

TEST_CASE("A key rotated with an overlap opens with both secrets until it ends") {
  TokenHub hub;
  const std::string id = hub.grant("shop", "org:acme").id;
  const Secret first = *keys(hub)[0].client_secret;
  must(hub.run(hub.as_operator(), &core::rotate_authorization, {.authorization = id, .overlap = day}));
  const KeyAnswer second = keys(hub)[0];
  CHECK(second.previous_until == hub.clock().now() + day);
  CHECK(hub.verified("shop", first).previous);
  CHECK(hub.verified("shop", first).organization == "acme");
  CHECK(hub.verified("shop", *second.client_secret).valid);
  hub.clock().advance(day);
  CHECK_FALSE(hub.verified("shop", first).valid);
  CHECK_FALSE(keys(hub)[0].previous_until);
  // a rotation without overlap ends one that is running
  must(hub.run(hub.as_operator(), &core::rotate_authorization_key, {.key = second.id, .overlap = day}));
  must(hub.run(hub.as_operator(), &core::rotate_authorization_key, {.key = second.id}));
  CHECK_FALSE(hub.verified("shop", *second.client_secret).valid);
  CHECK(code_of(hub.run(hub.as_operator(), &core::rotate_authorization_key,
                        {.key = second.id, .overlap = 30 * day + Seconds(1)})) == "invalid_request");
  CHECK(code_of(hub.run(hub.as_operator(), &core::rotate_authorization,
                        {.authorization = id, .overlap = Seconds::max()})) == "invalid_request");
}

TEST_CASE("Granted again there is another row with another key and the old secret stays dead") {
  TokenHub hub;
  const AuthorizationAnswer first = hub.grant("shop", "org:acme");
  const KeyAnswer key = keys(hub)[0];
  hub.news();
  must(hub.run(hub.as_operator(), &core::revoke_authorization, {first.id}));
  const std::string app = hub.shown("shop").id, org = "Org/" + hub.org_id("acme");
  CHECK(hub.news() ==
        Texts{"authorization.revoked " + org + " {} " + app, "zaikio.revoked_connection " + org + " {} " + app});
  CHECK_FALSE(hub.verified("shop", *key.client_secret).valid);
  CHECK(keys(hub).empty());
  CHECK(code_of(hub.run(hub.as_operator(), &core::revoke_authorization, {first.id})) == "not_found");
  CHECK(code_of(hub.run(hub.as_operator(), &core::rotate_authorization_key, {.key = key.id})) == "not_found");
  hub.clock().advance(minute);
  const AuthorizationAnswer second = hub.grant("shop", "org:acme");
  CHECK(second.id != first.id);
  const KeyAnswer other = keys(hub)[0];
  CHECK(other.id != key.id);
  CHECK(other.client_secret->reveal() != key.client_secret->reveal());
  CHECK_FALSE(hub.verified("shop", *key.client_secret).valid);
  CHECK(shown(hub, first.id).ended_reason == "revoked");
}

TEST_CASE("Only admins of the granting side decide and only admins of the app's side see secrets") {
  TokenHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"member"});
  const auto by = [&](const std::string& email, auto function, const auto& request) {
    return code_of(hub.run(hub.as(email), function, request));
  };
  CHECK(by("jane@acme.test", &core::grant_authorization, core::GrantAuthorization{"shop", "acme"}) == "role_required");
  CHECK(by("admin@vendor.test", &core::grant_authorization, core::GrantAuthorization{"shop", "acme"}) == "not_found");
  const auto granted =
      must(hub.run(hub.as("owner@acme.test"), &core::grant_authorization, core::GrantAuthorization{"shop", "acme"}));
  const std::string id = granted.object->id, key = keys(hub)[0].id;
  CHECK(granted.object->granted_by.has_value());
  for (const std::string& email : Texts{"jane@acme.test", "admin@vendor.test", "member@vendor.test"}) {
    CHECK(by(email, &core::show_authorization, core::ShowAuthorization{id}) == "ok");
    CHECK(by(email, &core::approve_authorization, core::ApproveAuthorization{id}) == "role_required");
    CHECK(by(email, &core::rotate_authorization, core::RotateAuthorization{id, std::nullopt}) == "role_required");
    CHECK(by(email, &core::revoke_authorization, core::ShowAuthorization{id}) == "role_required");
  }
  CHECK(by("contact@vendor.test", &core::show_authorization, core::ShowAuthorization{id}) == "role_required");
  CHECK(by("owner@acme.test", &core::rotate_authorization_key, core::RotateAuthorizationKey{key, std::nullopt}) ==
        "not_found");
  CHECK(by("member@vendor.test", &core::rotate_authorization_key, core::RotateAuthorizationKey{key, std::nullopt}) ==
        "role_required");
  const auto list_by = [&](const std::string& email, bool secrets) {
    return code_of(hub.list(hub.as(email), &core::list_authorization_keys, {.app = "shop", .show_secrets = secrets}));
  };
  CHECK(list_by("admin@vendor.test", true) == "ok");
  CHECK(list_by("member@vendor.test", true) == "role_required");
  CHECK(list_by("member@vendor.test", false) == "ok");
  CHECK(list_by("contact@vendor.test", false) == "role_required");
  CHECK(list_by("owner@acme.test", true) == "unknown_application");
  CHECK(code_of(hub.list(hub.as("contact@vendor.test"), &core::list_authorizations, {.app = "shop"})) ==
        "role_required");
  CHECK(must(hub.list(hub.as("jane@acme.test"), &core::list_authorizations, {.by = "acme"})).size() == 1);
  CHECK(code_of(hub.list(hub.as_operator(), &core::list_authorizations, {.by = "acme", .app = "shop"})) ==
        "invalid_request");
}

TEST_CASE("Keys are listed for one granting organization and never for one that granted nothing") {
  TokenHub hub;
  hub.organization("other");
  hub.grant("shop", "org:acme");
  hub.grant("shop", "org:other");
  const auto by = [&](const std::string& organization) {
    return hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "shop", .by = organization});
  };
  CHECK(must(by("acme")).size() == 1);
  CHECK(must(by("org:other"))[0].organization == "other");
  CHECK(must(by(hub.org_id("acme")))[0].organization == "acme");
  CHECK(code_of(by("vendor")) == "not_found");
  CHECK(keys(hub).size() == 2);
}

TEST_CASE("Sealed secrets exchanged in the file open for nobody") {
  TokenHub hub;
  hub.organization("other");
  hub.grant("shop", "org:acme");
  hub.grant("shop", "org:other");
  const auto before = keys(hub);
  REQUIRE(before.size() == 2);
  must(hub.hub().store().write([&](store::WriteSession& session) -> Result<store::Outcome> {
    session.execute(
        "UPDATE credential SET secret_sealed = (SELECT other.secret_sealed FROM credential AS other WHERE "
        "other.connection_id IS NOT NULL AND other.id <> credential.id) WHERE connection_id IS NOT NULL",
        {});
    return store::Outcome::commit;
  }));
  const auto swapped =
      hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "shop", .show_secrets = true});
  REQUIRE_FALSE(swapped.has_value());
  CHECK(code_of(swapped) == "store_damaged");
  for (const KeyAnswer& key : before) {
    CHECK(swapped.error().message.find(key.client_secret->reveal()) == std::string::npos);
  }
}

TEST_CASE("A built-in app cannot be authorized") {
  TokenHub hub;
  CHECK(code_of(hub.run(hub.as_operator(), &core::grant_authorization, {"zaikio", "acme"})) == "already_authorized");
  CHECK(code_of(hub.run(hub.as_operator(), &core::grant_authorization, {"nobody", "acme"})) == "unknown_application");
}
