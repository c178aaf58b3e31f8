#pragma once
#include <doctest/doctest.h>

#include <algorithm>

#include "builder.h"
#include "dispatch.h"
#include "hub/base/form.h"
#include "hub/core/form_token.h"
#include "hub/crypto/jwt.h"
#include "route_plan.h"

namespace hub::testing {

using http::Method;

inline const char* const redirect = "/callback";

inline const std::vector<std::string>& all_scopes() {
  static const std::vector<std::string> scopes{"nexus211.application.rw",
                                               "nexus211.organization.rw",
                                               "nexus211.profile.rw",
                                               "zaikio.apps.r",
                                               "zaikio.apps.rw",
                                               "zaikio.business_relationships.r",
                                               "zaikio.connections_and_subscriptions.r",
                                               "zaikio.delegations.rw",
                                               "zaikio.organization.r",
                                               "zaikio.organization_members.r",
                                               "zaikio.organization_members.rw",
                                               "zaikio.organizations.r",
                                               "zaikio.organizations.rw",
                                               "zaikio.person.r",
                                               "zaikio.person.rw",
                                               "zaikio.sites.r"};
  return scopes;
}
inline const std::vector<std::string> organization_scopes{"zaikio.apps.r",
                                                          "zaikio.apps.rw",
                                                          "zaikio.business_relationships.r",
                                                          "zaikio.organization.r",
                                                          "zaikio.organization_members.rw",
                                                          "zaikio.connections_and_subscriptions.r",
                                                          "zaikio.sites.r",
                                                          "nexus211.application.rw",
                                                          "nexus211.organization.rw",
                                                          "nexus211.profile.rw",
                                                          "zaikio.delegations.rw"};
inline const std::vector<std::string> person_scopes{"zaikio.person.rw", "zaikio.organizations.rw", "zaikio.sites.r"};

inline const http::Route& route_at(Method method, std::string_view path) {
  const auto& all = http::all_routes();
  const auto found =
      std::ranges::find_if(all, [&](const http::Route& route) { return route.method == method && route.path == path; });
  REQUIRE_MESSAGE(found != all.end(), path);
  return *found;
}

// What the sweeps of the operations have no need of: what is only there over HTTP, and in every dialect.
class Equipment {
 public:
  explicit Equipment(Builder& builder) : builder_(builder) {}

  // Apps of gamma that the others let in.
  void gamma() {
    for (const std::string name : {"gamma_tool", "gamma_gone", "gamma_ask"}) app(name, "gamma");
    const Json admin = builder_.run("token issue-admin", {{"name", "sweep"}, {"role", "full"}});
    admin_token_ = admin["token"];
  }

  // All that the organization has, after everything the builder gave it.
  Things equip(const std::string& org) {
    builder_.write_down(org);
    things_ = {};
    for (const auto& [placeholder, name] : builder_.plan().tenants[org].names[Spelling::name]) {
      put(placeholder, name);
      for (const Spelling other : {Spelling::id, Spelling::hash_id}) {
        put(placeholder, builder_.plan().tenants[org].names[other][placeholder]);
      }
    }
    people(org);
    apps(org);
    grants(org);
    tokens(org);
    browsers(org);
    loose_ends(org);
    return things_;
  }

  std::vector<Visitor> visitors() const { return visitors_; }
  Visitor administrator() const { return {.name = "an admin token", .authorization = "Bearer " + admin_token_}; }

 private:
  void put(const std::string& placeholder, const std::string& name) {
    std::vector<std::string>& known = things_[placeholder];
    if (!name.empty() && std::ranges::find(known, name) == known.end()) known.push_back(name);
  }
  void put_ids(const std::string& placeholder, const Json& object) {
    put(placeholder, object["id"]);
    put(placeholder, object["hash_id"]);
  }

  Json app(const std::string& name, const std::string& owner, const std::string& kind = "public") {
    builder_.run(
        "app create",
        {{"name", name}, {"owner", owner}, {"kind", kind}, {"redirect", {"https://" + owner + ".test" + redirect}}});
    builder_.run("scope desired set", {{"app", name}, {"scopes", all_scopes()}});
    return builder_.run("credential create", {{"app", name}});
  }

  Json sent(const Visitor& visitor, Method method, const std::string& path, const std::string& body) {
    builder_.clock().advance(std::chrono::milliseconds(1));
    http::Services services{.hub = builder_.hub(), .issuer = sweep_issuer};
    const http::Request request = request_of(visitor, route_at(method, path), path, body, builder_.clock().now());
    const http::Response response = http::serve_request(services, request);
    REQUIRE_MESSAGE(response.status < 300, path << " " << response.body);
    return *parse_json(response.body);
  }

