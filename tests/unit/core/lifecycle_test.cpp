#include "hub/core/lifecycle.h"

#include <doctest/doctest.h>

#include "support/token_hub.h"

// The lifecycle table of nexus211.md section 6 and zaikio-hub.md section 4.3, a row a case.

using namespace hub;
using namespace hub::testing;

namespace {

// acme authorized shop; vendor installed it; acme's owner connected themself. A token for each, and one on behalf.
class LifeHub : public TokenHub {
 public:
  LifeHub() {
    person("jane@acme.test");
    member("jane@acme.test", "acme", {"admin"});
    const Call jane = as("jane@acme.test");
    authorization = must(run(jane, &core::grant_authorization, {"shop", "acme"})).object->id;
    install("shop", "org:vendor", {"shop.items.r"});
    own = install("shop", "jane@acme.test", {"zaikio.person.r"}).id;
    for_acme = issued("org:acme", {"shop.items.r"});
    for_vendor = issued("org:vendor", {"shop.items.r"});
    for_jane = issued("person:jane@acme.test", {"zaikio.person.r"});
    on_behalf = issued("org:acme", {"shop.items.r"}, "person:jane@acme.test");
    secret = *must(list(as_operator(), &core::list_authorization_keys, {.app = "shop", .show_secrets = true}))
                  .front()
                  .client_secret;
    shop = shown("shop").id;
    news();
  }
  // Exit statuses of `token verify`, for acme, vendor, jane, jane on behalf.
  std::vector<int> statuses() {
    return {verified_status(for_acme), verified_status(for_vendor), verified_status(for_jane),
            verified_status(on_behalf)};
  }
  std::size_t told(const std::string& event) {
    std::size_t count = 0;
    for (const std::string& one : heard_) count += one.starts_with(event + " ") ? 1U : 0U;
    return count;
  }
  void listen() { heard_ = news(); }

  std::string authorization, own, shop;
  core::Issued for_acme, for_vendor, for_jane, on_behalf;
  Secret secret;

 private:
  Texts heard_;
};

using Statuses = std::vector<int>;

}  // namespace

TEST_CASE("Authorization revoked ends the key and the tokens of that organization alone") {
  LifeHub hub;
  must(hub.run(hub.as("jane@acme.test"), &core::revoke_authorization, {hub.authorization}));
  hub.listen();
  CHECK(hub.statuses() == Statuses{12, 0, 0, 12});
  CHECK_FALSE(hub.verified("shop", hub.secret).valid);
  CHECK(hub.told("zaikio.revoked_access_token") == 2);
  CHECK(hub.told("zaikio.revoked_connection") == 1);
  CHECK(hub.told("authorization.revoked") == 1);
  CHECK(code_of(hub.refreshed(hub.for_acme)) == "invalid_grant");
  CHECK(code_of(hub.refreshed(hub.for_vendor)) == "ok");
}

TEST_CASE("A person who disconnects ends their tokens and those they act with and no key") {
  LifeHub hub;
  hub.uninstall(hub.own);
  hub.listen();
  CHECK(hub.statuses() == Statuses{0, 0, 12, 12});
  CHECK(hub.verified("shop", hub.secret).valid);
  CHECK(hub.told("zaikio.revoked_access_token") == 2);
  CHECK(hub.told("zaikio.revoked_connection") == 1);
  CHECK(hub.told("authorization.revoked") == 0);
  CHECK(code_of(hub.refreshed(hub.on_behalf)) == "invalid_grant");
}

TEST_CASE("The granting admin leaves and the authorization stays") {
  LifeHub hub;
  const auto before = must(hub.run(hub.as_operator(), &core::show_authorization, {hub.authorization}));
  must(hub.run(hub.as_operator(), &core::remove_member, {.member = "jane@acme.test", .org = "acme"}));
  hub.listen();
  CHECK(hub.statuses() == Statuses{0, 0, 0, 12});
  CHECK(hub.verified("shop", hub.secret).valid);
  CHECK(hub.told("zaikio.revoked_access_token") == 1);
  CHECK(hub.told("zaikio.member_left") == 1);
  const auto after = must(hub.run(hub.as_operator(), &core::show_authorization, {hub.authorization}));
  CHECK(after.state == "active");
  CHECK(after.granted_by == before.granted_by);  // history
  CHECK(code_of(hub.refreshed(hub.for_acme)) == "ok");
}

TEST_CASE("The granting admin is demoted and the authorization stays") {
  LifeHub hub;
  must(hub.run(hub.as_operator(), &core::update_membership,
               {.member = "jane@acme.test", .org = "acme", .role = {"member"}}));
  CHECK(hub.statuses() == Statuses{0, 0, 0, 0});
  CHECK(hub.verified("shop", hub.secret).valid);
  CHECK(code_of(hub.run(hub.as("jane@acme.test"), &core::revoke_authorization, {hub.authorization})) ==
        "role_required");
  CHECK(hub.decoded(hub.issued("org:acme", {}, "person:jane@acme.test")).claims["roles"] == 4);
}

