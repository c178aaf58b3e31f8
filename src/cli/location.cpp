#include "location.h"

#include <unistd.h>

#include "errors.h"

namespace hub::cli {
namespace {

// A systemd unit hands the key over in a directory of its own; without the file there the next place counts.
std::optional<std::string> credential(const Surroundings& around) {
  const std::optional<std::string> directory = around.variable("CREDENTIALS_DIRECTORY");
  if (!directory) return std::nullopt;
  const std::string path = *directory + "/master-key";
  return ::access(path.c_str(), F_OK) == 0 ? std::optional(path) : std::nullopt;
}

std::optional<std::string> default_store(const Surroundings& around, bool is_root) {
  if (const auto data = around.variable("XDG_DATA_HOME")) return *data + "/hubctl/hub.db";
  if (is_root) return "/var/lib/hubctl/hub.db";
  if (const auto home = around.variable("HOME")) return *home + "/.local/share/hubctl/hub.db";
  return std::nullopt;
}

}  // namespace

Result<core::HubLocation> find_hub(const std::optional<std::string>& store,
                                   const std::optional<std::string>& master_key_file, const Surroundings& around,
                                   bool is_root) {
  if (store && store->empty()) return usage_error("--store needs the name of a file.");
  std::optional<std::string> path = store ? store : around.variable("HUBCTL_STORE");
  if (!path) path = default_store(around, is_root);
  if (!path) return usage_error("There is no home directory to look for a store in.", "hubctl --store FILE ...");
  std::optional<std::string> key = master_key_file ? master_key_file : around.variable("HUBCTL_MASTER_KEY_FILE");
  if (!key) key = credential(around);
  return core::HubLocation{*path, key.value_or(*path + ".key")};
}

Result<core::HubLocation> find_hub(const std::optional<std::string>& store,
                                   const std::optional<std::string>& master_key_file, const Surroundings& around) {
  return find_hub(store, master_key_file, around, ::geteuid() == 0);
}

}  // namespace hub::cli
