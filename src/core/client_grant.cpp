#include "hub/core/client_grant.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/openid_scope.h"
#include "hub/store/connection.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"
#include "issue_steps.h"
#include "scope_list.h"

namespace hub::core {
namespace {

bool has_bearer(std::string_view scope) { return scope.starts_with("Org") || scope.starts_with("Per"); }

// By id only: whoever asks must not try out names. What is found need not be connected, and what is not
// goes the same way; that is asked later, with the same answer after the same statements (claim TN-01).
Result<OrganizationId> organization_of(View& view, const App& app, const std::string& id) {
  if (const auto uuid = OrganizationId::parse(id)) return *uuid;
  if (!is_hash_id(id)) return no_bearer(app);
  return store::find_organization_id(view.db(), id).value_or(OrganizationId());
}

Result<PersonId> person_of(View& view, const App& app, const std::string& id) {
  if (const auto uuid = PersonId::parse(id)) return *uuid;
  if (!is_hash_id(id)) return no_bearer(app);
  for (const PersonId& found : store::people_named(view.db(), id)) {
    if (found.hash_id() == id) return found;
  }
  return PersonId();
}

Result<void> fill_bearer(View& view, const App& app, const Bearer& bearer, GrantRequest& grant) {
  if (bearer.organization_id) {
    const Result<OrganizationId> organization = organization_of(view, app, *bearer.organization_id);
    if (!organization) return organization.error();
    grant.organization_id = *organization;
  }
  if (bearer.person_id) {
    const Result<PersonId> person = person_of(view, app, *bearer.person_id);
    if (!person) return person.error();
    grant.person_id = *person;
  }
  return {};
}

// What the organization has granted and the app still desires.
std::vector<ScopeName> all_granted(View& view, const App& app, const OrganizationId& organization) {
  const auto connection = store::find_active_connection(view.db(), app.id, organization);
  if (!connection) return {};
  std::vector<ScopeName> out;
  for (const ScopeName& scope : desired_for(view, app, BearerKind::organization)) {
    if (covers(connection->granted_scopes, scope)) out.push_back(scope);
  }
  return out;
}

// Scopes without a bearer part.
Result<std::vector<ScopeName>> plain_scopes(const std::vector<std::string_view>& parts) {
  std::vector<ScopeName> out;
  if (parts.size() > limits::scopes_per_request) {
    return Error{codes::malformed_scope,
                 "A request names at most " + std::to_string(limits::scopes_per_request) + " scopes.", "", "scope"};
  }
  for (const std::string_view part : parts) {
    const Result<ScopeName> scope = parse_scope_name(part);
    if (!scope) return scope.error();
    add_scope(out, *scope);
  }
  return out;
}

}  // namespace

Result<GrantRequest> client_credentials_grant(View& view, const Client& client, std::string_view scope,
                                              TokenStyle style) {
  if (!client.credential.confidential) {
    return Error{codes::unauthorized_client, "A public client cannot get tokens for itself."};
  }
  const bool standard = style == TokenStyle::standard;
  // Where a request that names no organization acts.
  const bool has_default = standard || client.third_party();
  GrantRequest grant{.credential_id = client.credential.id};
  std::vector<std::string_view> parts = split_scope_list(scope);
  const bool asked_for_some = !parts.empty();
  // Nothing a client gets for itself (decisions-week-one.md 22).
  if (standard) std::erase_if(parts, &is_openid_scope);
  if (has_default && std::ranges::none_of(parts, has_bearer) && (asked_for_some || standard)) {
    grant.organization_id = client.credential.organization_id;
    if (!asked_for_some) {
      grant.scopes = all_granted(view, client.app, *grant.organization_id);
      return grant;
    }
    Result<std::vector<ScopeName>> scopes = plain_scopes(parts);
    if (!scopes) return scopes.error();
    grant.scopes = std::move(*scopes);
    return grant;
  }
  std::string list;
  for (const std::string_view part : parts) list.append(part).append(" ");
  Result<RequestedScopes> requested = parse_requested_scopes(list, Flow::client_credentials);
  if (!requested && has_default && requested.error().code == codes::bearer_does_not_exist) {
    Result<RequestedScopes> without_id = parse_requested_scopes(list, Flow::redirect);
    if (without_id && without_id->bearer.form == Bearer::Form::organization) {
      grant.organization_id = client.credential.organization_id;
      requested = std::move(without_id);
    }
  }
  if (!requested) return requested.error();
  if (Result<void> filled = fill_bearer(view, client.app, requested->bearer, grant); !filled) return filled.error();
  grant.scopes = std::move(requested->scopes);
  return grant;
}

}  // namespace hub::core
