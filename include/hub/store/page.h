#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/domain/app.h"
#include "hub/domain/connection.h"
#include "hub/domain/credential.h"
#include "hub/domain/membership.h"
#include "hub/store/session.h"

// Ids for the lists of the HTTP APIs, page by page and oldest first, and single rows by either form of an id. The
// tenant is an organization that core took from the caller.
namespace hub::store {

struct Page {
  std::int64_t skip = 0, limit = 0;
};
// What every row of a list has to have, each with an index to find it by. The list may give more rows than those:
// whoever asked compares again.
struct Sought {
  std::optional<std::string> id, email, organization, client_id;  // in the form that the HTTP API writes
};

std::optional<MembershipId> membership_in(Session& session, const OrganizationId& organization,
                                          std::string_view reference);  // UUID or HashID
std::optional<MembershipId> membership_with_user(Session& session, const OrganizationId& organization,
                                                 std::string_view email_key);  // whose person has the address

std::optional<AppId> app_owned_by(Session& session, const OrganizationId& owner,
                                  std::string_view reference);  // UUID, HashID, client id or technical name
std::vector<AppId> apps_page(Session& session, const OrganizationId& owner, const Page& page);
std::int64_t count_apps_owned_by(Session& session, const OrganizationId& owner);

std::optional<ConnectionId> connection_of(Session& session, const OrganizationId& organization,
                                          std::string_view reference);  // UUID or HashID

// Of the active keys that foreign organizations gave the app.
std::optional<CredentialId> key_of_app(Session& session, const AppId& app,
                                       std::string_view reference);  // UUID or HashID

// Active connections to the apps of a vendor, or to one of them.
struct VendorConnections {
  OrganizationId vendor;
  std::optional<AppId> app;
};
std::vector<ConnectionId> vendor_connections_page(Session& session, const VendorConnections& wanted, const Page& page);
std::int64_t count_vendor_connections(Session& session, const VendorConnections& wanted);
// Those of one subject, one for each app at most, oldest first.
std::vector<ConnectionId> vendor_connections_of(Session& session, const VendorConnections& wanted,
                                                const OrganizationId& organization);
std::vector<ConnectionId> vendor_connections_of(Session& session, const VendorConnections& wanted,
                                                const PersonId& person);

}  // namespace hub::store
