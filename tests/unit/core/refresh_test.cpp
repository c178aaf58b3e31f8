#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "hub/core/issue.h"
#include "support/token_hub.h"

// Refresh tokens: zaikio-hub.md section 3.4, decisions.md 6, claims RF-01 to RF-10.

using namespace hub;
using namespace hub::testing;

namespace {

// acme is connected to shop, with an access and a refresh token.
class RefreshHub : public TokenHub {
 public:
  RefreshHub() {
    connection = install("shop", "org:acme", {"shop.items.r", "shop.orders.r", "warehouse.stock.r"}).id;
    first = issued("org:acme", {"shop.items.r", "shop.orders.r"});
  }

  // A token of a public client, as a later grant would make it.
  core::Issued public_token() {
    const std::string id =
        must(run(as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true})).object->id;
    client = CredentialId::parse(id);
    return must(core::issue(hub(), as_operator(),
                            {.grant = {.credential_id = *client,
                                       .organization_id = OrganizationId::parse(org_id("acme")),
                                       .scopes = {must(parse_scope_name("shop.items.r"))}},
                             .kind = GrantKind::authorization_code,
                             .with_refresh_token = true}));
  }
  CredentialId confidential() {
    return *CredentialId::parse(must(run(as_operator(), &core::show_credential, {shown("shop").client_id})).id);
  }
  void reuse_is(const std::string& setting) {
    must(run(as_operator(), &core::update_app, {.app = "shop", .refresh_reuse = setting}));
  }
  std::string last_audit() { return audit_rows().back().action + " " + audit_rows().back().detail; }

  std::string connection;
  core::Issued first;
  std::optional<CredentialId> client;
};

}  // namespace

TEST_CASE("A refresh gives a new pair with the same bearer and audience and scopes") {
  RefreshHub hub;
  hub.clock().advance(minute);
  const core::Issued second = must(hub.refreshed(hub.first));
  const Decoded before = hub.decoded(hub.first), after = hub.decoded(second);
  CHECK(after.claims["jti"] != before.claims["jti"]);
  CHECK(after.claims["sub"] == before.claims["sub"]);
  CHECK(after.claims["aud"] == before.claims["aud"]);
  CHECK(after.scopes() == before.scopes());
  CHECK(after.claims["exp"].get<std::int64_t>() == unix_seconds(hub.clock().now()) + 3600);
  CHECK(second.expires_in == 3600);
  CHECK(second.refresh_token->reveal() != hub.first.refresh_token->reveal());
  const core::TokenAnswer row = hub.row(hub.jti(second)), old = hub.row(hub.jti(hub.first));
  CHECK(row.grant == "refresh");
  CHECK(row.family == old.jti);
  CHECK(*row.refresh_expires_at == hub.clock().now() + 7 * day);
  CHECK(old.refresh_used_at == hub.clock().now());
  CHECK(old.state == "active");  // the old access token stays valid until it expires
  CHECK(hub.verified_status(hub.first) == 0);
}

TEST_CASE("A refresh token works for seven days and once") {
  RefreshHub hub;
  const core::Issued late = hub.issued("org:acme", {"shop.items.r"});
  hub.clock().advance(7 * day - minute);
  const core::Issued renewed = must(hub.refreshed(hub.first));
  hub.clock().advance(minute);
  CHECK(code_of(hub.refreshed(late)) == "invalid_grant");
  CHECK(code_of(hub.refreshed(renewed)) == "ok");
}

TEST_CASE("What is no refresh token of this hub is refused") {
  RefreshHub hub;
  const std::string good = hub.first.refresh_token->reveal();
  std::string other = good;
  other[other.size() - 10] = other[other.size() - 10] == 'A' ? 'B' : 'A';
  for (const std::string& bad : {std::string(), std::string("hrt_"), good.substr(0, good.size() - 1), good + "A",
                                 good.substr(4), other, " " + good, hub.first.access_token->reveal()}) {
    CHECK(code_of(hub.refreshed(Secret(bad))) == "invalid_grant");
  }
  CHECK(code_of(hub.refreshed(Secret(good))) == "ok");
}

TEST_CASE("A refresh is denied when the connection is gone and stays so when it is made again") {
  RefreshHub hub;
  hub.uninstall(hub.connection);
  CHECK(code_of(hub.refreshed(hub.first)) == "invalid_grant");
  hub.install("shop", "org:acme", {"shop.items.r", "shop.orders.r"});
  CHECK(code_of(hub.refreshed(hub.first)) == "invalid_grant");
}

TEST_CASE("A refresh is denied when a scope is no longer granted and not when another one is") {
  RefreshHub hub;
  must(hub.run(hub.as_operator(), &core::update_connection,
               {.connection = hub.connection, .add_scopes = {"shop.items.w"}}));
  const core::Issued second = must(hub.refreshed(hub.first));
  CHECK(second.scope == "shop.items.r,shop.orders.r");
  must(hub.run(hub.as_operator(), &core::update_connection,
               {.connection = hub.connection, .remove_scopes = {"shop.orders.r"}}));
  CHECK(code_of(hub.refreshed(second)) == "invalid_grant");
}

