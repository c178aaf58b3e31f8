#include "hub/core/open.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "hub/base/file.h"
#include "hub/core/issue.h"
#include "hub/core/status.h"
#include "support/token_hub.h"

// Making and opening a hub: decisions-week-one.md 1 to 4.

using namespace hub;
using namespace hub::testing;
using core::InitRequest;

namespace {

struct Place {
  TemporaryDirectory directory;
  ManualClock clock;
  SeededRandom random;
  core::HubLocation location{directory.file("hub.db"), directory.file("hub.db.key")};

  Result<core::InitAnswer> init(const InitRequest& request = {}, bool ensure = false) {
    Call call;
    call.principal = Principal::local_operator("root");
    call.ensure = ensure;
    return core::init_hub(location, call, request, clock, random);
  }
  std::unique_ptr<core::Hub> open() { return must(core::open_hub(location, false, clock, random)); }
  bool there(const std::string& path) const { return std::filesystem::exists(path); }
};

core::StatusAnswer status_of(core::Hub& hub) {
  Call call;
  call.principal = Principal::local_operator("root");
  return must(hub.read(call, [](core::View& view) { return core::show_status(view, {.check = true}); }));
}

}  // namespace

TEST_CASE("A new hub has a store and a key file of mode 0600 and one RS256 key that signs") {
  Place place;
  const core::InitAnswer made = must(place.init({.issuer = "https://hub.test", .mode = "sandbox"}));
  CHECK(made.changed);
  for (const std::string& path : {place.location.store_path, place.location.master_key_file}) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
  }
  const std::unique_ptr<core::Hub> hub = place.open();
  const core::StatusAnswer status = status_of(*hub);
  CHECK(status.issuer == "https://hub.test");
  CHECK(status.mode == "sandbox");
  CHECK(status.signing_key == made.kid);
  CHECK(status.signing_key_age_s == 0);
  CHECK(status.ready);
  CHECK(status.exit_status() == 0);
  CHECK(status.organizations == 0);
  CHECK(status.people == 0);
}

TEST_CASE("A hub that is there is not made again") {
  Place place;
  const std::string kid = must(place.init()).kid;
  CHECK(code_of(place.init()) == "exists");
  const core::InitAnswer again = must(place.init({}, true));
  CHECK_FALSE(again.changed);
  CHECK(again.kid == kid);
  CHECK(code_of(place.init({.issuer = "https://else.test"}, true)) == "exists");
}

TEST_CASE("A request that is refused makes nothing") {
  Place place;
  CHECK(code_of(place.init({.issuer = "https://hub.test/"})) == "invalid_request");
  CHECK(code_of(place.init({.mode = "test"})) == "invalid_request");
  CHECK(code_of(place.init({.password = Secret("long enough password")})) == "invalid_request");
  CHECK(code_of(place.init({.owner = "no address"})) == "invalid_request");
  CHECK_FALSE(place.there(place.location.store_path));
  CHECK_FALSE(place.there(place.location.master_key_file));
}

TEST_CASE("When the master key cannot be made no store stays behind") {
  Place place;
  const std::string good = place.location.master_key_file;
  place.location.master_key_file = place.directory.file("missing") + "/hub.key";
  CHECK_FALSE(place.init().has_value());
  CHECK_FALSE(place.there(place.location.store_path));
  place.location.master_key_file = good;
  CHECK(code_of(place.init()) == "ok");
}

TEST_CASE("A bad master key file stops init before anything is made") {
  Place place;
  must(write_new_file(place.location.master_key_file, "nonsense\n"));
  const auto refused = place.init();
  CHECK(code_of(refused) == "master_key");
  CHECK(refused.error().message.find("nonsense") == std::string::npos);
  CHECK_FALSE(place.there(place.location.store_path));
}

TEST_CASE("A store whose making was interrupted says so and its key file serves the next one") {
  Place place;
  must(store::open_sqlite(place.location.store_path, {.create = true, .now = place.clock.now()}));
  CHECK(code_of(place.init()) == "store_damaged");
  CHECK(code_of(place.init({}, true)) == "store_damaged");
  CHECK(status_of(*place.open()).exit_status() == 10);
  std::filesystem::remove(place.location.store_path);
  std::filesystem::remove(place.location.store_path + "-wal");
  std::filesystem::remove(place.location.store_path + "-shm");
  CHECK(code_of(place.init()) == "ok");
}

TEST_CASE("The master key must be this store's and nobody else's to read") {
  TokenHub hub;
  hub.install("shop", "org:acme", {});
  const auto issue = [&](const std::string& master_key_file) {
    core::Hub other(must(store::open_sqlite(hub.directory().file("hub.db"), {})),
                    {hub.directory().file("hub.db"), master_key_file}, hub.clock(), hub.random());
    return code_of(core::issue_token(other, hub.as_operator(),
                                     {.app = "shop", .subject = "org:acme", .scopes = {TokenHub::no_scope}}));
  };
  const std::string good = hub.directory().file("hub.db.key"), bad = hub.directory().file("other.key");
  CHECK(issue(good) == "ok");
  CHECK(issue(hub.directory().file("missing.key")) == "master_key");
  must(write_new_file(bad, crypto::make_master_key_line(hub.random()).reveal() + "\n"));
  CHECK(issue(bad) == "master_key");
  std::filesystem::permissions(good, std::filesystem::perms(0640));
  CHECK(issue(good) == "master_key");
}

TEST_CASE("Commands that use no secret do not open the master key") {
  TokenHub hub;
  std::filesystem::remove(hub.directory().file("hub.db.key"));
  const std::unique_ptr<core::Hub> other = hub.reopened();
  CHECK(code_of(other->read(hub.as_operator(), [](core::View& view) { return core::published_keys(view); })) == "ok");
  CHECK(status_of(*other).ready);
}
