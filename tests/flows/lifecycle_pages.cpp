#include "support/lifecycle_door.h"
#include "support/signed_in_browser.h"

// The events of the lifecycle table as people make them happen on pages.
namespace hub::testing {
namespace {

using Filled = std::vector<std::pair<std::string, std::string>>;

std::string area(LifecycleHub& hub, const std::string& slug) { return "/id/organizations/" + hub.org_hash(slug); }
std::string page_of_tool(LifecycleHub& hub) { return area(hub, "acme") + "/applications/" + hub.shown("tool").hash_id; }

// Opens a page, fills in one of its forms as a person would and sends it. A name that was sent is left as it is unless
// it is filled in here; "" unticks what is ticked.
Browser sent(LifecycleHub& hub, const std::string& email, const std::string& page, const std::string& action,
             const Filled& filled = {}) {
  Browser browser = signed_in_browser(hub, email);
  browser.open(page);
  Form form = browser.form(action);
  for (const auto& [name, value] : filled) {
    std::erase_if(form.fields, [&, named = name](const auto& field) { return field.first == named; });
  }
  for (const auto& [name, value] : filled) {
    if (!value.empty()) form.fields.emplace_back(name, value);
  }
  const Answer answer = browser.submit(form);
  CHECK_MESSAGE(answer.status == 200, answer.body);
  return browser;
}

Trigger on_tool(const std::string& form, const Filled& filled) {
  return [=](LifecycleHub& hub, Seconds) {
    sent(hub, "admin@acme.test", page_of_tool(hub), page_of_tool(hub) + "/" + form, filled);
  };
}

Trigger on_authorization(const std::string& what, const Filled& filled = {}) {
  return [=](LifecycleHub& hub, Seconds overlap) {
    Filled all = filled;
    if (overlap == some_overlap) all.emplace_back("overlap", "1h");
    const std::string id = must(hub.run(hub.as_operator(), &core::show_authorization, {"tool/county"})).hash_id;
    sent(hub, LifecycleHub::county_admin, area(hub, "county") + "/applications?tab=authorized",
         area(hub, "county") + "/authorizations/" + id + "/" + what, all);
  };
}

Trigger granted_by(const std::string& org) {
  return [=](LifecycleHub& hub, Seconds) {
    const std::string page = area(hub, org) + "/applications/authorize";
    sent(hub, "admin@" + org + ".test", page + "?application=" + hub.tool_id(), page, {{"decision", "allow"}});
  };
}

Trigger on_member(const char* email, const std::string& what, const Filled& filled = {}) {
  return [=](LifecycleHub& hub, Seconds) {
    const std::string members = area(hub, "county") + "/members";
    sent(hub, "owner@county.test", members, members + "/" + hub.membership(email, "county").hash_id + "/" + what,
         filled);
  };
}

Trigger deleted(const std::string& org) {
  return [=](LifecycleHub& hub, Seconds) {
    sent(hub, "owner@" + org + ".test", area(hub, org), area(hub, org) + "/delete", {{"confirm", org}});
  };
}

void own_secret_rotated(LifecycleHub& hub, Seconds overlap) {
  const std::string page = page_of_tool(hub);
  const Filled filled{{"overlap", overlap == some_overlap ? "1h" : ""}};
  hub.new_secret = value_of(sent(hub, "admin@acme.test", page, page + "/secret", filled), "client-secret");
}

void key_rotated_by_application(LifecycleHub& hub, Seconds overlap) {
  const auto keys = must(hub.list<core::ListAuthorizationKeys, core::KeyAnswer>(
      hub.as_operator(), &core::list_authorization_keys, {.app = "tool", .by = "county"}));
  const std::string page = page_of_tool(hub);
  sent(hub, "admin@acme.test", page, page + "/keys/" + keys.front().hash_id + "/rotate",
       {{"overlap", overlap == some_overlap ? "1h" : ""}});
}

void consent_revoked(LifecycleHub& hub, Seconds) {
  const std::string page = "/id/account/applications";
  sent(hub, LifecycleHub::user_of_county, page, page + "/" + hub.shown("tool").id + "/end");
}

}  // namespace

Door page_door() {
  return {
      {Event::scope_removed, on_tool("scopes", {{"nexus[]", ""}})},
      {Event::scope_added,
       on_tool("scopes", {{"nexus[]", "nexus211.organization.r"}, {"nexus[]", "nexus211.profile.r"}})},
      {Event::scope_desired_again, on_tool("scopes", {{"nexus[]", "nexus211.organization.r"}})},
      {Event::scopes_approved, on_authorization("approve")},
      {Event::sign_in_set_up, on_tool("sign-in", {{"redirect", OauthHub::redirect}, {"audience", "any"}})},
      {Event::audience_own, on_tool("sign-in", {{"audience", "own"}})},
      {Event::audience_list,
       [](LifecycleHub& hub, Seconds none) {
         on_tool("sign-in", {{"audience", "list"}, {"audience_organization", hub.org_hash("borough")}})(hub, none);
       }},
      {Event::sign_in_removed, on_tool("sign-in/remove", {})},
      {Event::own_secret_rotated, &own_secret_rotated},
      {Event::key_rotated_by_application, &key_rotated_by_application},
      {Event::key_rotated_by_organization, on_authorization("rotate")},
      {Event::authorization_granted, granted_by("valley")},
      {Event::authorization_revoked, on_authorization("revoke", {{"confirm", "tool"}})},
      {Event::granted_again, granted_by("county")},
      {Event::granting_admin_leaves, on_member(LifecycleHub::county_admin, "remove")},
      {Event::granting_admin_demoted, on_member(LifecycleHub::county_admin, "roles", {{"role[]", "member"}})},
      {Event::profile_deleted, on_member(LifecycleHub::user_of_county, "remove")},
      {Event::application_deleted, on_tool("delete", {{"confirm", "tool"}})},
      {Event::granting_organization_deleted, deleted("county")},
      {Event::owning_organization_deleted, deleted("acme")},
      {Event::consent_revoked, &consent_revoked},
  };
}

}  // namespace hub::testing
