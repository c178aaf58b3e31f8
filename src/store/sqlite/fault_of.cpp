#include "fault_of.h"

#include <sqlite3.h>

#include <cerrno>

#include "hub/base/codes.h"

namespace hub::store::sqlite {

namespace {

constexpr int primary(int extended_code) { return extended_code & 0xff; }

// SQLite says FULL for ENOSPC only and calls the other two an I/O error (rule L-15).
bool is_out_of_space(int system_errno) {
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

// A write or sync after which nobody knows what is on the disk (rule G-10). A write refused for want of space is
// harmless, a failed sync never is: the page may be marked clean already.
bool breaks_durability(int extended_code, int system_errno) {
  switch (extended_code) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
      return true;
    case SQLITE_IOERR:
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_CLOSE:
      return !is_out_of_space(system_errno);
    default:
      return false;
  }
}

Error disk_full() {
  return {codes::disk_full, "There is no space left for the store.", "free some space and try again"};
}

Error read_only() {
  return {codes::store_read_only, "The store cannot be written.",
          "check who owns its file and directory, and the disk"};
}

Error damaged() {
  return {codes::store_damaged, "The store is damaged.", "restore a backup; keep the damaged file for examination"};
}

Error cannot_open(int system_errno) {
  if (is_out_of_space(system_errno)) return disk_full();
  if (system_errno == EMFILE || system_errno == ENFILE) {
    return {codes::overloaded, "Too many files are open.", "try again in a moment"};
  }
  if (system_errno == EACCES || system_errno == EPERM || system_errno == EROFS) return read_only();
  return {codes::unreadable_file, "The store cannot be opened.", "check its file and directory"};
}

Error io_error(int extended_code, int system_errno) {
  if (breaks_durability(extended_code, system_errno)) {
    return {codes::internal, "The disk failed while the store was written.", "check the disk, then start again"};
  }
  if (is_out_of_space(system_errno)) return disk_full();
  if (extended_code == SQLITE_IOERR_CORRUPTFS || extended_code == SQLITE_IOERR_SHORT_READ) return damaged();
  return {codes::internal, "The disk failed while the store was read.", "check the disk"};
}

Error error_of(int extended_code, int system_errno) {
  switch (primary(extended_code)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return {codes::store_busy, "The store is in use by another process.", "try again in a moment"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return read_only();
    case SQLITE_FULL:
      return disk_full();
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return damaged();
    case SQLITE_NOTADB:
      return {codes::store_foreign, "The file is not a store of hubctl.", "check the path"};
    case SQLITE_CANTOPEN:
      return cannot_open(system_errno);
    case SQLITE_IOERR:
      return io_error(extended_code, system_errno);
    default:
      return {codes::internal, "The store could not do what was asked of it."};
  }
}

// SQLite does not note the number when a COMMIT fails; the log's file handle still knows it.
int errno_of(sqlite3* database) {
  int number = sqlite3_system_errno(database);
  sqlite3_file* log = nullptr;
  if (number != 0 || sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK)
    return number;
  if (log && log->pMethods) log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

}  // namespace

StoreFault fault_of(int extended_code, int system_errno, std::string_view detail) {
  Error error = error_of(extended_code, system_errno);
  error.cause = "sqlite " + std::to_string(extended_code) + ", errno " + std::to_string(system_errno) + ": ";
  error.cause += detail;
  return StoreFault(std::move(error), breaks_durability(extended_code, system_errno) ? StoreFault::Kind::lasting
                                                                                     : StoreFault::Kind::passing);
}

StoreFault last_fault(sqlite3* database) {
  // First the code and the message: asking for the number clears both.
  const int code = sqlite3_extended_errcode(database);
  const std::string detail = sqlite3_errmsg(database);
  return fault_of(code, primary(code) == SQLITE_IOERR || primary(code) == SQLITE_CANTOPEN ? errno_of(database) : 0,
                  detail);
}

StoreFault misuse(std::string detail) {
  return StoreFault(Error{codes::internal, "The store was used wrongly.", {}, {}, std::move(detail)});
}

}  // namespace hub::store::sqlite
