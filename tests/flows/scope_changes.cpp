#include <doctest/doctest.h>

#include "support/lifecycle_hub.h"

// The scopes of an application change at any time (nexus211.md section 3.1, decisions.md 2): what is removed is gone at
// the next request for whoever holds anything, in every process; what is added waits for those who granted.
namespace hub::testing {
namespace {

const Texts first_scopes{"nexus211.organization.r", "zaikio.organization.r", "zaikio.person.r"};

// Something that opens a door, and a door that needs the scope in question.
struct Holder {
  const char* name;
  std::string authorization;
  const char* target;
};

class ScopesHub : public LifecycleHub {
 public:
  ScopesHub() {
    desire("tool", first_scopes);
    must(run(as_operator(), &core::approve_authorization, {"tool/county"}));
    install("tool", "person:" + std::string(user_of_county), {"zaikio.person.r"});
    of_organization_ = issued_for("org:county", {"nexus211.organization.r", "zaikio.organization.r"});
    of_person_ = issued_for("person:" + std::string(user_of_county), {"zaikio.person.r"});
    on_behalf_ = issued_for("org:county", {"zaikio.organization.r", "zaikio.person.r"}, user_of_county);
  }

  std::vector<Holder> holders() {
    const auto bearer = [](const core::Issued& issued) { return "Bearer " + issued.access_token->reveal(); };
    return {{"own secret", tool(), "/organizations"},
            {"key of county", key("county"), "/organizations"},
            {"user token", user_token("county"), "/organizations"},
            {"service token of the own secret", service_token_of("acme"), "/organizations"},
            {"service token of the key", service_token_of("county"), "/organizations"},
            {"hub token of an organization", bearer(of_organization_), "/organizations"},
            {"hub token of an organization in its dialect", bearer(of_organization_), "/api/v1/organization"},
            {"hub token of a person", bearer(of_person_), "/api/v1/person"},
            {"hub token on behalf", bearer(on_behalf_), "/api/v1/organization"}};
  }
  int status(http::Services& at, const Holder& holder) {
    return send(at, get(holder.target, holder.authorization)).status;
  }
  // What introspection says that a token may do.
  std::string introspected_scope(http::Services& at, const core::Issued& issued) {
    const Answer answer = send(at, form("/oauth/introspect", {{"token", issued.access_token->reveal()}}, tool()));
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    const Json body = answer.json();
    return body["active"] == true ? body.value("scope", "") : "inactive";
  }
  Answer refreshed(http::Services& at, const core::Issued& issued) {
    return send(at, form("/oauth/access_token",
                         {{"grant_type", "refresh_token"}, {"refresh_token", issued.refresh_token->reveal()}}, tool()));
  }
  // In the store of another process.
  void desire_elsewhere(const Texts& scopes) {
    must(other_process().hub.write(as_operator(), [&](core::Work& work) {
      return core::set_desired_scopes(work, {"tool", scopes});
    }));
  }
  const core::Issued& of_organization() const { return of_organization_; }
  const core::Issued& of_person() const { return of_person_; }
  const core::Issued& on_behalf() const { return on_behalf_; }

  core::Issued issued_for(const std::string& subject, const Texts& scopes,
                          const std::optional<std::string>& acting = std::nullopt) {
    clock().advance(std::chrono::milliseconds(1));
    return must(core::issue_token(
        hub(), as_operator(),
        {.app = "tool", .credential = tool_id(), .subject = subject, .acting = acting, .scopes = scopes}));
  }

