#include "hub/core/hub_connection.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/hub_person.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/organization.h"

namespace hub::core {
namespace {

store::VendorConnections reach_of(const Caller& caller) {
  store::VendorConnections wanted{.vendor = *caller.organization_id, .app = {}};
  if (caller.kind == Caller::Kind::client) wanted.app = caller.app->id;
  return wanted;
}

std::vector<ConnectionId> connections_with(View& view, const Caller& caller, const Connectable& one) {
  if (one.person_id) return store::vendor_connections_of(view.db(), reach_of(caller), *one.person_id);
  return store::vendor_connections_of(view.db(), reach_of(caller), *one.organization_id);
}

// The part of a list that is on the page.
std::vector<ConnectionId> rows_on(const Page& page, const std::vector<ConnectionId>& all) {
  const auto total = static_cast<std::int64_t>(all.size());
  const std::int64_t first = std::min(page.skip, total);
  const std::int64_t last = first + std::min(page.limit, total - first);
  return {all.begin() + first, all.begin() + last};
}

HubConnection answer_of(View& view, const ConnectionId& id) {
  const Connection connection = *store::find_connection(view.db(), id);
  const App app = *store::find_app(view.db(), connection.app_id);
  return {.connection = connection, .app_name = app.name, .scopes = granted_scopes(view, app, connection)};
}

}  // namespace

std::optional<Connectable> parse_connectable(std::string_view text) {
  constexpr std::string_view organization = "Organization-", person = "Person-";
  Connectable out;
  if (text.starts_with(organization)) out.organization_id = OrganizationId::parse(text.substr(organization.size()));
  if (text.starts_with(person)) out.person_id = PersonId::parse(text.substr(person.size()));
  if (!out.organization_id && !out.person_id) return std::nullopt;
  return out;
}

Result<std::int64_t> list_hub_connections(View& view, const Caller& caller, const std::optional<Connectable>& only,
                                          const Page& page, const std::function<bool(const HubConnection&)>& each) {
  const store::VendorConnections wanted = reach_of(caller);
  const std::vector<ConnectionId> theirs = only ? connections_with(view, caller, *only) : std::vector<ConnectionId>();
  const auto rows = only ? rows_on(page, theirs) : store::vendor_connections_page(view.db(), wanted, page);
  for (const ConnectionId& id : rows) {
    if (!each(answer_of(view, id))) break;
  }
  if (only) return static_cast<std::int64_t>(theirs.size());
  return store::count_vendor_connections(view.db(), wanted);
}

Result<HubConnection> show_hub_connection(View& view, const Caller& caller, const Connectable& connectable) {
  const std::vector<ConnectionId> ids = connections_with(view, caller, connectable);
  if (ids.empty()) return Error{codes::not_found, "There is no such connection."};
  return answer_of(view, ids.front());
}

Result<TokenApp> app_of_token(View& view, const Caller& caller) {
  TokenApp out{.app = caller.app, .vendor = {}, .zone = time_zone_of(view, caller)};
  if (out.app && out.app->owner_id) out.vendor = store::find_organization(view.db(), *out.app->owner_id);
  return out;
}

}  // namespace hub::core
