#pragma once
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "dispatch.h"
#include "hub/base/form.h"
#include "hub/core/code.h"
#include "token_hub.h"

// Tests of what HTTP answers, without sockets: from a whole request to its answer through the route table.
namespace hub::testing {

using http::Method;

struct Ask {
  std::string target;  // path and query
  std::string body = {};
  std::vector<http::Header> headers = {};  // names in lower case
  Method method = Method::post;
};

inline std::string basic_header(const std::string& id, const std::string& secret) {
  std::string text = base64url(id + ":" + secret);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.resize((text.size() + 3) / 4 * 4, '=');
  return "Basic " + text;
}

using Fields = std::vector<std::pair<std::string, std::string>>;
inline std::string form_of(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += (out.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  }
  return out;
}
inline Ask form(const std::string& target, const Fields& fields, const std::string& authorization = "") {
  Ask ask{
      .target = target, .body = form_of(fields), .headers = {{"content-type", "application/x-www-form-urlencoded"}}};
  if (!authorization.empty()) ask.headers.push_back({"authorization", authorization});
  return ask;
}
inline Ask json(const std::string& target, const Json& body, const std::string& authorization = "") {
  Ask ask{.target = target, .body = to_line(body), .headers = {{"content-type", "application/json"}}};
  if (!authorization.empty()) ask.headers.push_back({"authorization", authorization});
  return ask;
}
inline Ask get(const std::string& target) { return {.target = target, .method = Method::get}; }

struct Answer : http::Response {
  Json json() const { return must(parse_json(body)); }
  std::string header(std::string_view name) const {
    for (const http::Header& one : headers) {
      if (one.name == name) return one.value;
    }
    return "";
  }
  std::string text(std::string_view member) const { return json().value(std::string(member), ""); }
};

// A hub whose shop has a confidential and a public client, a redirect target, and acme and Jane connected to it.
class OauthHub : public TokenHub {
 public:
  static constexpr const char* redirect = "https://shop.test/callback";
  // The example of RFC 7636 appendix B.
  static constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  static constexpr const char* jane = "owner@acme.test";

  OauthHub() {
    must(run(as_operator(), &core::update_app, {.app = "shop", .redirects = Texts{redirect}}));
    confidential_ = credential("shop", "main");
    public_ =
        *must(run(as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true})).object;
    install("shop", "org:acme", {"shop.items.r", "shop.items.w", "shop.orders.r", "zaikio.organization.r"});
    install("shop", std::string("person:") + jane, {"shop.items.r", "zaikio.person.r"});
    acme_ = org_id("acme");
  }

  Answer send(const Ask& ask) { return send(services_, ask); }
  Answer send(http::Services& services, const Ask& ask) {
    const std::size_t query = std::min(ask.target.find('?'), ask.target.size());
    const http::Request request{.method = ask.method,
                                .path = ask.target.substr(0, query),
                                .query = query == ask.target.size() ? "" : ask.target.substr(query + 1),
                                .headers = ask.headers,
                                .body = ask.body,
                                .peer = "127.0.0.1",
                                .id = "test"};
    return {http::serve_request(services, request)};
  }

  const std::string& client_id() const { return confidential_.client_id; }
  const std::string& secret() const { return confidential_.client_secret->reveal(); }
  std::string basic() const { return basic_header(client_id(), secret()); }
  const std::string& public_id() const { return public_.client_id; }
  const std::string& acme() const { return acme_; }
  std::string org(const std::string& scope) const { return "Org/" + acme_ + "." + scope; }

  // Another app of the same vendor, with a client of its own.
  core::CredentialAnswer other_client(const std::string& name) {
    app(name);
    return credential(name);
  }
  Answer client_token(const std::string& scope, const std::string& path = "/oauth/access_token") {
    return send(form(path, {{"grant_type", "client_credentials"}, {"scope", scope}}, basic()));
  }
  Answer refreshed(const std::string& token, const std::string& path = "/oauth/access_token") {
    return send(form(path, {{"grant_type", "refresh_token"}, {"refresh_token", token}}, basic()));
  }

  // A code for acme by Jane's leave unless the request says otherwise.
  std::string code(core::CreateCode request = {}) {
    if (request.app.empty()) request.app = "shop";
    if (!request.credential) request.credential = "main";
    if (!request.subject && !request.profile) request.subject = "org:acme";
    if (request.scopes.empty() && !request.profile) request.scopes = {"shop.items.r"};
    clock().advance(std::chrono::milliseconds(1));
    return must(run(as_operator(), &core::create_code, request)).object->code->reveal();
  }
  core::CreateCode for_public_client() const {
    core::CreateCode request;
    request.credential = "spa";
    request.code_challenge = challenge;
    request.code_challenge_method = "S256";
    return request;
  }
  Answer redeemed(const std::string& code, Fields more = {}, const std::string& path = "/oauth/access_token") {
    more.push_back({"grant_type", "authorization_code"});
    more.push_back({"code", code});
    return send(form(path, more, basic()));
  }
  Json introspected(const std::string& token) {
    const Answer answer = send(form("/oauth/introspect", {{"token", token}}, basic()));
    REQUIRE(answer.status == 200);
    return answer.json();
  }
  bool active(const std::string& token) { return introspected(token)["active"].get<bool>(); }
  Json claims_of(const std::string& token) { return *must(crypto::decode_jwt(token)).claims; }

  http::Services& services() { return services_; }

 private:
  http::Services services_{.hub = hub(), .issuer = "http://127.0.0.1:4000"};
  core::CredentialAnswer confidential_, public_;
  std::string acme_;
};

// One line of a table: what is sent, and what the answer has to be.
struct Expected {
  const char* what;
  Ask ask;
  int status;
  Texts has = {};
  Texts lacks = {};
};
inline void check(OauthHub& hub, const std::vector<Expected>& table) {
  for (const Expected& row : table) {
    CAPTURE(row.what);
    const Answer answer = hub.send(row.ask);
    CAPTURE(answer.body);
    CHECK(answer.status == row.status);
    for (const std::string& part : row.has) {
      CAPTURE(part);
      CHECK(answer.body.find(part) != std::string::npos);
    }
    for (const std::string& part : row.lacks) {
      CAPTURE(part);
      CHECK(answer.body.find(part) == std::string::npos);
    }
  }
}

}  // namespace hub::testing
