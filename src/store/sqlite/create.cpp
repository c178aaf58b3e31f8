#include "create.h"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "connection.h"
#include "draft.h"
#include "fault_of.h"
#include "hub/base/codes.h"
#include "lock_file.h"

namespace hub::store::sqlite {

namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
  if (folder.empty() || fs::is_directory(folder)) return;
  make_folder(folder.parent_path());
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    throw fault_of(SQLITE_CANTOPEN, errno, "directory " + folder.string());
  }
}

bool is_there(const std::string& path) {
  struct stat found {};
  return lstat(path.c_str(), &found) == 0;
}

Result<void> write_draft(const std::string& path, const std::vector<Migration>& migrations, const OpenOptions& options,
                         const Engine& engine) {
  Connection connection(path, Use::create, engine);
  for (const Migration& migration : migrations) {
    connection.control("BEGIN IMMEDIATE");
    if (&migration == &migrations.front()) connection.execute(create_schema_table, {});
    connection.run_script(migration.sql);
    record_migration(connection, migration, options.now);
    connection.control("COMMIT");
  }
  if (options.fill) {
    connection.control("BEGIN IMMEDIATE");
    if (Result<void> filled = options.fill(connection); !filled) return filled;
    connection.control("COMMIT");
  }
  connection.start_write_ahead_log();
  return {};
}

}  // namespace

Result<void> create_database(const std::string& path, const std::vector<Migration>& migrations,
                             const OpenOptions& options, const Engine& engine) {
  const Error exists{codes::exists, "There is something at " + path + " already."};
  if (is_there(path)) return exists;
  try {
    make_folder(folder_of(path));
    // Two processes that create the same store take turns; the second finds the file of the first.
    LockFile lock_file(path + ".lock", path);
    Patience patience;
    patience.start();
    const LockFile::Hold hold = lock_file.hold(LockFile::Mode::exclusive, patience);
    if (is_there(path)) return exists;
    Draft draft(path + ".new");
    if (Result<void> written = write_draft(draft.path(), migrations, options, engine); !written) return written;
    draft.publish(path);
    return {};
  } catch (const StoreFault& fault) {
    return fault.error();
  } catch (const fs::filesystem_error& problem) {
    return fault_of(SQLITE_CANTOPEN, problem.code().value(), problem.what()).error();
  }
}

}  // namespace hub::store::sqlite
