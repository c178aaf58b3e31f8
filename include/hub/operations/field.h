#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/base/secret.h"
#include "hub/base/time.h"
#include "hub/core/answer.h"

namespace hub::operations {

// How a value looks in JSON and on the command line.
enum class ValueKind { text, integer, boolean, time, duration, secret, object };

// Where a field of an answer shows besides JSON: in tables and TSV always, with -o wide only, or not.
enum class Show { json, wide, column };

// What a caller can know of one field of a request or an answer.
struct FieldInfo {
  std::string_view name;  // snake_case; its flag has dashes
  std::string_view description;
  ValueKind kind = ValueKind::text;
  bool required = false;            // request: missing is invalid_request
  bool repeated = false;            // an array
  bool unsettable = false;          // request of a partial update: null unsets it, and so does --unset NAME
  std::string_view reference = "";  // what a text names: "org", "app", "person", "scope", "key", ... or "file"
  std::vector<std::string_view> choices = {};  // the only values allowed
  Show show = Show::json;
};

// The optional attributes of a declaration.
struct FieldOptions {
  std::string_view reference = "";
  std::vector<std::string_view> choices = {};
  Show show = Show::json;
};

using core::ObjectText;  // on the command line a text or @FILE

// The only place that knows how a value looks in JSON. Times are RFC 3339 UTC, durations "90s". Reading answers
// invalid_request with the field's name; a repeated text field takes one text for an array of one.
Result<void> read_value(const FieldInfo& field, const Json& json, std::string& out);
Result<void> read_value(const FieldInfo& field, const Json& json, std::int64_t& out);
Result<void> read_value(const FieldInfo& field, const Json& json, bool& out);
Result<void> read_value(const FieldInfo& field, const Json& json, Instant& out);
Result<void> read_value(const FieldInfo& field, const Json& json, Seconds& out);
Result<void> read_value(const FieldInfo& field, const Json& json, Secret& out);
Result<void> read_value(const FieldInfo& field, const Json& json, ObjectText& out);
Result<void> read_value(const FieldInfo& field, const Json& json, std::vector<std::string>& out);
void write_value(Json& json, const std::string& value);
void write_value(Json& json, std::int64_t value);
void write_value(Json& json, bool value);
void write_value(Json& json, Instant value);
void write_value(Json& json, Seconds value);
void write_value(Json& json, const Secret& value);
void write_value(Json& json, const ObjectText& value);
void write_value(Json& json, const std::vector<std::string>& value);
void write_value(Json& json, const std::vector<ObjectText>& value);
void write_null(Json& json);
bool is_null(const Json& json);
void clear(Json& json);                                              // to an empty object
Json& member(Json& object, std::string_view name);                   // added when missing
const Json* find_member(const Json& object, std::string_view name);  // nullptr when missing

// What a member's type says about its field.
template <class T>
struct Shape;
template <ValueKind Kind, bool Required>
struct PlainShape {
  static constexpr ValueKind kind = Kind;
  static constexpr bool required = Required, repeated = false, unsettable = false;
};
template <>
struct Shape<std::string> : PlainShape<ValueKind::text, true> {};
template <>
struct Shape<std::int64_t> : PlainShape<ValueKind::integer, true> {};
template <>
struct Shape<bool> : PlainShape<ValueKind::boolean, false> {};
template <>
struct Shape<Instant> : PlainShape<ValueKind::time, true> {};
template <>
struct Shape<Seconds> : PlainShape<ValueKind::duration, true> {};
template <>
struct Shape<Secret> : PlainShape<ValueKind::secret, true> {};
template <>
struct Shape<ObjectText> : PlainShape<ValueKind::object, true> {};
template <>
struct Shape<std::vector<std::string>> : PlainShape<ValueKind::text, false> {
  static constexpr bool repeated = true;
};
template <>
struct Shape<std::vector<ObjectText>> : PlainShape<ValueKind::object, false> {
  static constexpr bool repeated = true;
};
template <class T>
struct Shape<std::optional<T>> : Shape<T> {
  static constexpr bool required = false;
};
template <class T>
struct Shape<core::Patch<T>> : Shape<T> {
  static constexpr bool required = false, unsettable = true;
};

template <class T>
auto read_member(const FieldInfo& field, const Json& json, T& out) -> decltype(read_value(field, json, out)) {
  return read_value(field, json, out);  // types that only answers have cannot be read
}
template <class T>
Result<void> read_member(const FieldInfo& field, const Json& json, std::optional<T>& out) {
  T value{};
  if (Result<void> read = read_value(field, json, value); !read) return read;
  out = std::move(value);
  return {};
}
template <class T>
Result<void> read_member(const FieldInfo& field, const Json& json, core::Patch<T>& out) {
  T value{};
  if (Result<void> read = read_value(field, json, value); !read) return read;
  out = core::Patch<T>(std::move(value));
  return {};
}
template <class T>
void unset_member(T&) {}
template <class T>
void unset_member(core::Patch<T>& out) {
  out = core::Patch<T>::unset();
}
template <class T>
void write_member(Json& json, const T& value) {
  write_value(json, value);
}
template <class T>
void write_member(Json& json, const std::optional<T>& value) {
  if (value) {
    write_value(json, *value);
  } else {
    write_null(json);
  }
}
// A secret that is not there leaves no member behind.
template <class T>
constexpr bool omitted(const T&) {
  return false;
}
inline bool omitted(const std::optional<Secret>& value) { return !value; }

// How a member of some type goes from and to JSON. Behind pointers to void, so that the compiler makes these once per
// type and not once per field; `read` is null for types that only answers have.
struct MemberType {
  Result<void> (*read)(const FieldInfo& field, void* member, const Json& json);
  void (*write)(const FieldInfo& field, const void* member, Json& object);
};

template <class T>
Result<void> read_any(const FieldInfo& field, void* place, const Json& json) {
  T& value = *static_cast<T*>(place);
  if (is_null(json)) {
    unset_member(value);
    return {};
  }
  return read_member(field, json, value);
}
template <class T>
void write_any(const FieldInfo& field, const void* place, Json& object) {
  const T& value = *static_cast<const T*>(place);
  if (!omitted(value)) write_member(member(object, field.name), value);
}
template <class T>
const MemberType& member_type() {
  static constexpr MemberType type = [] {
    MemberType out{nullptr, nullptr};
    if constexpr (requires(T & value, const FieldInfo& field, const Json& json) { read_member(field, json, value); }) {
      out.read = &read_any<T>;
    }
    if constexpr (!Shape<T>::unsettable) out.write = &write_any<T>;
    return out;
  }();
  return type;
}
// Those that nearly every operation has are in field.cpp.
extern template const MemberType& member_type<std::string>();
extern template const MemberType& member_type<std::optional<std::string>>();
extern template const MemberType& member_type<std::vector<std::string>>();
extern template const MemberType& member_type<std::int64_t>();
extern template const MemberType& member_type<bool>();
extern template const MemberType& member_type<Instant>();
extern template const MemberType& member_type<std::optional<Instant>>();
extern template const MemberType& member_type<std::optional<Seconds>>();
extern template const MemberType& member_type<Secret>();
extern template const MemberType& member_type<std::optional<Secret>>();
extern template const MemberType& member_type<ObjectText>();
extern template const MemberType& member_type<std::optional<ObjectText>>();
extern template const MemberType& member_type<core::Patch<std::string>>();

// One member of a struct with its name and meaning.
struct AnyField {
  FieldInfo info;
  const MemberType* type;
  std::size_t offset;  // of the member in its struct, in bytes
};

// One member of the struct S. The member's type says the rest: T is required, optional<T> is not, vector<string> is
// repeated, Patch<T> can be unset, Secret never shows.
template <class S>
struct Field : AnyField {
  template <class T>
  Field(std::string_view name, T S::*place, std::string_view description, FieldOptions options = {})
      : AnyField{{name, description, Shape<T>::kind, Shape<T>::required, Shape<T>::repeated, Shape<T>::unsettable,
                  options.reference, std::move(options.choices), options.show},
                 &member_type<T>(),
                 offset_of(place)} {}

 private:
  template <class T>
  static std::size_t offset_of(T S::*place) {
    static const S sample{};
    return static_cast<std::size_t>(reinterpret_cast<const char*>(&(sample.*place)) -
                                    reinterpret_cast<const char*>(&sample));
  }
};

using FieldList = std::vector<AnyField>;
template <class S>
struct Fields : FieldList {
  Fields() = default;
  Fields(std::initializer_list<Field<S>> fields) : FieldList(fields.begin(), fields.end()) {}
};

std::vector<FieldInfo> infos(const FieldList& fields);

// Refuses members that no field has: unknown_field with the nearest name as hint; invalid_request if it is no object.
Result<void> check_members(const Json& request, const std::vector<FieldInfo>& fields);
Error missing_field(const FieldInfo& field);

Result<void> read_fields(const FieldList& fields, void* object, const Json& request);
void write_fields(const FieldList& fields, const void* object, Json& json);

template <class S>
Result<S> read_request(const Fields<S>& fields, const Json& request) {
  S object{};
  if (Result<void> read = read_fields(fields, &object, request); !read) return read.error();
  return object;
}

template <class S>
void write_answer(const Fields<S>& fields, const S& object, Json& json) {
  write_fields(fields, &object, json);
}

}  // namespace hub::operations
