#include "hub/core/login_request.h"

#include <algorithm>

#include "asked.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/core/openid_scope.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/random.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/login_request.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

constexpr std::string_view handle_prefix = "hlr_";
constexpr std::size_t nexus_state_characters = 512;  // nexus211.md section 4.1
constexpr std::size_t kept_text_bytes = 2048;        // of state and nonce, which are kept for anybody who asks

Error bad_link() {
  return {codes::invalid_link, "This sign-in is unknown here, was finished, or took too long.",
          "go back to the application and start again"};
}

Result<Bytes> keyed_hash(View& view, std::string_view label, const Secret& secret) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash(label, secret.reveal());
}

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

CodeDialect dialect_of(const AskAuthorization& request) {
  if (request.dialect == CodeDialect::nexus) return CodeDialect::nexus;
  const auto scopes = split_scope_list(request.scope ? std::string_view(*request.scope) : std::string_view());
  return std::ranges::any_of(scopes, is_openid_scope) ? CodeDialect::standard : CodeDialect::hub;
}

bool has_openid(const AskAuthorization& request) {
  const auto scopes = split_scope_list(request.scope ? std::string_view(*request.scope) : std::string_view());
  return std::ranges::find(scopes, "openid") != scopes.end();
}

Result<void> check_nexus(const AskAuthorization& request) {
  if (request.problem) return *request.problem;
  const auto missing = [](std::string_view name) {
    return Error{codes::invalid_request, "The parameter " + std::string(name) + " is missing.", "", std::string(name)};
  };
  if (request.client_id.empty()) return missing("application");
  if (!request.redirect_uri) return missing("redirect");
  if (!request.state) return missing("state");
  if (characters_in(*request.state) <= nexus_state_characters) return {};
  return Error{codes::invalid_request, "The state has at most 512 characters.", "", "state"};
}

// The registered target the app means. In the hub's dialect the first is the default (zaikio-hub.md section 3.1); a
// standard request names it where there are several (RFC 6749 section 3.1.2.3), with OpenID Connect in any case (OpenID
// Connect Core section 3.1.2.1).
Result<std::string> meant_target(const App& app, CodeDialect dialect, bool is_openid,
                                 const std::optional<std::string>& given) {
  if (given) return *given;
  if (app.redirects.empty()) {
    return Error{codes::invalid_redirect, app.name + " has no redirect target.", "", "redirect_uri"};
  }
  if (dialect == CodeDialect::standard && (is_openid || app.redirects.size() > 1)) {
    return Error{codes::invalid_redirect, "The parameter redirect_uri is missing.", "", "redirect_uri"};
  }
  return app.redirects.front();
}

Result<LoginRequest> drafted(View& view, const AskAuthorization& asked) {
  const CodeDialect dialect = dialect_of(asked);
  if (dialect == CodeDialect::nexus) {
    if (Result<void> good = check_nexus(asked); !good) return good.error();
  }
  const auto credential = store::find_own_credential(view.db(), asked.client_id);
  const auto app = credential ? store::find_app(view.db(), credential->app_id) : std::nullopt;
  // An application of the Nexus dialect has one Client ID, whatever other credentials it has.
  if (!app || (dialect == CodeDialect::nexus && app->client_id != asked.client_id)) {
    return Error{codes::unknown_application, "The application that asks is unknown."};
  }
  const Result<std::string> target = meant_target(*app, dialect, has_openid(asked), asked.redirect_uri);
  if (!target) return target.error();
  LoginRequest request{.dialect = dialect,
                       .app_id = app->id,
                       .credential_id = credential->id,
                       .redirect_uri = *target,
                       .redirect_given = asked.redirect_uri.has_value(),
                       .scope = asked.scope.value_or(""),
                       .state = asked.state,
                       .challenge = asked.code_challenge,
                       .challenge_method = asked.code_challenge_method,
                       .nonce = asked.nonce,
                       .hints = asked.hints};
  // Nobody gets an account on the way to a private app (zaikio-hub.md section 1.3).
  if (app->kind == AppKind::private_) request.hints.may_sign_up = false;
  // The word none means something in OpenID Connect only.
  if (dialect != CodeDialect::standard) request.hints.no_pages = false;
  return request;
}

// What the app is to hear before anybody signs in.
std::optional<Error> refusal(View& view, const AskAuthorization& asked, const LoginRequest& request,
                             const AskedClient& client) {
  if (asked.problem) return asked.problem;
  if (request.dialect == CodeDialect::nexus) return std::nullopt;
  for (const auto& [field, text] : {std::pair("state", asked.state), std::pair("nonce", asked.nonce)}) {
    if (!text || text->size() <= kept_text_bytes) continue;
    return Error{codes::invalid_request, "The " + std::string(field) + " has at most 2048 bytes.", "", field};
  }
  if (asked.response_type && *asked.response_type != "code") {
    return Error{codes::unsupported_response_type, "The response type is code.", "", "response_type"};
  }
  const Result<AskedScopes> checked = check_asked(view, request, client);
  if (checked) return std::nullopt;
  return checked.error();
}

