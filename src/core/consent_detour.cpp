#include "hub/base/codes.h"
#include "hub/core/connection_request.h"
#include "hub/core/consent.h"
#include "hub/core/free_name.h"
#include "hub/core/organization.h"
#include "hub/store/login_request.h"
#include "unknown_scope.h"

namespace hub::core {

Result<OrganizationId> make_organization(Work& work, const ConsentAsk& ask, const MakeOrganization& request) {
  if (!ask.may_create_organization) {
    return Error{codes::access_denied, "No organization can be made for " + ask.app.name + "."};
  }
  if (!store::note_made_organization(work.db(), ask.request.id)) {
    return Error{codes::wrong_state, "An organization was made on this way already.", "choose it from the list"};
  }
  const auto made = create_organization(work, {.name = request.name,
                                               .slug = free_slug(work, request.name),
                                               .kinds = request.kinds,
                                               .country_code = request.country_code,
                                               .metadata = std::nullopt});
  if (!made) return made.error();
  work.audit("org create", made->name, "ok", R"({"app":")" + ask.app.name + R"("})");
  return *OrganizationId::parse(made->object->id);
}

Result<bool> ask_admins(Work& work, const ConsentAsk& ask) {
  if (!ask.chosen) return Error{codes::invalid_request, "No organization was chosen.", "", "organization"};
  RequestConnection request{
      .app = ask.app.id.text(), .org = ask.chosen->organization.id.text(), .scopes = std::vector<std::string>()};
  for (const ScopeInWords& one : ask.scopes) {
    const Result<ScopeName> scope = parse_scope_name(one.scope);
    if (!scope) continue;  // of OpenID Connect
    const auto provided = find_known_scope(work, canonical(*scope));
    if (provided && provided->for_organizations) request.scopes.push_back(one.scope);
  }
  const auto asked = request_connection(work, request);
  if (!asked) {
    if (asked.error().code == codes::exists) return false;
    return asked.error();
  }
  work.audit("connection request", asked->name, "ok", "{}");
  return true;
}

}  // namespace hub::core
