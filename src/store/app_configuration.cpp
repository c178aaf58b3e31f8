#include "hub/store/app_configuration.h"

#include "rows.h"

namespace hub::store {

std::string find_app_configuration(Session& session, const OrganizationId& owner, const AppId& id) {
  return first_row<std::string>(
             session,
             "SELECT configuration FROM app WHERE id = $1 AND owner_organization_id = $2 AND configuration IS NOT NULL",
             {id, owner}, [](const Row& row) { return row.string(0); })
      .value_or("{}");
}

void set_app_configuration(WriteSession& session, const OrganizationId& owner, const AppId& id, std::string_view json) {
  session.execute("UPDATE app SET configuration = $3 WHERE id = $1 AND owner_organization_id = $2", {id, owner, json});
}

}  // namespace hub::store
