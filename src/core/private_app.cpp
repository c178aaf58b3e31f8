#include "private_app.h"

#include "hub/core/connection.h"
#include "hub/store/connection.h"
#include "hub/store/organization.h"

namespace hub::core {

Result<void> connect_private_app(Work& work, const App& app) {
  if (app.kind != AppKind::private_ || app.state == AppState::inactive) return {};
  if (store::find_active_connection(work.db(), app.id, *app.owner_id)) return {};
  const Subject owner{store::find_organization(work.db(), *app.owner_id), std::nullopt};
  const Result<Connection> connection = connect(work, app, owner, desired_for(work, app, BearerKind::organization));
  if (!connection) return connection.error();
  return {};
}

void regrant_private_app(Work& work, const App& app) {
  if (app.kind != AppKind::private_) return;
  auto connection = store::find_active_connection(work.db(), app.id, *app.owner_id);
  if (connection) regrant(work, *connection, desired_for(work, app, BearerKind::organization));
}

}  // namespace hub::core