  void people(const std::string& org) {
    for (const char* role : {"owner", "admin", "contact"}) {
      const std::string email = std::string(role) + "@" + org + ".test";
      const Json member = builder_.run("member show", {{"member", email}, {"org", org}});
      put_ids(std::string(role) + "_profile", member);
      put(std::string(role) + "_email", email);
      put_ids(std::string(role) + "_person", builder_.run("person show", {{"person", email}}));
    }
    for (const Json& member : builder_.rows("member list", {{"org", org}})) {
      if (member["kind"] == "service") put_ids("service", member);
    }
  }

  void apps(const std::string& org) {
    const std::string tool = org + "_tool";
    credential_ = app(tool, org);
    put("tool", tool);
    put_ids("tool", builder_.run("app show", {{"app", tool}}));
    put("tool", credential_["client_id"]);
    put("tool_name", tool);
    put("client", credential_["client_id"]);
    put("inner_client", app(org + "_inner", org, "private")["client_id"]);
    put("inner", org + "_inner");
    put("inner_name", org + "_inner");
    put("asked_client", builder_.run("app show", {{"app", "gamma_ask"}})["client_id"]);
    put_ids("inner", builder_.run("app show", {{"app", org + "_inner"}}));
    const Json shown = builder_.run("app show", {{"app", org + "_app"}});
    put("app", shown["client_id"]);
    put("app_client", shown["client_id"]);
    put("guest_email", "guest@" + org + ".test");
    put("spare", builder_.run("app show", {{"app", org + "_spare"}})["client_id"]);
    own_ = {.name = "an app by Basic with its own secret",
            .authorization = basic_authorization(credential_["client_id"], credential_["client_secret"])};
  }

  void grants(const std::string& org) {
    const std::string tool = org + "_tool";
    builder_.run("authorization grant", {{"app", tool}, {"by", "gamma"}});
    for (const Json& key : builder_.rows("authorization keys list", {{"app", tool}, {"show_secrets", true}})) {
      put_ids("tool_key", key);
      put("tool_key_secret", key["client_secret"]);
    }
    builder_.run("authorization grant", {{"app", "gamma_tool"}, {"by", org}});
    const Json third =
        builder_.rows("authorization keys list", {{"app", "gamma_tool"}, {"by", org}, {"show_secrets", true}})[0];
    third_ = {.name = "an app by Basic with a third party's secret",
              .authorization = basic_authorization(third["client_id"], third["client_secret"])};
    put_ids("gamma_key", third);
    put_ids("granted", builder_.run("authorization show", {{"authorization", "gamma_tool/" + org}}));
    const Json gone = builder_.run("authorization grant", {{"app", "gamma_gone"}, {"by", org}});
    put_ids("ended", gone);
    builder_.run("authorization revoke", {{"authorization", gone["id"]}});
    builder_.run("connection install", {{"app", tool}, {"for", "org:" + org}, {"scope", organization_scopes}});
    for (const char* role : {"owner", "admin", "member", "contact"}) {
      const std::string person = std::string("person:") + role + "@" + org + ".test";
      builder_.run("connection install", {{"app", tool}, {"for", person}, {"scope", person_scopes}});
    }
    put("connectable", "Organization-" + things_["org"][1]);
    put("connectable", "Person-" + things_["owner_person"][0]);
  }

  std::string code(const std::string& org, const std::string& dialect, const std::string& role = "owner") {
    Json request{{"app", org + "_tool"}, {"dialect", dialect}};
    if (dialect == "nexus") {
      request["profile"] = builder_.run("member show", {{"member", role + "@" + org + ".test"}, {"org", org}})["id"];
    } else {
      request["for"] = "org:" + org;
      request["scope"] = {"zaikio.organization.r"};
    }
    return builder_.run("code create", request)["code"];
  }
  Json token(const std::string& org, const std::string& subject, const std::vector<std::string>& scopes,
             const std::string& acting = "") {
    Json request{{"app", org + "_tool"}, {"for", subject}, {"scope", scopes}};
    if (!acting.empty()) request["as"] = acting;
    return builder_.run("token issue", request);
  }

