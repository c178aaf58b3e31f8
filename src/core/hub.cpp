#include "hub/core/hub.h"

#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/crypto/hash.h"
#include "hub/store/settings.h"
#include "master_key_file.h"
#include "verified_tokens.h"

namespace hub::core {

Hub::Hub(std::unique_ptr<store::Store> store, HubLocation location, Clock& clock, Random& random)
    : store_(std::move(store)),
      location_(std::move(location)),
      clock_(clock),
      random_(random),
      verified_(std::make_unique<VerifiedTokens>()) {}

Hub::~Hub() = default;

Error Hub::unfinished() { return {codes::internal, "The transaction ended before it was decided."}; }

Result<Keys*> Hub::keys() {
  const std::lock_guard lock(keys_mutex_);
  if (keys_) return &*keys_;
  const Result<Secret> master = read_master_key(location_.master_key_file);
  if (!master) return master.error();
  std::optional<store::Settings> settings;
  const Result<void> read = store_->read([&](store::Session& session) -> Result<void> {
    settings = store::find_settings(session);
    return {};
  });
  if (!read) return read.error();
  std::optional<Keys> keys(std::in_place, *master);
  if (!settings || !crypto::equal_constant_time(keys->store_keys.check_value(), settings->master_key_check)) {
    return Error{codes::master_key,
                 "The master key in " + location_.master_key_file + " does not belong to this store.",
                 "give the right file with --master-key-file"};
  }
  keys_.emplace(*master);
  return &*keys_;
}

}  // namespace hub::core
