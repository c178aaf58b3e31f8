#include "hub/core/credential.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>

#include "hub/core/authorization.h"
#include "hub/core/connection.h"
#include "hub/store/app.h"
#include "hub/store/token.h"
#include "support/app_hub.h"

using namespace hub;
using namespace hub::testing;
using core::create_credential;
using core::CredentialAnswer;
using core::revoke_credential;
using core::rotate_credential;
using core::show_credential;
using core::verify_credential;

namespace {

constexpr Seconds day{24 * 3600};

// The secret that acme's key of the app has.
core::KeyAnswer key_of_acme(AppHub& hub, const std::string& app) {
  must(hub.run(hub.as_operator(), &core::grant_authorization, {.app = app, .by = "acme"}));
  return must(hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = app, .show_secrets = true})).front();
}

}  // namespace

TEST_CASE("The first live credential carries the client id of the app") {
  AppHub hub;
  const std::string client_id = hub.app("billing").client_id;
  const CredentialAnswer first = hub.credential("billing"), second = hub.credential("billing", "ci");
  CHECK(first.client_id == client_id);
  CHECK(second.client_id != client_id);
  CHECK(Uuid::parse(second.client_id)->text() == second.client_id);
  must(hub.run(hub.as_operator(), &revoke_credential, {first.id}));
  CHECK(hub.shown("billing").client_id == client_id);
  CHECK(must(hub.run(hub.as_operator(), &show_credential, {"billing/ci"})).client_id == second.client_id);
  const CredentialAnswer third = hub.credential("billing", "new");
  CHECK(third.client_id == client_id);
  CHECK(third.id != first.id);
  CHECK(hub.credential("billing", "more").client_id != client_id);
  CHECK_FALSE(hub.verified("billing", *first.client_secret).valid);
  CHECK(hub.verified("billing", *third.client_secret).valid);
}

TEST_CASE("A secret has 43 characters and shows only where it was made") {
  AppHub hub;
  hub.app("billing");
  const CredentialAnswer made = hub.credential("billing", "ci");
  REQUIRE(made.client_secret);
  CHECK(made.client_secret->reveal().size() == 43);
  CHECK(made.kind == "confidential");
  CHECK(made.state == "active");
  CHECK_FALSE(must(hub.run(hub.as_operator(), &show_credential, {"billing/ci"})).client_secret);
  CHECK_FALSE(must(hub.list(hub.as_operator(), &core::list_credentials, {})).front().client_secret);
  CHECK(hub.credential("billing").client_secret->reveal() != made.client_secret->reveal());
}

TEST_CASE("Names of credentials are short and unique among the live ones of an app") {
  AppHub hub;
  hub.app("billing");
  hub.app("shop");
  for (const std::string& name : Texts{"", "abcde", "CI", "c-i", "c i", "\xc3\xbc"}) {
    CHECK_MESSAGE(
        code_of(hub.run(hub.as_operator(), &create_credential, {.app = "billing", .name = name})) == "invalid_request",
        name);
  }
  const CredentialAnswer made = hub.credential("billing", "ci");
  CHECK(hub.credential("shop", "ci").name == "ci");
  CHECK(code_of(hub.run(hub.as_operator(), &create_credential, {.app = "billing", .name = "ci"})) == "exists");
  must(hub.run(hub.as_operator(), &revoke_credential, {"billing/ci"}));
  CHECK(hub.credential("billing", "ci").id != made.id);
}

