#include "hub/core/authenticate.h"

#include <doctest/doctest.h>

#include "support/client_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {

Texts texts_of(const std::vector<ScopeName>& scopes) {
  Texts out;
  for (const ScopeName& scope : scopes) out.push_back(scope.text());
  return out;
}

// The words of a refusal, which must not tell why.
std::string words(const Result<core::Client>& refused) {
  REQUIRE_FALSE(refused.has_value());
  return std::string(refused.error().code.name) + " " + refused.error().message + refused.error().hint;
}

}  // namespace

TEST_CASE("A client is who its secret says") {
  ClientHub hub;
  const core::Client client = hub.client();
  CHECK(client.app.name == "shop");
  CHECK(client.credential.client_id == hub.client_id());
  CHECK_FALSE(client.third_party());
  CHECK_FALSE(client.previous);
  hub.grant("shop", "acme");
  const core::Client key = must(hub.client(hub.key_of("shop")));
  CHECK(key.third_party());
  CHECK(key.credential.organization_id.text() == hub.org_id("acme"));
}

TEST_CASE("CA-03 every refused client is refused in the same words") {
  ClientHub hub;
  const core::CredentialAnswer other = hub.credential("warehouse");
  const std::string wrong = words(hub.client(Secret("wrong")));
  CHECK(wrong.starts_with("invalid_client "));
  CHECK(words(hub.client(std::nullopt)) == wrong);  // a confidential one without its secret
  CHECK(words(hub.client(Secret(""))) == wrong);
  CHECK(words(hub.client(Secret(std::string(300, 'x')))) == wrong);
  CHECK(words(hub.client(*other.client_secret)) == wrong);  // of another app
  CHECK(words(core::authenticate_client(hub.hub(), ClientHub::as_nobody(), "nobody", hub.secret())) == wrong);
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "inactive"}));
  CHECK(words(hub.client(hub.secret())) == wrong);
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "active"}));
  must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.client_id()}));
  CHECK(words(hub.client(hub.secret())) == wrong);
}

TEST_CASE("CA-07 a public client has no secret and shows none") {
  ClientHub hub;
  hub.app("wallet");
  const auto made = must(hub.run(hub.as_operator(), &core::create_credential, {.app = "wallet", .public_ = true}));
  const std::string id = made.object->client_id;
  const auto asked = [&](const std::optional<Secret>& secret) {
    return code_of(core::authenticate_client(hub.hub(), ClientHub::as_nobody(), id, secret));
  };
  CHECK(asked(std::nullopt) == "ok");
  CHECK(asked(Secret("anything")) == "invalid_client");
  CHECK(asked(Secret("")) == "invalid_client");
}

TEST_CASE("The use of a secret is noted at once and then at most once a minute") {
  ClientHub hub;
  const auto noted = [&] { return must(hub.run(hub.as_operator(), &core::show_credential, {hub.client_id()})); };
  CHECK_FALSE(noted().last_used_at);
  hub.client();
  const Instant first = hub.clock().now();
  CHECK(*noted().last_used_at == first);
  hub.clock().advance(Seconds(59));
  hub.client();
  CHECK(*noted().last_used_at == first);
  hub.clock().advance(Seconds(1));
  hub.client();
  CHECK(*noted().last_used_at == hub.clock().now());
  CHECK(noted().version == 2);  // being used is no change
  const Secret before = hub.secret();
  must(hub.run(hub.as_operator(), &core::rotate_credential, {hub.client_id(), Seconds(3600)}));
  CHECK(must(hub.client(before)).previous);
  CHECK(*noted().previous_last_used_at == hub.clock().now());
  CHECK_FALSE(noted().last_used_at);
}

TEST_CASE("A refused client leaves no trace in the store") {
  ClientHub hub;
  CHECK_FALSE(hub.client(Secret("wrong")));
  CHECK_FALSE(must(hub.run(hub.as_operator(), &core::show_credential, {hub.client_id()})).last_used_at);
}

TEST_CASE("What a client may do follows from what is desired and granted now") {
  ClientHub hub;
  hub.grant("shop", "acme");
  const auto effective = [&](const core::Client& client) {
    return must(hub.hub().read(ClientHub::as_nobody(), [&](core::View& view) -> Result<Texts> {
      return texts_of(core::effective_scopes(view, client));
    }));
  };
  CHECK(has(effective(hub.client()), "zaikio.person.r"));  // its own secret: all that is desired
  const Secret key = hub.key_of("shop");
  hub.desire("shop", {"shop.items.r", "shop.orders.rw"});
  CHECK(effective(must(hub.client(key))) == Texts{"shop.items.r", "shop.orders.r"});
  hub.uninstall("shop/acme");
  CHECK_FALSE(hub.client(key));
}

