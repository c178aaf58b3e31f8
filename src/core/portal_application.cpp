#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/portal_area.h"
#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"

// The applications of an organization in the portal.
namespace hub::core {
namespace {

OwnApplication own_application(View& view, App app) {
  OwnApplication out{.app = std::move(app), .credential = {}};
  out.credential = store::find_own_credential(view.db(), out.app.client_id);
  return out;
}

}  // namespace

Result<std::vector<OwnApplication>> applications_of(View& view, const Area& area) {
  if (Result<void> may = require_role(view, area.organization.id, Need::member); !may) return may.error();
  std::vector<OwnApplication> out;
  for (App& app : store::apps_owned_by(view.db(), area.organization.id)) {
    out.push_back(own_application(view, std::move(app)));
  }
  std::ranges::stable_sort(out, {}, [](const OwnApplication& one) { return one.app.title; });
  return out;
}

Result<OwnApplication> application_of(View& view, const Area& area, std::string_view application) {
  Result<App> app = find_own_app(view, application);
  if (!app || app->owner_id != area.organization.id) {
    return Error{codes::unknown_application, "There is no such application."};
  }
  return own_application(view, *std::move(app));
}

}  // namespace hub::core
