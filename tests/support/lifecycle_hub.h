#pragma once
#include <map>
#include <memory>
#include <string>

#include "hub/base/text.h"
#include "hub/core/consent.h"
#include "hub/core/login_request.h"
#include "hub/core/session.h"
#include "hub/store/consent.h"
#include "nexus_hub.h"

// The world of the lifecycle table (nexus211.md section 6): what somebody outside can tell of an application, looked at
// over HTTP in two processes.
namespace hub::testing {

// What is true, by name: "user token of county" -> "organizations profiles" or "401 invalid_token".
using State = std::map<std::string, std::string>;

// What differs: each name with what it says now.
inline State difference(const State& before, const State& after) {
  State out;
  for (const auto& [name, value] : after) {
    if (const auto found = before.find(name); found == before.end() || found->second != value) out[name] = value;
  }
  return out;
}
inline std::string text_of(const State& state) {
  std::string out;
  for (const auto& [name, value] : state) out += "\n  " + name + " = " + value;
  return out;
}

// acme owns tool, to which acme's member and county's member have signed in; county and borough have authorized it,
// valley has not. Organizations are looked after through console, an application of hq.
class LifecycleHub : public NexusHub {
 public:
  static constexpr const char* user_of_acme = "member@acme.test";
  static constexpr const char* user_of_county = "user@county.test";
  static constexpr const char* county_admin = "admin@county.test";

  LifecycleHub() {
    for (const char* org : {"hq", "county", "borough", "valley"}) organization(org);
    for (const auto& [email, org, role] : {std::array{"owner@county.test", "county", "owner"},
                                           {county_admin, "county", "admin"},
                                           {user_of_county, "county", "member"},
                                           {"admin@borough.test", "borough", "admin"},
                                           {"admin@valley.test", "valley", "admin"}}) {
      person(email);
      member(email, org, {role});
    }
    desire("tool", {"nexus211.organization.r"});
    app("console", "hq");
    must(run(as_operator(), &core::update_app, {.app = "console", .redirects = Texts{redirect}}));
    desire("console", {"nexus211.application.rw", "nexus211.organization.rw", "nexus211.profile.rw"});
    console_ = credential("console");
    for (const char* org : {"county", "borough"}) {
      const std::string admin = "admin@" + std::string(org) + ".test";
      json_of(ask(Method::post, "/authorized-applications", console(admin, org), {{"application", tool_id()}}));
    }
    org_rows_ = {{"acme", org_id("acme")}, {"county", org_id("county")}};
    remember();
    begin();
  }

  // A header with which somebody looks after their organization.
  const std::string& console(const std::string& email, const std::string& org) {
    std::string& known = tokens_[email + org];
    if (!known.empty()) return known;
    const std::string made = code(
        {.app = "console", .credential = console_.client_id, .dialect = "nexus", .profile = membership(email, org).id});
    const Answer answer =
        send(ask(Method::post, "/oauth/access-token",
                 basic_header(console_.client_id, console_.client_secret->reveal()), {{"code", made}}));
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    return known = "Bearer " + answer.text("token");
  }
  std::string acme_admin() { return console("admin@acme.test", "acme"); }
  std::string at_county() { return console(county_admin, "county"); }

  // Id of the active authorization that an organization gave to tool; "" for none.
  std::string authorization(const std::string& org) {
    for (const auto& one : must(list(as_operator(), &core::list_authorizations, {.app = "tool"}))) {
      if (one.by == org) return one.id;
    }
    return "";
  }
  std::string key_id(const std::string& org) {
    const auto keys = must(list(as_operator(), &core::list_authorization_keys, {.app = "tool", .by = org}));
    REQUIRE(keys.size() == 1);
    return keys.front().id;
  }
  // From now on: what was told before is old, and the next change comes later.
  void begin() {
    clock().advance(minute);
    news();
  }

