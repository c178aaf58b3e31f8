#include "errors.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"

using namespace hub;

TEST_CASE("People read a failure as two lines") {
  const Error error{codes::unknown_scope, "There is no such scope.", "hubctl scope list"};
  CHECK(cli::error_text(error, false, false) == "hubctl: There is no such scope.\nhint: hubctl scope list\n");
  CHECK(cli::error_text({codes::internal, "It broke."}, false, false) == "hubctl: It broke.\n");
  CHECK(cli::error_text({codes::internal, "It broke."}, false, true) == "\x1b[31mhubctl:\x1b[0m It broke.\n");
}

TEST_CASE("Programs read a failure as one line of JSON without its cause") {
  const Error error{codes::already_authorized, "It is.", "look", "app", "row 7"};
  CHECK(cli::error_text(error, true, true) ==
        "{\"error\":{\"code\":\"already_authorized\",\"message\":\"It is.\",\"hint\":\"look\",\"exit\":6}}\n");
}

TEST_CASE("A failure stays on its lines whatever its text holds") {
  CHECK(cli::error_text({codes::internal, "a\nb\x1b[2J"}, false, false) == "hubctl: a b [2J\n");
}
