#include "hub/operations/dispatch.h"
#include "support/lifecycle_door.h"

// Doors of the lifecycle table: operations and the Nexus API.
namespace hub::testing {
namespace {

// Of the command line, by an operator; the answer's object.
Json operate(LifecycleHub& hub, std::string_view name, const Json& request) {
  const operations::Operation* const operation = operations::find_operation(name);
  REQUIRE_MESSAGE(operation != nullptr, name);
  Json answer;
  const Result<int> status = operations::run(*operation, &hub.hub(), hub.as_operator(), request, answer);
  REQUIRE_MESSAGE(status.has_value(), name, status ? "" : status.error().message);
  return answer["object"];
}

Trigger operation(std::string name, const Json& request) {
  return [name = std::move(name), request](LifecycleHub& hub, Seconds) { operate(hub, name, request); };
}

std::string seconds(Seconds time) { return std::to_string(time.count()) + "s"; }

void rotate_own_secret_by_operation(LifecycleHub& hub, Seconds overlap) {
  hub.new_secret = operate(hub, "credential rotate",
                           {{"credential", hub.tool_id()}, {"overlap", seconds(overlap)}})["client_secret"];
}

Trigger patch_tool(const Json& change) {
  return [change](LifecycleHub& hub, Seconds) {
    hub.json_of(ask(Method::patch, "/applications/" + hub.tool_id(), hub.acme_admin(), change));
  };
}

void done(LifecycleHub& hub, const Ask& asked, int status) {
  const Answer answer = hub.send(asked);
  CHECK_MESSAGE(answer.status == status, answer.body);
}

void rotate_own_secret_by_api(LifecycleHub& hub, Seconds overlap) {
  const Json body = overlap == Seconds(0) ? Json() : Json{{"overlap", overlap.count()}};
  const std::string target = "/applications/" + hub.tool_id() + "/rotate-secret";
  hub.new_secret = hub.json_of(ask(Method::post, target, hub.acme_admin(), body))["clientSecret"];
}

void rotate_key_by_application(LifecycleHub& hub, Seconds overlap) {
  hub.json_of(ask(Method::post, "/keys/" + hub.key_id("county") + "/rotate", hub.tool(),
                  {{"overlap", overlap.count()}, {"unknown", true}}));
}

void rotate_key_by_organization(LifecycleHub& hub, Seconds overlap) {
  const Json body = overlap == Seconds(0) ? Json() : Json{{"overlap", overlap.count()}};
  const std::string target = "/authorized-applications/" + hub.authorization("county") + "/rotate";
  done(hub, ask(Method::post, target, hub.at_county(), body), 204);
}

Trigger grant_by(const std::string& org) {
  return [org](LifecycleHub& hub, Seconds) {
    done(hub,
         ask(Method::post, "/authorized-applications", hub.console("admin@" + org + ".test", org),
             {{"application", hub.tool_id()}}),
         201);
  };
}

Trigger change_profile(Method method, const char* email, const Json& change, int status) {
  return [=](LifecycleHub& hub, Seconds) {
    const std::string target = "/profiles/" + hub.membership(email, "county").hash_id;
    done(hub, ask(method, target, hub.console("owner@county.test", "county"), change), status);
  };
}

Trigger delete_organization(const std::string& org) {
  return [org](LifecycleHub& hub, Seconds) {
    const std::string target = "/organizations/" + hub.org_hash(org);
    done(hub, ask(Method::delete_, target, hub.console("owner@" + org + ".test", org)), 204);
  };
}

const Json authorization_of_county = {{"authorization", "tool/county"}};
const Json tool_by_county = {{"app", "tool"}, {"by", "county"}};

}  // namespace

Door operation_door() {
  const char* const user = LifecycleHub::user_of_county;
  const char* const admin = LifecycleHub::county_admin;
  return {
      {Event::scope_removed,
       operation("scope desired remove", {{"app", "tool"}, {"scopes", {"nexus211.organization.r"}}})},
      {Event::scope_added, operation("scope desired add", {{"app", "tool"}, {"scopes", {"nexus211.profile.r"}}})},
      {Event::scope_desired_again,
       operation("scope desired add", {{"app", "tool"}, {"scopes", {"nexus211.organization.r"}}})},
      {Event::scopes_approved, operation("authorization approve", authorization_of_county)},
      {Event::sign_in_set_up,
       operation("app update", {{"app", "tool"}, {"audience", "any"}, {"redirect", {OauthHub::redirect}}})},
      {Event::audience_own, operation("app update", {{"app", "tool"}, {"audience", "own"}})},
      {Event::audience_list,
       operation("app update", {{"app", "tool"}, {"audience", "list"}, {"audience_organization", {"borough"}}})},
      {Event::sign_in_removed, operation("app update", {{"app", "tool"}, {"audience", "none"}})},
      {Event::own_secret_rotated, &rotate_own_secret_by_operation},
      {Event::key_rotated_by_application,
       [](LifecycleHub& hub, Seconds overlap) {
         operate(hub, "authorization keys rotate", {{"key", hub.key_id("county")}, {"overlap", seconds(overlap)}});
       }},
      {Event::key_rotated_by_organization,
       [](LifecycleHub& hub, Seconds overlap) {
         operate(hub, "authorization rotate", {{"authorization", "tool/county"}, {"overlap", seconds(overlap)}});
       }},
      {Event::authorization_granted, operation("authorization grant", {{"app", "tool"}, {"by", "valley"}})},
      {Event::authorization_revoked, operation("authorization revoke", authorization_of_county)},
      {Event::granted_again, operation("authorization grant", tool_by_county)},
      {Event::granting_admin_leaves, operation("member remove", {{"member", admin}, {"org", "county"}})},
      {Event::granting_admin_demoted,
       operation("member update", {{"member", admin}, {"org", "county"}, {"role", {"member"}}})},
      {Event::profile_deleted, operation("member remove", {{"member", user}, {"org", "county"}})},
      {Event::role_changed, operation("member update", {{"member", user}, {"org", "county"}, {"role", {"contact"}}})},
      {Event::application_deleted, operation("app delete", {{"app", "tool"}, {"confirm", "tool"}})},
      {Event::granting_organization_deleted,
       operation("org delete", {{"organization", "county"}, {"confirm", "county"}})},
      {Event::owning_organization_deleted, operation("org delete", {{"organization", "acme"}, {"confirm", "acme"}})},
  };
}

Door api_door() {
  const char* const user = LifecycleHub::user_of_county;
  const char* const admin = LifecycleHub::county_admin;
  const Json to_list = {{"audience", "list"}};
  return {
      {Event::scope_removed, patch_tool({{"scopes", Json::array()}})},
      {Event::scope_added, patch_tool({{"scopes", {"profile.r", "organization.r"}}})},
      {Event::scope_desired_again, patch_tool({{"scopes", Json::array({"organization.r"})}})},
      {Event::scopes_approved,
       [](LifecycleHub& hub, Seconds) {
         const std::string target = "/authorized-applications/" + hub.authorization("county") + "/approve";
         done(hub, ask(Method::post, target, hub.at_county()), 200);
       }},
      {Event::sign_in_set_up, patch_tool({{"oauth", {{"redirects", {OauthHub::redirect}}}}})},
      {Event::audience_own, patch_tool({{"oauth", {{"audience", "own"}}}})},
      {Event::audience_list,
       [](LifecycleHub& hub, Seconds) {
         const Json setup = {{"redirects", {OauthHub::redirect}},
                             {"audience", "list"},
                             {"organizations", Json::array({hub.org_hash("borough")})}};
         patch_tool({{"oauth", setup}})(hub, Seconds(0));
       }},
      {Event::sign_in_removed, patch_tool({{"oauth", nullptr}})},
      {Event::own_secret_rotated, &rotate_own_secret_by_api},
      {Event::key_rotated_by_application, &rotate_key_by_application},
      {Event::key_rotated_by_organization, &rotate_key_by_organization},
      {Event::authorization_granted, grant_by("valley")},
      {Event::authorization_revoked,
       [](LifecycleHub& hub, Seconds) {
         const std::string target = "/authorized-applications/" + hub.authorization("county");
         done(hub, ask(Method::delete_, target, hub.at_county()), 204);
       }},
      {Event::granted_again, grant_by("county")},
      {Event::granting_admin_leaves, change_profile(Method::delete_, admin, nullptr, 204)},
      {Event::granting_admin_demoted, change_profile(Method::patch, admin, {{"roles", {"member"}}}, 200)},
      {Event::profile_deleted, change_profile(Method::delete_, user, nullptr, 204)},
      {Event::role_changed, change_profile(Method::patch, user, {{"roles", {"contact"}}}, 200)},
      {Event::application_deleted,
       [](LifecycleHub& hub, Seconds) {
         done(hub, ask(Method::delete_, "/applications/" + hub.tool_id(), hub.acme_admin()), 204);
       }},
      {Event::granting_organization_deleted, delete_organization("county")},
      {Event::owning_organization_deleted, delete_organization("acme")},
  };
}

}  // namespace hub::testing