TEST_CASE("A deleted app ends every key and token and its client id and name never come back") {
  LifeHub hub;
  const std::string client_id = hub.shown("shop").client_id;
  must(hub.run(hub.as_operator(), &core::delete_app, {.app = "shop", .confirm = "shop"}));
  hub.listen();
  CHECK(hub.statuses() == Statuses{12, 12, 12, 12});
  CHECK(hub.told("zaikio.revoked_access_token") == 4);
  CHECK(hub.told("zaikio.revoked_connection") == 3);
  const auto ended = must(hub.run(hub.as_operator(), &core::show_connection, {hub.authorization}));
  CHECK(ended.state == "ended");
  CHECK(ended.ended_reason == "application_deleted");
  CHECK(must(hub.list(hub.as_operator(), &core::list_authorizations, {.by = "acme"})).empty());
  CHECK(code_of(hub.refreshed(hub.for_acme)) == "invalid_grant");
  CHECK(must(hub.run(hub.as_operator(), &core::show_authorization, {hub.authorization})).ended_reason ==
        "application_deleted");
  const auto again = hub.run(hub.as_operator(), &core::create_app, {.name = "shop", .owner = "vendor"});
  if (again) {
    CHECK(again->object->client_id != client_id);
    CHECK_FALSE(hub.verified("shop", hub.secret).valid);
    CHECK(must(hub.list(hub.as_operator(), &core::list_connections, {.app = "shop"})).empty());
  }
}

TEST_CASE("A granting organization deleted ends its key and the tokens of its people") {
  LifeHub hub;
  must(hub.run(hub.as_operator(), &core::delete_organization, {.organization = "acme", .confirm = "acme"}));
  hub.listen();
  CHECK(hub.statuses() == Statuses{12, 0, 0, 12});
  CHECK_FALSE(hub.verified("shop", hub.secret).valid);
  CHECK(must(hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "shop"})).empty());
  const auto ended = must(hub.run(hub.as_operator(), &core::show_connection, {hub.authorization}));
  CHECK(ended.ended_reason == "organization_deleted");
  CHECK(hub.told("zaikio.revoked_connection") == 1);
  CHECK(code_of(hub.refreshed(hub.for_acme)) == "invalid_grant");
}

TEST_CASE("An owning organization deleted deletes its apps first and then ends its own grants") {
  LifeHub hub;
  hub.app("tool", "acme");
  const std::string granted = hub.grant("tool", "org:vendor").id;
  must(hub.run(hub.as_operator(), &core::delete_organization, {.organization = "vendor", .confirm = "vendor"}));
  CHECK(hub.statuses() == Statuses{12, 12, 12, 12});
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {hub.authorization})).ended_reason ==
        "application_deleted");
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {granted})).ended_reason == "organization_deleted");
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_app, {"shop"})) == "unknown_application");
  CHECK(must(hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "tool"})).empty());
}

TEST_CASE("A revoked credential ends the tokens made with it and no other") {
  LifeHub hub;
  hub.credential("shop", "ci");
  const core::Issued other = must(
      core::issue_token(hub.hub(), hub.as_operator(),
                        {.app = "shop", .credential = "ci", .subject = "org:acme", .scopes = {TokenHub::no_scope}}));
  must(hub.run(hub.as_operator(), &core::revoke_credential, {hub.shown("shop").client_id}));
  hub.listen();
  CHECK(hub.statuses() == Statuses{12, 12, 12, 12});
  CHECK(hub.verified_status(other) == 0);
  CHECK(hub.told("zaikio.revoked_access_token") == 4);
  CHECK(hub.verified("shop", hub.secret).valid);  // the third-party keys go on working
}

TEST_CASE("A rotated own secret ends no token") {
  LifeHub hub;
  must(hub.run(hub.as_operator(), &core::rotate_credential, {.credential = hub.shown("shop").client_id}));
  CHECK(hub.statuses() == Statuses{0, 0, 0, 0});
  CHECK(hub.verified("shop", hub.secret).valid);
}

TEST_CASE("A deleted person ends all that speaks for them") {
  LifeHub hub;
  must(hub.run(hub.as_operator(), &core::delete_person, {.person = "jane@acme.test", .confirm = "jane@acme.test"}));
  CHECK(hub.statuses() == Statuses{0, 0, 12, 12});
  CHECK(must(hub.run(hub.as_operator(), &core::show_connection, {hub.own})).ended_reason == "person_deleted");
  CHECK(must(hub.run(hub.as_operator(), &core::show_authorization, {hub.authorization})).state == "active");
  CHECK(code_of(hub.refreshed(hub.for_jane)) == "invalid_grant");
}

TEST_CASE("Two grants at once make one row and one key") {
  TokenHub hub;
  const std::unique_ptr<core::Hub> other = hub.reopened();
  const auto grant = [&](core::Hub& at) {
    return at.write(hub.as_operator(),
                    [](core::Work& work) { return core::grant_authorization(work, {.app = "shop", .by = "acme"}); });
  };
  CHECK(code_of(grant(hub.hub())) == "ok");
  CHECK(code_of(grant(*other)) == "already_authorized");
  CHECK(must(hub.list(hub.as_operator(), &core::list_authorization_keys, {.app = "shop"})).size() == 1);
}
