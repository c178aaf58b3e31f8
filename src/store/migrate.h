#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/embedded_file.h"
#include "hub/base/result.h"
#include "hub/base/time.h"
#include "hub/store/session.h"

// What is the same for every engine about the numbered files in migrations/: which there are, and which of them a
// database has had. Running one is the engine's part.
namespace hub::store {

std::span<const EmbeddedFile> embedded_migrations();  // made by src/embed.cmake

struct Migration {
  std::int64_t number;
  std::string_view name;  // "0001_first_schema.sql"
  std::string_view sql;
  std::string checksum;  // hex SHA-256 of `sql`
};

// Numbers and checksums of the files, which must be called 0001_what.sql, 0002_what.sql and so on without a gap
// (internal).
Result<std::vector<Migration>> number_migrations(std::span<const EmbeddedFile> files);

// The table that remembers them; run before the first one.
inline constexpr std::string_view create_schema_table =
    "CREATE TABLE schema (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL,"
    " applied_at BIGINT NOT NULL)";

void record_migration(WriteSession& session, const Migration& migration, Instant now);

// Whether the database has had exactly these: store_older, store_newer; store_damaged for a gap or a changed checksum.
Result<void> check_schema(Session& session, const std::vector<Migration>& migrations);

}  // namespace hub::store