  // All that can be told; the codes are used up by it, so each process has its own. `process` is 0 or 1.
  State seen(std::size_t process) {
    http::Services& at = process == 0 ? services() : other_process();
    const std::string own = new_secret.empty() ? tool() : basic_header(tool_id(), new_secret);
    State out{{"own secret", reach(at, tool())},
              {"tenancy", tenancy(at)},
              {"sign-in", sign_in(at)},
              {"admin who granted", std::to_string(send(at, get("/authorized-applications", at_county())).status)},
              {"hub token of county", reach(at, "Bearer " + hub_token_)},
              {"key of acme for shop", reach(at, shop_key_)}};
    if (!new_secret.empty()) out["new own secret"] = reach(at, own);
    see_keys(at, own, out);
    for (const auto& [org, email] : users_) {
      const std::string of = " of " + org;
      out["user token" + of] = reach(at, user_tokens_[org]);
      out["service token" + of] = reach(at, service_tokens_[org]);
      out["consent" + of] = consent_seen(at, email, org);
      out["code" + of] = codes_[org].at(process).empty() ? "none" : redeemed_seen(at, codes_[org].at(process), own);
    }
    see_rows(at, out);
    return out;
  }
  // Before anything happens: codes are good, which only their use can show.
  State seen_before() {
    std::map<std::string, std::array<std::string, 2>> kept = codes_;
    for (auto& [org, codes] : codes_) codes = {};
    State out = seen(0);
    codes_ = std::move(kept);
    for (const auto& [org, codes] : codes_) out["code of " + org] = codes[0].empty() ? "none" : "good";
    return out;
  }
  // Names of the events about authorizations since begin().
  Texts authorization_events() {
    Texts out;
    for (const std::string& event : news()) {
      if (event.starts_with("authorization.")) out.push_back(event.substr(0, event.find(' ')));
    }
    return out;
  }

  Answer client_token_of_tool(const std::string& scope) {
    return send(form("/oauth/access_token", {{"grant_type", "client_credentials"}, {"scope", scope}}, tool()));
  }
  // What a credential may read, in one process: "organizations profiles", "nothing", or why it is none.
  std::string reach(http::Services& at, const std::string& authorization) {
    Texts out;
    for (const std::string name : {"organizations", "profiles"}) {
      const Answer answer = send(at, get("/" + name, authorization));
      if (answer.status == 401) return "401 " + answer.text("error");
      if (answer.status == 200) out.push_back(name);
    }
    return out.empty() ? "nothing" : join(out, " ");
  }
  const std::string& user_token(const std::string& org) { return user_tokens_[org]; }
  const std::string& service_token_of(const std::string& org) { return service_tokens_[org]; }
  const std::string& key(const std::string& org) { return keys_[org]; }
  // The same store, opened a second time as another process does.
  http::Services& other_process() {
    if (!second_) {
      second_ = reopened();
      other_ = std::make_unique<http::Services>(http::Services{.hub = *second_, .issuer = services().issuer});
    }
    return *other_;
  }

  std::string new_secret;  // of tool, told by whoever replaced it

