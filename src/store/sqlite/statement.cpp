#include "statement.h"

#include <algorithm>
#include <charconv>

#include "fault_of.h"
#include "hub/base/codes.h"

namespace hub::store::sqlite {

namespace {

const char* name_of_type(int type) {
  switch (type) {
    case SQLITE_INTEGER:
      return "a whole number";
    case SQLITE_TEXT:
      return "text";
    case SQLITE_BLOB:
      return "octets";
    case SQLITE_NULL:
      return "nothing";
    default:
      return "a fraction";
  }
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql) : sql_(sql) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(database, sql_.c_str(), static_cast<int>(sql_.size()) + 1,
                                      SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  handle_.reset(handle);
  if (code != SQLITE_OK) throw last_fault(database);
  if (!handle || std::string_view(rest).find_first_not_of(" \n\t;") != std::string_view::npos) {
    throw misuse("not exactly one statement: " + sql_);
  }
  row_.handle = handle;
  number_placeholders();
}

// SQLite numbers $2 first if it occurs first, so the mapping goes by name.
void Statement::number_placeholders() {
  const int count = sqlite3_bind_parameter_count(handle_.get());
  for (int index = 1; index <= count; ++index) {
    const char* name = sqlite3_bind_parameter_name(handle_.get(), index);
    const std::string_view digits = name && name[0] == '$' ? name + 1 : "";
    std::size_t number = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (problem != std::errc() || end != digits.data() + digits.size() || number == 0) {
      throw misuse("a placeholder is not $1, $2 and so on: " + sql_);
    }
    numbers_.push_back(number);
  }
  if (!numbers_.empty() && *std::ranges::max_element(numbers_) != numbers_.size()) {
    throw misuse("a placeholder is left out: " + sql_);
  }
}

void Statement::bind(Values values) {
  if (values.size() != numbers_.size()) throw misuse("as many values as placeholders are needed: " + sql_);
  int index = 0;
  for (const std::size_t number : numbers_) bind_one(++index, (values.begin() + number - 1)->get());
}

void Statement::bind_one(int index, const Value::Variant& value) {
  // A null pointer would bind NULL where an empty text is meant.
  const auto data = [](std::string_view view) { return view.data() ? view.data() : ""; };
  int code = SQLITE_OK;
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    code = sqlite3_bind_int64(handle_.get(), index, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    code = sqlite3_bind_text64(handle_.get(), index, data(*text), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* octets = std::get_if<Octets>(&value)) {
    code = sqlite3_bind_blob64(handle_.get(), index, data(octets->data), octets->data.size(), SQLITE_STATIC);
  } else {
    code = sqlite3_bind_null(handle_.get(), index);
  }
  if (code != SQLITE_OK) fail();
}

bool Statement::step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) fail();
  return false;
}

void Statement::reset() noexcept {
  sqlite3_reset(handle_.get());           // repeats the code of the last step, which has been dealt with
  sqlite3_clear_bindings(handle_.get());  // the values are about to go
}

void Statement::fail() const { throw last_fault(sqlite3_db_handle(handle_.get())); }

int Statement::CurrentRow::type_of(int column) const {
  if (column < 0 || column >= sqlite3_data_count(handle)) {
    throw misuse("there is no column " + std::to_string(column) + ": " + sqlite3_sql(handle));
  }
  return sqlite3_column_type(handle, column);
}

void Statement::CurrentRow::require(int column, int type) const {
  const int found = type_of(column);
  if (found == type) return;
  const std::string cause = "column " + std::to_string(column) + " holds " + name_of_type(found) + " instead of " +
                            name_of_type(type) + ": " + sqlite3_sql(handle);
  throw StoreFault(
      Error{codes::store_damaged, "The store holds a value of a wrong type.", "restore a backup", {}, cause});
}

bool Statement::CurrentRow::is_null(int column) const { return type_of(column) == SQLITE_NULL; }

std::int64_t Statement::CurrentRow::integer(int column) const {
  require(column, SQLITE_INTEGER);
  return sqlite3_column_int64(handle, column);
}

std::string_view Statement::CurrentRow::text(int column) const {
  require(column, SQLITE_TEXT);
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle, column))};
}

std::string_view Statement::CurrentRow::octets(int column) const {
  require(column, SQLITE_BLOB);
  const auto* data = static_cast<const char*>(sqlite3_column_blob(handle, column));
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle, column))};
}

}  // namespace hub::store::sqlite
