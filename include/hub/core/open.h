#pragma once
#include <memory>
#include <optional>
#include <string>

#include "hub/core/hub.h"

namespace hub::core {

// Opens the store as it is; the master key is not touched until it is needed. Errors: those of store::open_sqlite.
Result<std::unique_ptr<Hub>> open_hub(const HubLocation& location, bool read_only, Clock& clock, Random& random);

std::unique_ptr<Random> system_random();

// Moves the write-ahead log into the store if a command left much of it and nobody else is writing (rule L-12).
void checkpoint_if_due(Hub& hub);

struct InitRequest {
  std::string issuer = "http://127.0.0.1:4000";
  std::optional<std::string> mode;   // default production
  std::optional<std::string> owner;  // address of the first person
  std::optional<Secret> password;    // theirs
};
struct InitAnswer {
  bool changed = true;
  std::string store, master_key_file, issuer, mode, kid;
};

// Makes the store, its master key unless the file is there, the first RS256 key and the built-in apps
// (decisions-week-one.md 2-4). `exists` when there is a store; with call.ensure that is fine if the issuer is the same.
// call.dry_run checks the request and makes nothing.
Result<InitAnswer> init_hub(const HubLocation& location, const Call& call, const InitRequest& request, Clock& clock,
                            Random& random);

// Versions of this binary's parts, for `version`.
struct Versions {
  std::int64_t schema = 0;
  std::string sqlite, openssl;
};
Versions versions();

}  // namespace hub::core
