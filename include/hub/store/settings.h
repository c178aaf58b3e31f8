#pragma once
#include <optional>
#include <string>

#include "hub/domain/redirect_uri.h"
#include "hub/store/session.h"

namespace hub::store {

// What was decided when the store was made (decisions-week-one.md 2-4).
struct Settings {
  std::string issuer;
  HubMode mode = HubMode::production;
  Bytes master_key_check;
  Instant created_at;
};

std::optional<Settings> find_settings(Session& session);  // none: the store was not finished by `init`
void insert_settings(WriteSession& session, const Settings& settings);

}  // namespace hub::store
