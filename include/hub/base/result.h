#pragma once
#include <cassert>
#include <utility>
#include <variant>

#include "hub/base/error.h"

namespace hub {

// A value or the Error why there is none. Member names are those of std::expected, so that it can become one.
// Reading the side that is not there is a bug of the caller (assert).
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  T& operator*() & { return value_at(); }
  const T& operator*() const& { return value_at(); }
  T&& operator*() && { return std::move(value_at()); }
  T* operator->() { return &value_at(); }
  const T* operator->() const { return &value_at(); }
  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  T& value_at() {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  const T& value_at() const {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT: implicit on purpose

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return !failed_; }
  const Error& error() const {
    assert(failed_);
    return error_;
  }

 private:
  Error error_{};
  bool failed_ = false;
};

}  // namespace hub
