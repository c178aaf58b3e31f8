#include "hub/core/device.h"

#include <doctest/doctest.h>

#include <thread>

#include "hub/base/text.h"
#include "hub/core/connection.h"
#include "hub/domain/device_authorization.h"
#include "hub/store/failed_attempt.h"
#include "support/client_hub.h"

// Devices (RFC 8628, zaikio-hub.md section 3.6, claims DV-02 to DV-06).
using namespace hub;
using namespace hub::testing;

namespace {

constexpr const char* jane = "owner@acme.test";
constexpr Seconds second{1};

class DeviceHub : public ClientHub {
 public:
  core::DeviceStarted started(const std::string& scope = "shop.items.r",
                              core::TokenStyle style = core::TokenStyle::hub) {
    return must(asked(scope, style));
  }
  Result<core::DeviceStarted> asked(const std::string& scope, core::TokenStyle style = core::TokenStyle::hub) {
    clock().advance(std::chrono::milliseconds(1));
    return core::start_device(hub(), as_nobody(), {.client_id = client_id(), .scope = scope, .style = style});
  }
  Result<core::Issued> polled(const core::DeviceStarted& device) {
    return core::poll_device(hub(), as_nobody(), {.device_code = device.device_code, .client_id = client_id()});
  }
  Result<core::Changed<core::DeviceAnswer>> approved(const core::DeviceStarted& device, const Call& call,
                                                     const std::optional<std::string>& subject = std::nullopt,
                                                     const std::optional<std::string>& acting = std::nullopt) {
    return run(call, &core::approve_device, {device.user_code.reveal(), subject, acting});
  }
  core::DeviceAnswer row(const core::DeviceStarted& device) {
    return must(run(as_operator(), &core::show_device, {device.user_code.reveal()}));
  }

  core::OpenDevice opening(const std::string& code, const SessionId& session,
                           const std::string& address = "192.0.2.1") {
    return {.user_code = Secret(code), .browser = Secret(std::string(43, 'b')), .session = session, .address = address};
  }
  std::string opened(const std::string& code, const SessionId& session, const std::string& address = "192.0.2.1") {
    return code_of(core::open_device(hub(), as(jane), opening(code, session, address)));
  }
  SessionId session() { return SessionId::make(clock().now(), random()); }
};

// A source that says one thing for a while, and then what a good one says.
class StuckRandom final : public Random {
 public:
  explicit StuckRandom(int times) : left_(times) {}
  void fill(std::span<unsigned char> out) override {
    if (out.size() != 8 || left_-- <= 0) return good_.fill(out);
    std::ranges::fill(out, static_cast<unsigned char>(0));
  }

 private:
  int left_;
  SeededRandom good_{7};
};

// Octets that no code may be made of stand before those that one may be.
class UnfairRandom final : public Random {
 public:
  void fill(std::span<unsigned char> out) override {
    for (unsigned char& octet : out) octet = next_++ % 2 == 0 ? 255 : 19;
  }

 private:
  int next_ = 0;
};

}  // namespace

TEST_CASE("DV-04 user codes are made of consonants by rejection sampling") {
  SeededRandom random;
  std::set<char> letters;
  for (int i = 0; i < 200; ++i) {
    const std::string code = make_user_code(random);
    CHECK(code.size() == 9);
    CHECK(code[4] == '-');
    letters.insert(code.begin(), code.end());
  }
  CHECK(std::string(letters.begin(), letters.end()) == "-BCDFGHJKLMNPQRSTVWXZ");
  UnfairRandom unfair;
  CHECK(make_user_code(unfair) == "ZZZZ-ZZZZ");
}

TEST_CASE("User codes are read in any case and with or without the dash") {
  for (const char* typed : {"BCDF-GHJK", "bcdfghjk", "bcdf ghjk", " b-c-d-f-g-h-j-k "}) {
    CAPTURE(typed);
    CHECK(parse_user_code(typed) == "BCDF-GHJK");
  }
  for (const char* typed : {"", "BCDF-GHJ", "BCDF-GHJKL", "ACDF-GHJK", "BCDF-GHJ1", "BCDF_GHJK", "BCDF-GHJY"}) {
    CAPTURE(typed);
    CHECK_FALSE(parse_user_code(typed));
  }
}

