#include "hub/core/session.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "hub/base/text.h"
#include "hub/crypto/password.h"
#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/browser_session.h"
#include "hub/store/password.h"
#include "support/account_hub.h"

namespace hub::core {
namespace {

using testing::AccountHub;
using testing::code_of;
using testing::must;

constexpr const char* wrong = "wrong horse";

std::vector<SessionAnswer> listed(AccountHub& hub, const Call& call, const ListSessions& request = {}) {
  return must(hub.list(call, &list_sessions, request));
}

std::string stored_hash(AccountHub& hub, const std::string& email) {
  return hub.read([&](View& view) -> Result<std::string> {
    return store::find_password(view.db(), comparison_form(email))->hash.value();
  });
}

}  // namespace

TEST_CASE("WB-01 a session is found by its secret and by nothing else") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  CHECK(session.secret.reveal().starts_with("hss_"));
  CHECK(session.secret.reveal().size() == 47);
  REQUIRE(hub.found(session.secret));
  CHECK(hub.found(session.secret)->person.email == AccountHub::jane);
  CHECK(hub.found(session.secret)->person.last_sign_in_at == hub.clock().now());
  CHECK_FALSE(hub.found(Secret("hss_" + std::string(43, 'A'))));
  CHECK_FALSE(hub.found(Secret(session.secret.reveal() + "A")));
  CHECK_FALSE(hub.found(Secret(session.secret.reveal().substr(4))));
  CHECK_FALSE(hub.found(Secret("")));
}

TEST_CASE("the secret of a session is not in the store") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  for (const char* file : {"hub.db", "hub.db-wal"}) {
    const auto bytes = read_file(hub.directory().file(file));
    if (bytes) CHECK(bytes->find(session.secret.reveal().substr(4)) == std::string::npos);
  }
}

TEST_CASE("a session ends after eight idle hours") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  hub.clock().advance(lifetimes::session_idle - Seconds(1));
  REQUIRE(hub.found(session.secret));
  note_session(hub.hub(), AccountHub::visitor(), *hub.found(session.secret));
  hub.clock().advance(lifetimes::session_idle - Seconds(1));
  CHECK(hub.found(session.secret));
  hub.clock().advance(Seconds(1));
  CHECK_FALSE(hub.found(session.secret));
}

TEST_CASE("a session ends after a day however busy it is") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  for (int hour = 0; hour < 23; ++hour) {
    hub.clock().advance(Seconds(3600));
    REQUIRE(hub.found(session.secret));
    note_session(hub.hub(), AccountHub::visitor(), *hub.found(session.secret));
  }
  hub.clock().advance(Seconds(3600));
  CHECK_FALSE(hub.found(session.secret));
}

TEST_CASE("a session is noted once a minute") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  const Instant begin = hub.clock().now();
  hub.clock().advance(Seconds(59));
  note_session(hub.hub(), AccountHub::visitor(), *hub.found(session.secret));
  CHECK(hub.found(session.secret)->session.last_seen_at == begin);
  hub.clock().advance(Seconds(1));
  note_session(hub.hub(), AccountHub::visitor(), *hub.found(session.secret));
  CHECK(hub.found(session.secret)->session.last_seen_at == begin + Seconds(60));
}

TEST_CASE("WB-02 signing in makes a new session and ends the one before") {
  AccountHub hub;
  const NewSession first = hub.signed_in();
  const NewSession second = must(core::sign_in(hub.hub(), AccountHub::visitor(),
                                               {.email = AccountHub::jane,
                                                .password = Secret(AccountHub::password),
                                                .agent = "Test/1.0",
                                                .address = "192.0.2.1",
                                                .instead_of = first.signed_in.session.id}));
  CHECK(first.secret.reveal() != second.secret.reveal());
  CHECK_FALSE(hub.found(first.secret));
  CHECK(hub.found(second.secret));
}

TEST_CASE("an ended session stays ended and the others go on") {
  AccountHub hub;
  const NewSession first = hub.signed_in(), second = hub.signed_in(), third = hub.signed_in();
  hub.write([&](Work& work) -> Result<void> {
    end_session(work, first.signed_in.session);
    return {};
  });
  CHECK_FALSE(hub.found(first.secret));
  CHECK(hub.found(second.secret));
  hub.write([&](Work& work) -> Result<void> {
    end_sessions_of(work, second.signed_in.person.id, third.signed_in.session.id);
    return {};
  });
  CHECK_FALSE(hub.found(second.secret));
  CHECK(hub.found(third.secret));
}