TEST_CASE("A refresh is denied when a scope is no longer desired and works again when it is") {
  RefreshHub hub;
  hub.desire("shop", {"shop.items.r"});
  CHECK(code_of(hub.refreshed(hub.first)) == "invalid_grant");
  hub.desire("shop", {"shop.items.r", "shop.orders.r"});
  CHECK(code_of(hub.refreshed(hub.first)) == "ok");
}

TEST_CASE("A refresh never gives fewer scopes than the token had") {
  RefreshHub hub;
  const std::string provider = hub.install("warehouse", "org:acme", {}).id;
  const core::Issued issued = hub.issued("org:acme", {"warehouse.stock.r", "shop.items.r"});
  hub.uninstall(provider);
  CHECK(code_of(hub.refreshed(issued)) == "invalid_grant");
}

TEST_CASE("A refresh is denied when the app is inactive or deleted or its credential revoked") {
  RefreshHub hub;
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "inactive"}));
  CHECK(code_of(hub.refreshed(hub.first)) == "invalid_grant");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "draft"}));
  CHECK(code_of(hub.refreshed(hub.first)) == "invalid_grant");
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "active"}));
  const core::Issued second = must(hub.refreshed(hub.first));
  SUBCASE("revoked") {
    must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.shown("shop").client_id}));
    hub.credential("shop");
  }
  SUBCASE("deleted") { must(hub.run(hub.as_operator(), &core::delete_app, {.app = "shop", .confirm = "shop"})); }
  CHECK(code_of(hub.refreshed(second)) == "invalid_grant");
}

TEST_CASE("On behalf a refresh is denied when the person left or their roles differ") {
  RefreshHub hub;
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "acme", {"member"});
  const std::string jane = "person:jane@acme.test";
  const std::string own = hub.install("shop", "jane@acme.test", {}).id;
  const core::Issued issued = hub.issued("org:acme", {"shop.items.r"}, jane);
  const auto roles = [&](const Texts& names) {
    must(hub.run(hub.as_operator(), &core::update_membership, {.member = jane, .org = "acme", .role = names}));
  };
  SUBCASE("more roles") {
    roles({"member", "admin"});
    CHECK(code_of(hub.refreshed(issued)) == "invalid_grant");
    roles({"member"});
    CHECK(hub.decoded(must(hub.refreshed(issued))).claims["roles"] == 4);
  }
  SUBCASE("left and came back") {
    must(hub.run(hub.as_operator(), &core::remove_member, {.member = jane, .org = "acme"}));
    CHECK(code_of(hub.refreshed(issued)) == "invalid_grant");
    hub.member("jane@acme.test", "acme", {"member"});
    CHECK(code_of(hub.refreshed(issued)) == "invalid_grant");
  }
  SUBCASE("disconnected and came back") {
    hub.uninstall(own);
    CHECK(code_of(hub.refreshed(issued)) == "invalid_grant");
    hub.install("shop", "jane@acme.test", {});
    CHECK(code_of(hub.refreshed(issued)) == "invalid_grant");
  }
}

TEST_CASE("Every denial says the same and none names its reason or the token") {
  RefreshHub hub;
  const core::Issued other = hub.issued("org:acme", {"shop.items.r"});
  must(hub.refreshed(other));
  const Error used = hub.refreshed(other).error(), unknown = hub.refreshed(Secret("hrt_x")).error();
  hub.uninstall(hub.connection);
  const Error gone = hub.refreshed(hub.first).error();
  CHECK(used.message == unknown.message);
  CHECK(used.message == gone.message);
  CHECK(used.hint == gone.hint);
  CHECK((used.message + used.hint + used.cause).find(other.refresh_token->reveal()) == std::string::npos);
}

TEST_CASE("A confidential client that uses a refresh token twice is refused and noted and loses nothing") {
  RefreshHub hub;
  const core::Issued second = must(hub.refreshed(hub.first));
  const std::size_t rows = hub.audit_rows().size();
  CHECK(code_of(hub.refreshed(*hub.first.refresh_token, hub.confidential())) == "invalid_grant");
  REQUIRE(hub.audit_rows().size() == rows + 1);
  CHECK(hub.audit_rows().back().result == "invalid_grant");
  CHECK(hub.audit_rows().back().target == "token:" + hub.jti(hub.first));
  CHECK(hub.last_audit() == R"(token refresh {"misuse":"reuse"})");
  CHECK(hub.state(second) == "active");
  CHECK(code_of(hub.refreshed(second)) == "ok");
}

TEST_CASE("A public client that uses a refresh token twice loses the whole family at once") {
  RefreshHub hub;
  const core::Issued first = hub.public_token();
  core::Issued last = must(hub.refreshed(*first.refresh_token, hub.client));
  for (int generation = 0; generation < 10; ++generation) last = must(hub.refreshed(*last.refresh_token, hub.client));
  hub.news();
  CHECK(code_of(hub.refreshed(*first.refresh_token, hub.client)) == "invalid_grant");
  CHECK(hub.last_audit() == R"(token refresh {"misuse":"reuse","family":"ended"})");
  CHECK(hub.state(first) == "revoked");
  CHECK(hub.state(last) == "revoked");
  CHECK(hub.verified_status(last) == 12);
  CHECK(code_of(hub.refreshed(*last.refresh_token, hub.client)) == "invalid_grant");
  CHECK(hub.news().size() == 12);           // one revoked_access_token for each
  CHECK(hub.state(hub.first) == "active");  // another family of the same connection
  CHECK(code_of(hub.refreshed(hub.first)) == "ok");
}