TEST_CASE("DV-04 a user code that another device has is not given out") {
  DeviceHub hub;
  const core::HubLocation location{hub.directory().file("hub.db"), hub.directory().file("hub.db.key")};
  StuckRandom stuck(2);
  core::Hub other(must(store::open_sqlite(location.store_path, {})), location, hub.clock(), stuck);
  const core::StartDevice request{.client_id = hub.client_id(), .scope = ""};
  const auto first = must(core::start_device(other, DeviceHub::as_nobody(), request));
  CHECK(first.user_code.reveal() == "BBBB-BBBB");
  const auto second_one = must(core::start_device(other, DeviceHub::as_nobody(), request));
  CHECK(second_one.user_code.reveal() != "BBBB-BBBB");
}

TEST_CASE("A device is started with codes that the store does not hold") {
  DeviceHub hub;
  const auto device = hub.started();
  CHECK(device.device_code.reveal().size() == 43);
  CHECK(device.expires_in == 600);
  CHECK(device.interval == 5);
  CHECK(device.verification_uri == "http://127.0.0.1:4000/oauth/device_authorizations/verify");
  CHECK(device.verification_uri_complete.reveal() == device.verification_uri + "?code=" + device.user_code.reveal());
  must(core::open_device(hub.hub(), hub.as(jane), hub.opening(device.user_code.reveal(), hub.session())));
  for (const char* file : {"hub.db", "hub.db-wal"}) {
    const std::string bytes = must(read_file(hub.directory().file(file), 64 * 1024 * 1024));
    CHECK(bytes.find(device.device_code.reveal()) == std::string::npos);
    CHECK(bytes.find(device.user_code.reveal()) == std::string::npos);
  }
}

TEST_CASE("What a device may not ask for is refused at the start") {
  DeviceHub hub;
  CHECK(code_of(hub.asked("shop.items")) == "malformed_scope");
  CHECK(code_of(hub.asked("Org.shop.items.r,Per.shop.items.r")) == "different_bearer_types");
  CHECK(code_of(hub.asked("Per/x.shop.items.r")) == "unpermitted_bearer_id");
  CHECK(code_of(hub.asked("warehouse.stock.w")) == "scope_is_not_included_in_desired_scopes");
  CHECK(code_of(hub.asked("offline_access shop.items.r")) == "malformed_scope");
  CHECK(code_of(hub.asked("offline_access shop.items.r", core::TokenStyle::standard)) == "ok");
  CHECK(code_of(hub.asked("")) == "ok");
  CHECK(code_of(core::start_device(hub.hub(), DeviceHub::as_nobody(), {.client_id = "unknown", .scope = ""})) ==
        "invalid_client");
}

TEST_CASE("DV-02 polls are answered by a table") {
  DeviceHub hub;
  const auto device = hub.started();
  struct Step {
    Seconds after;
    const char* answer;
    std::int64_t interval;
  };
  for (const Step& step : std::initializer_list<Step>{{Seconds(0), "authorization_pending", 5},
                                                      {Seconds(4), "slow_down", 10},
                                                      {Seconds(1), "slow_down", 15},
                                                      {Seconds(10), "authorization_pending", 15},
                                                      {Seconds(14), "slow_down", 20},  // it sticks
                                                      {Seconds(6), "authorization_pending", 20},
                                                      {Seconds(20), "authorization_pending", 20}}) {
    hub.clock().advance(step.after);
    CHECK(code_of(hub.polled(device)) == step.answer);
    CHECK(hub.row(device).interval == step.interval);
  }
  const Result<core::Issued> foreign =
      core::poll_device(hub.hub(), DeviceHub::as_nobody(),
                        {.device_code = device.device_code, .client_id = hub.credential("warehouse").client_id});
  CHECK(code_of(foreign) == "invalid_grant");
  CHECK(code_of(core::poll_device(hub.hub(), DeviceHub::as_nobody(),
                                  {.device_code = Secret("unknown"), .client_id = hub.client_id()})) ==
        "invalid_grant");
  CHECK(code_of(core::poll_device(hub.hub(), DeviceHub::as_nobody(),
                                  {.device_code = device.device_code, .client_id = "unknown"})) == "invalid_client");
  hub.clock().advance(Seconds(600));
  CHECK(code_of(hub.polled(device)) == "expired_token");
}

