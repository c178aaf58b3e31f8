#include "draft.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "fault_of.h"

namespace hub::store::sqlite {
namespace {

void make_empty_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) throw fault_of(SQLITE_CANTOPEN, errno, "new file");
  close(descriptor);
}

void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) throw fault_of(SQLITE_CANTOPEN, errno, "directory");
  const int code = fsync(descriptor);
  const int problem = errno;
  close(descriptor);
  if (code != 0) throw fault_of(SQLITE_IOERR_DIR_FSYNC, problem, "directory");
}

}  // namespace

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Draft::Draft(std::string path) : path_(std::move(path)) {
  remove();  // of a process that died
  make_empty_file(path_);
}

void Draft::publish(const std::string& path) {
  if (std::rename(path_.c_str(), path.c_str()) != 0) throw fault_of(SQLITE_CANTOPEN, errno, "new file");
  sync_folder(folder_of(path));
}

void Draft::remove() noexcept {
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) unlink((path_ + suffix).c_str());
}

}  // namespace hub::store::sqlite
