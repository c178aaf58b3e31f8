#include "hub/core/seed.h"

#include <cstring>
#include <deque>
#include <mutex>

#include "hub/base/codes.h"
#include "hub/base/embedded_file.h"
#include "hub/core/admin_token.h"
#include "hub/core/app.h"
#include "hub/core/connection.h"
#include "hub/core/credential.h"
#include "hub/core/desired_scope.h"
#include "hub/core/membership.h"
#include "hub/core/open.h"
#include "hub/core/organization.h"
#include "hub/core/person.h"
#include "hub/core/scope.h"
#include "hub/core/status.h"
#include "hub/store/counts.h"
#include "seed_text.h"

namespace hub::core {

std::span<const EmbeddedFile> embedded_seeds();

namespace {

constexpr std::string_view admin_token_prefix = "hat_";
constexpr Seconds admin_token_life = std::chrono::days(366);
constexpr std::size_t octets_of_time = 6, octets_of_id = 16;

// Draws what is prepared before what is random. Ids and secrets are made of draws of different lengths, so a draw that
// nobody prepared for (of a nonce, of an event's id after the last prepared one) does not put others out of step.
class PreparedRandom final : public Random {
 public:
  explicit PreparedRandom(Random& rest) : rest_(rest) {}

  void fill(std::span<unsigned char> out) override {
    {
      const std::lock_guard lock(mutex_);
      if (!next_.empty() && next_.front().size() == out.size()) {
        std::memcpy(out.data(), next_.front().data(), out.size());
        next_.pop_front();
        return;
      }
    }
    rest_.fill(out);
  }
  void prepare(std::deque<Bytes> draws) {
    const std::lock_guard lock(mutex_);
    next_ = std::move(draws);
  }

 private:
  Random& rest_;
  std::mutex mutex_;
  std::deque<Bytes> next_;
};

// Stands still while things are made whose ids begin with that moment.
class SeedClock final : public Clock {
 public:
  explicit SeedClock(const Clock& rest) : rest_(rest) {}
  Instant now() const override { return at_ ? *at_ : rest_.now(); }
  void set(std::optional<Instant> at) { at_ = at; }

 private:
  const Clock& rest_;
  std::optional<Instant> at_;
};

// The draws that ids and secrets of the seed come out of; what is left out is random.
struct Draws {
  std::deque<Bytes> octets;

