#pragma once
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/store/session.h"
#include "migrate.h"

// What opening asks of a file, for others that open one.
namespace hub::store::sqlite {

// What can be said about the file without opening it, which only SQLite may do (rule L-14).
Result<void> check_file(const std::string& path, bool is_read_only);
// check_schema, of a file that may have lost its tables.
Result<void> check_tables(Session& session, const std::vector<Migration>& migrations);

}  // namespace hub::store::sqlite