TEST_CASE("WB-02 a change that comes from a session is refused inside the write once that has ended") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  Call call = hub.as(AccountHub::jane);
  call.session = session.signed_in.session.id;
  bool ran = false;
  const auto job = [&](Work&) -> Result<void> {
    ran = true;
    return {};
  };
  must(hub.hub().write(call, job));
  CHECK(ran);
  hub.write([&](Work& work) -> Result<void> {
    end_session(work, session.signed_in.session);
    return {};
  });
  ran = false;
  CHECK(code_of(hub.hub().write(call, job)) == "login_required");
  CHECK_FALSE(ran);
  // What a person does with a password and a device asks the same, since both are writes of that call.
  CHECK(code_of(change_password(hub.hub(), call,
                                {.person = hub.person_id(AccountHub::jane),
                                 .current = Secret(AccountHub::password),
                                 .password = Secret("another good password"),
                                 .kept = session.signed_in.session.id})) == "login_required");
}

TEST_CASE("the address of an account is compared without regard to case") {
  AccountHub hub;
  CHECK(hub.sign_in("Jane@ACME.test", AccountHub::password));
}

TEST_CASE("AC-01 an unknown address and a wrong password and no password are refused alike") {
  AccountHub hub;
  hub.person("none@acme.test");
  const Error known = hub.sign_in(AccountHub::jane, wrong).error();
  for (const std::string email : {"unknown@acme.test", "none@acme.test", "", "no address at all"}) {
    CAPTURE(email);
    const auto refused = hub.sign_in(email, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == codes::invalid_credentials);
    CHECK(refused.error().message == known.message);
    CHECK(refused.error().hint == known.hint);
  }
}

TEST_CASE("AC-02 ten wrong passwords lock an account and time opens it") {
  AccountHub hub;
  for (int i = 0; i < attempts::sign_in_failures_per_account; ++i) {
    CHECK(code_of(hub.sign_in(AccountHub::jane, wrong, "192.0.2." + std::to_string(i))) == "invalid_credentials");
  }
  CHECK(code_of(hub.sign_in(AccountHub::jane, AccountHub::password, "198.51.100.1")) == "too_many_attempts");
  hub.clock().advance(attempts::sign_in_window - Seconds(1));
  CHECK(code_of(hub.sign_in("JANE@acme.test", AccountHub::password)) == "too_many_attempts");
  hub.clock().advance(Seconds(1));
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password));
}

TEST_CASE("AC-01 an unknown address locks like a known one") {
  AccountHub hub;
  for (int i = 0; i < attempts::sign_in_failures_per_account; ++i) (void)hub.sign_in("unknown@acme.test", wrong);
  CHECK(code_of(hub.sign_in("unknown@acme.test", wrong)) == "too_many_attempts");
}

TEST_CASE("AC-02 success forgives the account and not the address") {
  AccountHub hub;
  const std::string address = "192.0.2.7";
  const auto guess = [&](int times) {
    for (int i = 0; i < times; ++i)
      CHECK(code_of(hub.sign_in(AccountHub::jane, wrong, address)) == "invalid_credentials");
  };
  for (int round = 0; round < 11; ++round) {
    guess(9);
    CHECK(hub.sign_in(AccountHub::jane, AccountHub::password, address));
    hub.give_password(AccountHub::jane);  // cheap to guess at again
  }
  guess(1);  // the hundredth from there
  CHECK(code_of(hub.sign_in(AccountHub::jane, AccountHub::password, address)) == "too_many_attempts");
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password, "198.51.100.1"));
}

TEST_CASE("AC-02 an address that has had its share locks no more accounts") {
  AccountHub hub;
  const std::string address = "192.0.2.7";
  for (int person = 0; person < 10; ++person) {
    const std::string email = "p" + std::to_string(person) + "@acme.test";
    hub.person(email);
    hub.give_password(email);
    for (int i = 0; i < 10; ++i) (void)hub.sign_in(email, wrong, address);
  }
  for (int i = 0; i < 11; ++i) CHECK(code_of(hub.sign_in(AccountHub::jane, wrong, address)) == "too_many_attempts");
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password, "198.51.100.1"));
}

