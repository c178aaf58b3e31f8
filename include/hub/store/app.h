#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/app.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

// Ids whose UUID, HashID, technical name or client id is `reference`, whoever owns them: an app's name is public.
std::vector<AppId> apps_named(Session& session, std::string_view reference);
// Of those, the ones that belong to the tenant. In one statement, so that another's app takes no longer than none.
std::vector<AppId> own_apps_named(Session& session, const Tenant& tenant, std::string_view reference);
std::optional<App> find_app(Session& session, const AppId& id);
std::optional<AppId> find_app_by_name(Session& session, std::string_view name);
bool insert_app(WriteSession& session, const App& app);  // false: name or client id is taken, or was an app's before
void update_app(WriteSession& session, const App& app);  // all but name, owner and client id
// Its scopes go too. The client id is retired, and so is the name if it provided any (claim TN-03).
void delete_app(WriteSession& session, const App& app, Instant now);
bool name_or_client_id_taken(Session& session, std::string_view name_or_client_id);

// How many things an app has, for lists.
struct AppCounts {
  std::int64_t credentials = 0;
  std::int64_t connections = 0;  // active
};
AppCounts count_of_app(Session& session, const AppId& id);
void each_app(Session& session, const Tenant& tenant,
              const std::function<bool(const App&, const AppCounts&)>& visit);  // without built-in ones
std::vector<App> apps_owned_by(Session& session, const OrganizationId& owner);

}  // namespace hub::store
