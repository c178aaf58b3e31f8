#pragma once
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/hub.h"
#include "hub/core/key.h"
#include "hub/core/membership.h"
#include "hub/core/organization.h"
#include "hub/core/person.h"
#include "hub/crypto/master_key.h"
#include "hub/crypto/signing_key.h"
#include "hub/store/event.h"
#include "hub/store/person.h"
#include "hub/store/settings.h"
#include "manual_clock.h"
#include "seeded_random.h"
#include "temporary_directory.h"

namespace hub::testing {

// The value, or the end of the test with the reason why there is none.
template <class T>
T must(Result<T> result) {
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
  return std::move(*result);
}
inline void must(const Result<void>& result) {
  REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().message));
}

// The code of a refusal, "ok" if there was none.
template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "ok" : std::string(result.error().code.name);
}

// A hub of its own on a real store with built-in apps and a master key, whose clock stands still. Its key is
// ES256, since RSA keys take long to make.
class TestHub {
 public:
  TestHub() {
    const core::HubLocation location{directory_.file("hub.db"), directory_.file("hub.db.key")};
    const Secret line = crypto::make_master_key_line(random_);
    must(write_new_file(location.master_key_file, line.reveal() + "\n"));
    core::Keys keys(must(crypto::parse_master_key_line(line)));
    hub_ = std::make_unique<core::Hub>(
        must(store::open_sqlite(location.store_path, {.create = true, .now = clock_.now()})), location, clock_,
        random_);
    must(hub_->write(as_operator(), [&](core::Work& work) -> Result<void> {
      store::insert_settings(work.db(), {.issuer = "http://127.0.0.1:4000",
                                         .mode = HubMode::production,
                                         .master_key_check = keys.store_keys.check_value(),
                                         .created_at = work.now()});
      core::insert_first_key(work, crypto::SigningKey::generate(crypto::Algorithm::es256), keys);
      return {};
    }));
  }

  core::Hub& hub() { return *hub_; }
  ManualClock& clock() { return clock_; }
  SeededRandom& random() { return random_; }
  const TemporaryDirectory& directory() const { return directory_; }

  Call as_operator() const {
    Call call;
    call.principal = Principal::local_operator("root");
    return call;
  }
  // The person with this address, acting for themselves.
  Call as(const std::string& email) {
    Call call;
    call.principal = Principal::person(person_id(email));
    return call;
  }
  PersonId person_id(const std::string& email) {
    return must(hub_->read(as_operator(), [&](core::View& view) -> Result<PersonId> {
      const auto id = store::find_person_by_email(view.db(), email);
      if (!id) return Error{codes::not_found, "The test has no person " + email + "."};
      return *id;
    }));
  }

  // Each runs one function of core in a transaction of its own.
  template <class Request, class T>
  Result<T> run(const Call& call, Result<T> (*function)(core::View&, const Request&),
                const std::type_identity_t<Request>& request) {
    return hub_->read(call, [&](core::View& view) { return function(view, request); });
  }
  template <class Request, class T>
  Result<core::Changed<T>> run(const Call& call, Result<core::Changed<T>> (*function)(core::Work&, const Request&),
                               const std::type_identity_t<Request>& request) {
    return hub_->write(call, [&](core::Work& work) { return function(work, request); });
  }
  template <class Request, class Prepared, class T>
  Result<core::Changed<T>> run(const Call& call, Result<Prepared> (*prepare)(core::Hub&, const Request&),
                               Result<core::Changed<T>> (*function)(core::Work&, const Request&, const Prepared&),
                               const std::type_identity_t<Request>& request) {
    const Result<Prepared> prepared = prepare(*hub_, request);
    if (!prepared) return prepared.error();
    return hub_->write(call, [&](core::Work& work) { return function(work, request, *prepared); });
  }
  template <class Request, class T>
  Result<std::vector<T>> list(const Call& call,
                              Result<void> (*function)(core::View&, const Request&,
                                                       const std::function<bool(const T&)>&),
                              const std::type_identity_t<Request>& request) {
    return hub_->read(call, [&](core::View& view) -> Result<std::vector<T>> {
      std::vector<T> rows;
      const Result<void> listed = function(view, request, [&](const T& row) {
        rows.push_back(row);
        return true;
      });
      if (!listed) return listed.error();
      return rows;
    });
  }

  // What tests begin with, made by an operator, each a moment after the other so that lists have an order.
  core::OrganizationAnswer organization(const std::string& slug) {
    clock_.advance(std::chrono::milliseconds(1));
    return *must(run(as_operator(), &core::create_organization, {.name = slug, .slug = slug})).object;
  }
  core::PersonAnswer person(const std::string& email, bool verified = true) {
    clock_.advance(std::chrono::milliseconds(1));
    return *must(run(as_operator(), &core::prepare_create_person, &core::create_person,
                     {.email = email, .verified = verified}))
                .object;
  }
  core::MembershipAnswer member(const std::string& email, const std::string& org,
                                const std::vector<std::string>& roles) {
    clock_.advance(std::chrono::milliseconds(1));
    return *must(run(as_operator(), &core::add_member, {.person = email, .org = org, .role = roles})).object;
  }

  // acme with one person per role, named by it, and zeta with an owner of its own.
  void populate(const std::vector<std::string>& roles) {
    organization("acme");
    organization("zeta");
    person("foreign@zeta.test");
    member("foreign@zeta.test", "zeta", {"owner"});
    for (const std::string& role : roles) {
      person(role + "@acme.test");
      member(role + "@acme.test", "acme", {role});
    }
  }

  std::vector<Event> events() {
    return must(hub_->read(as_operator(), [](core::View& view) -> Result<std::vector<Event>> {
      std::vector<Event> events;
      store::each_event(view.db(), [&](const Event& event) {
        events.push_back(event);
        return true;
      });
      return events;
    }));
  }
  std::vector<std::string> event_names() {
    std::vector<std::string> names;
    for (const Event& event : events()) names.push_back(event.name);
    return names;
  }

 private:
  TemporaryDirectory directory_;
  ManualClock clock_;
  SeededRandom random_;
  std::unique_ptr<core::Hub> hub_;
};

}  // namespace hub::testing
