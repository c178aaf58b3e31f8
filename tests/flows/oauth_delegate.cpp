#include "support/oauth_hub.h"

// Tokens for subsystems (zaikio-hub.md section 3.7; claim SC-03).
namespace hub::testing {
namespace {

const char* const path = "/oauth/delegate";

class DelegatingHub : public OauthHub {
 public:
  DelegatingHub() {
    desire("shop", {"shop.items.r", "shop.orders.r", "zaikio.delegations.rw", "zaikio.person.r"});
    for (const core::ConnectionAnswer& one : must(list(as_operator(), &core::list_connections, {.app = "shop"}))) {
      uninstall(one.id);
    }
    install("shop", "org:acme", {"shop.items.r", "shop.orders.r", "zaikio.delegations.rw"});
    subsystem_ = credential("warehouse").client_id;
  }

  const std::string& subsystem() const { return subsystem_; }
  Answer parent(const Texts& scopes) {
    std::string list;
    for (const std::string& scope : scopes) list += org(scope) + ",";
    Answer answer = client_token(list);
    REQUIRE(answer.status == 200);
    return answer;
  }
  std::string parent_token(const Texts& scopes) { return parent(scopes).text("access_token"); }
  Answer delegated(const std::string& token, Fields fields) { return send(form(path, fields, "Bearer " + token)); }

 private:
  std::string subsystem_;
};

TEST_CASE("a delegated token has part of the parent's scopes and dies with it") {
  DelegatingHub hub;
  const std::string parent = hub.parent_token({"shop.items.r", "shop.orders.r", "zaikio.delegations.rw"});
  const Answer answer =
      hub.delegated(parent, {{"client_id", hub.subsystem()}, {"delegate_access_scope", "shop.items.r"}});
  CAPTURE(answer.body);
  REQUIRE(answer.status == 200);
  CHECK(answer.header("Cache-Control") == "no-store");
  CHECK(answer.text("scope") == "shop.items.r");
  CHECK(answer.json()["audiences"] == Json::array({"warehouse"}));
  CHECK(answer.json()["bearer"]["id"] == hub.acme());
  CHECK_FALSE(answer.text("refresh_token").empty());
  CHECK(hub.claims_of(answer.text("access_token"))["sub"] == "Organization/" + hub.acme());

  const Answer all = hub.delegated(parent, {{"client_id", hub.subsystem()}});
  CHECK(all.text("scope") == "shop.items.r,shop.orders.r");

  CHECK(hub.send({.target = "/oauth/revoke", .headers = {{"authorization", "Bearer " + parent}}}).status == 204);
  const std::string child = answer.text("access_token");
  CHECK(hub.send({.target = "/oauth/revoke", .headers = {{"authorization", "Bearer " + child}}}).status == 401);
}

TEST_CASE("delegation is refused with the contract's errors") {
  DelegatingHub hub;
  const std::string parent = hub.parent_token({"shop.items.r", "zaikio.delegations.rw"});
  const std::string powerless = hub.parent_token({"shop.items.r"});
  const std::string child = hub.delegated(parent, {{"client_id", hub.subsystem()}}).text("access_token");
  core::CreateCode request = hub.for_public_client();
  request.scopes = {"shop.items.r", "zaikio.delegations.rw"};
  const std::string of_public = hub.send(form("/oauth/access_token", {{"client_id", hub.public_id()},
                                                                      {"code", hub.code(request)},
                                                                      {"code_verifier", OauthHub::verifier}}))
                                    .text("access_token");
  hub.app("foreign", "acme");
  const std::string foreign = hub.credential("foreign").client_id;
  const auto ask = [&](const std::string& token, const std::string& client, const std::string& scope) {
    return form(path, {{"client_id", client}, {"delegate_access_scope", scope}}, "Bearer " + token);
  };
  const std::string id = hub.subsystem();
  check(hub, {{"no permission",
               ask(powerless, id, "shop.items.r"),
               400,
               {R"("invalid_scope")", R"("error_description":"parent_has_no_delegation_permission")"}},
              {"a scope the parent lacks", ask(parent, id, "shop.orders.r"), 400, {"scope_was_not_granted_in_parent"}},
              {"another bearer's scope",
               ask(parent, id, "Org/00000000-0000-4000-8000-000000000000.shop.items.r"),
               400,
               {"scope_was_not_granted_in_parent"}},
              {"the bearer's own id", ask(parent, id, hub.org("shop.items.r")), 200},
              {"handing on delegation",
               ask(parent, id, "zaikio.delegations.rw"),
               400,
               {"delegation_access_token_cannot_delegate"}},
              {"a delegated parent", ask(child, id, "shop.items.r"), 400, {R"("invalid_scope")"}},
              {"a malformed scope", ask(parent, id, "x"), 400, {"malformed_scope"}},
              {"no client", form(path, {}, "Bearer " + parent), 400, {R"("invalid_request")"}},
              {"an unknown client", ask(parent, "x", "shop.items.r"), 400, {R"("invalid_request")"}},
              {"a client of another vendor", ask(parent, foreign, "shop.items.r"), 400, {R"("invalid_request")"}},
              {"a parent of a public client", ask(of_public, id, "shop.items.r"), 403, {R"("access_denied")"}}});
}

TEST_CASE("the parent is refused in the words of the REST API") {
  DelegatingHub hub;
  const std::string parent = hub.parent_token({"shop.items.r", "zaikio.delegations.rw"});
  const auto with = [&](const std::string& authorization) {
    return form(path, {{"client_id", hub.subsystem()}}, authorization);
  };
  check(hub, {{"nothing", form(path, {}), 401, {R"("no_jwt_passed")"}},
              {"Basic", with(hub.basic()), 401, {R"("no_jwt_passed")"}},
              {"no token", with("Bearer x"), 403, {R"("invalid_jwt")"}},
              {"a changed token",
               with("Bearer " + parent.substr(0, parent.size() - 6) + "AAAAAA"),
               403,
               {R"("invalid_jwt")"}}});
  hub.clock().advance(std::chrono::hours(2));
  check(hub, {{"an expired one", with("Bearer " + parent), 403, {R"("jwt_expired")"}}});
}

}  // namespace
}  // namespace hub::testing
