#include "hub/store/counts.h"

#include "rows.h"

namespace hub::store {

// Active connections are counted on their two indexes, which app_id >= '' leads to.
Counts count_everything(Session& session) {
  return first_row<Counts>(
             session,
             "SELECT (SELECT count(*) FROM organization), (SELECT count(*) FROM person), "
             "(SELECT count(*) FROM app WHERE owner_organization_id IS NOT NULL), "
             "(SELECT count(*) FROM connection WHERE app_id >= '' AND ended_at IS NULL AND organization_id IS NOT "
             "NULL) + "
             "(SELECT count(*) FROM connection WHERE app_id >= '' AND ended_at IS NULL AND person_id IS NOT NULL), "
             "(SELECT count(*) FROM token)",
             {},
             [](const Row& row) {
               return Counts{row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.integer(4)};
             })
      .value_or(Counts{});
}

}  // namespace hub::store