  void tokens(const std::string& org) {
    // Nobody has a browser too, since forms before signing in are bound to one.
    visitors_ = {{.name = "nobody", .browser = core::make_browser(builder_.hub()).reveal()}, own_, third_};
    for (const std::string role : {"owner", "admin", "member", "contact"}) {
      const std::string text =
          sent(own_, Method::post, "/oauth/access-token", to_line(Json{{"code", code(org, "nexus", role)}}))["token"];
      put("nexus_token", text);
      visitors_.push_back({.name = "a profile, " + role, .authorization = "Bearer " + text});
    }
    for (const Visitor* const app : {&own_, &third_}) {
      const Json body{{"profile", things_["service"].back()}};
      const std::string text = sent(*app, Method::post, "/oauth/service-account-token", to_line(body))["token"];
      visitors_.push_back({.name = "a service account of " + app->name, .authorization = "Bearer " + text});
    }
    const Json of_org = token(org, "org:" + org, organization_scopes);
    put("access", of_org["access_token"]);
    put("access_jti", (*crypto::decode_jwt(of_org["access_token"].get<std::string>())->claims)["jti"]);
    put("tool_refresh", of_org["refresh_token"]);
    visitors_.push_back({.name = "a token of the organization",
                         .authorization = "Bearer " + of_org["access_token"].get<std::string>()});
    const Json behalf = token(org, "org:" + org, organization_scopes, "owner@" + org + ".test");
    visitors_.push_back({.name = "a token on behalf of the organization",
                         .authorization = "Bearer " + behalf["access_token"].get<std::string>()});
    for (const std::string role : {"owner", "admin", "member", "contact"}) {
      const Json of_person = token(org, "person:" + role + "@" + org + ".test", person_scopes);
      visitors_.push_back({.name = "a token of a person, " + role,
                           .authorization = "Bearer " + of_person["access_token"].get<std::string>()});
    }
    const Json by_hand = builder_.run("token private create",
                                      {{"for", "org:" + org}, {"name", "Wide"}, {"scope", {"zaikio.organization.r"}}});
    put("private_token", by_hand["jti"]);
    visitors_.push_back(
        {.name = "a private token", .authorization = "Bearer " + by_hand["access_token"].get<std::string>()});
    for (const std::string role : {"owner", "admin", "member", "contact"}) {
      visitors_.push_back({.name = "an admin token for the person, " + role,
                           .authorization = "Bearer " + admin_token_,
                           .actor = "person:" + role + "@" + org + ".test"});
    }
    put("code", code(org, "hub"));
    put("standard_code", code(org, "standard"));
    put("nexus_code", code(org, "nexus"));
  }

  void browsers(const std::string& org) {
    for (const std::string role : {"owner", "admin", "member", "contact"}) {
      const core::NewSession begun = builder_.signed_in(role + "@" + org + ".test");
      put("session", begun.signed_in.session.id.text());
      visitors_.push_back({.name = "a browser, " + role,
                           .session = begun.secret.reveal(),
                           .browser = core::make_browser(builder_.hub()).reveal()});
    }
    const Visitor& owner = *std::ranges::find(visitors_, std::string("a browser, owner"), &Visitor::name);
    put("login", login(owner, {"client_id", "redirect_uri"}, "&scope=Org.zaikio.organization.r"));
    put("nexus_login", login(owner, {"application", "redirect"}, ""));
  }
  // The secret of what an app asked for in this browser.
  std::string login(const Visitor& visitor, const std::pair<std::string, std::string>& names, const std::string& more) {
    const Json app = builder_.run("app show", {{"app", "gamma_ask"}});
    const std::string query = names.first + "=" + app["client_id"].get<std::string>() + "&" + names.second + "=" +
                              percent_encode(std::string("https://gamma.test") + redirect) + "&state=s" + more;
    http::Services services{.hub = builder_.hub(), .issuer = sweep_issuer};
    const http::Response response =
        http::serve_request(services, request_of(visitor, route_at(Method::get, "/oauth/authorize"),
                                                 "/oauth/authorize?" + query, "", builder_.clock().now()));
    const std::string* const location = header_of(response, "Location");
    REQUIRE_MESSAGE(location != nullptr, response.body);
    const std::size_t at = location->find("request=");
    REQUIRE_MESSAGE(at != std::string::npos, *location);
    return location->substr(at + 8, location->find('&', at) - at - 8);
  }

  void loose_ends(const std::string& org) {
    const Json device =
        builder_.run("device start", {{"app", org + "_tool"}, {"scope", {"Org.zaikio.organization.r"}}});
    put("user_code", device["user_code"]);
    const Json allowed =
        builder_.run("device start", {{"app", org + "_tool"}, {"scope", {"Org.zaikio.organization.r"}}});
    builder_.run("device approve", {{"device", allowed["user_code"]}, {"for", "org:" + org}});
    put("tool_device_code", allowed["device_code"]);
    const Json member{{"email", "tester@" + org + ".test"}, {"roles", {"owner"}}, {"name", "Tester"}};
    const Json account{{"name", org + " trial"},
                       {"country_code", "DE"},
                       {"kinds", {"printer"}},
                       {"connection_attributes", {org + "_tool"}},
                       {"member_attributes", {member}}};
    const Json made = sent(own_, Method::post, "/api/v1/test_accounts", to_line(Json{{"test_account", account}}));
    put("test_account", made["id"]);
    const std::string link = builder_.run("person reset-link", {{"person", "guest@" + org + ".test"}})["url"];
    put("reset_link", link.substr(link.find("link=") + 5));
  }

  Builder& builder_;
  Things things_;
  std::vector<Visitor> visitors_;
  std::string admin_token_;
  Json credential_;  // of the organization's tool
  Visitor own_, third_;
};

}  // namespace hub::testing