TEST_CASE("An app chooses what the second use of a refresh token does") {
  RefreshHub hub;
  SUBCASE("end_family") {
    hub.reuse_is("end_family");
    const core::Issued second = must(hub.refreshed(hub.first));
    CHECK(code_of(hub.refreshed(hub.first)) == "invalid_grant");
    CHECK(hub.state(second) == "revoked");
    CHECK(code_of(hub.refreshed(second)) == "invalid_grant");
  }
  SUBCASE("refuse") {
    hub.reuse_is("refuse");
    const core::Issued first = hub.public_token();
    const core::Issued second = must(hub.refreshed(*first.refresh_token, hub.client));
    CHECK(code_of(hub.refreshed(*first.refresh_token, hub.client)) == "invalid_grant");
    CHECK(hub.last_audit() == R"(token refresh {"misuse":"reuse"})");
    CHECK(code_of(hub.refreshed(*second.refresh_token, hub.client)) == "ok");
  }
}

TEST_CASE("A refresh token in the hands of another client is refused and noted and stays usable") {
  RefreshHub hub;
  const core::Issued first = hub.public_token();
  const core::Issued second = must(hub.refreshed(*first.refresh_token, hub.client));
  CHECK(code_of(hub.refreshed(*second.refresh_token, hub.confidential())) == "invalid_grant");
  CHECK(hub.last_audit() == R"(token refresh {"misuse":"another client"})");
  // not even a used one ends the family when a stranger has it
  CHECK(code_of(hub.refreshed(*first.refresh_token, hub.confidential())) == "invalid_grant");
  CHECK(hub.state(second) == "active");
  CHECK(code_of(hub.refreshed(*second.refresh_token, hub.client)) == "ok");
}

TEST_CASE("A refresh that fails leaves the token usable") {
  RefreshHub hub;
  Call call = hub.as_operator();
  call.dry_run = true;
  CHECK(code_of(core::refresh_token(hub.hub(), call, {.refresh_token = *hub.first.refresh_token})) == "ok");
  const std::string sealed = hub.published().keys().front().kid();
  hub.clock().set(from_unix_seconds(1'799'000'000));  // before any key signs
  CHECK(code_of(hub.refreshed(hub.first)) == "wrong_state");
  hub.clock().set(from_unix_seconds(1'800'000'100));
  CHECK_FALSE(hub.row(hub.jti(hub.first)).refresh_used_at);
  CHECK(code_of(hub.refreshed(hub.first)) == "ok");
}

TEST_CASE("A second use is noticed by another process after everything was closed") {
  RefreshHub hub;
  const core::Issued first = hub.public_token();
  const core::Issued second = must(hub.refreshed(*first.refresh_token, hub.client));
  hub.clock().advance(30 * day);
  const std::unique_ptr<core::Hub> other = hub.reopened();
  const auto refresh = [&](const core::Issued& issued) {
    return code_of(core::refresh_token(*other, hub.as_operator(),
                                       {.refresh_token = *issued.refresh_token, .credential_id = hub.client}));
  };
  hub.clock().set(from_unix_seconds(1'800'000'000 + 3 * 3600));
  CHECK(refresh(first) == "invalid_grant");
  CHECK(hub.last_audit() == R"(token refresh {"misuse":"reuse","family":"ended"})");
  CHECK(refresh(second) == "invalid_grant");
}

TEST_CASE("A refresh token whose key was revoked gives a token of another key") {
  RefreshHub hub;
  const std::string kid = hub.published().keys().front().kid();
  must(hub.run(hub.as_operator(), &core::prepare_replacement, &core::revoke_key, {.kid = kid, .confirm = kid}));
  const core::Issued second = must(hub.refreshed(hub.first));
  CHECK(hub.decoded(second).header["kid"] != kid);
}

TEST_CASE("Of many who use one refresh token at once in two processes one succeeds") {
  RefreshHub hub;
  const std::unique_ptr<core::Hub> other = hub.reopened();
  const Call call = hub.as_operator();
  std::atomic<int> succeeded{0}, refused{0};
  std::vector<std::jthread> threads;
  for (int number = 0; number < 8; ++number) {
    threads.emplace_back([&, number] {
      core::Hub& at = number % 2 == 0 ? hub.hub() : *other;
      const auto answer = core::refresh_token(at, call, {.refresh_token = *hub.first.refresh_token});
      if (answer) ++succeeded;
      if (!answer && answer.error().code == codes::invalid_grant) ++refused;
    });
  }
  threads.clear();
  CHECK(succeeded == 1);
  CHECK(refused == 7);
  CHECK(must(hub.list(hub.as_operator(), &core::list_tokens, {})).size() == 2);
}
