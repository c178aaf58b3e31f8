#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/core/hub_app.h"
#include "route.h"

// What stands behind the routes of zaikio-hub.md section 5.6.
namespace hub::http::hub_api {

Response list_connections(Exchange& exchange);
Response show_connection(Exchange& exchange);

Response list_roles(Exchange& exchange);
Response list_revoked_tokens(Exchange& exchange);
Response revoke_token(Exchange& exchange);
Response show_access_token(Exchange& exchange);

Response list_apps(Exchange& exchange);
Response show_app(Exchange& exchange);
Response update_app(Exchange& exchange);
Response show_own_app(Exchange& exchange);
Response update_own_app(Exchange& exchange);

Response create_test_account(Exchange& exchange);
Response list_test_accounts(Exchange& exchange);
Response show_test_account(Exchange& exchange);
Response delete_test_account(Exchange& exchange);

Response show_organization(Exchange& exchange);
Response list_memberships(Exchange& exchange);
Response show_membership(Exchange& exchange);
Response update_membership(Exchange& exchange);
Response delete_membership(Exchange& exchange);

Response show_person(Exchange& exchange);
Response update_person(Exchange& exchange);
Response list_own_memberships(Exchange& exchange);
Response list_own_organizations(Exchange& exchange);
Response create_own_organization(Exchange& exchange);

// Of one organization of the person, the first of the segments.
Response list_members(Exchange& exchange);
Response show_member(Exchange& exchange);
Response update_member(Exchange& exchange);
Response delete_member(Exchange& exchange);
Response list_invitations(Exchange& exchange);
Response create_invitation(Exchange& exchange);
Response delete_invitation(Exchange& exchange);
Response list_own_sites(Exchange& exchange);  // always empty (decisions.md 11)

// Lists of the print trade that are always empty, and things that are never there (decisions.md 11).
Response empty_list(Exchange& exchange);
Response nothing(Exchange& exchange);

// What was sent below the root key; else below the only member whose name ends with it; else the body itself. An error
// of the body names the root.
Result<Json> read_attributes(const Request& request, std::string_view root);

// An array of texts under the name; none when it is not there. invalid_request at the field for anything else.
Result<std::optional<std::vector<std::string>>> read_texts(const Json& attributes, std::string_view name);
Error invalid_field(std::string_view name, std::string_view words = "is invalid");

// The configuration of an app that a vendor sends. invalid_request at the member that is wrong.
Result<core::ConfigureApp> read_configuration(const Json& configuration);

}  // namespace hub::http::hub_api