 private:
  core::Issued of_organization_, of_person_, on_behalf_;
};

TEST_CASE("scopes: one that is removed is gone at the next request for each credential and token in every process") {
  ScopesHub hub;
  const std::vector<Holder> holders = hub.holders();
  for (http::Services* const at : {&hub.services(), &hub.other_process()}) {
    for (const Holder& holder : holders) {
      CAPTURE(std::string(holder.name));
      CHECK(hub.status(*at, holder) == 200);
    }
  }
  CHECK(hub.introspected_scope(hub.services(), hub.of_person()).find("zaikio.person.r") != std::string::npos);
  hub.desire_elsewhere({});
  for (http::Services* const at : {&hub.services(), &hub.other_process()}) {
    for (const Holder& holder : holders) {
      CAPTURE(std::string(holder.name));
      CHECK(hub.status(*at, holder) == 403);
    }
    for (const core::Issued* const issued : {&hub.of_organization(), &hub.of_person(), &hub.on_behalf()}) {
      const std::string scope = hub.introspected_scope(*at, *issued);
      CAPTURE(scope);
      CHECK(scope.find("organization.r") == std::string::npos);
      CHECK(scope.find("person.r") == std::string::npos);
      CHECK(hub.refreshed(*at, *issued).status == 400);
    }
  }
  // What was granted is still granted: it is back as soon as it is desired again.
  hub.desire_elsewhere(first_scopes);
  for (const Holder& holder : holders) {
    CAPTURE(std::string(holder.name));
    CHECK(hub.status(hub.services(), holder) == 200);
  }
  CHECK(hub.refreshed(hub.services(), hub.of_organization()).status == 200);
}

TEST_CASE("scopes: half of one that is removed leaves the other half") {
  ScopesHub hub;
  hub.desire("tool", {"nexus211.organization.rw"});
  must(hub.run(hub.as_operator(), &core::approve_authorization, {"tool/county"}));
  hub.desire("tool", {"nexus211.organization.w"});
  CHECK(hub.told(get("/organizations", hub.key("county"))) == "403 insufficient_scope");
  const std::string county = "/organizations/" + hub.org_hash("county");
  CHECK(hub.told(ask(Method::patch, county, hub.key("county"), Json::object())) == "200");
  hub.desire("tool", {"nexus211.organization.r"});
  CHECK(hub.told(get("/organizations", hub.key("county"))) == "200");
  CHECK(hub.told(ask(Method::patch, county, hub.key("county"), Json::object())) == "403 insufficient_scope");
}

TEST_CASE("scopes: one that is added waits until those who granted approve it") {
  ScopesHub hub;
  Texts more = first_scopes;
  more.push_back("nexus211.profile.r");
  hub.desire_elsewhere(more);
  std::vector<Holder> holders = hub.holders();
  for (Holder& holder : holders) holder.target = "/profiles";
  const auto told = [&](http::Services& at) {
    std::string out;
    for (const Holder& holder : holders) {
      const int status = hub.status(at, holder);
      out += std::string(out.empty() ? "" : " ") + std::to_string(status);
    }
    return out;
  };
  // Of the own secret, the key, the user, the two service tokens, and the tokens of the hub.
  for (http::Services* const at : {&hub.services(), &hub.other_process()}) {
    CHECK(told(*at) == "200 403 403 200 403 403 403 403 403");
  }
  const std::string wanted = "Org/" + hub.org_id("county") + ".nexus211.profile.r";
  CHECK(hub.client_token_of_tool(wanted).body.find("ungranted_scope") != std::string::npos);
  must(hub.run(hub.as_operator(), &core::approve_authorization, {"tool/county"}));
  for (http::Services* const at : {&hub.services(), &hub.other_process()}) {
    CHECK(told(*at) == "200 200 403 200 200 403 403 403 403");
  }
  const Answer token = hub.client_token_of_tool(wanted);
  REQUIRE_MESSAGE(token.status == 200, token.body);
  CHECK(hub.told(get("/profiles", "Bearer " + token.text("access_token"))) == "200");
  // A person approves on the page of consent; the token of before stays what it was.
  const std::string code = hub.code({.app = "tool",
                                     .credential = hub.tool_id(),
                                     .dialect = "nexus",
                                     .profile = hub.membership(LifecycleHub::user_of_county, "county").id});
  const Answer again = hub.send(ask(Method::post, "/oauth/access-token", hub.tool(), {{"code", code}}));
  CHECK(hub.told(get("/profiles", "Bearer " + again.text("token"))) == "200");
  CHECK(hub.told(get("/profiles", hub.user_token("county"))) == "403 insufficient_scope");
}

}  // namespace
}  // namespace hub::testing
