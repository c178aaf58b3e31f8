#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <set>

#include "hub/store/event.h"
#include "world.h"

// What every change promises: dry runs, --ensure, --if-version, one row in the audit trail, and answers as declared.
namespace hub::testing {

using operations::all_operations;
using operations::FieldInfo;
using operations::Operation;
using operations::ValueKind;

namespace {

// What a dry run cannot know or does not show: secrets, and whatever came out of a new key.
void mask(const Operation& one, Json& answer) {
  const bool makes_key = one.info.name.starts_with("key ");
  const auto masked = [&](Json& object) {
    for (const FieldInfo& field : one.answer) {
      if (field.kind == ValueKind::secret) object.erase(std::string(field.name));
      if (makes_key && field.name == "kid") object.erase("kid");
    }
  };
  masked(answer);
  if (answer.contains("object") && answer["object"].is_object()) masked(answer["object"]);
  if (makes_key) answer.erase("name");
}

void check_members(const Operation& one, const Json& object) {
  std::set<std::string> declared, optional, found;
  for (const FieldInfo& field : one.answer) {
    declared.emplace(field.name);
    if (field.kind == ValueKind::secret) optional.emplace(field.name);
  }
  for (const auto& [name, value] : object.items()) {
    found.insert(name);
    CHECK_MESSAGE(declared.contains(name), "undeclared member " << name);
  }
  // What there is to say of a token that is looked at depends on the token.
  if (one.info.name == "token verify" || one.info.name == "token introspect") return;
  for (const std::string& name : declared) {
    CHECK_MESSAGE((found.contains(name) || optional.contains(name)), "missing member " << name);
  }
}

// Whether every hash follows from its row and the one before (claim CL-06).
bool chain_holds(World& world) {
  std::string previous;
  std::int64_t sequence = 0;
  bool holds = true;
  const Result<void> read = world.hub().read(World::as_operator(), [&](core::View& view) -> Result<void> {
    store::each_audit_row(view.db(), view.tenant(), [&](const AuditRow& row) {
      holds = holds && row.sequence == ++sequence && row.hash == store::audit_hash(row, previous);
      previous = row.hash;
      return true;
    });
    return {};
  });
  return read.has_value() && holds && sequence > 0;
}

}  // namespace

TEST_CASE("reads and lists change nothing") {
  World world;
  const Dump before = world.dump();
  for (const Operation& one : all_operations()) {
    if (is_change(one)) continue;
    CAPTURE(one.info.name);
    CHECK(world.run(World::as_operator(), one, example_for(one.info.name)).code() == "ok");
    CHECK(changed_tables(before, world.dump()) == "");
  }
}

TEST_CASE("answers have the members that are declared and no others") {
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    World world;
    const Said said = world.run(World::as_operator(), one, example_for(one.info.name));
    REQUIRE(said.code() == "ok");
    if (one.list) {
      CHECK_FALSE(said.answer.empty());
      for (const Json& row : said.answer) check_members(one, row);
    } else if (said.answer.contains("changed")) {
      std::string members;
      for (const auto& [name, value] : said.answer.items()) members += name + ' ';
      CHECK(members == "changed kind name object ");
      CHECK(said.answer["kind"] == std::string(one.info.kind));
      CHECK(said.answer["name"] != "");
      check_members(one, said.answer["object"]);
    } else {
      check_members(one, said.answer);
    }
  }
}

TEST_CASE("a dry run answers like the change and leaves the hub as it was") {
  for (const Operation& one : all_operations()) {
    if (!is_change(one)) continue;
    CAPTURE(one.info.name);
    World rehearsal;
    Call call = World::as_operator();
    call.dry_run = true;
    const Dump before = rehearsal.dump();
    Said dry = rehearsal.run(call, one, example_for(one.info.name));
    CHECK(changed_tables(before, rehearsal.dump()) == "");
    World world;  // with the same clock and randomness
    Said real = world.run(World::as_operator(), one, example_for(one.info.name));
    CHECK(dry.code() == "ok");
    CHECK(real.code() == "ok");
    for (const FieldInfo& field : one.answer) {
      if (field.kind == ValueKind::secret) CHECK_FALSE(dry.answer.value("object", dry.answer).contains(field.name));
    }
    mask(one, dry.answer);
    mask(one, real.answer);
    CHECK(dry.answer == real.answer);
  }
}

