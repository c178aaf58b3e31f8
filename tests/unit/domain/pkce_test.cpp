#include "hub/domain/pkce.h"

#include <doctest/doctest.h>

#include <string>

using namespace hub;

TEST_CASE("CO-05 a verifier is 43 to 128 unreserved characters") {
  const std::string least(43, 'a');
  CHECK(is_pkce_text(least));
  CHECK(is_pkce_text(std::string(128, '~')));
  CHECK(is_pkce_text("ABCXYZabcxyz0189-._~" + least));
  CHECK_FALSE(is_pkce_text(std::string(42, 'a')));
  CHECK_FALSE(is_pkce_text(std::string(129, 'a')));
  CHECK_FALSE(is_pkce_text(""));
  for (const char other : {'+', '/', '=', ' ', '%', '\0', '\n', '\x80', '\xff', '@', '[', '`', '{'}) {
    CAPTURE(other);
    CHECK_FALSE(is_pkce_text(least + other));
  }
}