 private:
  // What everybody holds before anything happens.
  void remember() {
    for (const Json& row : json_of(get("/keys?$with=organization", tool()))) {
      const std::string org = row["organization"]["name"];
      keys_[org] = basic_header(tool_id(), row["secret"].get<std::string>());
      key_ids_[org] = row["id"];
    }
    for (const auto& [org, email] : users_) {
      consent(email, org);
      user_tokens_[org] = signed_in(services(), profile_code(email, org));
      for (std::string& unused : codes_[org]) unused = profile_code(email, org);
      service_tokens_[org] = service_token(org);
    }
    const Answer hub_token = client_token_of_tool("Org/" + org_id("county") + ".nexus211.organization.r");
    REQUIRE_MESSAGE(hub_token.status == 200, hub_token.body);
    hub_token_ = hub_token.text("access_token");
    shop_key_ = key_of("shop", "acme");
  }
  std::string profile_code(const std::string& email, const std::string& org) {
    return code({.app = "tool", .credential = tool_id(), .dialect = "nexus", .profile = membership(email, org).id});
  }
  std::string signed_in(http::Services& at, const std::string& code) {
    const Answer answer = send(at, ask(Method::post, "/oauth/access-token", tool(), {{"code", code}}));
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    return "Bearer " + answer.text("token");
  }
  std::string redeemed_seen(http::Services& at, const std::string& code, const std::string& own) {
    const Answer answer = send(at, ask(Method::post, "/oauth/access-token", own, {{"code", code}}));
    return answer.status == 200 ? "good" : answer.text("error");
  }
  // The person allows at a browser what tool asks for.
  void consent(const std::string& email, const std::string& org) {
    const Secret browser{"a browser"};
    const PersonId id = person_id(email);
    Call nobody;
    nobody.principal = Principal::unknown();
    const core::SignedIn who = must(hub().write(nobody, [&](core::Work& work) -> Result<core::SignedIn> {
      Result<core::NewSession> session = core::begin_session(work, id, "test", "127.0.0.1");
      if (!session) return session.error();
      return session->signed_in;
    }));
    const core::Asked asked = must(core::ask_authorization(
        hub(), nobody, {.dialect = CodeDialect::nexus, .client_id = tool_id(), .redirect_uri = redirect, .state = "s"},
        browser));
    must(core::decide(hub(), nobody, who,
                      {.handle = std::get<core::Pending>(asked).handle,
                       .browser = browser,
                       .allow = true,
                       .organization = OrganizationId::parse(org_id(org))}));
  }
  std::string consent_seen(http::Services& at, const std::string& email, const std::string& org) {
    return must(at.hub.read(as_operator(), [&](core::View& view) -> Result<std::string> {
      const auto person = store::find_person_by_email(view.db(), email);
      const auto app = AppId::parse(tool_row_);
      const auto organization = OrganizationId::parse(org_rows_.at(org));
      const auto found = store::find_consent(view.db(), *app, *person, *organization);
      return std::string(found ? "kept" : "none");
    }));
  }
  std::string service_token(const std::string& org) {
    const std::string authorization = org == "acme" ? tool() : keys_[org];
    if (!accounts_.contains(org)) {
      const std::string email = org == "acme" ? "admin@acme.test" : county_admin;
      const Json body = {{"serviceAccount", true}, {"firstName", "Robot"}};
      accounts_[org] = json_of(ask(Method::post, "/profiles", console(email, org), body))["id"];
    }
    const Answer answer =
        send(ask(Method::post, "/oauth/service-account-token", authorization, {{"profile", accounts_[org]}}));
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    return "Bearer " + answer.text("token");
  }
  std::string tenancy(http::Services& at) {
    const Answer answer = send(at, get("/applications/" + tool_id(), acme_admin()));
    return answer.status == 200 ? answer.text("tenancy") : std::to_string(answer.status);
  }
  std::string sign_in(http::Services& at) {
    const Answer answer = send(
        at,
        get("/oauth/authorize?" + form_of({{"application", tool_id()}, {"redirect", redirect}, {"state", "s"}}), ""));
    return answer.status == 302 ? "possible" : answer.text("error");
  }
  // The keys as the application sees them, and what becomes of the one of county.
  void see_keys(http::Services& at, const std::string& own, State& out) {
    for (const auto& [org, secret] : keys_) out["key of " + org] = reach(at, secret);
    const Answer answer = send(at, get("/keys?$with=organization&$order=id", own));
    std::map<std::string, std::string> shown;
    std::string county = "none";
    for (const Json& row : answer.status == 200 ? answer.json() : Json::array()) {
      const std::string org = row["organization"]["name"];
      shown[org] = reach(at, basic_header(tool_id(), row["secret"].get<std::string>()));
      if (org != "county") continue;
      county = row["id"] == key_ids_[org] ? "the same" : "another";
      if (!row["rotatedAt"].is_null()) county += ", rotated";
    }
    std::string text;
    for (const auto& [org, value] : shown) text += (text.empty() ? "" : "; ") + org + ": " + value;
    out["keys listed"] = answer.status == 200 ? text : "401";
    out["key listed of county"] = county;
  }
  // The authorizations as county and the application's owner see them.
  void see_rows(http::Services& at, State& out) {
    const Answer answer = send(at, get("/authorized-applications?status:in=active%7Cended&application=" + tool_id(),
                                       console("owner@county.test", "county")));
    std::string rows;
    for (const Json& row : answer.status == 200 ? answer.json() : Json::array()) {
      rows += (rows.empty() ? "" : ", ") + row["status"].get<std::string>();
      if (row["endedReason"].is_string()) rows += "/" + row["endedReason"].get<std::string>();
      for (const Json& scope : row["pendingScopes"]) rows += " pending " + scope.get<std::string>();
    }
    out["rows of county"] = answer.status == 200 ? rows : std::to_string(answer.status);
    // The first was granted by its admin, whose name stays with it.
    const bool named = answer.status == 200 && answer.json().at(0)["grantedBy"].is_string();
    out["first granted by"] = answer.status != 200 ? "401" : named ? "an admin" : "nobody";
    out["history of tool"] = must(at.hub.read(as_operator(), [&](core::View& view) -> Result<std::string> {
      std::string text;
      const Result<void> listed = core::list_authorizations(view, {.app = "tool", .ended = true}, [&](const auto& one) {
        text += (text.empty() ? "" : ", ") + *one.ended_reason;
        return true;
      });
      return listed ? text : "no application";
    }));
  }

  const std::map<std::string, std::string> users_{{"acme", user_of_acme}, {"county", user_of_county}};
  core::CredentialAnswer console_;
  std::string tool_row_ = shown("tool").id, hub_token_, shop_key_;
  std::map<std::string, std::string> org_rows_;
  std::map<std::string, std::string> tokens_, keys_, key_ids_, user_tokens_, service_tokens_, accounts_;
  std::map<std::string, std::array<std::string, 2>> codes_;
  std::unique_ptr<core::Hub> second_;
  std::unique_ptr<http::Services> other_;
};

}  // namespace hub::testing
