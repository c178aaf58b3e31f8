#pragma once
#include <exception>
#include <utility>

#include "hub/base/error.h"

namespace hub::store {

// Broken machinery or data under a session: carries the Error that the transaction boundary hands to the caller. Rows
// that make no sense are one as well, so a noun file may throw it; nothing below Store::read and Store::write catches
// it.
class StoreFault : public std::exception {
 public:
  // `lasting`: what this process stores from now on may be lost, so it must not acknowledge anything any more (rule
  // G-10).
  enum class Kind { passing, lasting };

  explicit StoreFault(Error error, Kind kind = Kind::passing) : error_(std::move(error)), kind_(kind) {}

  const Error& error() const { return error_; }
  bool is_lasting() const { return kind_ == Kind::lasting; }
  const char* what() const noexcept override { return error_.message.c_str(); }

 private:
  Error error_;
  Kind kind_;
};

}  // namespace hub::store
