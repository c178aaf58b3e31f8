#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <thread>
#include <vector>

#include "hub/base/codes.h"
#include "hub/domain/tenant.h"
#include "hub/store/event.h"
#include "hub/store/token.h"
#include "sqlite/connection.h"
#include "sqlite/upgrade.h"
#include "sqlite_backend.h"

// Stores of an older schema (claim DU-15).
namespace hub::conformance {

using store::sqlite::Engine;
using store::sqlite::upgrade;

namespace {

constexpr std::array<EmbeddedFile, 3> three_migrations = {{
    item_migrations[0],
    {"0002_more.sql", "CREATE TABLE more (id BIGINT PRIMARY KEY); INSERT INTO more (id) SELECT id FROM item;\n"},
    {"0003_most.sql", "ALTER TABLE more ADD COLUMN label TEXT; UPDATE more SET label = 'x';\n"},
}};

template <class T>
std::string code_of(const Result<T>& result) {
  return result ? "none" : std::string(result.error().code.name);
}

Engine newer_engine() {
  Engine engine;
  engine.migrations = three_migrations;
  return engine;
}

Result<std::int64_t> upgraded(const SqliteBackend& backend, const Engine& engine,
                              const std::string& backup = "backup") {
  return upgrade(backend.path(), {.backup = backend.directory.file(backup), .now = from_unix_seconds(1'800'000'000)},
                 engine);
}

int value_in(const std::string& path, const std::string& sql) { return SQLite::Database(path).execAndGet(sql); }

// How many rows each table has.
std::map<std::string, int> counts_in(const std::string& path) {
  SQLite::Database database(path);
  std::map<std::string, int> counts;
  std::vector<std::string> tables;
  SQLite::Statement names(database, "SELECT name FROM sqlite_master WHERE type = 'table'");
  while (names.executeStep()) tables.push_back(names.getColumn(0).getString());
  for (const std::string& table : tables) counts[table] = database.execAndGet("SELECT count(*) FROM " + table);
  return counts;
}

}  // namespace

TEST_CASE("a store is brought up to date after a backup of it as it was") {
  SqliteBackend backend;
  REQUIRE(insert_item(*backend.open(), 7));
  const Engine newer = newer_engine();
  const auto before = store::sqlite::migrations_of(backend.path(), newer);
  REQUIRE(before);
  REQUIRE(before->size() == 3);
  CHECK((*before)[0].applied_at);
  CHECK_FALSE((*before)[1].applied_at);
  CHECK((*before)[2].name == "0003_most.sql");
  CHECK(*upgraded(backend, newer) == 2);
  const std::string backup = backend.directory.file("backup");
  CHECK(value_in(backend.path(), "SELECT count(*) FROM more WHERE id = 7 AND label = 'x'") == 1);
  CHECK(value_in(backend.path(), "SELECT count(*) FROM schema WHERE applied_at = 1800000000000000") == 2);
  struct stat found {};
  REQUIRE(stat(backup.c_str(), &found) == 0);
  CHECK((found.st_mode & 07777U) == 0600);
  CHECK(value_in(backup, "SELECT count(*) FROM schema") == 1);
  const auto restored = store::sqlite::open_store(backup, {}, backend.engine);
  REQUIRE(restored);
  CHECK(count_items(**restored) == 1);
  CHECK_FALSE(std::filesystem::exists(backup + ".new"));
}

TEST_CASE("a store that is up to date is left alone and not backed up") {
  SqliteBackend backend;
  CHECK(*upgraded(backend, backend.engine) == 0);
  CHECK_FALSE(std::filesystem::exists(backend.directory.file("backup")));
  REQUIRE(upgraded(backend, newer_engine()));
  CHECK(*upgraded(backend, newer_engine(), "second") == 0);
  CHECK_FALSE(std::filesystem::exists(backend.directory.file("second")));
}

TEST_CASE("nothing is migrated that cannot be backed up or is not ours") {
  SqliteBackend backend;
  std::ofstream(backend.directory.file("backup")) << "kept";
  CHECK(code_of(upgraded(backend, newer_engine())) == "exists");
  CHECK(code_of(upgraded(backend, newer_engine(), "no/such/folder")) != "none");
  CHECK(value_in(backend.path(), "SELECT count(*) FROM schema") == 1);
  Engine older;
  older.migrations = item_migrations;
  REQUIRE(upgraded(backend, newer_engine(), "other"));
  CHECK(code_of(upgraded(backend, older, "third")) == "store_newer");
  CHECK(code_of(store::sqlite::migrations_of(backend.path(), older)) == "store_newer");
  CHECK(code_of(store::migrations_of(backend.directory.file("missing"))) == "store_missing");
}

TEST_CASE("whichever statement of a migration fails the store is old or new and never between") {
  for (int failing = 0;; ++failing) {
    REQUIRE(failing < 100);
    SqliteBackend backend;
    REQUIRE(insert_item(*backend.open(), 7));
    Engine engine = newer_engine();
    int countdown = failing;
    engine.before_statement = [&](std::string_view) {
      if (countdown-- == 0) throw store::StoreFault(Error{codes::disk_full, "no space"});
    };
    const auto outcome = upgraded(backend, engine);
    engine.before_statement = nullptr;
    const int schema = value_in(backend.path(), "SELECT count(*) FROM schema");
    CHECK(value_in(backend.path(), "SELECT count(*) FROM sqlite_master WHERE name = 'more'") == (schema > 1 ? 1 : 0));
    if (outcome) break;
    CHECK(code_of(outcome) == "disk_full");
    // The next attempt finishes what is left.
    CHECK(*upgraded(backend, engine, "again") == 3 - schema);
  }
}

TEST_CASE("of many who migrate at once one does it") {
  SqliteBackend backend;
  std::array<std::int64_t, 4> applied{};
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < applied.size(); ++i) {
      threads.emplace_back([&, i] {
        const auto done = upgraded(backend, newer_engine(), "backup" + std::to_string(i));
        applied[i] = done ? *done : -1;
      });
    }
  }
  std::ranges::sort(applied);
  CHECK(applied == std::array<std::int64_t, 4>{0, 0, 0, 2});
}

namespace {

// Brings a store that an earlier release filled up to date; all it had is still there and hangs together.
void keeps_all(const std::string& dump, int tokens) {
  CAPTURE(dump);
  const testing::TemporaryDirectory directory;
  const std::string path = directory.file("hub.db");
  std::stringstream script;
  script << std::ifstream(HUBCTL_SOURCE_DIR "/tests/migrations/" + dump).rdbuf();
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA application_id = " + std::to_string(store::sqlite::application_id));
    database.exec(script.str());
  }
  CHECK(code_of(store::open_sqlite(path, {})) == "store_older");
  std::map<std::string, int> before = counts_in(path);
  REQUIRE(before["token"] == tokens);
  REQUIRE(before["audit"] > 10);
  const auto applied = store::upgrade_sqlite(path, {.backup = directory.file("backup"), .now = {}});
  CHECK(code_of(applied) == "none");
  std::map<std::string, int> after = counts_in(path);
  for (const auto& rows : before) {  // no binding: a lambda of the test library captures it
    if (rows.first != "schema") CHECK_MESSAGE(after[rows.first] == rows.second, rows.first);
  }
  const auto opened = store::open_sqlite(path, {});
  REQUIRE(opened);
  REQUIRE((*opened)->read([&](store::Session& session) -> Result<void> {
    std::string previous;
    store::each_audit_row(session, Tenant(Principal()), [&](const AuditRow& row) {
      CHECK(row.hash == store::audit_hash(row, previous));
      previous = row.hash;
      return true;
    });
    int seen = 0;
    store::each_token(session, Tenant(Principal()), [&](const Token& token) {
      CHECK_FALSE(token.grant_scopes);
      CHECK(token.openid.empty());
      CHECK_FALSE(token.name);
      return ++seen > 0;
    });
    CHECK(seen == tokens);
    session.query("PRAGMA foreign_key_check", {}, [](const store::Row&) {
      FAIL("a row points nowhere");
      return true;
    });
    return {};
  }));
}

}  // namespace

TEST_CASE("filled stores of every released schema keep all they had") {
  keeps_all("0001.sql", 3);
  keeps_all("0002.sql", 3);
}

}  // namespace hub::conformance