TEST_CASE("AC-02 parallel guesses get no extra tries") {
  AccountHub hub;
  std::atomic<int> tried = 0, locked = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 24; ++i) {
    threads.emplace_back([&] {
      const auto answer = hub.sign_in(AccountHub::jane, wrong);
      tried += answer.error().code == codes::invalid_credentials ? 1 : 0;
      locked += answer.error().code == codes::too_many_attempts ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(tried == attempts::sign_in_failures_per_account);
  CHECK(tried + locked == 24);
}

TEST_CASE("AC-02 a restart forgives nothing") {
  AccountHub hub;
  for (int i = 0; i < attempts::sign_in_failures_per_account; ++i) (void)hub.sign_in(AccountHub::jane, wrong);
  Hub again(must(store::open_sqlite(hub.hub().location().store_path, {})), hub.hub().location(), hub.clock(),
            hub.random());
  const auto refused =
      core::sign_in(again, AccountHub::visitor(),
                    {.email = AccountHub::jane, .password = Secret(AccountHub::password), .agent = {}, .address = {}});
  CHECK(code_of(refused) == "too_many_attempts");
}

TEST_CASE("a development hub may leave wrong passwords uncounted") {
  AccountHub hub;
  const SignIn guess{.email = AccountHub::jane,
                     .password = Secret(wrong),
                     .agent = {},
                     .address = "192.0.2.1",
                     .counted = false,
                     .instead_of = {}};
  for (int i = 0; i < 12; ++i)
    CHECK(code_of(core::sign_in(hub.hub(), AccountHub::visitor(), guess)) == "invalid_credentials");
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password));
}

TEST_CASE("AC-03 a full line of passwords refuses before it counts") {
  AccountHub hub;
  crypto::set_password_places(1);
  {
    const crypto::PasswordPlace taken;
    for (int i = 0; i < 12; ++i) CHECK(code_of(hub.sign_in(AccountHub::jane, wrong)) == "overloaded");
  }
  crypto::set_password_places(crypto::password_places_most);
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password));
}

TEST_CASE("L-16 a sign-in brings the hash up to today's parameters") {
  AccountHub hub;
  CHECK(crypto::needs_rehash(stored_hash(hub, AccountHub::jane)));
  (void)hub.sign_in(AccountHub::jane, wrong);
  CHECK(crypto::needs_rehash(stored_hash(hub, AccountHub::jane)));
  hub.signed_in();
  CHECK_FALSE(crypto::needs_rehash(stored_hash(hub, AccountHub::jane)));
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password));
}

TEST_CASE("what a browser calls itself is kept short and printable") {
  AccountHub hub;
  const auto session = hub.write([&](Work& work) {
    return begin_session(work, hub.person_id(AccountHub::jane), "Fire\nfox \x1b[31m\xff" + std::string(1000, 'x'),
                         "::1");
  });
  CHECK(session.signed_in.session.agent.starts_with("Firefox [31mxxx"));
  CHECK(session.signed_in.session.agent.size() <= 200);
}

TEST_CASE("a person sees and ends their own sessions only") {
  AccountHub hub;
  hub.person("other@acme.test");
  const NewSession session = hub.signed_in();
  const std::string id = session.signed_in.session.id.text();
  const Call jane = hub.as(AccountHub::jane), other = hub.as("other@acme.test");
  REQUIRE(listed(hub, jane).size() == 1);
  CHECK(listed(hub, jane).front().id == id);
  CHECK(listed(hub, jane).front().address == "192.0.2.1");
  CHECK(listed(hub, jane).front().agent == "Test/1.0");
  CHECK(listed(hub, other).empty());
  CHECK(code_of(hub.list(other, &list_sessions, {.person = AccountHub::jane})) == "not_found");
  CHECK(code_of(hub.run(other, &end_session_by_hand, {id})) == "not_found");
  CHECK(hub.found(session.secret));
  CHECK(must(hub.run(jane, &end_session_by_hand, {id})).changed);
  CHECK(code_of(hub.run(jane, &end_session_by_hand, {id})) == "not_found");
  CHECK_FALSE(hub.found(session.secret));
  CHECK(listed(hub, jane).empty());
}

TEST_CASE("an operator sees and ends everybody's sessions that are alive") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  const Call root = hub.as_operator();
  CHECK(listed(hub, root).size() == 1);
  CHECK(listed(hub, root, {.person = AccountHub::jane}).front().person == AccountHub::jane);
  CHECK(code_of(hub.run(root, &end_session_by_hand, {"nonsense"})) == "not_found");
  Call ensure = root;
  ensure.ensure = true;
  CHECK_FALSE(must(hub.run(ensure, &end_session_by_hand, {"nonsense"})).changed);
  hub.clock().advance(lifetimes::session_idle);
  CHECK(listed(hub, root).empty());
}

}  // namespace hub::core
