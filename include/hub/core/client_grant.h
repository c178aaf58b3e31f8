#pragma once
#include <string_view>

#include "hub/core/authenticate.h"
#include "hub/core/issue.h"

namespace hub::core {

// What a client asks for with the grant client_credentials. Ids in scopes may be UUIDs or HashIDs. A third-party key
// asks for its organization whatever the scopes leave out; on the standard route the own secret asks for the app's own
// organization then, and no scope at all asks for every granted one. Errors: unauthorized_client for a public client;
// invalid_request when the hub route has no scope; the errors of parse_requested_scopes.
Result<GrantRequest> client_credentials_grant(View& view, const Client& client, std::string_view scope,
                                              TokenStyle style);

}  // namespace hub::core
