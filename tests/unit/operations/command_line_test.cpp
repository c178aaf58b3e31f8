#include "hub/operations/command_line.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

namespace hub::operations {
namespace {

TEST_CASE("a request becomes the line for a shell that does the same") {
  CHECK(in_shell("member invite", {{"email", "jane@acme.test"}, {"org", "acme"}, {"role", {"member", "admin"}}}) ==
        "hubctl member invite jane@acme.test --org acme --role member --role admin");
  CHECK(in_shell("org update", {{"organization", "acme"}, {"name", "Acme's best"}}) ==
        "hubctl org update acme --name 'Acme'\\''s best'");
  CHECK(in_shell("authorization revoke", {{"authorization", "shop/acme"}}, {.actor = "joe@acme.test"}) ==
        "hubctl authorization revoke shop/acme --actor person:joe@acme.test");
}

TEST_CASE("what is still open is shown by what it takes and secrets go to a file") {
  CHECK(in_shell("member invite", {{"org", "acme"}}, {.open = {"email", "role"}}) ==
        "hubctl member invite EMAIL --org acme --role ROLE");
  CHECK(in_shell("credential rotate", {{"credential", "abc"}}, {.open = {"overlap"}, .keeps_secret = true}) ==
        "hubctl credential rotate abc --overlap DURATION --secret-out FILE");
  CHECK(in_shell("app update", {{"app", "shop"}}, {.open = {"audience"}}) ==
        "hubctl app update shop --audience AUDIENCE");
}

TEST_CASE("what has no value any more is unset") {
  CHECK(in_shell("app update", {{"app", "shop"}, {"redirect", nullptr}, {"audience", "none"}}) ==
        "hubctl app update shop --unset redirect --audience none");
}

TEST_CASE("no value is taken for a flag or for a word of the shell") {
  CHECK(in_shell("org create", {{"name", "--help"}, {"slug", "x"}}) == "hubctl org create --slug x -- --help");
  CHECK(in_shell("org create", {{"name", "$(reboot); `id`"}}) == "hubctl org create '$(reboot); `id`'");
  CHECK(in_shell("app update", {{"app", "shop"}, {"title", "-x"}}) == "hubctl app update shop --title=-x");
  CHECK(in_shell("app update", {{"app", "shop"}, {"title", ""}}) == "hubctl app update shop --title ''");
  CHECK(in_shell("org create", {{"name", "a\nb"}}) == "hubctl org create 'a\nb'");
}

}  // namespace
}  // namespace hub::operations
