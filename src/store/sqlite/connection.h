#pragma once
#include <SQLiteCpp/Database.h>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "engine.h"
#include "hub/store/session.h"
#include "patience.h"
#include "statement.h"

namespace hub::store::sqlite {

// read_much: read, with more memory for what it has read.
enum class Use { read, read_much, read_only_file, write, create };

// One connection with its prepared statements, used by one thread at a time and never across fork (rule L-14). It is
// open only if the file is ours and every setting that durability rests on has taken (claim DU-01). All of it may throw
// StoreFault.
class Connection final : public WriteSession {
 public:
  Connection(const std::string& path, Use use, const Engine& engine);

  void query(std::string_view sql, Values values, const Visitor& visit) override;
  std::int64_t execute(std::string_view sql, Values values) override;

  // BEGIN, COMMIT, SAVEPOINT and their like.
  void control(std::string_view sql);
  void roll_back() noexcept;
  bool in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }
  // A whole migration: many statements, no values.
  void run_script(std::string_view sql);
  // From then on the file is in WAL mode for everybody.
  void start_write_ahead_log();
  // The value of a PRAGMA, as text.
  std::string setting(const std::string& name);

  // Gives what follows limits::busy_timeout_ms to wait for others.
  Patience& patience() { return patience_; }
  sqlite3* handle() const { return database_.getHandle(); }

 private:
  struct Prepared {
    Prepared(sqlite3* database, std::string_view sql) : statement(database, sql) {}
    Statement statement;
    bool in_use = false;
  };
  class Lease;

  void configure(Use use);
  void require_ours();
  void require_setting(const std::string& name, const std::string& value, const std::string& expected);
  void require_write_ahead_log(Use use);

  const Engine& engine_;
  Patience patience_;
  SQLite::Database database_;
  std::unordered_map<std::string_view, std::unique_ptr<Prepared>> prepared_;  // by the text that the statement keeps
};

inline constexpr int application_id = 0x68756263;  // "hubc" in the header of our files

}  // namespace hub::store::sqlite
