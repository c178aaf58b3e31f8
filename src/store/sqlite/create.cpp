#include "create.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "connection.h"
#include "fault_of.h"
#include "hub/base/codes.h"
#include "lock_file.h"

namespace hub::store::sqlite {

namespace {

namespace fs = std::filesystem;

fs::path folder_of(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

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

void make_empty_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) throw fault_of(SQLITE_CANTOPEN, errno, "new file");
  close(descriptor);
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw fault_of(SQLITE_CANTOPEN, errno, "directory");
  const int code = fsync(descriptor);
  const int problem = errno;
  close(descriptor);
  if (code != 0) throw fault_of(SQLITE_IOERR_DIR_FSYNC, problem, "directory");
}

// A database under another name that gets its own when it is complete. What is left of it is removed in any case.
class Draft {
 public:
  explicit Draft(std::string path) : path_(std::move(path)) {
    remove();  // of a process that died
    make_empty_file(path_);
  }
  ~Draft() { remove(); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  const std::string& path() const { return path_; }

  void publish(const std::string& path) {
    if (std::rename(path_.c_str(), path.c_str()) != 0) throw fault_of(SQLITE_CANTOPEN, errno, "new file");
    sync_folder(folder_of(path));
  }

 private:
  void remove() noexcept {
    for (const char* suffix : {"", "-journal", "-wal", "-shm"}) unlink((path_ + suffix).c_str());
  }

  std::string path_;
};

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