TEST_CASE("A bearer is who its token speaks for with the scopes in force") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.rw", "zaikio.organization.r"});
  hub.install("shop", "owner@acme.test", {"zaikio.person.r"});
  const core::Caller organization = must(hub.bearer(hub.issued("org:acme", {"shop.items.rw"})));
  CHECK(organization.kind == core::Caller::Kind::organization);
  CHECK(organization.organization_id->text() == hub.org_id("acme"));
  CHECK(organization.principal.actor.starts_with("app:"));
  CHECK(organization.app->name == "shop");
  CHECK(texts_of(organization.scopes) == Texts{"shop.items.rw"});
  const core::Caller person = must(hub.bearer(hub.issued("person:owner@acme.test", {"zaikio.person.r"})));
  CHECK(person.kind == core::Caller::Kind::person);
  CHECK(person.principal.person_id == hub.person_id("owner@acme.test"));
  const core::Caller both =
      must(hub.bearer(hub.issued("org:acme", {"zaikio.person.r", "zaikio.organization.r"}, "person:owner@acme.test")));
  CHECK(both.kind == core::Caller::Kind::on_behalf);
  CHECK(texts_of(both.scopes) == Texts{"zaikio.person.r", "zaikio.organization.r"});
  CHECK(both.principal.organization_id->text() == hub.org_id("acme"));
}

TEST_CASE("G-04 what is taken away is gone from tokens at the next request") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.rw", "shop.orders.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.rw", "shop.orders.r"});
  hub.desire("shop", {"shop.items.r", "shop.orders.r"});
  CHECK(texts_of(must(hub.bearer(token)).scopes) == Texts{"shop.items.r", "shop.orders.r"});
  must(hub.run(hub.as_operator(), &core::update_connection,
               {.connection = "shop/acme", .remove_scopes = {"shop.orders.r"}}));
  CHECK(texts_of(must(hub.bearer(token)).scopes) == Texts{"shop.items.r"});
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "inactive"}));
  CHECK(code_of(hub.bearer(token)) == "invalid_token");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "active"}));
  hub.uninstall("shop/acme");
  CHECK(code_of(hub.bearer(token)) == "invalid_token");
}

TEST_CASE("A member who left acts for nobody any more") {
  ClientHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"member"});
  hub.install("shop", "org:acme", {"shop.items.r"});
  hub.install("shop", "jane@acme.test", {});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"}, "person:jane@acme.test");
  CHECK(hub.bearer(token));
  must(hub.run(hub.as_operator(), &core::update_membership,
               {.member = "jane@acme.test", .org = "acme", .role = {"contact"}}));
  CHECK(code_of(hub.bearer(token)) == "invalid_token");
}

TEST_CASE("A bearer is refused when its token has expired or was revoked") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"});
  for (int round = 0; round < 2; ++round) CHECK(hub.bearer(token));  // once verified, once known
  hub.clock().advance(hour);
  CHECK(code_of(hub.bearer(token)) == "token_expired");
  const core::Issued other = hub.issued("org:acme", {"shop.items.r"});
  CHECK(hub.bearer(other));
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = hub.jti(other)}));
  CHECK(code_of(hub.bearer(other)) == "invalid_token");
}

TEST_CASE("A token is believed only with its own signature") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const std::string good = hub.issued("org:acme", {"shop.items.r"}).access_token->reveal();
  const std::string other = hub.issued("org:acme", {"shop.items.r"}).access_token->reveal();
  const std::size_t dot = good.rfind('.');
  // What claims say of a row that is there counts for nothing without the signature over them.
  for (const std::string& forged :
       Texts{good.substr(0, dot) + other.substr(other.rfind('.')), good.substr(0, dot + 1), good + "A",
             good.substr(0, good.size() - 2), "." + good, good + "." + good, std::string(20000, 'x') + ".x.x"}) {
    CHECK(code_of(hub.bearer(Secret(forged))) == "invalid_token");
  }
  CHECK(hub.bearer(Secret(good)));
}

TEST_CASE("TK-04 no kind of secret passes for another") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"});
  const Secret code = hub.code({.subject = "org:acme", .scopes = {"shop.items.r"}});
  const Secret admin =
      *must(hub.run(hub.as_operator(), &core::issue_admin_token, {.name = "ci", .role = "full"})).object->token;
  for (const Secret& wrong : {*token.refresh_token, code, hub.secret(), Secret(""), Secret("hat_"),
                              Secret("hat_" + hub.secret().reveal()), Secret(admin.reveal().substr(4))}) {
    CHECK(code_of(hub.bearer(wrong)) == "invalid_token");
  }
  for (const Secret& wrong : {*token.access_token, *token.refresh_token, admin, hub.secret()}) {
    CHECK(code_of(hub.redeemed(wrong)) == "invalid_grant");
  }
  for (const Secret& wrong : {*token.access_token, code, admin, hub.secret()}) {
    CHECK(code_of(hub.refreshed(wrong)) == "invalid_grant");
  }
  for (const Secret& wrong : {*token.access_token, *token.refresh_token, admin, code}) {
    CHECK(code_of(hub.client(wrong)) == "invalid_client");
  }
}

