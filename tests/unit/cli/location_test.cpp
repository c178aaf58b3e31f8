#include "location.h"

#include <doctest/doctest.h>

#include <fstream>

#include "fake_surroundings.h"
#include "support/temporary_directory.h"

using namespace hub;

namespace {

core::HubLocation found(const testing::FakeSurroundings& fake, bool is_root, std::optional<std::string> store = {},
                        std::optional<std::string> key = {}) {
  const Result<core::HubLocation> location = cli::find_hub(store, key, fake.around(), is_root);
  REQUIRE(location);
  return *location;
}

}  // namespace

TEST_CASE("The store is where the flag and then the variable says") {
  testing::FakeSurroundings fake;
  fake.variables = {{"HUBCTL_STORE", "/b/hub.db"}, {"XDG_DATA_HOME", "/data"}, {"HOME", "/home/jane"}};
  CHECK(found(fake, false, "/a/hub.db").store_path == "/a/hub.db");
  CHECK(found(fake, false).store_path == "/b/hub.db");
}

TEST_CASE("Without either the store is in the data directory") {
  testing::FakeSurroundings fake;
  fake.variables = {{"HOME", "/home/jane"}};
  CHECK(found(fake, false).store_path == "/home/jane/.local/share/hubctl/hub.db");
  CHECK(found(fake, true).store_path == "/var/lib/hubctl/hub.db");
  fake.variables["XDG_DATA_HOME"] = "/data";
  CHECK(found(fake, false).store_path == "/data/hubctl/hub.db");
  CHECK(found(fake, true).store_path == "/data/hubctl/hub.db");
}

TEST_CASE("Without a home directory there is no default store") {
  const Result<core::HubLocation> location = cli::find_hub({}, {}, testing::FakeSurroundings().around(), false);
  REQUIRE_FALSE(location);
  CHECK(exit_status(location.error().code.failure) == 2);
}

TEST_CASE("The master key is looked for by flag then variable then credential then beside the store") {
  const testing::TemporaryDirectory directory;
  testing::FakeSurroundings fake;
  CHECK(found(fake, false, "/a/hub.db").master_key_file == "/a/hub.db.key");
  fake.variables["CREDENTIALS_DIRECTORY"] = directory.path();
  CHECK(found(fake, false, "/a/hub.db").master_key_file == "/a/hub.db.key");
  std::ofstream(directory.file("master-key")) << "key";
  CHECK(found(fake, false, "/a/hub.db").master_key_file.ends_with("/master-key"));
  fake.variables["HUBCTL_MASTER_KEY_FILE"] = "/k";
  CHECK(found(fake, false, "/a/hub.db").master_key_file == "/k");
  CHECK(found(fake, false, "/a/hub.db", "/flag").master_key_file == "/flag");
}
