#include "hub/core/token.h"

#include "hub/core/authenticate.h"
#include "hub/core/issue.h"
#include "hub/core/reference.h"
#include "hub/core/token_request.h"
#include "nouns.h"

namespace hub::operations {
namespace {

using core::Issued;
using core::IssueToken;
using core::ListRevokedTokens;
using core::ListTokens;
using core::RevokedToken;
using core::RevokedTokens;
using core::RevokeTokens;
using core::ScopeCheck;
using core::ShowToken;
using core::SubjectRequest;
using core::TokenAnswer;

// The token by itself, as another program got it.
struct RefreshByHand {
  Secret token;
  std::optional<std::string> app, credential;
  std::optional<Secret> secret;
};

Result<std::string> client_of(core::Hub& hub, const Call& call, const RefreshByHand& request) {
  return hub.read(call, [&](core::View& view) -> Result<std::string> {
    if (request.credential) {
      const Result<Credential> credential = core::find_credential(view, *request.credential);
      return credential ? Result<std::string>(credential->client_id) : credential.error();
    }
    const Result<App> app = core::find_app(view, *request.app);
    return app ? Result<std::string>(app->client_id) : app.error();
  });
}

// The operator of this machine acts for the credential; whoever comes from elsewhere proves to be it
// (decisions-week-one.md 27).
Result<Issued> refresh_by_hand(core::Hub& hub, const Call& call, const RefreshByHand& request) {
  const bool named = request.app || request.credential;
  if (!named && !request.secret && !call.request_id) {
    return core::refresh_token(hub, call, {.refresh_token = request.token});
  }
  if (request.app && request.credential) {
    return Error{codes::invalid_request, "Name an app or a credential, not both.", {}, "credential"};
  }
  if (!named || !request.secret) {
    return Error{codes::invalid_client, "The client's secret is needed.",
                 "name its app or credential, and give --secret-file", "secret"};
  }
  const Result<std::string> client_id = client_of(hub, call, request);
  if (!client_id) return client_id.error();
  const Result<core::Client> client = core::authenticate_client(hub, call, *client_id, request.secret);
  if (!client) return client.error();
  return core::refresh_token(hub, call, {.refresh_token = request.token, .credential_id = client->credential.id});
}

Fields<TokenAnswer> token_fields() {
  return {
      {"jti", &TokenAnswer::jti, "Identifier of the token.", {.show = Show::column}},
      {"app", &TokenAnswer::app, "App that holds it.", {.show = Show::column}},
      {"for", &TokenAnswer::subject, "Organization or person it speaks for.", {.show = Show::column}},
      {"as", &TokenAnswer::acting, "Person who acts on behalf of the organization.", {.show = Show::column}},
      {"scopes", &TokenAnswer::scopes, "Scopes it holds.", {.show = Show::column}},
      {"expires_at", &TokenAnswer::expires_at, "When it expires.", {.show = Show::column}},
      {"state", &TokenAnswer::state, "active, expired or revoked.", {.show = Show::column}},
      {"name", &TokenAnswer::name, "Name of a private access token."},
      {"audience", &TokenAnswer::audience, "The aud claim.", {.show = Show::wide}},
      {"credential", &TokenAnswer::credential, "Client id it was made with.", {.show = Show::wide}},
      {"grant", &TokenAnswer::grant, "How it was made.", {.show = Show::wide}},
      {"kid", &TokenAnswer::kid, "Key that signed it."},
      {"family", &TokenAnswer::family, "Shared by all tokens that came from one grant."},
      {"issued_at", &TokenAnswer::issued_at, "When it was issued.", {.show = Show::wide}},
      {"revoked_at", &TokenAnswer::revoked_at, "When it was revoked."},
      {"refresh_expires_at", &TokenAnswer::refresh_expires_at, "When its refresh token expires."},
      {"refresh_used_at", &TokenAnswer::refresh_used_at, "When its refresh token was used."},
      {"roles", &TokenAnswer::roles, "Roles of the acting person at issue."},
  };
}

Fields<IssueToken> issue_fields() {
  return {
      {"app", &IssueToken::app, "App the token is for.", {.reference = "app"}},
      {"credential",
       &IssueToken::credential,
       "Credential to use; default the app's first.",
       {.reference = "credential"}},
      {"for", &IssueToken::subject, "Organization or person the token speaks for.", {.reference = "subject"}},
      {"as", &IssueToken::acting, "Person who acts on behalf of the organization.", {.reference = "person"}},
      {"scope", &IssueToken::scopes, "Scopes to ask for.", {.reference = "scope"}},
      {"ttl", &IssueToken::lifetime, "Life of the token, 60m at most."},
  };
}

Fields<RefreshByHand> refresh_fields() {
  return {
      {"token", &RefreshByHand::token, "The refresh token."},
      {"app", &RefreshByHand::app, "App it was issued to; only with its secret.", {.reference = "app"}},
      {"credential",
       &RefreshByHand::credential,
       "Credential it was issued to, instead of the app.",
       {.reference = "credential"}},
      {"secret", &RefreshByHand::secret, "The client's secret; needed only of a hub that is elsewhere."},
  };
}

Fields<ListTokens> list_fields() {
  return {
      {"app", &ListTokens::app, "Only those of this app.", {.reference = "app"}},
      {"org", &ListTokens::organization, "Only those of this organization.", {.reference = "org"}},
      {"person", &ListTokens::person, "Only those of this person.", {.reference = "person"}},
      {"credential", &ListTokens::credential, "Only those made with this credential.", {.reference = "credential"}},
      {"active", &ListTokens::active, "Only active ones."},
      {"expired", &ListTokens::expired, "Only expired ones."},
      {"revoked", &ListTokens::revoked, "Only revoked ones."},
      {"issued_after", &ListTokens::issued_after, "Only those issued since then."},
  };
}

Fields<ShowToken> show_fields() { return {{"jti", &ShowToken::jti, "Token, by its jti.", {.reference = "token"}}}; }

Fields<RevokeTokens> revoke_fields() {
  return {
      {"jti", &RevokeTokens::jti, "Token, by its jti.", {.reference = "token"}},
      {"app", &RevokeTokens::app, "All tokens of this app.", {.reference = "app"}},
      {"org", &RevokeTokens::organization, "All tokens of this organization.", {.reference = "org"}},
      {"person", &RevokeTokens::person, "All tokens of this person.", {.reference = "person"}},
      {"credential", &RevokeTokens::credential, "All tokens made with this credential.", {.reference = "credential"}},
      {"all", &RevokeTokens::all, "Every token of the hub."},
      {"confirm", &RevokeTokens::confirm, "With --all: HUB."},
  };
}

Fields<RevokedTokens> revoked_fields() {
  return {
      {"revoked", &RevokedTokens::revoked, "Access tokens that were active until now.", {.show = Show::column}},
      {"jti", &RevokedTokens::jti, "The token, if one was named.", {.show = Show::column}},
  };
}

Fields<ListRevokedTokens> list_revoked_fields() {
  return {{"since", &ListRevokedTokens::since, "Only those revoked since then."}};
}

Fields<RevokedToken> revoked_token_fields() {
  return {
      {"jti", &RevokedToken::jti, "Identifier of the token.", {.show = Show::column}},
      {"app", &RevokedToken::app, "App that held it.", {.show = Show::column}},
      {"revoked_at", &RevokedToken::revoked_at, "When it was revoked.", {.show = Show::column}},
      {"expires_at", &RevokedToken::expires_at, "When it leaves the list.", {.show = Show::column}},
  };
}

Fields<SubjectRequest> check_fields() {
  return {
      {"app", &SubjectRequest::app, "App that would ask.", {.reference = "app"}},
      {"credential",
       &SubjectRequest::credential,
       "Credential it would use; default its first.",
       {.reference = "credential"}},
      {"for", &SubjectRequest::subject, "Organization or person the token would speak for.", {.reference = "subject"}},
      {"as", &SubjectRequest::acting, "Person who would act on behalf of the organization.", {.reference = "person"}},
      {"scope", &SubjectRequest::scopes, "Scopes to check.", {.reference = "scope"}},
  };
}

Fields<ScopeCheck> check_answer_fields() {
  return {
      {"granted", &ScopeCheck::granted, "Scopes a token would hold.", {.show = Show::column}},
      {"refused",
       &ScopeCheck::refused,
       "Scopes it would not, each with the rule and what to do.",
       {.show = Show::column}},
  };
}

const std::vector<Code>& issue_errors() {
  static const std::vector<Code> errors{codes::unknown_application,
                                        codes::not_found,
                                        codes::bearer_does_not_exist,
                                        codes::role_required,
                                        codes::unauthorized_client,
                                        codes::malformed_scope,
                                        codes::different_bearer_types,
                                        codes::different_bearer_ids,
                                        codes::scope_is_not_included_in_desired_scopes,
                                        codes::ungranted_scope};
  return errors;
}

std::vector<Operation> issuing() {
  return {
      operation({.name = "token issue",
                 .summary = "Issue a token by hand",
                 .details = "The subject must be connected to the app. Scopes that do not exist, do not apply to the "
                            "subject, or belong to an app it is not connected to fall away; the answer names them.",
                 .access = Access::people,
                 .kind = "token",
                 .examples = {"hubctl token issue --app caresuite --for org:north211 --scope warehouse.items.r -o json",
                              "hubctl token issue --app caresuite --as person:jane@north211.test --for org:north211 "
                              "--scope zaikio.organization.r -o raw"},
                 .errors = issue_errors()},
                issue_fields(), issued_fields(), &core::issue_token),
      operation({.name = "token refresh",
                 .summary = "Exchange a refresh token for a new pair",
                 .details = "A refresh token works once. It is refused once the permissions behind it changed.",
                 .access = Access::operators,
                 .kind = "token",
                 .examples = {"hubctl token refresh --session tok.json",
                              "jq -r .refresh_token tok.json | hubctl token refresh --token-file - -o json"},
                 .errors = {codes::invalid_grant, codes::invalid_client}},
                refresh_fields(), issued_fields(), &refresh_by_hand),
  };
}

}  // namespace

Fields<Issued> issued_fields() {
  return {
      {"access_token", &Issued::access_token, "The token, a JWT."},
      {"refresh_token", &Issued::refresh_token, "Good for one new pair within 7 days."},
      {"token_type", &Issued::token_type, "bearer", {.show = Show::wide}},
      {"scope", &Issued::scope, "Scopes of the token, comma-separated.", {.show = Show::column}},
      {"audiences", &Issued::audiences, "App the token was made for.", {.show = Show::column}},
      {"expires_in", &Issued::expires_in, "Life in seconds.", {.show = Show::column}},
      {"bearer", &Issued::bearer, "Who the token speaks for.", {.show = Show::column}},
      {"bearer_on_behalf_of",
       &Issued::bearer_on_behalf_of,
       "The person who acts, with their roles.",
       {.show = Show::wide}},
      {"dropped", &Issued::dropped, "Scopes that fell away, each with the rule.", {.show = Show::wide}},
  };
}

std::vector<Operation> scope_check_operations() {
  return {operation({.name = "scope check",
                     .summary = "Say whether a token would be issued, and if not which rule says no",
                     .access = Access::people,
                     .arguments = {"scope"},
                     .examples = {"hubctl scope check --app caresuite --for org:north211 warehouse.items.r"},
                     .errors = issue_errors()},
                    check_fields(), check_answer_fields(), &core::check_scopes)};
}

std::vector<Operation> token_operations() {
  std::vector<Operation> all = issuing();
  all.push_back(operation({.name = "token list",
                           .summary = "List issued tokens, newest first",
                           .access = Access::people,
                           .id = "jti",
                           .examples = {"hubctl token list --app caresuite --active",
                                        "hubctl token list --credential billing/ci --issued-after -24h -q"},
                           .errors = {codes::not_found, codes::unknown_application}},
                          list_fields(), token_fields(), &core::list_tokens));
  all.push_back(operation({.name = "token show",
                           .summary = "Show what is known of one token",
                           .access = Access::people,
                           .id = "jti",
                           .arguments = {"jti"},
                           .examples = {"hubctl token show 01931a3e-0c5c-7a55-b4f4-6f1d4b1b8a11"},
                           .errors = {codes::not_found}},
                          show_fields(), token_fields(), &core::show_token));
  all.push_back(operation({.name = "token revoke",
                           .summary = "Revoke tokens and the refresh tokens of their grants",
                           .details = "The hub refuses them at once. Whoever only checks signatures goes on accepting "
                                      "them until they expire, unless they read the revocation list.",
                           .access = Access::people,
                           .kind = "token",
                           .id = "jti",
                           .arguments = {"jti"},
                           .examples = {"hubctl token revoke 01931a3e-0c5c-7a55-b4f4-6f1d4b1b8a11",
                                        "hubctl token list --credential billing/ci -q | hubctl token revoke - --reason "
                                        "'leaked in CI log'"},
                           .errors = {codes::not_found, codes::invalid_request},
                           .ensure = true},
                          revoke_fields(), revoked_fields(), &core::revoke_tokens));
  all.push_back(operation({.name = "token revoked",
                           .summary = "List revoked tokens that have not expired, as the hub publishes them",
                           .access = Access::people,
                           .id = "jti",
                           .examples = {"hubctl token revoked --since -1h"}},
                          list_revoked_fields(), revoked_token_fields(), &core::list_revoked_tokens));
  return all;
}

}  // namespace hub::operations
