#include "hub/store/settings.h"

#include "rows.h"

namespace hub::store {

std::optional<Settings> find_settings(Session& session) {
  return first_row<Settings>(
      session, "SELECT issuer, mode, master_key_check, created_at FROM hub WHERE one = 1", {}, [](const Row& row) {
        return Settings{row.string(0), row.text(1) == name(HubMode::sandbox) ? HubMode::sandbox : HubMode::production,
                        Bytes(row.octets(2)), row.instant(3)};
      });
}

void insert_settings(WriteSession& session, const Settings& settings) {
  session.execute("INSERT INTO hub (one, issuer, mode, master_key_check, created_at) VALUES (1, $1, $2, $3, $4)",
                  {settings.issuer, name(settings.mode), Octets{settings.master_key_check}, settings.created_at});
}

}  // namespace hub::store
