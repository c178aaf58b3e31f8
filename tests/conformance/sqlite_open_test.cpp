#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <vector>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/crypto/hash.h"
#include "sqlite/connection.h"
#include "sqlite_backend.h"

namespace hub::conformance {

using store::OpenOptions;
using store::Outcome;
using store::sqlite::open_store;

namespace {

std::string code_of(const Result<std::unique_ptr<store::Store>>& opened) {
  return opened ? "none" : std::string(opened.error().code.name);
}

void write_file(const std::string& path, const std::string& content) { std::ofstream(path) << content; }

unsigned mode_of(const std::string& path) {
  struct stat found {};
  REQUIRE(stat(path.c_str(), &found) == 0);
  return found.st_mode & 07777U;
}

std::map<std::string, unsigned> modes_in(const std::string& folder) {
  std::map<std::string, unsigned> modes;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    modes[entry.path().filename().string()] = mode_of(entry.path().string());
  }
  return modes;
}

void run_in(const std::string& path, const std::string& sql) {
  SQLite::Database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

}  // namespace

TEST_CASE("opening says what is not there") {
  const testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  engine.migrations = item_migrations;
  CHECK(code_of(open_store(directory.file("hub.db"), {}, engine)) == "store_missing");
  CHECK(code_of(open_store(directory.file("no/such/hub.db"), {}, engine)) == "store_missing");
  CHECK(code_of(open_store("", {}, engine)) == "store_missing");
  CHECK(code_of(open_store(directory.path(), {}, engine)) == "unreadable_file");
  CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("creating refuses whatever is there already") {
  SqliteBackend backend;
  REQUIRE(insert_item(*backend.open(), 1));
  backend.options.create = true;
  CHECK(backend.failure() == "exists");
  backend.options.create = false;
  CHECK(count_items(*backend.open()) == 1);

  OpenOptions create;
  create.create = true;
  const std::string path = backend.directory.file("notes.txt");
  write_file(path, "");
  CHECK(code_of(open_store(path, create, backend.engine)) == "exists");
  std::filesystem::create_symlink("nowhere", backend.directory.file("link"));
  CHECK(code_of(open_store(backend.directory.file("link"), create, backend.engine)) == "exists");
}

TEST_CASE("files that are no store are foreign and stay as they are") {
  const testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  engine.migrations = item_migrations;
  const std::string path = directory.file("other");
  for (const std::string& content : {std::string(), std::string("x"), std::string(10'000, 'x')}) {
    write_file(path, content);
    CHECK(code_of(open_store(path, {}, engine)) == "store_foreign");
    CHECK(std::filesystem::file_size(path) == content.size());
  }
  std::filesystem::remove(path);
  run_in(path, "CREATE TABLE item (id BIGINT); CREATE TABLE schema (number BIGINT, checksum TEXT)");
  CHECK(code_of(open_store(path, {}, engine)) == "store_foreign");
  CHECK(SQLite::Database(path).execAndGet("PRAGMA journal_mode").getString() == "delete");
  run_in(path, "PRAGMA application_id = 12345");
  CHECK(code_of(open_store(path, {}, engine)) == "store_foreign");
}

TEST_CASE("a damaged file is called damaged") {
  SqliteBackend backend;
  {
    std::fstream file(backend.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(1000, '\xff');
  }
  CHECK(backend.failure() == "store_damaged");
}

TEST_CASE("the schema has to be the one of the binary") {
  SqliteBackend backend;
  const std::string first(item_migrations[0].text);
  const std::string second = "CREATE TABLE more (id BIGINT);";
  const std::vector<EmbeddedFile> two = {{"0001_item.sql", first}, {"0002_more.sql", second}};
  const std::vector<EmbeddedFile> changed = {{"0001_item.sql", second}};
  const std::vector<EmbeddedFile> gap = {{"0001_item.sql", first}, {"0003_more.sql", second}};

  backend.engine.migrations = two;
  CHECK(backend.failure() == "store_older");
  backend.engine.migrations = changed;
  CHECK(backend.failure() == "store_damaged");
  backend.engine.migrations = gap;
  CHECK(backend.failure() == "internal");
  backend.engine.migrations = item_migrations;
  CHECK(backend.failure() == "none");

  SqliteBackend newer;
  run_in(newer.path(), "INSERT INTO schema VALUES (2, '0002_more.sql', 'x', 0)");
  CHECK(newer.failure() == "store_newer");
  run_in(newer.path(), "UPDATE schema SET number = 3 WHERE number = 2");
  CHECK(newer.failure() == "store_damaged");
  run_in(newer.path(), "DROP TABLE schema");
  CHECK(newer.failure() == "store_damaged");
}

TEST_CASE("creating applies all migrations and notes them") {
  const std::vector<EmbeddedFile> files = {{"0002_more.sql",
                                            "INSERT INTO item (id) VALUES (1); INSERT INTO item (id) "
                                            "VALUES (2);"},
                                           item_migrations[0]};
  const testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  engine.migrations = files;
  OpenOptions create;
  create.create = true;
  create.now = from_unix_seconds(1'800'000'000);
  const auto opened = open_store(directory.file("hub.db"), create, engine);
  REQUIRE(opened);
  CHECK(count_items(**opened) == 2);
  std::string rows;
  REQUIRE((*opened)->read([&](store::Session& session) -> Result<void> {
    CHECK(*store::schema_of(session) == 2);
    session.query("SELECT number, name, checksum, applied_at FROM schema ORDER BY number", {},
                  [&](const store::Row& row) {
                    CHECK(row.text(2).size() == 64);
                    CHECK(row.instant(3) == create.now);
                    rows += std::to_string(row.integer(0)) + ' ' + row.string(1) + '\n';
                    return true;
                  });
    return {};
  }));
  CHECK(rows == "1 0001_item.sql\n2 0002_more.sql\n");
}

TEST_CASE("creating leaves a whole store or none whichever statement fails") {
  const testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  engine.migrations = item_migrations;
  OpenOptions create;
  create.create = true;
  int failing = 0;
  for (bool is_created = false; !is_created; ++failing) {
    REQUIRE(failing < 100);
    int countdown = failing;
    engine.before_statement = [&](std::string_view) {
      if (countdown-- == 0) throw store::StoreFault(Error{codes::disk_full, "no space"});
    };
    is_created = open_store(directory.file("hub.db"), create, engine).has_value();
    // The file is complete before the checks of opening it begin.
    const bool is_there = std::filesystem::exists(directory.file("hub.db"));
    CHECK(std::filesystem::exists(directory.file("hub.db.new")) == false);
    if (is_there) {
      engine.before_statement = nullptr;
      CHECK(count_items(**open_store(directory.file("hub.db"), {}, engine)) == 0);
      break;
    }
    CHECK_FALSE(is_created);
  }
  CHECK(failing > 3);
}

TEST_CASE("what a dead process left of a creation is no obstacle") {
  const testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  engine.migrations = item_migrations;
  OpenOptions create;
  create.create = true;
  write_file(directory.file("hub.db.new"), "half");
  write_file(directory.file("hub.db.new-journal"), "half");
  CHECK(open_store(directory.file("hub.db"), create, engine));
  CHECK_FALSE(std::filesystem::exists(directory.file("hub.db.new")));
}

TEST_CASE("only the owner may read the files whatever the umask is") {
  const mode_t umask_before = umask(0);
  const testing::TemporaryDirectory directory;
  store::sqlite::Engine engine;
  engine.migrations = item_migrations;
  OpenOptions create;
  create.create = true;
  {
    const auto opened = open_store(directory.file("a/b/hub.db"), create, engine);
    REQUIRE(opened);
    REQUIRE(insert_item(**opened, 1));
    CHECK(mode_of(directory.file("a")) == 0700);
    CHECK(mode_of(directory.file("a/b")) == 0700);
    CHECK(modes_in(directory.file("a/b")) ==
          std::map<std::string, unsigned>{
              {"hub.db", 0600}, {"hub.db-shm", 0600}, {"hub.db-wal", 0600}, {"hub.db.lock", 0600}});
  }
  umask(umask_before);
}

TEST_CASE("a store opened for reading refuses writes") {
  SqliteBackend backend;
  REQUIRE(insert_item(*backend.open(), 1));
  backend.options.read_only = true;
  const auto store = backend.open();
  CHECK(count_items(*store) == 1);
  const Result<void> outcome = insert_item(*store, 2);
  REQUIRE_FALSE(outcome);
  CHECK(outcome.error().code == codes::store_read_only);
  CHECK_FALSE(store->checkpoint_if_due());
}

TEST_CASE("one store has one lock whatever link leads to it") {
  SqliteBackend backend;
  const std::string link = backend.directory.file("link.db");
  std::filesystem::create_symlink(backend.path(), link);
  const auto store = open_store(link, {}, backend.engine);
  REQUIRE(store);
  CHECK(insert_item(**store, 1));
  CHECK_FALSE(std::filesystem::exists(link + ".lock"));
  CHECK(count_items(*backend.open()) == 1);
}

TEST_CASE("every connection has the settings that durability rests on") {
  using store::sqlite::Use;
  const SqliteBackend backend;
  for (const Use use : {Use::read, Use::read_much, Use::read_only_file, Use::write}) {
    store::sqlite::Connection connection(backend.path(), use, backend.engine);
    CHECK(connection.setting("journal_mode") == "wal");
    CHECK(connection.setting("synchronous") == "2");
    CHECK(connection.setting("foreign_keys") == "1");
    CHECK(connection.setting("secure_delete") == "1");
    CHECK(connection.setting("trusted_schema") == "0");
    CHECK(connection.setting("wal_autocheckpoint") == "0");
    CHECK(connection.setting("mmap_size") == "0");
    CHECK(connection.setting("query_only") == (use == Use::write ? "0" : "1"));
    int is_set = 0;
    CHECK(sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, -1, &is_set) == SQLITE_OK);
    CHECK(is_set == 1);
  }
}

TEST_CASE("the migrations of the product make a store that opens again") {
  const testing::TemporaryDirectory directory;
  OpenOptions create;
  create.create = true;
  REQUIRE(store::open_sqlite(directory.file("hub.db"), create));
  const auto opened = store::open_sqlite(directory.file("hub.db"), {});
  REQUIRE(opened);
  REQUIRE((*opened)->read([&](store::Session& session) -> Result<void> {
    CHECK(*store::schema_of(session) == store::newest_schema());
    session.query("PRAGMA foreign_key_check", {}, [](const store::Row&) {
      FAIL("a row points nowhere");
      return true;
    });
    return {};
  }));
}

TEST_CASE("the checksum of a migration that the build computed is that of its text") {
  for (const EmbeddedFile& file : store::embedded_migrations()) {
    CHECK_MESSAGE(file.sha256 == hex(crypto::sha256(file.text)), file.name);
  }
}

TEST_CASE("the version of the engine is told") {
  CHECK(store::engine_version().starts_with("3."));
  CHECK(store::newest_schema() == static_cast<std::int64_t>(store::embedded_migrations().size()));
}

}  // namespace hub::conformance
