#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/core/answer.h"
#include "list_query.h"
#include "route.h"

// What stands behind the routes of nexus211.md sections 4.5 to 4.9.
namespace hub::http::nexus_api {

Response list_keys(Exchange& exchange);
Response rotate_key(Exchange& exchange);

Response list_organizations(Exchange& exchange);
Response show_organization(Exchange& exchange);
Response create_organization(Exchange& exchange);
Response update_organization(Exchange& exchange);
Response delete_organization(Exchange& exchange);

Response list_profiles(Exchange& exchange);
Response show_profile(Exchange& exchange);
Response show_own_profile(Exchange& exchange);
Response create_profile(Exchange& exchange);
Response update_profile(Exchange& exchange);
Response delete_profile(Exchange& exchange);

Response list_applications(Exchange& exchange);
Response show_application(Exchange& exchange);
Response create_application(Exchange& exchange);
Response update_application(Exchange& exchange);
Response rotate_application_secret(Exchange& exchange);
Response delete_application(Exchange& exchange);

Response list_authorized(Exchange& exchange);
Response authorize(Exchange& exchange);
Response approve(Exchange& exchange);
Response rotate_authorized(Exchange& exchange);
Response end_authorized(Exchange& exchange);

// Members of a body. Each answers invalid_request at the member for another type; missing and null are none.
Result<std::optional<std::string>> read_text(const Json& body, std::string_view name);
Result<std::string> read_needed_text(const Json& body, std::string_view name);
Result<core::Patch<std::string>> read_patch(const Json& body, std::string_view name);  // null unsets
Result<std::optional<std::vector<std::string>>> read_texts(const Json& body, std::string_view name);
Result<std::optional<core::ObjectText>> read_metadata(const Json& body);
Result<bool> read_flag(const Json& body, std::string_view name);
// How long a replaced secret goes on working, in seconds: the optional member `overlap` of a rotation.
Result<std::optional<Seconds>> read_overlap(const Request& request);
// invalid_request for one of them that is null: what a PATCH cannot unset.
Result<void> check_not_null(const Json& body, std::initializer_list<std::string_view> names);

Response listed(const Json& rows, std::int64_t total);
Response not_stored(int status, const Json& body);  // an answer with a secret in it

// The caller's organization in the place of its id, where the caller may see it.
void embed_own_organization(core::View& view, const core::Caller& caller, const ListQuery& query, Json& rows);

}  // namespace hub::http::nexus_api
