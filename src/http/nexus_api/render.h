#pragma once
#include "hub/base/json.h"
#include "hub/core/nexus_application.h"
#include "hub/core/nexus_authorization.h"
#include "hub/core/nexus_profile.h"
#include "hub/domain/organization.h"
#include "list_query.h"

// Things as the Nexus surface writes them: camelCase, HashIDs (nexus211.md section 1.3).
namespace hub::http::nexus_api {

Json as_json(const Organization& organization);
Json as_json(const core::ProfileAnswer& profile);
Json as_json(const core::ApplicationAnswer& application);
Json as_json(const core::AuthorizedApplication& authorization);
Json as_json(const core::ThirdPartyKey& key);  // without its secret

// In the place of an id, when $with asks for it.
Json embedded(const Organization& organization);
Json embedded(const Person& user, bool with_names);
Json embedded_profile(const core::ProfileAnswer& profile);

// What can be asked for is what is shown, and nothing secret.
const Members<Organization>& organization_members();
const Members<core::ProfileAnswer>& profile_members();
const Members<core::ApplicationAnswer>& application_members();
const Members<core::AuthorizedApplication>& authorization_members();
const Members<core::ThirdPartyKey>& key_members();

// Those of them that SQL can compare as they are shown. Metadata and lists of names are not.
const Columns<core::ProfileColumn>& profile_columns();
const Columns<core::ApplicationColumn>& application_columns();
const Columns<core::AuthorizationColumn>& authorization_columns();
const Columns<core::KeyColumn>& key_columns();

}  // namespace hub::http::nexus_api
