#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <thread>

#include "hub/base/json.h"
#include "program.h"

// Several processes of the real binary want the same thing at once (claims G-01, RF-09 and DU-08).
namespace hub::testing {
namespace {

long count_status(const std::vector<Ran>& all, int status) {
  return std::ranges::count_if(all, [&](const Ran& ran) { return ran.status == status; });
}

std::string errors_of(const std::vector<Ran>& all) {
  std::string out;
  for (const Ran& ran : all) out += std::to_string(ran.status) + ": " + ran.err;
  return out;
}

std::vector<std::vector<std::string>> times(std::size_t count, const std::vector<std::string>& command) {
  return std::vector<std::vector<std::string>>(count, command);
}

}  // namespace

TEST_CASE("eight processes refresh one token and one succeeds") {
  const CommandHub hub;
  std::string refresh_token = (*parse_json(hub.must(token_command()).out))["refresh_token"];
  for (int round = 0; round < 3; ++round) {
    const std::vector<Ran> all =
        race(times(8, hub.command({"token", "refresh", "--token-file", "-", "-o", "json"})), refresh_token + "\n");
    CHECK_MESSAGE(count_status(all, 0) == 1, errors_of(all));
    CHECK_MESSAGE(count_status(all, 7) == 7, errors_of(all));
    for (const Ran& ran : all) {
      if (ran.status == 0) refresh_token = (*parse_json(ran.out))["refresh_token"];
      if (ran.status != 0) CHECK(ran.err.find("invalid_grant") != std::string::npos);
      if (ran.status != 0) CHECK(ran.out == "");
    }
    CHECK(hub.column("SELECT count(*) FROM token").front() == std::to_string(round + 2));
  }
  hub.check_sound();
}

TEST_CASE("two processes grant the same authorization and one succeeds") {
  const CommandHub hub;
  for (int round = 0; round < 3; ++round) {
    CAPTURE(round);
    const std::vector<Ran> all =
        race(times(2, hub.command({"authorization", "grant", "--app", "shop", "--by", "org:north"})));
    CHECK_MESSAGE(count_status(all, 0) == 1, errors_of(all));
    CHECK_MESSAGE(count_status(all, 6) == 1, errors_of(all));
    const std::string live = "SELECT count(*) FROM credential WHERE connection_id IS NOT NULL AND revoked_at IS NULL";
    CHECK(hub.column(live).front() == "1");
    CHECK(hub.column("SELECT count(*) FROM connection").front() == std::to_string(2 + round));
    hub.must({"authorization", "revoke", "shop/north"});
  }
  hub.check_sound();
}

TEST_CASE("with ensure both of two processes that grant are content") {
  const CommandHub hub;
  const std::vector<Ran> all =
      race(times(4, hub.command({"authorization", "grant", "--app", "shop", "--by", "org:north", "--ensure"})));
  CHECK_MESSAGE(count_status(all, 0) == 4, errors_of(all));
  CHECK(hub.column("SELECT count(*) FROM credential WHERE connection_id IS NOT NULL").front() == "1");
  CHECK(hub.column("SELECT count(*) FROM audit WHERE action = 'authorization grant'").front() == "1");
}

TEST_CASE("of several processes that make a hub in one place one makes it") {
  const TemporaryDirectory directory;
  const std::vector<std::string> store{"--store", directory.file("hub.db")};
  std::vector<std::string> init{"init"};
  init.insert(init.end(), store.begin(), store.end());
  const std::vector<Ran> all = race(times(3, init));
  CHECK_MESSAGE(count_status(all, 0) == 1, errors_of(all));
  CHECK_MESSAGE(count_status(all, 6) == 2, errors_of(all));
  const Ran status = Program({"status", "--check", "--store", directory.file("hub.db")}).wait();
  CHECK_MESSAGE(status.status == 0, status.err);
  // The master key that stayed is this store's: it opens the signing key.
  const Ran key = Program({"key", "stage", "--alg", "ES256", "--store", directory.file("hub.db")}).wait();
  CHECK_MESSAGE(key.status == 0, key.err);
}

TEST_CASE("four processes create organizations and none sees a lock") {
  const CommandHub hub;
  constexpr int processes = 4, each = 25;
  std::vector<std::vector<Ran>> all(processes);
  std::vector<std::thread> threads;
  for (int process = 0; process < processes; ++process) {
    threads.emplace_back([&, process] {
      for (int i = 0; i < each; ++i) {
        const std::string name = "org-" + std::to_string(process) + "-" + std::to_string(i);
        all[static_cast<std::size_t>(process)].push_back(Program(hub.command({"org", "create", name})).wait());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::vector<Ran>& ran : all) CHECK_MESSAGE(count_status(ran, 0) == each, errors_of(ran));
  CHECK(hub.column("SELECT count(*) FROM organization").front() == "102");
  CHECK(hub.column("SELECT count(*) FROM audit WHERE action = 'org create'").front() == "102");
  hub.check_sound();
}

}  // namespace hub::testing
