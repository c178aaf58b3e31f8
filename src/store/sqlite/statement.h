#pragma once
#include <sqlite3.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/store/session.h"

namespace hub::store::sqlite {

// A prepared statement. SQLiteCpp's own can bind text only with its end marked or copied, and counts references for
// every column it reads; both are felt on the token path, so this one stands on the C interface. All of it may throw
// StoreFault.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  const std::string& sql() const { return sql_; }
  // Binds values[n - 1] to each $n. Values must live until reset(); each must be used, as PostgreSQL demands.
  void bind(Values values);
  bool step();  // true: there is a row
  void reset() noexcept;
  bool only_reads() const { return sqlite3_stmt_readonly(handle_.get()) != 0; }
  const Row& row() const { return row_; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  class CurrentRow final : public Row {
   public:
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    std::string_view octets(int column) const override;

    sqlite3_stmt* handle = nullptr;

   private:
    int type_of(int column) const;
    void require(int column, int type) const;
  };

  void number_placeholders();
  void bind_one(int index, const Value::Variant& value);
  [[noreturn]] void fail() const;

  std::string sql_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
  std::vector<std::size_t> numbers_;  // [i - 1] is the n of the placeholder that SQLite numbers i
  CurrentRow row_;
};

}  // namespace hub::store::sqlite