TEST_CASE("Ensure accepts a credential of the same name and kind and makes no secret") {
  AppHub hub;
  hub.app("billing");
  const CredentialAnswer made = hub.credential("billing", "ci");
  const auto same = must(hub.run(hub.ensuring(), &create_credential, {.app = "billing", .name = "ci"}));
  CHECK_FALSE(same.changed);
  CHECK(same.name == "billing/ci");
  CHECK(same.object->id == made.id);
  CHECK_FALSE(same.object->client_secret);
  CHECK(hub.verified("billing", *made.client_secret).valid);
  CHECK(code_of(hub.run(hub.ensuring(), &create_credential, {.app = "billing", .name = "ci", .public_ = true})) ==
        "exists");
  CHECK(must(hub.run(hub.ensuring(), &create_credential, {.app = "billing"})).changed);
  CHECK_FALSE(must(hub.run(hub.ensuring(), &create_credential, {.app = "billing"})).changed);
  CHECK(must(hub.run(hub.ensuring(), &create_credential, {.app = "billing", .public_ = true})).changed);
  CHECK(hub.shown("billing").credentials == 3);
}

TEST_CASE("A public credential has no secret and none to rotate") {
  AppHub hub;
  const std::string client_id = hub.app("wallet").client_id;
  const auto made = must(hub.run(hub.as_operator(), &create_credential, {.app = "wallet", .public_ = true}));
  CHECK(made.object->kind == "public");
  CHECK(made.object->client_id == client_id);
  CHECK(made.name == client_id);
  CHECK_FALSE(made.object->client_secret);
  CHECK(code_of(hub.run(hub.as_operator(), &rotate_credential, {.credential = client_id})) == "wrong_state");
  for (const std::string& text : Texts{"", "guess"}) CHECK_FALSE(hub.verified("wallet", Secret(text)).valid);
  CHECK(code_of(hub.run(hub.as_operator(), &create_credential,
                        {.app = "wallet", .confidential = true, .public_ = true})) == "invalid_request");
}

TEST_CASE("A rotated secret is dead at once without overlap") {
  AppHub hub;
  hub.app("billing");
  const CredentialAnswer made = hub.credential("billing", "ci");
  const auto rotated = must(hub.run(hub.as_operator(), &rotate_credential, {.credential = "billing/ci"}));
  CHECK(rotated.object->client_id == made.client_id);
  CHECK(rotated.object->rotated_at == hub.clock().now());
  CHECK(rotated.object->version == 2);
  CHECK_FALSE(rotated.object->previous_until);
  CHECK_FALSE(hub.verified("billing", *made.client_secret).valid);
  CHECK(hub.verified("billing", *rotated.object->client_secret).valid);
}

TEST_CASE("With an overlap both secrets work until it is over") {
  AppHub hub;
  hub.app("billing");
  const Secret first = *hub.credential("billing", "ci").client_secret;
  const auto rotate = [&](Seconds overlap) {
    return *must(hub.run(hub.as_operator(), &rotate_credential, {.credential = "billing/ci", .overlap = overlap}))
                .object->client_secret;
  };
  const Secret second = rotate(day);
  const Instant until = hub.clock().now() + day;
  CHECK(must(hub.run(hub.as_operator(), &show_credential, {"billing/ci"})).previous_until == until);
  hub.clock().set(until - std::chrono::microseconds(1));
  const core::VerifyAnswer still = hub.verified("billing", first);
  CHECK(still.valid);
  CHECK(still.previous);
  CHECK(still.previous_until == until);
  const core::VerifyAnswer current = hub.verified("billing", second);
  CHECK(current.valid);
  CHECK_FALSE(current.previous);
  hub.clock().set(until);
  CHECK_FALSE(hub.verified("billing", first).valid);
  CHECK(hub.verified("billing", second).valid);
  CHECK_FALSE(must(hub.run(hub.as_operator(), &show_credential, {"billing/ci"})).previous_until);
  const Secret third = rotate(day), fourth = rotate(day);
  CHECK_FALSE(hub.verified("billing", second).valid);
  CHECK(hub.verified("billing", third).valid);
  rotate(Seconds{0});
  CHECK_FALSE(hub.verified("billing", third).valid);
  CHECK_FALSE(hub.verified("billing", fourth).valid);
}

