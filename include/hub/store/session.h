#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "hub/base/bytes.h"
#include "hub/base/id.h"
#include "hub/base/time.h"

namespace hub::store {

// A value to bind. Text and octets are views: what they point at must live until the statement has run.
struct Octets {
  std::string_view data;
};
class Value {
 public:
  Value(std::nullptr_t) {}                            // NOLINT: implicit on purpose, as are all of these
  Value(bool value) : value_(std::int64_t{value}) {}  // NOLINT
  Value(int value) : value_(std::int64_t{value}) {}   // NOLINT
  Value(std::int64_t value) : value_(value) {}        // NOLINT
  Value(std::string_view text) : value_(text) {}      // NOLINT
  Value(const std::string& text) : value_(std::string_view(text)) {}  // NOLINT
  Value(const char* text) : value_(std::string_view(text)) {}         // NOLINT
  Value(Octets octets) : value_(octets) {}                            // NOLINT
  Value(Instant at) : value_(unix_microseconds(at)) {}                // NOLINT
  template <class Tag>
  Value(const Id<Tag>& id) : owned_(id.text()), is_owned_(true) {}  // NOLINT
  template <class T>
  Value(const std::optional<T>& value) {  // NOLINT
    if (value) *this = Value(*value);
  }

  using Variant = std::variant<std::monostate, std::int64_t, std::string_view, Octets>;
  Variant get() const { return is_owned_ ? Variant(std::string_view(owned_)) : value_; }

 private:
  Variant value_;
  std::string owned_;
  bool is_owned_ = false;
};
using Values = std::initializer_list<Value>;

// The current row of a result. Columns count from 0; asking for a type the column does not hold is a StoreFault.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual std::string_view text(int column) const = 0;    // valid until the visitor returns
  virtual std::string_view octets(int column) const = 0;  // the same

  bool boolean(int column) const { return integer(column) != 0; }
  Instant instant(int column) const { return from_unix_microseconds(integer(column)); }
  std::string string(int column) const { return std::string(text(column)); }
  std::optional<std::string> optional_string(int column) const {
    return is_null(column) ? std::nullopt : std::optional(string(column));
  }
  std::optional<Instant> optional_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }
  template <class IdType>
  IdType id(int column) const {
    const auto parsed = IdType::parse(text(column));
    if (!parsed) malformed_id();
    return *parsed;
  }
  template <class IdType>
  std::optional<IdType> optional_id(int column) const {
    return is_null(column) ? std::nullopt : std::optional(id<IdType>(column));
  }

 private:
  [[noreturn]] static void malformed_id();  // a StoreFault, store_damaged
};

// Returns false to see no more rows.
using Visitor = std::function<bool(const Row&)>;

// One snapshot of the database. `sql` must be a string literal, since statements are prepared once per connection and
// kept, or a text that store/list_statement put together, which is forgotten after its use. Placeholders are $1 ... $n,
// in the order of the values whatever their order in the text.
class Session {
 public:
  virtual ~Session() = default;
  virtual void query(std::string_view sql, Values values, const Visitor& visit) = 0;
};

// The same, and it may change rows.
class WriteSession : public Session {
 public:
  virtual std::int64_t execute(std::string_view sql, Values values) = 0;  // rows changed
};

}  // namespace hub::store
