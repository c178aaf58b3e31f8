#include "hub/core/open.h"

#include <filesystem>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/key.h"
#include "hub/core/person.h"
#include "hub/crypto/hash.h"
#include "hub/crypto/random.h"
#include "hub/crypto/version.h"
#include "hub/store/person.h"
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
  const std::string mode = request.mode.value_or(std::string(name(HubMode::production)));
  if (mode != name(HubMode::production) && mode != name(HubMode::sandbox)) {
    return Error{codes::invalid_request, "The mode is production or sandbox.", "", "mode"};
  }
  First first{.settings = {.issuer = request.issuer,
                           .mode = mode == name(HubMode::sandbox) ? HubMode::sandbox : HubMode::production,
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
  bool has_owner = false;
  const Result<void> read = (*hub)->store().read([&](store::Session& session) -> Result<void> {
    has_owner = request.owner && store::find_person_by_email(session, comparison_form(*request.owner));
    if (const auto settings = store::find_settings(session)) {
      answer.issuer = settings->issuer;
      answer.mode = name(settings->mode);
    }
    answer.kid = store::find_active_kid(session, clock.now()).value_or("");
    return {};
  });
  if (!read) return read.error();
  if (answer.issuer.empty()) {
    return Error{codes::store_damaged, "The store " + location.store_path + " holds no hub.",
                 "a copy needs the -wal file beside it; else restore a backup"};
  }
  if (!call.ensure) {
    return Error{codes::exists, "There is a hub in " + location.store_path + " already.", "--ensure accepts it"};
  }
  if (answer.issuer != request.issuer) {
    return Error{codes::exists, "The hub in " + location.store_path + " has the issuer " + answer.issuer + "."};
  }
  if (request.mode && answer.mode != *request.mode) {
    return Error{codes::exists, "The hub in " + location.store_path + " is in " + answer.mode + " mode."};
  }
  if (request.owner && !has_owner) {
    return Error{codes::exists, "The hub in " + location.store_path + " has no person of that address.",
                 "hubctl person create", "owner"};
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
                    .mode = std::string(name(first->settings.mode)),
                    .kid = first->key.kid()};
  if (call.dry_run) return answer;

  // A key file that is there must be good before anything is made.
  if (std::filesystem::exists(location.master_key_file)) {
    if (const Result<Secret> good = read_master_key(location.master_key_file); !good) return good.error();
  }
  // Everything is in the store before it gets its name, so that no process ever sees an unfinished one.
  Hub hub(nullptr, location, clock, random);
  const auto fill = [&](store::WriteSession& session) -> Result<void> {
    const Result<Secret> master = read_or_make_master_key(location.master_key_file, random);
    if (!master) return master.error();
    Keys keys(*master);
    first->settings.master_key_check = keys.store_keys.check_value();
    store::insert_settings(session, first->settings);
    Work work(hub, call, session, clock.now());
    insert_first_key(work, first->key, keys);
    if (first->owner) {
      const Result<PersonId> person = insert_new_person(work, *first->owner);
      if (!person) return person.error();
    }
    work.audit("init", "hub:" + request.issuer, "ok", "{}");
    return {};
  };
  const Result<std::unique_ptr<store::Store>> store =
      store::open_sqlite(location.store_path, {.create = true, .now = clock.now(), .fill = fill});
  if (store) return answer;
  // Another process may have made it in the meantime.
  if (store.error().code == codes::exists) return existing(location, call, request, clock, random);
  return store.error();
}

Versions versions() {
  return {.schema = store::newest_schema(), .sqlite = store::engine_version(), .openssl = crypto::library_version()};
}

}  // namespace hub::core