TEST_CASE("An overlap lasts at most thirty days") {
  AppHub hub;
  hub.app("billing");
  hub.credential("billing", "ci");
  const auto code = [&](Seconds overlap) {
    return code_of(hub.run(hub.as_operator(), &rotate_credential, {.credential = "billing/ci", .overlap = overlap}));
  };
  CHECK(code(30 * day + Seconds{1}) == "invalid_request");
  CHECK(code(30 * day) == "ok");
}

TEST_CASE("A secret opens its own app only and is not used by looking") {
  AppHub hub;
  const std::string client_id = hub.app("billing").client_id;
  hub.app("shop");
  const Secret billing = *hub.credential("billing").client_secret, ci = *hub.credential("billing", "ci").client_secret;
  const Secret shop = *hub.credential("shop").client_secret;
  const core::VerifyAnswer own = hub.verified("billing", billing);
  CHECK(own.valid);
  CHECK(own.exit_status() == 0);
  CHECK(own.organization == "vendor");
  CHECK(own.client_id == client_id);
  CHECK_FALSE(own.third_party);
  CHECK(hub.verified("billing", ci).name == "ci");
  const std::string wrong = billing.reveal().substr(1) + "A";
  for (const Secret& secret : {shop, Secret(), Secret(wrong), Secret(std::string(5000, 'x'))}) {
    const core::VerifyAnswer answer = hub.verified("billing", secret);
    CHECK_FALSE(answer.valid);
    CHECK(answer.exit_status() == 10);
    CHECK_FALSE(answer.client_id);
    CHECK_FALSE(answer.organization);
  }
  CHECK(hub.verified("billing", ci, "billing/ci").valid);
  CHECK_FALSE(hub.verified("billing", billing, "billing/ci").valid);
  CHECK(code_of(hub.run(hub.as_operator(), &verify_credential,
                        {.app = "shop", .credential = "billing/ci", .secret = ci})) == "not_found");
  CHECK_FALSE(must(hub.run(hub.as_operator(), &show_credential, {"billing/ci"})).last_used_at);
}

TEST_CASE("The key of a foreign organization opens that organization while it is allowed") {
  AppHub hub;
  const std::string client_id = hub.app("billing").client_id;
  const core::KeyAnswer key = key_of_acme(hub, "billing");
  const core::VerifyAnswer opened = hub.verified("billing", *key.client_secret);
  CHECK(opened.valid);
  CHECK(opened.third_party);
  CHECK(opened.organization == "acme");
  CHECK(opened.client_id == client_id);
  const CredentialAnswer own = hub.credential("billing", "ci");
  CHECK(hub.verified("billing", *key.client_secret).organization == "acme");
  CHECK_FALSE(hub.verified("billing", *key.client_secret, "billing/ci").valid);
  must(hub.run(hub.as_operator(), &revoke_credential, {own.id}));
  CHECK(hub.verified("billing", *key.client_secret).valid);
  must(hub.run(hub.as_operator(), &core::uninstall_connection, core::UninstallConnection{"billing/org:acme"}));
  CHECK_FALSE(hub.verified("billing", *key.client_secret).valid);
}

TEST_CASE("A key of a foreign organization is no credential for these operations") {
  AppHub hub;
  hub.app("billing");
  const core::KeyAnswer key = key_of_acme(hub, "billing");
  CHECK(must(hub.list(hub.as_operator(), &core::list_credentials, {})).empty());
  CHECK(must(hub.list(hub.as_operator(), &core::list_credentials, {.app = "billing"})).empty());
  for (const Call& call : {hub.as_operator(), hub.as("owner@acme.test"), hub.as("admin@vendor.test")}) {
    CHECK(code_of(hub.run(call, &show_credential, {key.id})) == "not_found");
    CHECK(code_of(hub.run(call, &rotate_credential, {.credential = key.id})) == "not_found");
    CHECK(code_of(hub.run(call, &revoke_credential, {key.id})) == "not_found");
  }
  CHECK(hub.verified("billing", *key.client_secret).valid);
}