TEST_CASE("A device that polls every half second is told its token at once and soon writes nothing") {
  DeviceHub hub;
  const auto device = hub.started();
  for (int i = 0; i < 300; ++i) {
    CHECK_FALSE(hub.polled(device));
    hub.clock().advance(std::chrono::milliseconds(500));
  }
  CHECK(hub.row(device).interval == 600);
  must(hub.approved(device, hub.as(jane)));
  CHECK(must(hub.polled(device)).scope == "shop.items.r");
}

TEST_CASE("DV-02 an approved device gets one token with a refresh token and connects the app only then") {
  DeviceHub hub;
  const auto device = hub.started("Org.shop.items.r,Org.shop.orders.r");
  CHECK(code_of(hub.approved(device, hub.as(jane))) == "invalid_request");  // for which organization?
  must(hub.approved(device, hub.as(jane), "org:acme"));
  CHECK(hub.row(device).state == "allowed");
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_connection, {"shop/acme"})) == "not_found");
  const core::Issued issued = must(hub.polled(device));
  CHECK(issued.scope == "shop.items.r,shop.orders.r");
  CHECK(hub.run(hub.as_operator(), &core::show_connection, {"shop/acme"}));
  CHECK(static_cast<TokenHub&>(hub).row(hub.jti(issued)).grant == "device_code");
  CHECK(hub.refreshed(issued));
  CHECK(code_of(hub.polled(device)) == "invalid_grant");
  CHECK(hub.row(device).state == "used");
}

TEST_CASE("DV-06 a device is decided once by whoever is first") {
  DeviceHub hub;
  const auto denied = hub.started(), allowed = hub.started();
  must(hub.run(hub.as(jane), &core::deny_device, {denied.user_code.reveal()}));
  CHECK(code_of(hub.polled(denied)) == "access_denied");
  CHECK(code_of(hub.approved(denied, hub.as("admin@vendor.test"))) == "wrong_state");
  must(hub.approved(allowed, hub.as(jane)));
  CHECK(code_of(hub.run(hub.as("admin@vendor.test"), &core::deny_device, {allowed.user_code.reveal()})) ==
        "wrong_state");
  CHECK(code_of(hub.approved(allowed, hub.as("admin@vendor.test"))) == "wrong_state");
  CHECK(hub.row(allowed).decided_by == std::string("person:") + jane);
}

TEST_CASE("Who may let a device in") {
  DeviceHub hub;
  hub.person("plain@acme.test");
  hub.member("plain@acme.test", "acme", {"member"});
  const auto device = hub.started("Org.shop.items.r");
  CHECK(code_of(hub.approved(device, hub.as("plain@acme.test"), "org:acme")) == "role_required");
  CHECK(code_of(hub.approved(device, hub.as("admin@vendor.test"), "org:acme")) == "not_found");
  CHECK(code_of(hub.approved(device, hub.as(jane), std::string("person:") + jane)) == "invalid_request");
  const auto named = hub.started("Org/" + hub.org_id("acme") + ".shop.items.r");
  CHECK(code_of(hub.approved(named, hub.as_operator(), "org:vendor")) == "invalid_request");
  CHECK(code_of(hub.approved(named, hub.as(jane))) == "ok");
  const auto on_behalf = hub.started("Per>Org.shop.items.r");
  CHECK(code_of(hub.approved(on_behalf, hub.as_operator(), "org:acme")) == "invalid_request");
  CHECK(code_of(hub.approved(on_behalf, hub.as_operator(), "org:acme", jane)) == "ok");
  CHECK(must(hub.polled(on_behalf)).bearer_on_behalf_of);
  const auto person = hub.started();
  CHECK(code_of(hub.approved(person, hub.as_operator())) == "invalid_request");
  CHECK(code_of(hub.approved(person, hub.as(jane), "person:admin@vendor.test")) == "not_found");
  CHECK(code_of(hub.approved(person, hub.as_operator(), std::string("person:") + jane)) == "ok");
}

