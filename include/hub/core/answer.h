#pragma once
#include <optional>
#include <string>
#include <utility>

namespace hub::core {

// The text of a JSON object as a value of its own, so that it is not taken for a text.
struct ObjectText {
  std::string json = "{}";
  friend bool operator==(const ObjectText&, const ObjectText&) = default;
};

// What a change did: whether anything changed, the name people call the thing by, and the thing as it is now (as it
// was, if it went; none, if it was not there and the caller said --ensure).
template <class T>
struct Changed {
  bool changed = true;
  std::string name;  // "caresuite/north211"
  std::optional<T> object;
};

// The three states of a member in a partial update: kept, unset, or set to a value.
template <class T>
class Patch {
 public:
  Patch() = default;
  static Patch unset() {
    Patch patch;
    patch.touched_ = true;
    return patch;
  }
  Patch(T value) : touched_(true), has_value_(true), value_(std::move(value)) {}  // NOLINT: implicit on purpose

  bool touched() const { return touched_; }
  bool has_value() const { return has_value_; }
  const T& operator*() const { return value_; }

  // Applies itself to an optional member; true if that changed it.
  template <class Target>
  bool apply_to(Target& target) const {
    if (!touched_) return false;
    const Target before = target;
    if (has_value_) {
      target = value_;
    } else {
      target = Target{};
    }
    return !(before == target);
  }

 private:
  bool touched_ = false, has_value_ = false;
  T value_{};
};

}  // namespace hub::core
