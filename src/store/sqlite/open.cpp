#include "open.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "create.h"
#include "engine.h"
#include "group_writer.h"
#include "hub/base/codes.h"
#include "readers.h"

namespace hub::store {

namespace sqlite {

namespace {

class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, bool is_read_only, const Engine& engine)
      : is_read_only_(is_read_only),
        engine_(engine),
        readers_(path, is_read_only ? Use::read_only_file : Use::read, engine_),
        writer_(path, engine_) {}

  Result<void> read(const std::function<Result<void>(Session&)>& job) override { return readers_.read(job); }

  Result<void> write(const std::function<Result<Outcome>(WriteSession&)>& job) override {
    if (is_read_only_) return Error{codes::store_read_only, "The store is opened for reading only."};
    return writer_.write(job);
  }

  bool checkpoint_if_due() override { return writer_.checkpoint_if_due(); }
  WriterStats writer_stats() const override { return writer_.stats(); }

 private:
  const bool is_read_only_;
  const Engine engine_;
  Readers readers_;
  GroupWriter writer_;
};

}  // namespace

Result<void> check_file(const std::string& path, bool is_read_only) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return Error{codes::store_missing, "There is no store at " + path + ".", "make one with hubctl init"};
    }
    return Error{codes::unreadable_file, "The store " + path + " cannot be reached.",
                 "check the permissions of its path"};
  }
  if (!S_ISREG(found.st_mode) || access(path.c_str(), R_OK) != 0) {
    return Error{codes::unreadable_file, "The store " + path + " cannot be read.",
                 "check who owns it and its permissions"};
  }
  if (found.st_size == 0) return Error{codes::store_foreign, "The file " + path + " is empty.", "check the path"};
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (!is_read_only && (access(path.c_str(), W_OK) != 0 || access(folder.c_str(), W_OK) != 0)) {
    return Error{codes::store_read_only, "The store " + path + " cannot be written.",
                 "check who owns its file and directory, and the disk"};
  }
  return {};
}

Result<void> check_tables(Session& session, const std::vector<Migration>& migrations) {
  bool is_there = false;
  session.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'schema'", {},
                [&](const Row&) { return is_there = true; });
  if (is_there) return check_schema(session, migrations);
  return Error{codes::store_damaged, "The store has lost its tables.", "restore a backup"};
}

Result<std::unique_ptr<Store>> open_store(const std::string& path, const OpenOptions& options, const Engine& engine) {
  const Result<std::vector<Migration>> migrations = number_migrations(engine.migrations);
  if (!migrations) return migrations.error();
  if (options.create) {
    const Result<void> created = create_database(path, *migrations, options, engine);
    if (!created) return created.error();
  }
  // One name per file, whatever links lead to it: the lock file is found by it.
  std::error_code problem;
  const std::filesystem::path real = std::filesystem::canonical(path, problem);
  const std::string name = problem ? path : real.string();
  const Result<void> checked = check_file(name, options.read_only);
  if (!checked) return checked.error();
  auto store = std::make_unique<SqliteStore>(name, options.read_only, engine);
  const Result<void> fits = store->read([&](Session& session) { return check_tables(session, *migrations); });
  if (!fits) return fits.error();
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace sqlite

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, const OpenOptions& options) {
  return sqlite::open_store(path, options, sqlite::Engine());
}

std::string engine_version() { return sqlite3_libversion(); }

}  // namespace hub::store