TEST_CASE("Revoking a credential ends its tokens and keeps its row") {
  AppHub hub;
  const core::AppAnswer app = hub.app("billing");
  const CredentialAnswer made = hub.credential("billing", "ci");
  const TokenId jti = TokenId::make(hub.clock().now(), hub.random());
  must(hub.hub().write(hub.as_operator(), [&](core::Work& work) -> Result<void> {
    store::insert_token(work.db(),
                        {.id = jti,
                         .family_id = FamilyId::make(work.now(), work.random()),
                         .app_id = *AppId::parse(app.id),
                         .credential_id = *CredentialId::parse(made.id),
                         .organization_id = store::find_app(work.db(), *AppId::parse(app.id))->owner_id,
                         .audience = "billing/ci",
                         .kid = "none",
                         .issued_at = work.now(),
                         .expires_at = work.now() + Seconds{3600}},
                        std::nullopt);
    return {};
  }));
  CHECK(code_of(hub.run(hub.at_version(9), &revoke_credential, {"billing/ci"})) == "stale");
  const auto revoked = must(hub.run(hub.as_operator(), &revoke_credential, {"billing/ci"}));
  CHECK(revoked.changed);
  CHECK(revoked.object->state == "revoked");
  CHECK(revoked.object->revoked_at == hub.clock().now());
  const Texts events = hub.event_names();
  CHECK(std::ranges::find(events, "zaikio.revoked_access_token") != events.end());
  const auto token = must(hub.hub().read(hub.as_operator(), [&](core::View& view) -> Result<std::optional<Token>> {
    return store::find_token(view.db(), jti);
  }));
  CHECK(token->revoked_at == hub.clock().now());
  CHECK(code_of(hub.run(hub.as_operator(), &revoke_credential, {made.id})) == "wrong_state");
  CHECK(code_of(hub.run(hub.as_operator(), &rotate_credential, {.credential = made.id})) == "wrong_state");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &revoke_credential, {made.id})).changed);
  CHECK(code_of(hub.run(hub.as_operator(), &revoke_credential, {"billing/ci"})) == "not_found");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &revoke_credential, {"billing/ci"})).changed);
  CHECK(must(hub.list(hub.as_operator(), &core::list_credentials, {.app = "billing"})).empty());
}

TEST_CASE("Credentials are changed by admins of the owner and read by its members") {
  AppHub hub;
  hub.app("billing");
  hub.app("shop", "acme");
  const CredentialAnswer made = hub.credential("billing", "ci");
  hub.credential("shop", "ci");
  struct Row {
    std::string person, show, rotate;
    std::size_t listed;
  };
  for (const Row& row : std::vector<Row>{{"admin@vendor.test", "ok", "ok", 1},
                                         {"member@vendor.test", "ok", "role_required", 1},
                                         {"contact@vendor.test", "role_required", "role_required", 0},
                                         {"owner@acme.test", "not_found", "not_found", 1}}) {
    CAPTURE(row.person);
    const Call call = hub.as(row.person);
    CHECK(code_of(hub.run(call, &show_credential, {made.id})) == row.show);
    CHECK(code_of(hub.run(call, &show_credential, {made.client_id})) == row.show);
    CHECK(code_of(hub.run(call, &rotate_credential, {.credential = made.id})) == row.rotate);
    CHECK(must(hub.list(call, &core::list_credentials, {})).size() == row.listed);
    const std::string by_app = row.show == "not_found" ? "unknown_application" : row.show;
    CHECK(code_of(hub.run(call, &show_credential, {"billing/ci"})) == by_app);
    CHECK(code_of(hub.list(call, &core::list_credentials, {.app = "billing"})) == by_app);
    CHECK(code_of(hub.run(call, &verify_credential, {.app = "billing", .secret = Secret("x")})) == by_app);
    if (row.rotate == "ok") continue;
    const std::string change = row.rotate == "not_found" ? "unknown_application" : row.rotate;
    CHECK(code_of(hub.run(call, &create_credential, {.app = "billing"})) == change);
    CHECK(code_of(hub.run(call, &revoke_credential, {made.id})) == row.rotate);
  }
}