TEST_CASE("DV-05 what was decided lately counts when the token is fetched") {
  DeviceHub hub;
  const auto device = hub.started("Org.shop.items.r");
  must(hub.approved(device, hub.as(jane), "org:acme"));
  hub.person("second@acme.test");
  hub.member("second@acme.test", "acme", {"owner"});
  must(hub.run(hub.as_operator(), &core::update_membership, {.member = jane, .org = "acme", .role = {"member"}}));
  CHECK(code_of(hub.polled(device)) == "invalid_grant");

  hub.install("shop", "org:acme", {"shop.items.r"});
  const auto ended = hub.started("Org.shop.items.r");
  must(hub.approved(ended, hub.as("second@acme.test"), "org:acme"));
  hub.uninstall("shop/acme");
  CHECK(code_of(hub.polled(ended)) == "invalid_grant");

  const auto off = hub.started();
  must(hub.approved(off, hub.as(jane)));
  must(hub.run(hub.as_operator(), &core::update_app, {.app = "shop", .state = "inactive"}));
  CHECK(code_of(hub.polled(off)) == "invalid_grant");
}

TEST_CASE("AC-04 devices and codes that a person let in do not outlive their password") {
  DeviceHub hub;
  const auto with_password = [&](const char* password) {
    must(hub.run(hub.as_operator(), &core::prepare_password, &core::set_password, {jane, Secret(password)}));
  };
  with_password("the first password");
  const core::DeviceStarted own = hub.started(), shared = hub.started("Org.shop.items.r");
  must(hub.approved(own, hub.as(jane)));
  must(hub.approved(shared, hub.as(jane), "org:acme"));
  const core::DeviceStarted waiting = hub.started();
  with_password("another password");
  CHECK(code_of(hub.polled(own)) == "invalid_grant");
  CHECK(code_of(hub.polled(shared)) == "invalid_grant");
  CHECK(code_of(hub.polled(waiting)) == "authorization_pending");
}

TEST_CASE("DV-03 wrong codes are counted for each session and look like any wrong code") {
  DeviceHub hub;
  const std::string good = hub.started().user_code.reveal();
  const SessionId session = hub.session(), other = hub.session();
  for (int i = 0; i < 5; ++i) CHECK(hub.opened("ZZZZ-ZZZZ", session) == "invalid_link");
  CHECK(hub.opened(good, session) == "invalid_link");
  CHECK(hub.opened(good, other) == "ok");
  CHECK(hub.opened(good, other) == "ok");  // what is right does not count
  hub.clock().advance(Seconds(599));
  const std::string later = hub.started().user_code.reveal();
  CHECK(hub.opened(later, session) == "invalid_link");
  hub.clock().advance(second);
  CHECK(hub.opened(later, session) == "ok");
}

TEST_CASE("DV-03 a session that has had its share uses up nobody else's") {
  DeviceHub hub;
  const std::string good = hub.started().user_code.reveal();
  const SessionId session = hub.session();
  for (int i = 0; i < 60; ++i) CHECK(hub.opened("ZZZZ-ZZZZ", session) == "invalid_link");
  CHECK(hub.opened(good, hub.session()) == "ok");
}

