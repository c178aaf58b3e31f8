#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hub/core/hub_organization.h"
#include "hub/store/page.h"

// Connections seen by the vendor of the apps they belong to (zaikio-hub.md section 5.6): of one app by its secret, of
// all apps of an organization by its bearer.
namespace hub::core {

using store::Page;

struct HubConnection {
  Connection connection;
  std::string app_name;
  GrantedScopes scopes;
};

// "Organization-<uuid>", "Person-<uuid>" (section 0.3).
struct Connectable {
  std::optional<OrganizationId> organization_id;
  std::optional<PersonId> person_id;
};
std::optional<Connectable> parse_connectable(std::string_view text);

// The value: how many there are in all.
Result<std::int64_t> list_hub_connections(View& view, const Caller& caller, const std::optional<Connectable>& only,
                                          const Page& page, const std::function<bool(const HubConnection&)>& each);
Result<HubConnection> show_hub_connection(View& view, const Caller& caller, const Connectable& connectable);

// What GET /access_token tells of a token.
struct TokenApp {
  std::optional<App> app;  // none: a private token
  std::optional<Organization> vendor;
  std::string zone;  // of the caller's times, as time_zone_of() has it
};
Result<TokenApp> app_of_token(View& view, const Caller& caller);

}  // namespace hub::core
