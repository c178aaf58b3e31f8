#include "hub/base/secret.h"

#include <string.h>

#include <utility>

namespace hub {

Secret& Secret::operator=(const Secret& other) {
  // by way of a copy: plain assignment could free the old buffer without wiping it
  return *this = Secret(other);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  value_ = std::move(other.value_);
  other.wipe();
  return *this;
}

void Secret::wipe() {
  // the whole capacity: a short string that was moved from still holds its characters in place
  value_.resize(value_.capacity());
  ::explicit_bzero(value_.data(), value_.size());
  value_.clear();
}

}  // namespace hub
