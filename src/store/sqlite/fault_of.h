#pragma once
#include <string>
#include <string_view>

#include "fault.h"

struct sqlite3;

namespace hub::store::sqlite {

// What a result code of SQLite means to us. `extended_code` as of sqlite3_extended_errcode, `system_errno` as of
// sqlite3_system_errno, `detail` for the log.
StoreFault fault_of(int extended_code, int system_errno, std::string_view detail);

// The fault of the last call on this connection.
StoreFault last_fault(sqlite3* database);

// Breaks one of this layer's own rules, e.g. more values than placeholders: a bug of ours.
StoreFault misuse(std::string detail);

}  // namespace hub::store::sqlite