  Draws& id(const std::string& text) {
    const std::optional<Uuid> uuid = Uuid::parse(text);
    if (uuid) octets.push_back(uuid->octets().substr(octets_of_time, octets_of_id - octets_of_time));
    return *this;
  }
  Draws& secret(const std::string& text) {
    Bytes decoded;
    if (!text.empty() && decode_base64url(text, decoded)) octets.push_back(std::move(decoded));
    return *this;
  }
};

std::optional<std::string> optional(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

// Makes everything in one Work.
class Seeding {
 public:
  Seeding(Work& work, PreparedRandom& random) : work_(work), random_(random) {}

  Result<void> run(const SeedText& seed) {
    for (const auto& each : seed.organizations) {
      if (Result<void> made = organization(each); !made) return made;
    }
    for (const auto& each : seed.people) {
      if (Result<void> made = person(each); !made) return made;
    }
    for (const auto& each : seed.members) {
      if (Result<void> made = member(each); !made) return made;
    }
    for (const auto& each : seed.apps) {
      if (Result<void> made = app(each); !made) return made;
    }
    for (const auto& each : seed.apps) {
      if (Result<void> made = rights(each); !made) return made;
    }
    for (const auto& each : seed.connections) {
      if (Result<void> made = connection(each); !made) return made;
    }
    random_.prepare({});
    work_.audit("seed", "hub", "ok", "{}");
    return {};
  }

 private:
  // What a step gave must be what the seed says: an id cannot be chosen whose first half is another moment.
  template <class T>
  Result<void> check(const std::string& which, const Result<Changed<T>>& made, const std::string& id) {
    if (!made) {
      Error error = made.error();
      error.message = "The seed cannot make " + which + ": " + error.message;
      return error;
    }
    if (id.empty() || made->object->id == id) return {};
    return Error{codes::invalid_request, "The seed gives " + which + " an id that does not begin with its time.",
                 "ids are UUIDs of version 7 whose time is \"at\"", "seed"};
  }

  Result<void> organization(const SeedText::Organization& each) {
    random_.prepare(Draws().id(each.id).octets);
    return check("the organization " + each.slug,
                 create_organization(work_, {.name = each.name,
                                             .slug = optional(each.slug),
                                             .kinds = each.kinds,
                                             .country_code = optional(each.country_code)}),
                 each.id);
  }
  Result<void> person(const SeedText::Person& each) {
    random_.prepare(Draws().id(each.id).octets);
    const CreatePerson request{.email = each.email,
                               .first_name = optional(each.first_name),
                               .last_name = optional(each.last_name),
                               .verified = true};
    const Result<NewPerson> prepared = prepare_person(request, random_);
    if (!prepared) return prepared.error();
    return check("the person " + each.email, create_person(work_, request, *prepared), each.id);
  }
  Result<void> member(const SeedText::Member& each) {
    random_.prepare(Draws().id(each.id).octets);
    return check("the member " + each.person,
                 add_member(work_, {.person = each.person, .org = each.org, .role = each.roles}), each.id);
  }
  Result<void> app(const SeedText::App& each) {
    random_.prepare(Draws().id(each.id).id(each.client_id).octets);
    if (Result<void> made = check("the app " + each.name,
                                  create_app(work_, {.name = each.name,
                                                     .owner = each.owner,
                                                     .title = optional(each.title),
                                                     .redirects = each.redirects,
                                                     .kind = optional(each.kind)}),
                                  each.id);
        !made) {
      return made;
    }
    for (const auto& scope : each.provides) {
      random_.prepare(Draws().id(scope.id).octets);
      const auto made = provide_scope(
          work_,
          {.app = each.name, .name = scope.name, .access = scope.access, .bearer = scope.bearer, .title = scope.title});
      if (Result<void> checked = check("the scope " + scope.name, made, scope.id); !checked) return checked;
    }
    return {};
  }
  // After all scopes are there, since apps desire those of each other.
  Result<void> rights(const SeedText::App& each) {
    random_.prepare({});
    if (Result<void> made =
            check("desired scopes of " + each.name, set_desired_scopes(work_, {each.name, each.desired}), "");
        !made) {
      return made;
    }
    for (const auto& one : each.credentials) {
      Draws draws;
      draws.id(one.id);
      if (!one.client_id.empty()) draws.id(one.client_id);
      random_.prepare(draws.secret(one.secret).octets);
      const auto made =
          create_credential(work_, {.app = each.name, .name = optional(one.name), .public_ = one.is_public});
      if (Result<void> checked = check("a credential of " + each.name, made, one.id); !checked) return checked;
    }
    return {};
  }
  Result<void> connection(const SeedText::Connection& each) {
    random_.prepare(Draws().id(each.id).id(each.key_id).secret(each.key_secret).octets);
    return check("the connection of " + each.app + " to " + each.subject,
                 install_connection(
                     work_, {.app = each.app, .subject = each.subject, .scopes = each.scopes, .desired = each.desired}),
                 each.id);
  }

  Work& work_;
  PreparedRandom& random_;
};

Call by_seed() {
  Call call;
  call.principal = Principal::local_operator("seed");
  return call;
}

// In a write of its own: its life is counted from now and not from the seed's moment.
Result<void> make_admin_token(Hub& hub, PreparedRandom& random, const SeedText& seed) {
  if (seed.admin_token_name.empty()) return {};
  const Result<void> made = hub.write(by_seed(), [&](Work& work) -> Result<void> {
    random.prepare(Draws().secret(seed.admin_token_secret).octets);
    const auto issued =
        issue_admin_token(work, {.name = seed.admin_token_name, .role = "full", .lifetime = admin_token_life});
    random.prepare({});
    if (!issued) return issued.error();
    return {};
  });
  return made;
}

}  // namespace

std::string_view demo_seed() {
  const EmbeddedFile* const file = find_embedded(embedded_seeds(), "demo.json");
  return file == nullptr ? std::string_view() : file->text;
}

Result<SeedKeys> read_seed_keys(std::string_view text) {
  const Result<SeedText> seed = read_seed(text);
  if (!seed) return seed.error();
  SeedKeys out;
  if (!seed->admin_token_name.empty()) {
    out.admin_token_name = seed->admin_token_name;
    out.admin_token = Secret(std::string(admin_token_prefix) + seed->admin_token_secret);
  }
  const auto id_of = [&](const std::string& slug) {
    for (const auto& each : seed->organizations) {
      if (each.slug == slug) return each.id;
    }
    return std::string();
  };
  for (const auto& app : seed->apps) {
    const std::string first = app.desired.empty() ? "" : app.desired.front();
    for (const auto& one : app.credentials) {
      if (one.secret.empty()) continue;
      out.keys.push_back({app.name, one.client_id.empty() ? app.client_id : one.client_id, first, app.owner,
                          id_of(app.owner), Secret(one.secret), false});
    }
    for (const auto& each : seed->connections) {
      if (each.app != app.name || each.key_secret.empty()) continue;
      const std::string slug = each.subject.substr(each.subject.find(':') + 1);
      out.keys.push_back({app.name, app.client_id, first, slug, id_of(slug), Secret(each.key_secret), true});
    }
  }
  return out;
}

Result<bool> seed_hub(const HubLocation& location, std::string_view text, Clock& clock, Random& random) {
  const Result<SeedText> seed = read_seed(text);
  if (!seed) return seed.error();
  SeedClock moment(clock);
  PreparedRandom draws(random);
  Result<std::unique_ptr<Hub>> hub = open_hub(location, false, moment, draws);
  if (!hub) return hub.error();
  bool is_empty = false;
  const Result<void> looked = (*hub)->read(by_seed(), [&](View& view) -> Result<void> {
    const Result<About> settings = about(view);
    if (!settings) return settings.error();
    is_empty = store::count_everything(view.db()).organizations == 0;
    if (settings->mode == HubMode::sandbox) return {};
    return Error{codes::invalid_request, "The hub in " + location.store_path + " is no development hub.",
                 "its mode is production: name another --store", "dev"};
  });
  if (!looked) return looked.error();
  if (!is_empty) return false;
  moment.set(seed->at);
  const Result<void> filled =
      (*hub)->write(by_seed(), [&](Work& work) -> Result<void> { return Seeding(work, draws).run(*seed); });
  moment.set(std::nullopt);
  if (!filled) return filled.error();
  if (const Result<void> made = make_admin_token(**hub, draws, *seed); !made) return made.error();
  return true;
}

}  // namespace hub::core
