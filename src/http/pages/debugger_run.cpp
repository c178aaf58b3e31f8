#include "debugger_run.h"

#include <nlohmann/json.hpp>

#include "dispatch.h"
#include "hub/base/form.h"
#include "hub/core/inspect.h"
#include "hub/core/pkce.h"
#include "hub/core/scope.h"
#include "hub/domain/scope.h"

namespace hub::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string value_of(const DebuggerValues& values, std::string_view name) {
  const auto found = values.find(name);
  return found == values.end() ? "" : found->second;
}

// One word of a shell, whatever it holds.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string form_of(const Pairs& pairs) {
  std::string out;
  for (const auto& [name, value] : pairs) {
    if (value.empty()) continue;
    out += (out.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
  }
  return out;
}

std::string curl_of(const std::string& url, const Pairs& pairs) {
  std::string out = "curl " + quoted(url);
  for (const auto& [name, value] : pairs) {
    if (!value.empty()) out += " \\\n  --data-urlencode " + quoted(name + "=" + value);
  }
  return out;
}

Json pretty(const std::string& body) {
  const Result<Json> parsed = parse_json(body);
  return parsed ? Json(parsed->dump(2)) : Json(body);
}

// What the parts of a token say; nothing of it is checked.
void add_token(const Json& answer, Json& out) {
  const auto token = answer.find("access_token");
  if (token == answer.end() || !token->is_string()) return;
  Json inspected;
  if (core::inspect_token(token->get<std::string>(), inspected)) out["token"] = inspected.dump(2);
}

// The rule that refused, in the words of the answer.
void add_rule(const Json& answer, Json& out) {
  const auto text = [&](const char* name) {
    const auto found = answer.find(name);
    return found != answer.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (text("error").empty()) return;
  out["rule"] = text("error");
  out["words"] = text("error_description");
}

void add_scopes(Exchange& exchange, const std::string& list, Json& out) {
  core::ExplainScopes request;
  for (const std::string_view scope : split_scope_list(list)) request.scopes.emplace_back(scope);
  if (request.scopes.empty()) return;
  Json scopes = Json::array();
  const Result<void> explained = exchange.hub().read(exchange.call(), [&](core::View& view) {
    scopes = Json::array();
    return core::explain_scopes(view, request, [&](const core::ExplainedScope& scope) {
      scopes.push_back({{"scope", scope.scope},
                        {"words", scope.words},
                        {"needs", scope.needs},
                        {"unknown", !scope.exists},
                        {"scope_error", scope.error.value_or("")}});
      return true;
    });
  });
  if (explained) out["explained"] = std::move(scopes);
}

Json post(Exchange& exchange, const std::string& path, const Pairs& pairs, DebuggerValues& values) {
  Request request;
  request.method = Method::post;
  request.path = path;
  request.headers = {{"content-type", "application/x-www-form-urlencoded"}, {"accept", "application/json"}};
  request.body = form_of(pairs);
  request.peer = exchange.request.peer;
  request.id = exchange.request.id;
  const Response response = serve_request(exchange.services, request);
  Json out{{"curl", curl_of(exchange.services.issuer + path, pairs)},
           {"status", response.status},
           {"refused", response.status >= 400},
           {"body", pretty(response.body)}};
  const Result<Json> answer = parse_json(response.body);
  if (answer && answer->is_object()) {
    add_token(*answer, out);
    add_rule(*answer, out);
    for (const char* kept : {"device_code", "refresh_token"}) {
      const auto found = answer->find(kept);
      if (found != answer->end() && found->is_string()) values[kept] = found->get<std::string>();
    }
    const auto link = answer->find("verification_uri_complete");
    if (link != answer->end() && link->is_string()) out["link"] = link->get<std::string>();
  }
  return out;
}

Pairs with_client(const DebuggerValues& values, Pairs pairs) {
  pairs.emplace_back("client_id", value_of(values, "client_id"));
  pairs.emplace_back("client_secret", value_of(values, "client_secret"));
  return pairs;
}

// The code flow begins in the browser, so it is a link and no request of ours.
Json authorize(Exchange& exchange, DebuggerValues& values) {
  const core::Pkce pkce = core::make_pkce(exchange.hub());
  values["code_verifier"] = pkce.verifier;
  const Pairs pairs{{"client_id", value_of(values, "client_id")},
                    {"redirect_uri", value_of(values, "redirect_uri")},
                    {"response_type", "code"},
                    {"scope", value_of(values, "scope")},
                    {"state", "debugger"},
                    {"code_challenge", pkce.challenge},
                    {"code_challenge_method", "S256"}};
  return {{"link", exchange.services.issuer + "/oauth/authorize?" + form_of(pairs)}, {"comes_back", true}};
}

}  // namespace

Json run_step(Exchange& exchange, std::string_view step, DebuggerValues& values) {
  const std::string token_path = "/oauth/access_token", scope = value_of(values, "scope");
  const auto value = [&](std::string_view name) { return value_of(values, name); };
  Json out = Json::object();
  if (step == "client_credentials") {
    out = post(exchange, token_path, with_client(values, {{"grant_type", "client_credentials"}, {"scope", scope}}),
               values);
  } else if (step == "authorize") {
    out = authorize(exchange, values);
  } else if (step == "exchange") {
    out = post(exchange, token_path,
               with_client(values, {{"grant_type", "authorization_code"},
                                    {"code", value("code")},
                                    {"redirect_uri", value("redirect_uri")},
                                    {"code_verifier", value("code_verifier")}}),
               values);
  } else if (step == "device") {
    out = post(exchange, "/oauth/device_authorizations/authorize",
               {{"client_id", value("client_id")}, {"scope", scope}}, values);
  } else if (step == "poll") {
    out = post(exchange, token_path,
               with_client(values, {{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                                    {"device_code", value("device_code")}}),
               values);
  } else if (step == "refresh") {
    out =
        post(exchange, token_path,
             with_client(values, {{"grant_type", "refresh_token"}, {"refresh_token", value("refresh_token")}}), values);
  }
  out["step"] = "debugger.step_" + std::string(step);
  const bool scoped = step == "client_credentials" || step == "authorize" || step == "device";
  if (scoped) add_scopes(exchange, scope, out);
  return out;
}

}  // namespace hub::http