TEST_CASE("An ID token of the same key is no access token") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"});
  const Decoded decoded = hub.decoded(token);
  const std::string forged = must(hub.hub().read(hub.as_operator(), [&](core::View& view) -> Result<std::string> {
    core::Keys& keys = **view.keys();
    const auto key = keys.keyring.cached(decoded.header["kid"].get<std::string>());
    return crypto::sign_jwt(*key, decoded.claims, "JWT");
  }));
  CHECK(code_of(hub.bearer(Secret(forged))) == "invalid_token");
}

TEST_CASE("A profile is asked for with its roles and scopes of the moment") {
  ClientHub hub;
  hub.desire("shop", {"nexus211.profile.rw", "nexus211.organization.r"});
  hub.person("jane@acme.test");
  const std::string member = hub.member("jane@acme.test", "acme", {"member"}).id;
  const Secret token = hub.nexus_token(member);
  CHECK(token.reveal().size() == 43);
  const core::Caller caller = must(hub.bearer(token));
  CHECK(caller.kind == core::Caller::Kind::profile);
  CHECK(caller.membership->id.text() == member);
  CHECK(caller.principal.membership_id->text() == member);
  CHECK(texts_of(caller.scopes) == Texts{"nexus211.organization.r", "nexus211.profile.rw"});
  hub.desire("shop", {"nexus211.profile.r", "nexus211.application.r"});
  CHECK(texts_of(must(hub.bearer(token)).scopes) == Texts{"nexus211.profile.r"});
  hub.clock().advance(400 * day);
  CHECK(hub.bearer(token));  // without a time limit
  SUBCASE("until its audience closes") {
    must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "own"}));
    CHECK(code_of(hub.bearer(token)) == "invalid_token");
    must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .audience = "any"}));
    CHECK(code_of(hub.bearer(token)) == "invalid_token");  // what ended stays ended
  }
  SUBCASE("until its member leaves") {
    must(hub.run(hub.as_operator(), &core::remove_member, {.member = "jane@acme.test", .org = "acme"}));
    CHECK(code_of(hub.bearer(token)) == "invalid_token");
  }
  SUBCASE("until its application goes") {
    must(hub.run(hub.as_operator(), &core::delete_app, {"shop", "shop"}));
    CHECK(code_of(hub.bearer(token)) == "invalid_token");
  }
}

TEST_CASE("A service account holds what the key that made its token holds") {
  ClientHub hub;
  hub.grant("shop", "acme");
  const auto account =
      *must(hub.run(hub.as_operator(), &core::add_service, {.name = "bot", .org = "acme", .role = "admin"})).object;
  const Secret key = hub.key_of("shop");
  const core::Client client = must(hub.client(key));
  const auto asked = [&](const core::Client& by, const std::string& profile) {
    return core::service_account_token(hub.hub(), ClientHub::as_nobody(), by, profile);
  };
  const Secret token = must(asked(client, account.hash_id));
  const core::Caller caller = must(hub.bearer(token));
  CHECK(caller.kind == core::Caller::Kind::profile);
  CHECK(caller.principal.actor == "membership:" + account.id);
  CHECK(has(texts_of(caller.scopes), "shop.items.rw"));
  CHECK(code_of(asked(hub.client(), account.id)) == "not_found");  // the app's own organization has none
  CHECK(
      code_of(asked(
          client,
          must(hub.run(hub.as_operator(), &core::show_membership, {.member = "owner@acme.test", .org = "acme"})).id)) ==
      "not_found");
  CHECK(code_of(asked(client, "nobody")) == "not_found");
  must(hub.run(hub.as_operator(), &core::rotate_authorization, {.authorization = "shop/acme"}));
  CHECK(code_of(hub.bearer(token)) == "invalid_token");
  CHECK(code_of(asked(client, account.id)) == "invalid_client");  // made out before the secret was replaced
}

TEST_CASE("An app sees only the organization it acts in") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Caller caller = must(hub.bearer(hub.issued("org:acme", {"shop.items.r"})));
  Call call;
  call.principal = caller.principal;
  CHECK(must(hub.run(call, &core::show_organization, {"acme"})).slug == "acme");
  CHECK(code_of(hub.run(call, &core::show_organization, {"vendor"})) == "not_found");
  CHECK(must(hub.list(call, &core::list_organizations, {})).size() == 1);
  CHECK(must(hub.list(call, &core::list_people, {})).empty());
  CHECK(must(hub.list(call, &core::list_tokens, {})).empty());
  CHECK(must(hub.list(call, &core::list_apps, {})).empty());
  CHECK(code_of(hub.run(call, &core::update_organization, {.organization = "acme", .name = "Other"})) ==
        "role_required");
  CHECK(code_of(hub.run(call, &core::invite_member, {.email = "new@acme.test", .org = "acme", .role = {"member"}})) ==
        "role_required");
  CHECK(code_of(hub.run(call, &core::install_connection, {.app = "warehouse", .subject = "org:acme"})) ==
        "role_required");
  CHECK(code_of(hub.run(call, &core::accept_invitation, {.org = "acme"})) == "invalid_request");
  CHECK(code_of(hub.run(ClientHub::as_nobody(), &core::show_organization, {"acme"})) == "not_found");
  CHECK(must(hub.list(ClientHub::as_nobody(), &core::list_organizations, {})).empty());
}