std::string printable(std::string text) {
  for (char& c : text) {
    if (c == '"') c = '\'';
    if (c < ' ' || c > '~' || c == '\\') c = '?';
  }
  return text;
}

// Errors that OpenID Connect has and OAuth has not (OpenID Connect Core section 3.1.2.6).
std::string_view error_name(const Code& code) {
  for (const Code& own : {codes::login_required, codes::consent_required, codes::interaction_required,
                          codes::account_selection_required}) {
    if (code == own) return own.name;
  }
  return oauth_error(code);
}

}  // namespace

std::string url_of(const Answer& answer) {
  std::string url = answer.redirect_uri;
  const auto add = [&url](std::string_view name, std::string_view value) { add_parameter(url, name, value); };
  if (answer.code) add("code", answer.code->reveal());
  if (answer.error) {
    const std::string_view name = error_name(answer.error->code);
    add("error", name);
    // The identifier itself: clients compare it (zaikio-hub.md section 2.8).
    add("error_description",
        name == "invalid_scope" ? std::string(answer.error->code.name) : printable(answer.error->message));
  }
  if (answer.state) add("state", *answer.state);
  add("iss", answer.issuer);
  return url;
}

Result<Answer> answer_of(View& view, const LoginRequest& request, const Error& error) {
  const Result<std::string> issuer = issuer_of(view);
  if (!issuer) return issuer.error();
  return Answer{request.redirect_uri, request.state, std::nullopt, error, *issuer};
}

Result<Asked> ask_authorization(Hub& hub, const Call& call, const AskAuthorization& asked, const Secret& browser) {
  struct Draft {
    LoginRequest request;
    std::optional<Answer> answer;
  };
  Result<Draft> draft = hub.read(call, [&](View& view) -> Result<Draft> {
    Result<LoginRequest> request = drafted(view, asked);
    if (!request) return request.error();
    const Result<AskedClient> client = find_asked_client(view, *request);
    if (!client) return client.error();
    const std::optional<Error> refused = refusal(view, asked, *request, *client);
    if (!refused) return Draft{*std::move(request), std::nullopt};
    const Failure failure = refused->code.failure;
    if (failure == Failure::internal || failure == Failure::unavailable) return *refused;
    if (request->dialect == CodeDialect::standard && !request->hints.no_pages) {
      request->refusal = refusal_text(*refused);
      return Draft{*std::move(request), std::nullopt};
    }
    Result<Answer> answer = answer_of(view, *request, *refused);
    if (!answer) return answer.error();
    return Draft{*std::move(request), *std::move(answer)};
  });
  if (!draft) return draft.error();
  if (draft->answer) return Asked(*std::move(draft->answer));
  Result<Pending> kept = hub.write(call, [&](Work& work) { return keep_login_request(work, draft->request, browser); });
  if (!kept) return kept.error();
  return Asked(*std::move(kept));
}

Result<LoginRequest> find_login_request(View& view, const Secret& handle, const Secret& browser) {
  if (!handle.reveal().starts_with(handle_prefix)) return bad_link();
  const Result<Bytes> hash = keyed_hash(view, "login_request", handle);
  if (!hash) return hash.error();
  const Result<Bytes> browser_hash = keyed_hash(view, "browser", browser);
  if (!browser_hash) return browser_hash.error();
  const auto stored = store::find_login_request(view.db(), *hash);
  if (!stored || !crypto::equal_constant_time(stored->browser_hash, *browser_hash)) return bad_link();
  if (stored->request.used_at || stored->request.expires_at <= view.now()) return bad_link();
  return stored->request;
}

Result<Pending> keep_login_request(Work& work, LoginRequest request, const Secret& browser) {
  request.id = LoginRequestId::make(work.now(), work.random());
  request.created_at = work.now();
  request.expires_at = work.now() + lifetimes::login_request;
  request.used_at.reset();
  Secret handle(std::string(handle_prefix) + crypto::make_secret(work.random()).reveal());
  const Result<Bytes> hash = keyed_hash(work, "login_request", handle);
  if (!hash) return hash.error();
  const Result<Bytes> browser_hash = keyed_hash(work, "browser", browser);
  if (!browser_hash) return browser_hash.error();
  store::insert_login_request(work.db(), request, *hash, *browser_hash);
  return Pending{std::move(handle), std::move(request)};
}

bool needs_sign_in(const LoginRequest& request, const Session& session, Instant now) {
  if (session.authenticated_at >= request.created_at) return false;
  if (request.hints.force_login) return true;
  return request.hints.max_age && session.authenticated_at + *request.hints.max_age < now;
}

}  // namespace hub::core
