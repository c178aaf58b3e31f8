#include "hub/core/open.h"

#include <filesystem>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/key.h"
#include "hub/core/person.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/random.h"
#include "hub/crypto/version.h"
#include "hub/store/settings.h"
#include "hub/store/signing_key.h"
#include "master_key_file.h"

namespace hub::core {
namespace {

struct First {
  store::Settings settings;
  crypto::SigningKey key;
  std::optional<NewPerson> owner;
};

Result<First> check_request(const InitRequest& request, Instant now, Random& random) {
  if (const Result<void> issuer = check_issuer(request.issuer); !issuer) return issuer.error();
  if (request.mode != name(HubMode::production) && request.mode != name(HubMode::sandbox)) {
    return Error{codes::invalid_request, "The mode is production or sandbox.", "", "mode"};
  }
  First first{.settings = {.issuer = request.issuer,
                           .mode = request.mode == name(HubMode::sandbox) ? HubMode::sandbox : HubMode::production,
                           .master_key_check = {},
                           .created_at = now},
              .key = crypto::SigningKey::generate(crypto::Algorithm::rs256),
              .owner = std::nullopt};
  if (request.password && !request.owner) {
    return Error{codes::invalid_request, "A password needs the owner it belongs to.", "give --owner EMAIL too",
                 "owner"};
  }
  if (request.owner) {
    Result<NewPerson> owner =
        prepare_person({.email = *request.owner, .verified = true, .password = request.password}, random);
    if (!owner) return owner.error();
    first.owner = *owner;
  }
  return first;
}

// A store that this call made and could not fill is taken away again, so that the next call can begin anew.
struct HalfMade {
  std::string path;
  bool keep = false;

  explicit HalfMade(std::string made) : path(std::move(made)) {}
  HalfMade(const HalfMade&) = delete;
  HalfMade& operator=(const HalfMade&) = delete;
  ~HalfMade() {
    if (keep) return;
    for (const char* const part : {"", "-wal", "-shm"}) {
      std::error_code ignored;  // what stays is told of by the next call
      std::filesystem::remove(path + part, ignored);
    }
  }
};

Result<InitAnswer> existing(const HubLocation& location, const Call& call, const InitRequest& request, Clock& clock,
                            Random& random) {
  Result<std::unique_ptr<Hub>> hub = open_hub(location, true, clock, random);
  if (!hub) return hub.error();
  InitAnswer answer{.changed = false,
                    .store = location.store_path,
                    .master_key_file = location.master_key_file,
                    .issuer = "",
                    .mode = "",
                    .kid = ""};
  const Result<void> read = (*hub)->store().read([&](store::Session& session) -> Result<void> {
    if (const auto settings = store::find_settings(session)) {
      answer.issuer = settings->issuer;
      answer.mode = name(settings->mode);
    }
    answer.kid = store::find_active_kid(session, clock.now()).value_or("");
    return {};
  });
  if (!read) return read.error();
  if (answer.issuer.empty()) {
    return Error{codes::store_damaged, "Making the hub in " + location.store_path + " was interrupted.",
                 "remove the file and run init again"};
  }
  if (!call.ensure) {
    return Error{codes::exists, "There is a hub in " + location.store_path + " already.", "--ensure accepts it"};
  }
  if (answer.issuer != request.issuer) {
    return Error{codes::exists, "The hub in " + location.store_path + " has the issuer " + answer.issuer + "."};
  }
  return answer;
}

}  // namespace

Result<std::unique_ptr<Hub>> open_hub(const HubLocation& location, bool read_only, Clock& clock, Random& random) {
  Result<std::unique_ptr<store::Store>> store = store::open_sqlite(location.store_path, {.read_only = read_only});
  if (!store) return store.error();
  return std::make_unique<Hub>(std::move(*store), location, clock, random);
}

std::unique_ptr<Random> system_random() { return std::make_unique<crypto::SystemRandom>(); }

void checkpoint_if_due(Hub& hub) { hub.store().checkpoint_if_due(); }

Result<InitAnswer> init_hub(const HubLocation& location, const Call& call, const InitRequest& request, Clock& clock,
                            Random& random) {
  // Whether there is a store is asked first: nothing is made, and no key is generated, when there is one.
  const Result<std::unique_ptr<Hub>> there = open_hub(location, true, clock, random);
  if (there || !(there.error().code == codes::store_missing)) {
    return existing(location, call, request, clock, random);
  }
  Result<First> first = check_request(request, clock.now(), random);
  if (!first) return first.error();
  InitAnswer answer{.changed = true,
                    .store = location.store_path,
                    .master_key_file = location.master_key_file,
                    .issuer = request.issuer,
                    .mode = request.mode,
                    .kid = first->key.kid()};
  if (call.dry_run) return answer;

  // A key file that is there must be good before anything is made.
  if (std::filesystem::exists(location.master_key_file)) {
    if (const Result<Secret> good = read_master_key(location.master_key_file); !good) return good.error();
  }
  Result<std::unique_ptr<store::Store>> store =
      store::open_sqlite(location.store_path, {.create = true, .now = clock.now()});
  if (!store) return store.error();
  HalfMade half_made(location.store_path);
  const Result<Secret> master = read_or_make_master_key(location.master_key_file, random);
  if (!master) return master.error();
  Keys keys(*master);
  first->settings.master_key_check = keys.store_keys.check_value();

  Hub hub(std::move(*store), location, clock, random);
  const auto fill = [&](Work& work) -> Result<InitAnswer> {
    store::insert_settings(work.db(), first->settings);
    insert_first_key(work, first->key, keys);
    if (first->owner) {
      const Result<PersonId> person = insert_new_person(work, *first->owner);
      if (!person) return person.error();
    }
    work.audit("init", "hub:" + request.issuer, "ok", "{}");
    return answer;
  };
  const Result<InitAnswer> filled = hub.write(call, fill);
  half_made.keep = filled.has_value();
  return filled;
}

Versions versions() {
  return {.schema = store::newest_schema(), .sqlite = store::engine_version(), .openssl = crypto::library_version()};
}

}  // namespace hub::core
