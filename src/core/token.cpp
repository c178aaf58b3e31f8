#include "hub/core/token.h"

#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/store/connection.h"
#include "hub/store/credential.h"
#include "hub/store/private_token.h"
#include "hub/store/token.h"
#include "rules.h"
#include "scope_list.h"

namespace hub::core {
namespace {

std::string state_of(const Token& token, Instant now) {
  if (token.revoked_at) return "revoked";
  return token.expires_at <= now ? "expired" : "active";
}

std::string credential_name(View& view, const CredentialId& id) {
  const auto credential = store::find_credential(view.db(), id);
  return credential ? credential->client_id : id.text();
}

TokenAnswer answer_of(View& view, const Token& token) {
  TokenAnswer answer{.jti = token.id.text(),
                     .app = app_name(view, token.app_id),
                     .scopes = texts(token.scopes),
                     .name = token.name,
                     .expires_at = token.expires_at,
                     .state = state_of(token, view.now()),
                     .audience = token.audience,
                     .credential = credential_name(view, token.credential_id),
                     .grant = std::string(name(token.grant)),
                     .kid = token.kid,
                     .family = token.family_id.text(),
                     .issued_at = token.issued_at,
                     .revoked_at = token.revoked_at,
                     .refresh_expires_at = token.refresh_expires_at,
                     .refresh_used_at = token.refresh_used_at};
  if (token.person_id) answer.subject = "person:" + person_name(view, *token.person_id);
  if (token.on_behalf()) answer.acting = answer.subject;
  if (token.organization_id) answer.subject = "org:" + organization_name(view, *token.organization_id);
  if (token.roles) answer.roles = token.roles->names();
  return answer;
}

Error no_token(std::string_view jti) {
  return {codes::not_found, "There is no token " + std::string(jti.substr(0, 40)) + "."};
}

// May the caller see and end this token? An admin of the app's owner or of the bearer, or the person themself.
bool reachable(View& view, const Token& token) {
  if (view.principal().is_operator() || view.principal().is(token.person_id)) return true;
  const Result<App> app = find_own_app(view, token.app_id.text());
  if (app && require_role(view, *app->owner_id, Need::admin)) return true;
  return require_role(view, token.organization_id.value_or(OrganizationId()), Need::admin).has_value();
}

Result<Token> find_token(View& view, std::string_view jti) {
  const auto id = TokenId::parse(jti);
  const auto token = id ? store::find_token(view.db(), *id) : std::nullopt;
  // What is not there is asked about like what is somebody else's, and takes as long (claim TN-01).
  const bool may = reachable(view, token.value_or(Token()));
  if (!token || !may) return no_token(jti);
  return *token;
}

using Visit = std::function<bool(const Token&)>;

// Walks over the tokens the request names, newest first.
Result<void> each_of(View& view, const ListTokens& request, const Visit& visit) {
  if (request.app) {
    const Result<App> app = find_own_app(view, *request.app);
    if (!app) return app.error();
    store::each_token_of_app(view.db(), app->id, visit);
  } else if (request.credential) {
    const Result<Credential> credential = find_credential(view, *request.credential);
    if (!credential) return credential.error();
    store::each_token_of_credential(view.db(), credential->id, visit);
  } else if (request.organization) {
    const Result<Organization> organization = find_organization(view, *request.organization);
    if (!organization) return organization.error();
    store::each_token_of_organization(view.db(), organization->id, visit);
  } else if (request.person) {
    const Result<Person> person = find_person(view, *request.person);
    if (!person) return person.error();
    store::each_token_of_person(view.db(), person->id, visit);
  } else {
    store::each_token(view.db(), view.tenant(), visit);
  }
  return {};
}

int how_many(const RevokeTokens& request) {
  return int{request.jti.has_value()} + int{request.app.has_value()} + int{request.organization.has_value()} +
         int{request.person.has_value()} + int{request.credential.has_value()} + int{request.all};
}

// Ends every token the request names. A whole app, organization or credential is for its admins: a part of what was
// meant would look like all of it. The value: how many usable refresh tokens ended.
Result<std::int64_t> revoke_matching(Work& work, const RevokeTokens& request, const store::Revoked& revoked) {
  std::int64_t ended = 0;
  if (request.app) {
    const Result<App> app = find_own_app(work, *request.app);
    if (!app) return app.error();
    if (Result<void> may = require_role(work, *app->owner_id, Need::admin); !may) return may.error();
    std::vector<CredentialId> credentials;
    store::each_credential_of_app(work.db(), app->id, [&](const Credential& credential) {
      credentials.push_back(credential.id);
      return true;
    });
    for (const CredentialId& id : credentials) {
      ended += store::revoke_tokens_of_credential(work.db(), id, work.now(), revoked);
    }
  } else if (request.credential) {
    const Result<Credential> credential = find_credential(work, *request.credential);
    if (!credential) return credential.error();
    if (Result<void> may = require_role(work, credential->organization_id, Need::admin); !may) return may.error();
    ended = store::revoke_tokens_of_credential(work.db(), credential->id, work.now(), revoked);
  } else if (request.organization) {
    const Result<Organization> organization = find_organization(work, *request.organization);
    if (!organization) return organization.error();
    if (Result<void> may = require_role(work, organization->id, Need::admin); !may) return may.error();
    work.concerns(organization->id);
    std::vector<ConnectionId> connections;
    store::each_connection_of_organization(work.db(), organization->id, [&](const Connection& connection) {
      if (connection.active()) connections.push_back(connection.id);
      return true;
    });
    for (const ConnectionId& id : connections) {
      ended += store::revoke_tokens_of_connection(work.db(), id, work.now(), revoked);
    }
    store::revoke_private_tokens(work.db(), organization->id, work.now(), revoked);
  } else if (request.person) {
    const Result<Person> person = find_person(work, *request.person);
    if (!person) return person.error();
    ended = end_tokens_of_person(work, person->id, revoked);
  } else {
    ended = store::revoke_all_tokens(work.db(), work.now(), revoked);
  }
  return ended;
}

}  // namespace

Result<void> list_tokens(View& view, const ListTokens& request, const std::function<bool(const TokenAnswer&)>& each) {
  const int subjects = int{request.app.has_value()} + int{request.organization.has_value()} +
                       int{request.person.has_value()} + int{request.credential.has_value()};
  if (subjects > 1) {
    return Error{codes::invalid_request, "Give one of --app, --org, --person and --credential.",
                 "narrow the list further with --filter"};
  }
  const bool all = !request.active && !request.expired && !request.revoked;
  return each_of(view, request, [&](const Token& token) {
    const std::string state = state_of(token, view.now());
    const bool wanted = all || (request.active && state == "active") || (request.expired && state == "expired") ||
                        (request.revoked && state == "revoked");
    if (!wanted || !reachable(view, token)) return true;
    // Newest first: nothing older than the limit comes any more.
    if (request.issued_after && token.issued_at < *request.issued_after) return false;
    return each(answer_of(view, token));
  });
}

Result<TokenAnswer> show_token(View& view, const ShowToken& request) {
  const Result<Token> token = find_token(view, request.jti);
  if (!token) return token.error();
  return answer_of(view, *token);
}

Result<Changed<RevokedTokens>> revoke_tokens(Work& work, const RevokeTokens& request) {
  if (how_many(request) != 1) {
    return Error{codes::invalid_request, "Say which tokens: a jti, --app, --org, --person, --credential or --all."};
  }
  RevokedTokens answer{.jti = request.jti};
  const store::Revoked revoked = [&](const Token& token) {
    ++answer.revoked;
    token_revoked(work, token);
  };
  std::int64_t ended = 0;
  std::string name = "all";
  if (request.jti) {
    const Result<Token> token = find_token(work, *request.jti);
    if (!token) return gone_already<RevokedTokens>(work, token.error(), *request.jti);
    ended = store::revoke_token(work.db(), token->id, work.now(), revoked);
    name = token->id.text();
    answer.jti = name;
    if (token->organization_id) work.concerns(*token->organization_id);
  } else {
    if (request.all) {
      if (!work.principal().is_operator()) return Error{codes::role_required, "Only an operator ends every token."};
      if (Result<void> confirmed = check_confirmed(work, request.confirm.value_or(""), "HUB"); !confirmed) {
        return confirmed.error();
      }
    } else {
      name =
          request.app.value_or(request.organization.value_or(request.person.value_or(request.credential.value_or(""))));
    }
    const Result<std::int64_t> matching = revoke_matching(work, request, revoked);
    if (!matching) return matching.error();
    ended = *matching;
  }
  return Changed<RevokedTokens>{answer.revoked > 0 || ended > 0, name, answer};
}

Result<void> list_revoked_tokens(View& view, const ListRevokedTokens& request,
                                 const std::function<bool(const RevokedToken&)>& each) {
  store::each_revoked_token(view.db(), view.now(), [&](const Token& token) {
    if ((request.since && *token.revoked_at < *request.since) || !reachable(view, token)) return true;
    return each({token.id.text(), app_name(view, token.app_id), *token.revoked_at, token.expires_at});
  });
  return {};
}

void each_published_revocation(View& view, const std::function<bool(const std::string& jti)>& each) {
  store::each_revoked_token(view.db(), view.now(), [&](const Token& token) { return each(token.id.text()); });
}

}  // namespace hub::core