TEST_CASE("a dry run of something refused says so and leaves the hub as it was") {
  for (const Operation& one : all_operations()) {
    if (!is_change(one) || placeholders_in(*find_example(one.info.name)).empty()) continue;
    CAPTURE(one.info.name);
    World world;
    Call call = world.as("foreign@nowhere.test");
    const Said real = world.run(call, one, example_for(one.info.name));
    call.dry_run = true;
    const Dump before = world.dump();
    const Said dry = world.run(call, one, example_for(one.info.name));
    CHECK(dry.code() != "ok");
    CHECK(dry.code() == real.code());
    CHECK(changed_tables(before, world.dump()) == "");
  }
}

TEST_CASE("every change leaves one row in the audit trail and the chain holds") {
  for (const Operation& one : all_operations()) {
    if (!is_change(one)) continue;
    CAPTURE(one.info.name);
    World world;
    const std::size_t before = world.dump()->at("audit").size();
    Call call = World::as_operator();
    call.reason = "because of the test";
    REQUIRE(world.run(call, one, example_for(one.info.name)).code() == "ok");
    CHECK(world.dump()->at("audit").size() == before + 1);
    const auto last = [&](const std::string& column) {
      return world.column("SELECT " + column + " FROM audit ORDER BY sequence DESC LIMIT 1").front();
    };
    CHECK(last("action") == one.info.name);
    CHECK(last("actor") == "local:root");
    CHECK(last("result") == "ok");
    CHECK(last("reason") == "because of the test");
    CHECK(last("target").starts_with(std::string(one.info.kind) + ":"));
    CHECK(chain_holds(world));
  }
}

TEST_CASE("a refused change of a person leaves one row in the audit trail and nothing else") {
  for (const Operation& one : all_operations()) {
    if (!is_change(one)) continue;
    CAPTURE(one.info.name);
    World world;
    const Dump before = world.dump();
    const Said said = world.run(world.as("contact@alpha.test"), one, example_for(one.info.name));
    if (said.code() == "ok") continue;  // whatever everybody may do: see the sweep over roles
    const bool is_forbidden = said.error->code.failure == Failure::forbidden;
    CHECK(changed_tables(before, world.dump()) == (is_forbidden ? "audit" : ""));
    CHECK(chain_holds(world));
  }
}

TEST_CASE("an altered or missing row breaks the audit chain") {
  for (const std::string column :
       {"at", "actor", "action", "target", "organization_id", "result", "reason", "detail"}) {
    CAPTURE(column);
    World world;
    CHECK(chain_holds(world));
    world.column("UPDATE audit SET " + column +
                 " = '0' WHERE sequence = (SELECT min(sequence) FROM audit WHERE organization_id IS NOT NULL)");
    CHECK_FALSE(chain_holds(world));
  }
  World world;
  world.column("DELETE FROM audit WHERE sequence = 5");
  CHECK_FALSE(chain_holds(world));
}

TEST_CASE("with ensure a change may be repeated") {
  for (const Operation& one : all_operations()) {
    if (!one.info.ensure) continue;
    CAPTURE(one.info.name);
    World world;
    Call call = World::as_operator();
    call.ensure = true;
    const Json request = example_for(one.info.name);
    const Said first = world.run(call, one, request);
    REQUIRE(first.code() == "ok");
    CHECK(first.answer["changed"] == true);
    world.clock().advance(std::chrono::seconds(10));
    const Dump before = world.dump();
    const Said again = world.run(call, one, request);
    REQUIRE_MESSAGE(again.code() == "ok", (again.error ? again.error->message : ""));
    CHECK(again.answer["changed"] == false);
    CHECK(changed_tables(before, world.dump()) == "");
    call.dry_run = true;
    CHECK(world.run(call, one, request).answer["changed"] == false);
  }
}

TEST_CASE("a change that knows versions refuses a stale one and takes the right one") {
  for (const Operation& one : all_operations()) {
    if (!one.info.if_version) continue;
    CAPTURE(one.info.name);
    World world;
    const Dump before = world.dump();
    Call call = World::as_operator();
    for (const std::int64_t version : {std::int64_t{0}, std::int64_t{999'999}}) {
      call.if_version = version;
      CHECK(world.run(call, one, example_for(one.info.name)).code() == "stale");
      call.ensure = one.info.ensure;
      CHECK(world.run(call, one, example_for(one.info.name)).code() == "stale");
      call.ensure = false;
    }
    CHECK(changed_tables(before, world.dump()) == "");
    int accepted = 0;
    call.dry_run = true;
    for (std::int64_t version = 1; version <= 5; ++version) {
      call.if_version = version;
      accepted += world.run(call, one, example_for(one.info.name)).code() == "ok" ? 1 : 0;
    }
    CHECK(accepted == 1);
  }
}

}  // namespace hub::testing
