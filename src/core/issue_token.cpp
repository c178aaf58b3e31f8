#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/base/text.h"
#include "hub/core/issue.h"
#include "hub/core/reference.h"
#include "hub/core/token_request.h"
#include "hub/store/credential.h"
#include "issue_steps.h"
#include "scope_list.h"

namespace hub::core {
namespace {

// The subject given by flags; the scopes are plain names then.
Result<void> fill_from_flags(View& view, const SubjectRequest& request, GrantRequest& grant) {
  const Result<Subject> subject = find_subject(view, *request.subject);
  if (!subject) return subject.error();
  if (subject->organization) grant.organization_id = subject->organization->id;
  if (subject->person) grant.person_id = subject->person->id;
  if (request.acting) {
    if (!subject->organization) {
      return Error{codes::invalid_request, "A person acts on behalf of an organization.", "--as PERSON --for org:ORG",
                   "as"};
    }
    const Result<Person> person = find_person(view, *request.acting);
    if (!person) return person.error();
    grant.person_id = person->id;
  }
  for (const std::string& list : request.scopes) {
    for (const std::string_view part : split_scope_list(list)) {
      const Result<ScopeName> scope = parse_scope_name(part);
      if (!scope) return scope.error();
      add_scope(grant.scopes, *scope);
    }
  }
  if (grant.scopes.size() > limits::scopes_per_request) {
    return Error{codes::malformed_scope,
                 "A request names at most " + std::to_string(limits::scopes_per_request) + " scopes.", "", "scope"};
  }
  return {};
}

// The subject out of full scopes, as a client would send them.
Result<void> fill_from_scopes(const SubjectRequest& request, GrantRequest& grant) {
  Result<RequestedScopes> requested = parse_requested_scopes(join(request.scopes, " "), Flow::client_credentials);
  if (!requested) return requested.error();
  const Bearer& bearer = requested->bearer;
  if (bearer.organization_id) {
    grant.organization_id = OrganizationId::parse(*bearer.organization_id);
    if (!grant.organization_id) return Error{codes::bearer_does_not_exist, "There is no such organization."};
  }
  if (bearer.person_id) {
    grant.person_id = PersonId::parse(*bearer.person_id);
    if (!grant.person_id) return Error{codes::bearer_does_not_exist, "There is no such person."};
  }
  grant.scopes = std::move(requested->scopes);
  return {};
}

}  // namespace

Result<Credential> choose_credential(View& view, const App& app, const std::optional<std::string>& reference) {
  std::optional<Credential> credential;
  if (!reference) {
    credential = store::find_first_credential(view.db(), app.id);
  } else if (const auto named = store::find_credential_by_name(view.db(), app.id, *reference)) {
    credential = named;
  } else {
    const Result<Credential> found = find_credential(view, *reference);
    if (!found) return found.error();
    credential = *found;
  }
  if (!credential || !(credential->app_id == app.id) || credential->revoked_at) {
    return Error{codes::not_found, app.name + " has no such active credential.",
                 "hubctl credential create --app " + app.name, "credential"};
  }
  return *credential;
}

Result<GrantRequest> resolve_token_request(View& view, const SubjectRequest& request) {
  const Result<App> app = find_own_app(view, request.app);
  if (!app) return app.error();
  if (Result<void> may = require_role(view, *app->owner_id, Need::admin); !may) return may.error();
  const Result<Credential> credential = choose_credential(view, *app, request.credential);
  if (!credential) return credential.error();
  if (!credential->confidential) {
    return Error{codes::unauthorized_client, "A public client cannot get tokens for itself.",
                 "use a confidential credential"};
  }
  GrantRequest grant{.credential_id = credential->id};
  if (!request.subject && request.acting) {
    return Error{codes::invalid_request, "--as needs the organization that is acted for.", "--for org:ORG", "for"};
  }
  const Result<void> filled =
      request.subject ? fill_from_flags(view, request, grant) : fill_from_scopes(request, grant);
  if (!filled) return filled.error();
  if (grant.scopes.empty()) {
    return Error{codes::invalid_request, "A token is asked for with at least one scope.", "--scope SCOPE", "scope"};
  }
  return grant;
}

Result<Issued> issue_token(Hub& hub, const Call& call, const IssueToken& request) {
  if (request.lifetime && (*request.lifetime > lifetimes::access_token || *request.lifetime < Seconds(1))) {
    return Error{codes::invalid_request, "A token lives for 1 second to 60 minutes.", "", "ttl"};
  }
  const SubjectRequest subject{request.app, request.credential, request.subject, request.acting, request.scopes};
  const Result<GrantRequest> grant = hub.read(call, [&](View& view) { return resolve_token_request(view, subject); });
  if (!grant) return grant.error();
  return issue(hub, call,
               {.grant = *grant,
                .kind = GrantKind::by_hand,
                .lifetime = request.lifetime.value_or(lifetimes::access_token),
                .with_refresh_token = true});
}

Result<ScopeCheck> check_scopes(View& view, const SubjectRequest& request) {
  const Result<GrantRequest> resolved = resolve_token_request(view, request);
  if (!resolved) return resolved.error();
  ScopeCheck check;
  // One by one, so that every refused scope learns its own rule.
  for (const ScopeName& scope : resolved->scopes) {
    GrantRequest one = *resolved;
    one.scopes = {scope};
    const Result<Grant> grant = authorize(view, one);
    Json refused = Json::object();
    if (grant && grant->dropped.empty()) {
      check.granted.push_back(scope.text());
      continue;
    }
    refused["scope"] = scope.text();
    refused["rule"] = grant ? grant->dropped.front().rule : std::string(grant.error().code.name);
    if (!grant && !grant.error().hint.empty()) refused["hint"] = grant.error().hint;
    check.refused.push_back({to_line(refused)});
  }
  return check;
}

}  // namespace hub::core
