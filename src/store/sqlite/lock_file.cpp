#include "lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <tuple>

#include "fault_of.h"

namespace hub::store::sqlite {

LockFile::LockFile(const std::string& path, const std::string& owner_path)
    : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (descriptor_ < 0) throw fault_of(SQLITE_CANTOPEN, errno, "lock file");
  // Made by root for a store of another user, as SQLite does with the log.
  struct stat owner {};
  if (geteuid() == 0 && stat(owner_path.c_str(), &owner) == 0) {
    std::ignore = fchown(descriptor_, owner.st_uid, owner.st_gid);
  }
}

LockFile::~LockFile() { close(descriptor_); }

LockFile::Hold::~Hold() {
  if (descriptor_ >= 0) flock(descriptor_, LOCK_UN);
}

LockFile::Hold LockFile::try_hold(Mode mode) {
  const int operation = (mode == Mode::exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB;
  while (flock(descriptor_, operation) != 0) {
    if (errno == EWOULDBLOCK) return Hold();
    if (errno != EINTR) throw fault_of(SQLITE_IOERR_LOCK, errno, "lock file");
  }
  return Hold(descriptor_);
}

LockFile::Hold LockFile::hold(Mode mode, const Patience& patience) {
  for (;;) {
    if (Hold held = try_hold(mode)) return held;
    if (patience.is_over()) throw fault_of(SQLITE_BUSY, 0, "lock file");
    Patience::nap();
  }
}

}  // namespace hub::store::sqlite
