#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>

#include "hub/base/random.h"
#include "hub/base/time.h"
#include "hub/core/call.h"
#include "hub/core/work.h"
#include "hub/crypto/keyring.h"
#include "hub/crypto/master_key.h"
#include "hub/store/store.h"

namespace hub::core {

// The master key and what is derived from it.
struct Keys {
  explicit Keys(const Secret& master) : store_keys(master), keyring(store_keys.sealer()) {}
  crypto::StoreKeys store_keys;
  crypto::Keyring keyring;
};

class VerifiedTokens;

// Where a hub lies on this machine.
struct HubLocation {
  std::string store_path;
  std::string master_key_file;  // usually <store_path>.key
};

// One hub: a store, a clock, a random source and the keys. Safe to use from several threads. The clock and the random
// source must outlive it.
class Hub {
 public:
  // The master key file is read at the first use of a key, so that commands that need none do not open it.
  Hub(std::unique_ptr<store::Store> store, HubLocation location, Clock& clock, Random& random);
  ~Hub();

  // F: Result<T>(View&), on one snapshot.
  template <class F>
  auto read(const Call& call, F&& job) -> std::invoke_result_t<F, View&> {
    std::invoke_result_t<F, View&> out = unfinished();
    const Result<void> done = store_->read([&](store::Session& session) -> Result<void> {
      View view(*this, call, session, clock_.now());
      out = job(view);
      return {};
    });
    if (!done) return done.error();
    return out;
  }

  // F: Result<T>(Work&), in one durable transaction; with call.dry_run it is rolled back at its end. May run more than
  // once. login_required, without running it, when the session that the call comes from is over.
  template <class F>
  auto write(const Call& call, F&& job) -> std::invoke_result_t<F, Work&> {
    std::invoke_result_t<F, Work&> out = unfinished();
    const Result<void> done = store_->write([&](store::WriteSession& session) -> Result<store::Outcome> {
      Work work(*this, call, session, clock_.now());
      if (Result<void> alive = work.check_session(); !alive) return alive.error();
      out = job(work);
      if (!out) return out.error();
      return call.dry_run ? store::Outcome::roll_back : store::Outcome::commit;
    });
    if (!done) return done.error();
    return out;
  }

  // The keys, loaded once and compared with the store's check value; `master_key` when missing, too widely readable, or
  // not this store's.
  Result<Keys*> keys();

  // Which token texts have a good signature; says nothing about their state.
  VerifiedTokens& verified_tokens() { return *verified_; }

  // Public base URL instead of the stored one, for this process; set before the hub is used by several threads.
  void serve_as(std::string issuer) { issuer_ = std::move(issuer); }
  const std::optional<std::string>& issuer() const { return issuer_; }

  Clock& clock() { return clock_; }
  Random& random() { return random_; }
  store::Store& store() { return *store_; }
  const HubLocation& location() const { return location_; }

 private:
  static Error unfinished();

  std::unique_ptr<store::Store> store_;
  HubLocation location_;
  Clock& clock_;
  Random& random_;
  std::optional<std::string> issuer_;
  std::mutex keys_mutex_;
  std::optional<Keys> keys_;
  std::unique_ptr<VerifiedTokens> verified_;
};

}  // namespace hub::core
