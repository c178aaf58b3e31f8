#include "hub/core/connection_request.h"

#include <algorithm>

#include "candidates.h"
#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/mail.h"
#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/connection_request.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"
#include "in_words.h"
#include "issue_steps.h"
#include "mail_text.h"
#include "rules.h"
#include "scope_list.h"

namespace hub::core {
namespace {

ConnectionRequestAnswer answer_of(View& view, const ConnectionRequest& request) {
  ConnectionRequestAnswer answer{.app = app_name(view, request.app_id),
                                 .org = organization_name(view, request.organization_id),
                                 .person = person_name(view, request.person_id),
                                 .scopes = texts(request.scopes),
                                 .state = "open",
                                 .created_at = request.created_at,
                                 .decided_by = std::nullopt,
                                 .decided_at = request.decided_at,
                                 .id = request.id.text(),
                                 .hash_id = request.id.hash_id(),
                                 .updated_at = request.updated_at,
                                 .version = request.version};
  if (request.approved) answer.state = *request.approved ? "approved" : "declined";
  if (request.decided_by) answer.decided_by = person_name(view, *request.decided_by);
  return answer;
}

Changed<ConnectionRequestAnswer> done(Work& work, bool changed, const ConnectionRequest& request) {
  work.concerns(request.organization_id);
  return {changed, app_name(work, request.app_id) + "/" + organization_name(work, request.organization_id),
          answer_of(work, request)};
}

Result<void> tell(Work& work, std::string_view kind, const Person& recipient, const ConnectionRequest& request) {
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  // Names that can be looked up and nothing anybody typed for the occasion.
  const MailText mail = mail_text(kind, recipient.locale.value_or("en").substr(0, 2),
                                  {{"app", app_name(work, request.app_id)},
                                   {"organization", organization_name(work, request.organization_id)},
                                   {"person", person_name(work, request.person_id)},
                                   {"link", *issuer + "/id/requests"}});
  return send_mail(work, kind, recipient.email, mail.subject, mail.text);
}

// What of it the organization could grant and has not.
Result<std::vector<ScopeName>> wanted_scopes(View& view, const App& app, const std::vector<std::string>& scopes) {
  Result<std::vector<ScopeName>> wanted = parse_scope_list(scopes);
  if (!wanted) return wanted;
  for (const ScopeName& scope : *wanted) {
    if (Result<void> may = check_grantable(view, app, BearerKind::organization, scope); !may) return may.error();
  }
  return wanted;
}

Result<PersonId> asking_person(View& view, const RequestConnection& request) {
  if (!request.person && view.principal().person_id) return *view.principal().person_id;
  if (!request.person) return Error{codes::invalid_request, "The person is not named.", "--person PERSON", "person"};
  const Result<Person> person = find_person(view, *request.person);
  if (!person) return person.error();
  return person->id;
}

Result<void> check_may_ask(View& view, const App& app, const Organization& organization, const PersonId& person,
                           const std::vector<ScopeName>& scopes) {
  const auto membership = store::find_membership_of(view.db(), organization.id, person);
  if (!membership || !membership->joined_at || !membership->roles.at_least_member()) {
    return Error{codes::role_required, "This needs a member of the organization.", "ask one of its members"};
  }
  if (membership->roles.at_least_admin()) {
    return Error{codes::wrong_state, "An admin need not ask anybody.",
                 "hubctl connection install --app " + app.name + " --for org:" + organization.slug};
  }
  if (app.built_in()) return Error{codes::already_authorized, "Everybody is connected to " + app.name + "."};
  if (Result<void> usable = check_usable(view, app, organization.id, std::nullopt); !usable) return usable;
  const auto there = store::find_active_connection(view.db(), app.id, organization.id);
  const auto granted = [&](const ScopeName& scope) { return covers(there->granted_scopes, scope); };
  if (!there || !std::ranges::all_of(scopes, granted)) return {};
  return Error{codes::already_authorized, "All of this was granted already."};
}

Result<Changed<ConnectionRequestAnswer>> asked_again(Work& work, const ConnectionRequest& asked) {
  ConnectionRequest there =
      *store::find_open_connection_request(work.db(), asked.organization_id, asked.app_id, asked.person_id);
  if (!work.call().ensure) {
    return Error{codes::exists, "They were asked before and have not decided yet.", "--ensure accepts that"};
  }
  const std::size_t before = there.scopes.size();
  for (const ScopeName& scope : asked.scopes) add_scope(there.scopes, scope);
  if (there.scopes.size() == before) return done(work, false, there);
  ++there.version;
  there.updated_at = work.now();
  store::update_requested_scopes(work.db(), there);
  return done(work, true, there);
}

// An open one that the caller may decide.
Result<ConnectionRequest> find_decidable(View& view, std::string_view reference) {
  const Error nothing{codes::not_found, "There is no such request.", "hubctl connection requests"};
  const auto ids = store::connection_requests_named(view.db(), view.tenant(), reference);
  if (ids.empty()) return nothing;
  if (ids.size() > 1) return Error{codes::ambiguous_reference, "This names more than one request."};
  auto request = store::find_connection_request(view.db(), ids.front());
  if (!request) return nothing;
  if (Result<void> may = require_role(view, request->organization_id, Need::admin); !may) return may.error();
  return *request;
}

// The one write that says who was first (G-01).
Result<void> decide(Work& work, ConnectionRequest& request, bool approved) {
  if (Result<void> current = work.check_version(request.version); !current) return current;
  request.approved = approved;
  request.decided_by = work.principal().person_id;
  request.decided_at = request.updated_at = work.now();
  ++request.version;
  if (store::decide_connection_request(work.db(), request)) return {};
  return Error{codes::wrong_state, "This request was decided already."};
}

Result<void> grant(Work& work, const App& app, const ConnectionRequest& request) {
  std::vector<ScopeName> scopes;
  for (const ScopeName& scope : request.scopes) {
    if (check_grantable(work, app, BearerKind::organization, scope)) scopes.push_back(scope);
  }
  const Subject subject{store::find_organization(work.db(), request.organization_id), std::nullopt};
  if (!subject.organization) return Error{codes::not_found, "The organization is gone."};
  if (const Result<Connection> made = grant_more(work, app, subject, scopes); !made) return made.error();
  return {};
}

}  // namespace

Result<Changed<ConnectionRequestAnswer>> request_connection(Work& work, const RequestConnection& request) {
  const Result<App> app = find_app(work, request.app);
  if (!app) return app.error();
  const Result<Organization> organization = find_organization(work, request.org);
  if (!organization) return organization.error();
  const Result<std::vector<ScopeName>> scopes = wanted_scopes(work, *app, request.scopes);
  if (!scopes) return scopes.error();
  const Result<PersonId> person = asking_person(work, request);
  if (!person) return person.error();
  if (Result<void> may = check_may_ask(work, *app, *organization, *person, *scopes); !may) return may.error();
  const ConnectionRequest asked{.id = ConnectionRequestId::make(work.now(), work.random()),
                                .app_id = app->id,
                                .organization_id = organization->id,
                                .person_id = *person,
                                .scopes = *scopes,
                                .approved = std::nullopt,
                                .decided_by = std::nullopt,
                                .decided_at = std::nullopt,
                                .created_at = work.now(),
                                .updated_at = work.now()};
  if (!store::insert_connection_request(work.db(), asked)) return asked_again(work, asked);
  for (const Person& admin : admins_of(work, organization->id)) {
    if (!admin.email_verified_at) continue;  // whose address it is nobody knows
    if (Result<void> told = tell(work, "connection_request", admin, asked); !told) return told.error();
  }
  return done(work, true, asked);
}

Result<void> list_connection_requests(View& view, const ListConnectionRequests& request,
                                      const std::function<bool(const ConnectionRequestAnswer&)>& each) {
  std::optional<OrganizationId> wanted;
  if (request.org) {
    const Result<Organization> organization = find_organization(view, *request.org);
    if (!organization) return organization.error();
    if (Result<void> may = require_role(view, organization->id, Need::admin); !may) return may;
    wanted = organization->id;
  }
  store::each_connection_request(view.db(), view.tenant(), [&](const ConnectionRequest& one) {
    if (one.is_open() == request.decided || (wanted && one.organization_id != *wanted)) return true;
    if (!wanted && !require_role(view, one.organization_id, Need::admin)) return true;
    return each(answer_of(view, one));
  });
  return {};
}

std::vector<AskedOfAdmins> asked_of_admins(View& view) {
  std::vector<AskedOfAdmins> out;
  store::each_connection_request(view.db(), view.tenant(), [&](const ConnectionRequest& one) {
    if (one.is_open() && require_role(view, one.organization_id, Need::admin)) out.push_back({.request = one});
    return true;
  });
  for (AskedOfAdmins& one : out) {
    const auto app = store::find_app(view.db(), one.request.app_id);
    const auto organization = store::find_organization(view.db(), one.request.organization_id);
    const auto person = store::find_person(view.db(), one.request.person_id);
    const auto connection = store::find_active_connection(view.db(), one.request.app_id, one.request.organization_id);
    if (app) one.app_title = app->title;
    if (app) one.owner = owner_of(view, *app);
    if (organization) one.organization = organization->name;
    if (person) one.person = person->full_name();
    for (const ScopeName& scope : one.request.scopes) {
      one.scopes.push_back(in_words(view, scope, !connection || !covers(connection->granted_scopes, scope)));
    }
  }
  return out;
}

Result<Changed<ConnectionRequestAnswer>> approve_connection_request(Work& work,
                                                                    const ApproveConnectionRequest& request) {
  Result<ConnectionRequest> found = find_decidable(work, request.request);
  if (!found) return found.error();
  const auto app = store::find_app(work.db(), found->app_id);
  if (!app) return Error{codes::unknown_application, "The app is gone."};
  if (Result<void> decided = decide(work, *found, true); !decided) return decided.error();
  if (Result<void> granted = grant(work, *app, *found); !granted) return granted.error();
  const auto person = store::find_person(work.db(), found->person_id);
  if (person && person->email_verified_at) {
    if (Result<void> told = tell(work, "connection_approved", *person, *found); !told) return told.error();
  }
  return done(work, true, *found);
}

Result<Changed<ConnectionRequestAnswer>> decline_connection_request(Work& work,
                                                                    const DeclineConnectionRequest& request) {
  Result<ConnectionRequest> found = find_decidable(work, request.request);
  if (!found) return found.error();
  if (Result<void> decided = decide(work, *found, false); !decided) return decided.error();
  return done(work, true, *found);
}

}  // namespace hub::core
