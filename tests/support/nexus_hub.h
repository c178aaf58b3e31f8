#pragma once
#include <map>
#include <string>

#include "hub/core/code.h"
#include "oauth_hub.h"

namespace hub::testing {

inline Ask ask(Method method, const std::string& target, const std::string& authorization, const Json& body = nullptr) {
  Ask out{.target = target, .body = body.is_null() ? "" : to_line(body), .headers = {}, .method = method};
  if (!body.is_null()) out.headers.push_back({"content-type", "application/json"});
  if (!authorization.empty()) out.headers.push_back({"authorization", authorization});
  return out;
}
inline Ask get(const std::string& target, const std::string& authorization) {
  return ask(Method::get, target, authorization);
}

// acme owns the app tool, which desires all of the Nexus surface; its people have tokens for it. vendor's shop is a
// foreign app that acme has authorized under the surface of the hub.
class NexusHub : public OauthHub {
 public:
  NexusHub() {
    for (const std::string role : {"admin", "member", "contact"}) {
      person(role + "@acme.test");
      member(role + "@acme.test", "acme", {role});
    }
    app("tool", "acme");
    must(run(as_operator(), &core::update_app, {.app = "tool", .redirects = Texts{redirect}}));
    desire("tool", {"nexus211.application.rw", "nexus211.organization.rw", "nexus211.profile.rw"});
    tool_ = credential("tool");
  }

  std::string tool() const { return basic_header(tool_.client_id, tool_.client_secret->reveal()); }
  const std::string& tool_id() const { return tool_.client_id; }
  const std::string& tool_secret() const { return tool_.client_secret->reveal(); }

  // A header with a token of the profile that this person has in acme.
  const std::string& token_of(const std::string& email) {
    std::string& known = tokens_[email];
    if (known.empty()) {
      const std::string made =
          code({.app = "tool", .credential = tool_id(), .dialect = "nexus", .profile = membership(email).id});
      const Answer answer = send(ask(Method::post, "/oauth/access-token", tool(), {{"code", made}}));
      REQUIRE_MESSAGE(answer.status == 200, answer.body);
      known = "Bearer " + answer.text("token");
    }
    return known;
  }
  std::string owner() { return token_of("owner@acme.test"); }
  std::string admin() { return token_of("admin@acme.test"); }
  std::string member_token() { return token_of("member@acme.test"); }
  std::string contact() { return token_of("contact@acme.test"); }

  core::MembershipAnswer membership(const std::string& email, const std::string& org = "acme") {
    return must(run(as_operator(), &core::show_membership, {.member = email, .org = org}));
  }
  std::string org_hash(const std::string& slug) {
    return must(run(as_operator(), &core::show_organization, {slug})).hash_id;
  }
  // A header with the secret that an organization gave the app.
  std::string key_of(const std::string& app_name, const std::string& org) {
    const auto keys = must(list<core::ListAuthorizationKeys, core::KeyAnswer>(
        as_operator(), &core::list_authorization_keys, {.app = app_name, .by = org, .show_secrets = true}));
    REQUIRE(keys.size() == 1);
    return basic_header(keys.front().client_id, keys.front().client_secret->reveal());
  }
  Json json_of(const Ask& asked) {
    const Answer answer = send(asked);
    REQUIRE_MESSAGE(answer.status < 300, answer.body);
    return answer.json();
  }
  std::string error_of(const Ask& asked) { return send(asked).text("error"); }
  // "400 invalid_query" or the status alone.
  std::string told(const Ask& asked) {
    const Answer answer = send(asked);
    const Json body = answer.body.empty() ? Json() : answer.json();
    const std::string error = body.is_object() ? body.value("error", "") : "";
    return std::to_string(answer.status) + (error.empty() ? "" : " " + error);
  }
  // What one member of each row of a list says.
  Texts column(const std::string& target, const std::string& authorization, const std::string& name) {
    Texts out;
    for (const Json& row : json_of(get(target, authorization))) {
      out.push_back(row[name].is_string() ? row[name].get<std::string>() : to_line(row[name]));
    }
    return out;
  }

 private:
  core::CredentialAnswer tool_;
  std::map<std::string, std::string> tokens_;
};

}  // namespace hub::testing
