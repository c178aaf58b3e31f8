#pragma once
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/core/session.h"

namespace hub::http {

// A browser on a page: who is signed in, if anybody, and what its forms are bound to.
struct Visit {
  std::optional<core::SignedIn> signed_in;
  Secret browser;        // value of the cookie that outlives signing in and out; login requests are bound to it
  bool is_new = false;   // the browser has no such cookie yet, so the answer sets it
  std::string language;  // "en", "de"
};

}  // namespace hub::http
