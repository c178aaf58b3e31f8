#include <doctest/doctest.h>

#include "sweeps/world.h"

// Whichever statement of an operation fails, nothing of it stays, and it can be done afterwards (claims G-02, RF-07).
namespace hub::testing {

using operations::all_operations;
using operations::Operation;

namespace {

constexpr int most_statements = 300;

// What has no random part: the number of rows of each table.
std::map<std::string, std::size_t> sizes(World& world) {
  std::map<std::string, std::size_t> out;
  const Dump dump = world.dump();
  for (const auto& [table, rows] : *dump) out[table] = rows.size();
  return out;
}

// Fails the first statement, then the second and so on, until the operation no longer reaches the one that would fail.
// Returns how many failed.
int fail_each_statement(World& world, const Operation& one, const Json& request) {
  const Dump before = world.dump();
  for (int failing = 1; failing <= most_statements; ++failing) {
    CAPTURE(failing);
    world.fail_statement(failing);
    const Said said = world.run(World::as_operator(), one, request);
    const bool has_failed = world.has_failed();
    world.fail_statement(0);
    if (!has_failed) {
      CHECK_MESSAGE(said.code() == "ok", (said.error ? said.error->message : ""));
      if (!is_change(one)) CHECK(changed_tables(before, world.dump()) == "");
      return failing - 1;
    }
    CHECK(said.code() == "disk_full");
    const std::string changed = changed_tables(before, world.dump());
    REQUIRE(changed == "");
  }
  return most_statements;
}

}  // namespace

TEST_CASE("whichever statement of an operation fails nothing of it stays") {
  for (const Operation& one : all_operations()) {
    if (one.effect == operations::Effect::none) continue;
    CAPTURE(one.info.name);
    World world;
    const int statements = fail_each_statement(world, one, example_for(one.info.name));
    CHECK(statements >= (is_change(one) ? 4 : 2));  // at least: begin, what it does, its audit row, commit
    CHECK(statements < most_statements);
  }
}

TEST_CASE("a refusal whose audit row cannot be written is a refusal still") {
  World world;
  const Dump before = world.dump();
  const Call call = world.as("contact@alpha.test");
  for (int failing = 1; failing < 12; ++failing) {
    world.fail_statement(failing);
    const Said said = world.run(call, "app create", example_for("app create"));
    const bool has_failed = world.has_failed();
    world.fail_statement(0);
    if (!has_failed) {
      CHECK(changed_tables(before, world.dump()) == "audit");
      return;
    }
    CHECK((said.code() == "role_required" || said.code() == "disk_full"));
    CHECK(changed_tables(before, world.dump()) == "");
  }
  FAIL("it never succeeded");
}

TEST_CASE("the misuse of a refresh token is noted or the request fails") {
  World world;
  const Json request = example_for("token refresh");
  REQUIRE(world.run(World::as_operator(), "token refresh", request).code() == "ok");
  const Dump before = world.dump();
  for (int failing = 1; failing < 40; ++failing) {
    world.fail_statement(failing);
    const Said said = world.run(World::as_operator(), "token refresh", request);
    const bool has_failed = world.has_failed();
    world.fail_statement(0);
    if (!has_failed) {
      CHECK(said.code() == "invalid_grant");
      CHECK(changed_tables(before, world.dump()) == "audit");
      return;
    }
    CHECK(said.code() == "disk_full");
    CHECK(changed_tables(before, world.dump()) == "");
  }
  FAIL("it never succeeded");
}

TEST_CASE("an operation whose jobs run twice does what it does once") {
  for (const Operation& one : all_operations()) {
    if (one.effect == operations::Effect::none) continue;
    CAPTURE(one.info.name);
    World once;
    World twice(Storage::replaying);
    const Json request = example_for(one.info.name);
    const Said single = once.run(World::as_operator(), one, request);
    const Said replayed = twice.run(World::as_operator(), one, request);
    CHECK(single.code() == "ok");
    CHECK(replayed.code() == "ok");
    CHECK(sizes(once) == sizes(twice));
    if (!single.answer.contains("changed")) continue;
    CHECK(single.answer["changed"] == replayed.answer["changed"]);
    const Json& object = replayed.answer["object"];
    if (!object.is_object() || !object.contains("id") || !single.answer["changed"].get<bool>()) continue;
    if (one.info.name.ends_with("delete") || one.info.name == "member remove") continue;
    // What the answer tells of is what the store holds, not what the rehearsal made.
    const std::string id = object["id"];
    const Dump dump = twice.dump();
    bool is_stored = false;
    for (const auto& [table, rows] : *dump) {
      for (const std::string& row : rows) is_stored = is_stored || row.starts_with(id);
    }
    CHECK(is_stored);
  }
}

}  // namespace hub::testing
