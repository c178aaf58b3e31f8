#pragma once
#include <optional>
#include <string>

#include "hub/base/result.h"
#include "hub/core/open.h"
#include "surroundings.h"

namespace hub::cli {

// Where the hub of this command lies: --store, HUBCTL_STORE, or the default of cli.md section 2; its master key as
// decisions-week-one.md 4 says. `usage` when no place can be told.
Result<core::HubLocation> find_hub(const std::optional<std::string>& store,
                                   const std::optional<std::string>& master_key_file, const Surroundings& around,
                                   bool is_root);

// Of this process.
Result<core::HubLocation> find_hub(const std::optional<std::string>& store,
                                   const std::optional<std::string>& master_key_file, const Surroundings& around);

}  // namespace hub::cli
