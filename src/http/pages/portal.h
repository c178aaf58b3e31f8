#pragma once
#include <string>

#include "hub/core/portal_area.h"
#include "portal_form.h"
#include "route.h"

// The pages of an organization (nexus211.md section 8): its members, its applications, and those of others that it
// authorized.
namespace hub::http {

// The organization that the path names first, for whoever is signed in.
Result<core::Area> enter(Exchange& exchange);
// The same for a page that contacts do not see: role_required.
Result<core::Area> enter_as_member(Exchange& exchange);
// A form with the organization it was sent to.
struct Posted {
  Parameters fields;
  core::Area area;
};
Result<Posted> read_portal_form(Exchange& exchange);
// "/id/organizations/hZ3kQ9sLw2Nc"
std::string path_of(const core::Area& area);
// What every page of an organization shows: its name, the menu with `current` ("overview", "members", "applications"),
// and what was done.
Json area_data(const Exchange& exchange, const core::Area& area, std::string_view current, std::string_view page);

// The key of the text that says whose people sign in: one organization's, or several (nexus211.md section 1.3).
std::string tenancy_of(const App& app);
Json names_of(const std::vector<ScopeName>& scopes);

// Which part of a list the address asks for, and, for templates/search.mustache and parts.mustache, the links to the
// parts beside it. `list`: the path of its page.
core::Part part_of(const Exchange& exchange, std::size_t most = 50);
void add_parts(const Exchange& exchange, const std::string& list, const core::Part& part, bool more, Json& data);

Response organizations_page(Exchange& exchange);
Response create_own_organization(Exchange& exchange);
Response accept_invitation(Exchange& exchange);
Response leave_organization(Exchange& exchange);
Response organization_page(Exchange& exchange);
Response rename_organization(Exchange& exchange);
Response delete_organization(Exchange& exchange);

Response members_page(Exchange& exchange);
Response invite_member(Exchange& exchange);
Response change_roles(Exchange& exchange);
Response remove_member(Exchange& exchange);

Response own_applications_page(Exchange& exchange);  // both tabs
Response create_application(Exchange& exchange);
Response approve_authorized(Exchange& exchange);
Response rotate_authorized(Exchange& exchange);
Response revoke_authorized(Exchange& exchange);

Response application_page(Exchange& exchange);
Response change_application(Exchange& exchange);
Response change_scopes(Exchange& exchange);
Response change_sign_in(Exchange& exchange);
Response remove_sign_in(Exchange& exchange);
Response rotate_secret(Exchange& exchange);
Response rotate_key(Exchange& exchange);
Response delete_application(Exchange& exchange);

Response authorize_page(Exchange& exchange);
Response authorize_application(Exchange& exchange);
Response find_place_to_authorize(Exchange& exchange);

}  // namespace hub::http
