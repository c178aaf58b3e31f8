#include "world.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "fault.h"
#include "hub/base/codes.h"
#include "hub/store/person.h"
#include "sqlite/engine.h"
#include "support/replaying_store.h"

namespace hub::testing {
namespace {

// A replaying store that owns what it replays on.
class Replaying final : public store::Store {
 public:
  explicit Replaying(std::unique_ptr<store::Store> inner) : inner_(std::move(inner)), replaying_(*inner_) {}

  Result<void> read(const std::function<Result<void>(store::Session&)>& job) override { return replaying_.read(job); }
  Result<void> write(const std::function<Result<store::Outcome>(store::WriteSession&)>& job) override {
    return replaying_.write(job);
  }
  bool checkpoint_if_due() override { return replaying_.checkpoint_if_due(); }

 private:
  std::unique_ptr<store::Store> inner_;
  ReplayingStore replaying_;
};

std::string text_of_column(sqlite3_stmt* statement, int column) {
  const int type = sqlite3_column_type(statement, column);
  if (type == SQLITE_NULL) return "NULL";
  const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
  return std::string(bytes == nullptr ? "" : bytes, size);
}

using EachRow = std::function<void(const std::string& first, const std::string& line)>;
void each_row(sqlite3* database, const std::string& sql, const EachRow& each) {
  sqlite3_stmt* statement = nullptr;
  REQUIRE_MESSAGE(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
                  sqlite3_errmsg(database));
  while (sqlite3_step(statement) == SQLITE_ROW) {
    std::string line;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) line += text_of_column(statement, i) + '\x1f';
    each(text_of_column(statement, 0), line);
  }
  sqlite3_finalize(statement);
}

}  // namespace

void copy_world(const TemporaryDirectory& from, const TemporaryDirectory& to) {
  for (const char* name : {"hub.db", "hub.db-wal", "hub.db.key"}) {
    if (std::filesystem::exists(from.file(name))) std::filesystem::copy_file(from.file(name), to.file(name));
  }
}

std::string changed_tables(const Dump& before, const Dump& after) {
  std::string names;
  if (before == after) return names;
  for (const auto& [table, rows] : *after) {
    const auto old = before->find(table);
    if (old == before->end() || old->second != rows) names += (names.empty() ? "" : ", ") + table;
  }
  return names;
}

World::World(Storage storage, std::uint64_t seed, const Blueprint& plan)
    : pristine_(plan.directory.file("hub.db")), clock_(plan.end), random_(seed) {
  copy_world(plan.directory, directory_);
  clock_.advance(std::chrono::seconds(1));
  store::sqlite::Engine engine;
  engine.before_statement = [this](std::string_view sql) { before_statement(sql); };
  auto store = store::sqlite::open_store(path(), {}, engine);
  REQUIRE_MESSAGE(store.has_value(), (store ? "" : store.error().message));
  std::unique_ptr<store::Store> used = std::move(*store);
  if (storage == Storage::replaying) used = std::make_unique<Replaying>(std::move(used));
  hub_ = std::make_unique<core::Hub>(std::move(used), core::HubLocation{path(), directory_.file("hub.db.key")}, clock_,
                                     random_);
  REQUIRE(sqlite3_open_v2(path().c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

World::~World() { sqlite3_close(database_); }

Call World::as_operator() {
  Call call;
  call.principal = Principal::local_operator("root");
  return call;
}

Call World::as(const std::string& email) {
  const std::vector<std::string> ids = column("SELECT id FROM person WHERE email_key = '" + email + "'");
  REQUIRE_MESSAGE(ids.size() == 1, email);
  Call call;
  call.principal = Principal::person(*PersonId::parse(ids.front()));
  return call;
}

Said World::run(const Call& call, const operations::Operation& operation, const Json& request) {
  Said said;
  if (operation.list) {
    said.answer = Json::array();
    const Result<void> listed = operations::run_list(operation, hub_.get(), call, request, {}, [&](Json& row) {
      said.answer.push_back(row);
      return true;
    });
    if (!listed) said.error = listed.error();
  } else {
    const Result<int> done = operations::run(operation, hub_.get(), call, request, said.answer);
    if (!done) said.error = done.error();
  }
  return said;
}

Said World::run(const Call& call, std::string_view operation, const Json& request) {
  return run(call, named(operation), request);
}

Dump World::dump() {
  const std::string version = column("PRAGMA data_version").front();
  if (dumped_ && version == dumped_version_) return dumped_;
  Tables tables;
  for (const std::string& table : column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
    tables[table] = rows_of(table);
  }
  dumped_version_ = version;
  dumped_ = std::make_shared<const Tables>(std::move(tables));
  return dumped_;
}

std::vector<std::string> World::column(const std::string& sql) {
  std::vector<std::string> values;
  each_row(database_, sql, [&](const std::string& first, const std::string&) { values.push_back(first); });
  return values;
}

void World::fail_statement(int number) {
  countdown_ = number;
  has_failed_ = false;
}

void World::execute(const std::string& sql) {
  REQUIRE_MESSAGE(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK,
                  sqlite3_errmsg(database_));
}

std::vector<std::string> World::rows_of(const std::string& table) {
  std::vector<std::string> rows;
  each_row(database_, "SELECT * FROM \"" + table + "\" ORDER BY rowid",
           [&](const std::string&, const std::string& line) { rows.push_back(line); });
  return rows;
}

void World::restore(const std::string& table) {
  if (!attached_) execute("PRAGMA synchronous = OFF; ATTACH '" + pristine_ + "' AS pristine");
  attached_ = true;
  execute("BEGIN IMMEDIATE; DELETE FROM main.\"" + table + "\"; INSERT INTO main.\"" + table +
          "\" SELECT * FROM pristine.\"" + table + "\" ORDER BY rowid; COMMIT");
  dumped_ = nullptr;
}

void World::before_statement(std::string_view sql) {
  if (records_) statements_.emplace_back(sql);
  if (countdown_ == 0 || --countdown_ > 0) return;
  has_failed_ = true;
  throw store::StoreFault(Error{codes::disk_full, "There is no space left for the store"});
}

}  // namespace hub::testing
