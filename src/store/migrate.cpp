#include "migrate.h"

#include <algorithm>
#include <charconv>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/crypto/hash.h"
#include "hub/store/store.h"

namespace hub::store {

namespace {

// 1 of "0001_first_schema.sql"; 0 for a name that is not of this form.
std::int64_t number_of(std::string_view name) {
  constexpr std::size_t digits = 4;
  if (name.size() < digits + 2 || name[digits] != '_' || !name.ends_with(".sql")) return 0;
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(name.data(), name.data() + digits, number);
  return problem == std::errc() && end == name.data() + digits ? number : 0;
}

Error damaged(std::string message) {
  return {codes::store_damaged, std::move(message), "restore a backup; hubctl does not use this file"};
}

// What the build has computed need not be computed by every command, since OpenSSL takes milliseconds to get ready.
std::string checksum_of(const EmbeddedFile& file) {
  return file.sha256.empty() ? hex(crypto::sha256(file.text)) : std::string(file.sha256);
}

}  // namespace

Result<std::vector<Migration>> number_migrations(std::span<const EmbeddedFile> files) {
  std::vector<Migration> migrations;
  for (const EmbeddedFile& file : files) {
    migrations.push_back({number_of(file.name), file.name, file.text, checksum_of(file)});
  }
  std::ranges::sort(migrations, {}, &Migration::number);
  std::int64_t expected = 1;
  for (const Migration& migration : migrations) {
    if (migration.number != expected++) {
      return Error{codes::internal,
                   "The migrations of this binary are not numbered one by one.",
                   {},
                   {},
                   std::string(migration.name)};
    }
  }
  return migrations;
}

void record_migration(WriteSession& session, const Migration& migration, Instant now) {
  session.execute("INSERT INTO schema (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
                  {migration.number, migration.name, migration.checksum, now});
}

Result<void> check_schema(Session& session, const std::vector<Migration>& migrations) {
  std::size_t applied = 0;
  Result<void> verdict;
  session.query("SELECT number, checksum FROM schema ORDER BY number", {}, [&](const Row& row) {
    const std::int64_t number = row.integer(0);
    if (number != static_cast<std::int64_t>(applied) + 1) {
      verdict = damaged("Migration " + std::to_string(applied + 1) + " is missing in the store.");
    } else if (applied < migrations.size() && row.text(1) != migrations[applied].checksum) {
      verdict = damaged("Migration " + std::to_string(number) + " in the store is not the one of this hubctl.");
    }
    ++applied;
    return verdict.has_value();
  });
  if (!verdict) return verdict;
  if (applied > migrations.size()) {
    return Error{codes::store_newer,
                 "The store has schema " + std::to_string(applied) + " and this hubctl knows only " +
                     std::to_string(migrations.size()) + ".",
                 "use a newer hubctl"};
  }
  if (applied < migrations.size()) {
    return Error{codes::store_older,
                 "The store has schema " + std::to_string(applied) + " and this hubctl needs " +
                     std::to_string(migrations.size()) + ".",
                 "hubctl migrate up brings it up to date"};
  }
  return {};
}

std::int64_t newest_schema() { return static_cast<std::int64_t>(embedded_migrations().size()); }

Result<std::int64_t> schema_of(Session& session) {
  std::int64_t number = 0;
  session.query("SELECT COALESCE(MAX(number), 0) FROM schema", {}, [&](const Row& row) {
    number = row.integer(0);
    return false;
  });
  return number;
}

}  // namespace hub::store
