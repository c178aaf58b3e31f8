#include <nlohmann/json.hpp>

#include "json_answer.h"
#include "oauth/handlers.h"

namespace hub::http {
namespace {

constexpr std::string_view cached = "public, max-age=300";

// What the standard route can do, and nothing that only a dialect can (claim ST-06). The authorization endpoint, its
// response types and the last two are members that RFC 8414 section 2 and OpenID Connect Discovery section 3 require,
// whatever else a server does.
Json members(const std::string& issuer) {
  Json out = Json::object();
  out["issuer"] = issuer;
  out["authorization_endpoint"] = issuer + "/oauth/authorize";
  out["token_endpoint"] = issuer + "/oauth/token";
  out["jwks_uri"] = issuer + "/.well-known/jwks.json";
  out["introspection_endpoint"] = issuer + "/oauth/introspect";
  out["device_authorization_endpoint"] = issuer + "/oauth/device_authorization";
  out["revocation_endpoint"] = issuer + "/oauth/revoke";
  out["response_types_supported"] = {"code"};
  out["grant_types_supported"] = {"client_credentials", "refresh_token", "authorization_code",
                                  "urn:ietf:params:oauth:grant-type:device_code"};
  out["token_endpoint_auth_methods_supported"] = {"client_secret_basic", "client_secret_post", "none"};
  out["introspection_endpoint_auth_methods_supported"] = {"client_secret_basic", "client_secret_post"};
  out["revocation_endpoint_auth_methods_supported"] = {"client_secret_basic", "client_secret_post", "none"};
  out["code_challenge_methods_supported"] = {"S256"};
  out["subject_types_supported"] = {"public"};
  out["userinfo_endpoint"] = issuer + "/oauth/userinfo";
  out["id_token_signing_alg_values_supported"] = {"RS256", "ES256", "EdDSA"};
  out["scopes_supported"] = {"openid", "profile", "email", "offline_access"};
  out["claims_supported"] = {
      "sub",  "iss",        "aud",         "exp",    "iat",      "auth_time", "nonce",     "email", "email_verified",
      "name", "given_name", "family_name", "locale", "zoneinfo", "at_hash",   "updated_at"};
  out["claims_parameter_supported"] = false;
  out["request_parameter_supported"] = false;
  out["request_uri_parameter_supported"] = false;
  out["authorization_response_iss_parameter_supported"] = true;
  return out;
}

// The bytes of one document, which change with the issuer only, and that with the server.
struct Document {
  std::string issuer, text;
};

}  // namespace

// One document at both paths (claim ST-01).
Response server_metadata(Exchange& exchange) {
  thread_local Document document;
  const std::string& issuer = exchange.services.issuer;
  if (document.text.empty() || document.issuer != issuer) document = {issuer, to_line(members(issuer))};
  Response response{.status = 200, .content_type = std::string(json_content), .body = document.text, .headers = {}};
  response.add("Cache-Control", std::string(cached));
  return response;
}

}  // namespace hub::http
