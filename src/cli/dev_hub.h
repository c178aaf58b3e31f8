#pragma once
#include <memory>
#include <optional>
#include <string>

#include "hub/core/open.h"
#include "invocation.h"

namespace hub::cli {

// A directory that goes with everything in it.
class EphemeralDirectory {
 public:
  // Below $TMPDIR or /tmp, mode 0700; unwritable_file.
  static Result<std::unique_ptr<EphemeralDirectory>> make(const Surroundings& around);
  explicit EphemeralDirectory(std::string path) : path_(std::move(path)) {}
  EphemeralDirectory(const EphemeralDirectory&) = delete;
  EphemeralDirectory& operator=(const EphemeralDirectory&) = delete;
  ~EphemeralDirectory();

  core::HubLocation hub() const { return {path_ + "/hub.db", path_ + "/hub.db.key"}; }

 private:
  std::string path_;
};

// Text of --seed: the built-in one for "demo" or without a value, else the file's.
Result<std::string> read_seed_text(const std::optional<std::string>& seed);

// Makes the hub in sandbox mode unless it is there, and fills it unless there is something in it.
Result<void> prepare_dev_hub(const core::HubLocation& location, const std::string& seed, const Invocation& invocation,
                             Random& random);

// What to type first: lines for curl that work as pasted, with the secrets of the seed that still work.
std::string dev_banner(core::Hub& hub, const std::string& url, const std::string& seed);

}  // namespace hub::cli