TEST_CASE("DV-03 wrong codes are counted for each address and in the whole hub across restarts") {
  DeviceHub hub;
  const std::string good = hub.started().user_code.reveal();
  for (int i = 0; i < 50; ++i) CHECK(hub.opened("ZZZZ-ZZZZ", hub.session()) == "invalid_link");
  const auto restarted = hub.reopened();
  CHECK(code_of(core::open_device(*restarted, hub.as(jane), hub.opening(good, hub.session()))) == "invalid_link");
  CHECK(hub.opened(good, hub.session(), "192.0.2.2") == "ok");
  must(hub.hub().write(hub.as_operator(), [](core::Work& work) -> Result<void> {
    const Bytes key = must(work.keys())->store_keys.keyed_hash("failed_attempt", "");
    for (int i = 0; i < 4950; ++i) {
      store::count_attempt(work.db(), "user_code_hub", key, {5000, Seconds(600)}, work.now());
    }
    return {};
  }));
  CHECK(hub.opened(good, hub.session(), "192.0.2.3") == "invalid_link");
}

TEST_CASE("What is decided or expired cannot be opened") {
  DeviceHub hub;
  const auto denied = hub.started(), old = hub.started();
  must(hub.run(hub.as(jane), &core::deny_device, {denied.user_code.reveal()}));
  CHECK(hub.opened(denied.user_code.reveal(), hub.session()) == "invalid_link");
  hub.clock().advance(Seconds(600));
  CHECK(hub.opened(old.user_code.reveal(), hub.session()) == "invalid_link");
}

TEST_CASE("DV-01 whoever decides is told the code and where the device asked") {
  DeviceHub hub;
  const auto device = must(core::start_device(hub.hub(), DeviceHub::as_nobody(),
                                              {.client_id = hub.client_id(), .scope = "", .address = "198.51.100.7"}));
  const auto pending =
      must(core::open_device(hub.hub(), hub.as(jane), hub.opening(device.user_code.reveal(), hub.session())));
  CHECK(pending.request.device_id);
  const auto waiting =
      must(hub.hub().read(hub.as(jane), [&](core::View& view) { return core::waiting_device(view, pending.request); }));
  CHECK(waiting.user_code.reveal() == device.user_code.reveal());
  CHECK(waiting.address == "198.51.100.7");
  CHECK(waiting.expires_at - waiting.started_at == Seconds(600));
}

TEST_CASE("Devices are listed for those who have to do with them") {
  DeviceHub hub;
  const auto waiting = hub.started("shop.items.r"), mine = hub.started();
  must(hub.approved(mine, hub.as(jane)));
  const auto listed = [&](const Call& call, const core::ListDevices& request) {
    Texts out;
    for (const auto& one : must(hub.list(call, &core::list_devices, request))) out.push_back(one.state);
    return out;
  };
  CHECK(listed(hub.as_operator(), {}) == Texts{"allowed", "waiting"});
  CHECK(listed(hub.as_operator(), {.state = "waiting"}) == Texts{"waiting"});
  CHECK(listed(hub.as("admin@vendor.test"), {.app = "shop"}) == Texts{"allowed", "waiting"});
  CHECK(listed(hub.as(jane), {}) == Texts{"allowed"});
  CHECK(listed(hub.as("member@vendor.test"), {}).empty());
  CHECK(must(hub.list(hub.as(jane), &core::list_devices, {})).front().id == hub.row(mine).id);
}

TEST_CASE("DV-06 of many who decide at once one does") {
  DeviceHub hub;
  const auto device = hub.started();
  std::atomic<int> done = 0;
  std::vector<std::thread> threads;
  const Call call = hub.as(jane);
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([&, i] {
      const bool ok = i % 2 == 0 ? hub.approved(device, call).has_value()
                                 : hub.run(call, &core::deny_device, {device.user_code.reveal()}).has_value();
      if (ok) ++done;
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(done == 1);
}

TEST_CASE("DV-02 of many polls of one approved code one gets the token") {
  DeviceHub hub;
  const auto device = hub.started();
  must(hub.approved(device, hub.as(jane)));
  const auto other = hub.reopened();
  const std::string client_id = hub.client_id();
  std::atomic<int> tokens = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      const Result<core::Issued> issued =
          core::poll_device(i % 2 == 0 ? hub.hub() : *other, DeviceHub::as_nobody(),
                            {.device_code = device.device_code, .client_id = client_id});
      if (issued) ++tokens;
      if (code_of(issued) == "invalid_grant") ++refused;
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(tokens == 1);
  CHECK(refused == 7);
}
