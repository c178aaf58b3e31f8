#include "hub/core/code.h"

#include <algorithm>

#include "challenge.h"
#include "code_text.h"
#include "consented.h"
#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/openid_scope.h"
#include "hub/core/reference.h"
#include "hub/crypto/random.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/authorization_code.h"
#include "issue_steps.h"
#include "rules.h"
#include "scope_list.h"

namespace hub::core {
namespace {

Result<CodeDialect> dialect_of(const CreateCode& request) {
  const auto dialect = parse_code_dialect(request.dialect.value_or("hub"));
  if (dialect) return *dialect;
  return Error{codes::invalid_request, "The dialect is standard, hub or nexus.", "", "dialect"};
}

Result<std::string> redirect_of(const App& app, const std::optional<std::string>& wanted) {
  if (app.redirects.empty()) {
    return Error{codes::invalid_redirect, app.name + " has no redirect target.",
                 "hubctl app update " + app.name + " --add-redirect URL", "redirect_uri"};
  }
  if (!wanted) return app.redirects.front();
  if (std::ranges::find(app.redirects, *wanted) != app.redirects.end()) return *wanted;
  return Error{codes::invalid_redirect, "This is no redirect target of " + app.name + ".",
               "hubctl app show " + app.name, "redirect_uri"};
}

// The person who acts or signs in: the caller, or whom an operator names.
Result<PersonId> acting_person(View& view, const std::optional<std::string>& reference) {
  if (!reference && view.principal().person_id) return *view.principal().person_id;
  if (!reference) return Error{codes::invalid_request, "The person is not named.", "--for person:PERSON", "for"};
  const Result<Person> person = find_person(view, *reference);
  if (!person) return person.error();
  return person->id;
}

// The scopes of apps; those of OpenID Connect, which only the standard dialect knows, go into the code.
std::vector<std::string> take_openid(const CreateCode& request, AuthorizationCode& code) {
  std::vector<std::string> of_apps;
  for (const std::string& list : request.scopes) {
    for (const std::string_view part : split_scope_list(list)) {
      if (code.dialect != CodeDialect::standard || !is_openid_scope(part)) {
        of_apps.emplace_back(part);
      } else if (std::ranges::find(code.openid, part) == code.openid.end()) {
        code.openid.emplace_back(part);
      }
    }
  }
  return of_apps;
}

// Subject and scopes, given by flags or as the text of a redirect flow carries them.
Result<void> fill_subject(View& view, const CreateCode& request, const std::vector<std::string>& scopes,
                          AuthorizationCode& code) {
  if (request.subject) {
    const Result<Subject> subject = find_subject(view, *request.subject);
    if (!subject) return subject.error();
    if (subject->organization) code.organization_id = subject->organization->id;
    if (subject->person) code.person_id = subject->person->id;
    if (request.acting && !subject->organization) {
      return Error{codes::invalid_request, "A person acts on behalf of an organization.", "--as PERSON --for org:ORG",
                   "as"};
    }
    for (const std::string& part : scopes) {
      const Result<ScopeName> scope = parse_scope_name(part);
      if (!scope) return scope.error();
      add_scope(code.scopes, *scope);
    }
  } else {
    Result<RequestedScopes> requested = parse_requested_scopes(join(scopes, " "), Flow::redirect);
    if (!requested) return requested.error();
    const Bearer& bearer = requested->bearer;
    if (bearer.form != Bearer::Form::person) {
      if (!bearer.organization_id) {
        return Error{codes::invalid_request, "The organization is not named.", "--for org:ORG", "for"};
      }
      const Result<Organization> organization = find_organization(view, *bearer.organization_id);
      if (!organization) return organization.error();
      code.organization_id = organization->id;
    }
    code.scopes = std::move(requested->scopes);
    if (bearer.form == Bearer::Form::organization) return {};
    const Result<PersonId> person = acting_person(view, request.acting);
    if (!person) return person.error();
    code.person_id = *person;
  }
  if (code.scopes.size() > limits::scopes_per_request) {
    return Error{codes::malformed_scope,
                 "A request names at most " + std::to_string(limits::scopes_per_request) + " scopes.", "", "scope"};
  }
  if (!request.acting || code.person_id) return {};
  const Result<PersonId> person = acting_person(view, request.acting);
  if (!person) return person.error();
  code.person_id = *person;
  return {};
}

Result<void> fill_for_hub(View& view, const CreateCode& request, const App& app, AuthorizationCode& code) {
  if (request.profile) {
    return Error{codes::invalid_request, "Profiles sign in with the Nexus dialect.", "--dialect nexus", "profile"};
  }
  const std::vector<std::string> scopes = take_openid(request, code);
  if (Result<void> filled = fill_subject(view, request, scopes, code); !filled) return filled;
  if (const auto consented = consented_scopes(view, app, code); !consented) return consented.error();
  return check_consent(view, app, code);
}

// The consent covers what the application desires at this moment (nexus211.md section 4.1).
Result<void> fill_for_nexus(View& view, const CreateCode& request, const App& app, AuthorizationCode& code) {
  if (request.subject || request.acting || !request.scopes.empty() || request.code_challenge) {
    return Error{codes::invalid_request, "A code of the Nexus dialect has a profile and nothing else.",
                 "--profile MEMBERSHIP", "profile"};
  }
  if (!request.profile) return Error{codes::invalid_request, "The profile is not named.", "", "profile"};
  const Result<Membership> membership = find_membership(view, *request.profile, std::nullopt);
  if (!membership) return membership.error();
  if (!view.principal().is_operator() && !view.principal().is(membership->person_id)) {
    return Error{codes::role_required, "Only the person of this profile consents for it.", "ask them"};
  }
  if (!membership->joined_at || membership->kind == MembershipKind::service) {
    return Error{codes::wrong_state, "This profile cannot sign in.", "service accounts get their tokens by API"};
  }
  if (app.audience == Audience::none) {
    return Error{codes::oauth_not_enabled, app.name + " lets nobody sign in.",
                 "hubctl app update " + app.name + " --audience any"};
  }
  if (!app.admits(membership->organization_id) || app.state == AppState::inactive) {
    return Error{codes::access_denied, app.name + " does not admit this organization.", "hubctl app show " + app.name};
  }
  code.membership_id = membership->id;
  code.organization_id = membership->organization_id;
  code.person_id = membership->person_id;
  code.scopes = app.desired_scopes;
  return {};
}

}  // namespace

Result<Secret> insert_code(Work& work, AuthorizationCode& code) {
  code.id = CodeId::make(work.now(), work.random());
  code.created_at = work.now();
  code.expires_at = work.now() + (code.dialect == CodeDialect::nexus ? lifetimes::nexus_authorization_code
                                                                     : lifetimes::authorization_code);
  Secret text = crypto::make_secret(work.random());
  const Result<Bytes> hash = hash_code(work, text);
  if (!hash) return hash.error();
  store::insert_authorization_code(work.db(), code, *hash);
  return text;
}

Result<Changed<CodeAnswer>> create_code(Work& work, const CreateCode& request) {
  const Result<CodeDialect> dialect = dialect_of(request);
  if (!dialect) return dialect.error();
  const Result<App> app = find_app(work, request.app);
  if (!app) return app.error();
  if (app->built_in()) return Error{codes::principal_not_allowed, app->name + " is built in and signs nobody in."};
  const Result<Credential> credential = choose_credential(work, *app, request.credential);
  if (!credential) return credential.error();
  const Result<std::string> redirect = redirect_of(*app, request.redirect_uri);
  if (!redirect) return redirect.error();
  AuthorizationCode code{.dialect = *dialect,
                         .app_id = app->id,
                         .credential_id = credential->id,
                         .granted_by = work.principal().person_id,
                         .redirect_uri = *redirect,
                         .challenge = request.code_challenge,
                         .challenge_method = request.code_challenge_method,
                         .nonce = request.nonce};
  const bool nexus = *dialect == CodeDialect::nexus;
  if (!nexus) {
    if (Result<void> good = check_challenge(*app, *credential, request.code_challenge, request.code_challenge_method);
        !good)
      return good.error();
  }
  const Result<void> filled =
      nexus ? fill_for_nexus(work, request, *app, code) : fill_for_hub(work, request, *app, code);
  if (!filled) return filled.error();
  if (!code.openid.empty()) code.authenticated_at = work.now();
  const Result<Secret> text = insert_code(work, code);
  if (!text) return text.error();
  if (code.organization_id) work.concerns(*code.organization_id);
  CodeAnswer answer{.app = app->name,
                    .dialect = std::string(name(*dialect)),
                    .redirect_uri = code.redirect_uri,
                    .expires_at = code.expires_at,
                    .id = code.id.text(),
                    .code = {}};
  if (!work.call().dry_run) answer.code = *text;
  return Changed<CodeAnswer>{true, app->name + "/" + answer.id, std::move(answer)};
}

}  // namespace hub::core
