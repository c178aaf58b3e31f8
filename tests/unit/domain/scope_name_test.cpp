#include <doctest/doctest.h>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/domain/scope.h"

namespace {

using hub::Permission;
using hub::ScopeName;

ScopeName scope(std::string_view text) {
  const auto parsed = hub::parse_scope_name(text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

TEST_CASE("a scope name is read into app and name and permission") {
  CHECK(scope("zaikio.person.r") == ScopeName{"zaikio", "person", Permission::r});
  CHECK(scope("my_app2.remove_machines.w") == ScopeName{"my_app2", "remove_machines", Permission::w});
  CHECK(scope("abc.abc.rw") == ScopeName{"abc", "abc", Permission::rw});
  CHECK(scope("directory.sites.rw").app == "directory");
  for (const auto* text : {"zaikio.person.r", "my_app2.remove_machines.w", "abc.abc.rw", "a__.b__.rw"}) {
    CHECK(scope(text).text() == text);
  }
}

TEST_CASE("text outside the grammar of a scope name is malformed_scope") {
  const std::string_view cases[] = {
      "",
      ".",
      "..",
      "...",
      "zaikio",
      "zaikio.person",
      "zaikio.person.",
      "zaikio..r",
      ".person.r",
      "zaikio.person.x",
      "zaikio.person.wr",
      "zaikio.person.R",
      "zaikio.person.read",
      "zaikio.person.rwx",
      "zaikio.person.r.",
      "zaikio.person.r.w",
      "zaikio.person.r ",
      " zaikio.person.r",
      "zaikio.person.r\n",
      "zaikio.person.r,",
      std::string_view("zaikio.person.r\0", 16),
      "Zaikio.person.r",
      "zaikio.Person.r",
      "za.person.r",
      "1zaikio.person.r",
      "_zaikio.person.r",
      "zai-kio.person.r",
      "zaikio.pe.r",
      "zaikio.person2.r",
      "zaikio.per2on.r",
      "zaikio._person.r",
      "zaikio.per-son.r",
      "zaikio.pers\xc3\xb6n.r",
      "zaikio.person.\xff",
      "Org.zaikio.sites.r",
      "Per/1.zaikio.sites.r",
      "openid",
      "profile.r",
  };
  for (const auto text : cases) {
    const auto parsed = hub::parse_scope_name(text);
    CHECK_MESSAGE(!parsed, text);
    if (!parsed) CHECK_MESSAGE(parsed.error().code == hub::codes::malformed_scope, text);
  }
}

TEST_CASE("the error of a malformed scope names the text and says what would be right") {
  struct {
    std::string_view text, hint;
  } const cases[] = {
      {"warehouse.items.read", "permissions are r, w and rw"},
      {"warehouse.items.x", "permissions are r, w and rw"},
      {"warehouse.items", "write app.name.permission, such as zaikio.person.r"},
      {"wh.items.r", "the app is a lower-case letter, then two or more of a-z, 0-9 and _"},
      {"warehouse.items2.r", "the name is a lower-case letter, then two or more of a-z and _, without digits"},
      {"Org.warehouse.items.r", "leave out the bearer: here a scope is only app.name.permission"},
  };
  for (const auto& c : cases) {
    const auto parsed = hub::parse_scope_name(c.text);
    REQUIRE(!parsed);
    CHECK(parsed.error().hint == c.hint);
    CHECK(parsed.error().message == '"' + std::string(c.text) + "\" is not a scope.");
    CHECK(parsed.error().field == "scope");
  }
}

TEST_CASE("offending text is cut and cleaned before it is shown") {
  const auto message = [](std::string_view text) { return hub::parse_scope_name(text).error().message; };
  CHECK(message(std::string(5000, 'x')) == '"' + std::string(80, 'x') + "...\" is not a scope.");
  CHECK(message("a\x1b[31m\n.b") == "\"a?[31m?.b\" is not a scope.");
  CHECK(message("a\xff.b") == "\"a?.b\" is not a scope.");
  CHECK(message("caf\xc3\xa9") == "\"caf\xc3\xa9\" is not a scope.");
  CHECK(message("a\xe2\x80\xae") == "\"a???\" is not a scope.");
  // The cut does not fall inside a character.
  CHECK(message(std::string(79, 'x') + "\xc3\xa9y") == '"' + std::string(79, 'x') + "...\" is not a scope.");
}

TEST_CASE("a scope name has at most 256 characters") {
  const std::string most = "abc." + std::string(hub::limits::scope_bytes - 6, 'n') + ".r";
  REQUIRE(most.size() == hub::limits::scope_bytes);
  CHECK(hub::parse_scope_name(most));
  CHECK(!hub::parse_scope_name("a" + most));
  CHECK(!hub::parse_scope_name_or_short(std::string(hub::limits::scope_bytes, 'n') + ".r"));
}

TEST_CASE("the Nexus short form belongs to the app nexus211") {
  const auto short_form = hub::parse_scope_name_or_short("profile.r");
  REQUIRE(short_form);
  CHECK(*short_form == ScopeName{"nexus211", "profile", Permission::r});
  const auto full = hub::parse_scope_name_or_short("zaikio.person.rw");
  REQUIRE(full);
  CHECK(*full == ScopeName{"zaikio", "person", Permission::rw});
  for (const auto* text :
       {"", "profile", "profile.", "profile.read", ".r", "pr.r", "profile2.r", "Profile.r", "Org.r"}) {
    const auto parsed = hub::parse_scope_name_or_short(text);
    CHECK_MESSAGE(!parsed, text);
    if (!parsed) CHECK(parsed.error().code == hub::codes::malformed_scope);
  }
}

TEST_CASE("directory is the old spelling of zaikio") {
  CHECK(hub::canonical(scope("directory.sites.r")) == scope("zaikio.sites.r"));
  CHECK(hub::canonical(scope("zaikio.sites.r")) == scope("zaikio.sites.r"));
  CHECK(hub::canonical(scope("directory_x.sites.r")) == scope("directory_x.sites.r"));
  CHECK(hub::canonical(scope("warehouse.directory.r")) == scope("warehouse.directory.r"));
}

TEST_CASE("names of apps may hold digits and names of scopes may not") {
  CHECK(hub::is_app_name("abc"));
  CHECK(hub::is_app_name("a1_"));
  CHECK(hub::is_app_name("nexus211"));
  CHECK(hub::is_provided_name("abc"));
  CHECK(hub::is_provided_name("a__"));
  for (const auto* name : {"", "ab", "Abc", "1bc", "_bc", "a-c", "a.c", "a c",
                           "\xc3\xa9"
                           "bc"}) {
    CHECK_MESSAGE(!hub::is_app_name(name), name);
    CHECK_MESSAGE(!hub::is_provided_name(name), name);
  }
  CHECK(!hub::is_provided_name("ab1"));
}

TEST_CASE("permissions are r and w and rw") {
  for (const auto permission : {Permission::r, Permission::w, Permission::rw}) {
    CHECK(hub::parse_permission(hub::name(permission)) == permission);
  }
  CHECK(hub::name(Permission::rw) == "rw");
  for (const auto* text : {"", "R", "wr", "read", "r "}) CHECK(!hub::parse_permission(text));
}

TEST_CASE("a grant covers the same scope and rw covers r and w") {
  struct {
    std::string_view granted, wanted;
    bool covered;
  } const cases[] = {
      {"abc.items.r", "abc.items.r", true},          {"abc.items.w", "abc.items.w", true},
      {"abc.items.rw", "abc.items.rw", true},        {"abc.items.rw", "abc.items.r", true},
      {"abc.items.rw", "abc.items.w", true},         {"abc.items.r", "abc.items.w", false},
      {"abc.items.r", "abc.items.rw", false},        {"abc.items.w", "abc.items.r", false},
      {"abc.items.w", "abc.items.rw", false},        {"abc.items.rw", "abc.item.r", false},
      {"abc.items.rw", "abcd.items.r", false},       {"zaikio.sites.rw", "directory.sites.r", true},
      {"directory.sites.r", "zaikio.sites.r", true}, {"zaikio.sites.r", "directory.sites.w", false},
  };
  for (const auto& c : cases) {
    CAPTURE(c.granted);
    CAPTURE(c.wanted);
    CHECK(hub::covers(scope(c.granted), scope(c.wanted)) == c.covered);
  }
}

TEST_CASE("one grant must cover the whole need") {
  const std::vector<ScopeName> granted{scope("abc.items.r"), scope("abc.items.w"), scope("abc.jobs.rw")};
  CHECK(hub::covers(granted, scope("abc.items.w")));
  CHECK(hub::covers(granted, scope("abc.jobs.r")));
  CHECK(!hub::covers(granted, scope("abc.items.rw")));
  CHECK(!hub::covers(granted, scope("abc.orders.r")));
  CHECK(!hub::covers(std::vector<ScopeName>{}, scope("abc.items.r")));
}

TEST_CASE("scope lists split at commas and white space without empty elements") {
  using Views = std::vector<std::string_view>;
  CHECK(hub::split_scope_list("") == Views{});
  CHECK(hub::split_scope_list(" ,, \t\r\n ") == Views{});
  CHECK(hub::split_scope_list("a") == Views{"a"});
  CHECK(hub::split_scope_list("a,b c ,  d,,e\tf ,") == Views{"a", "b", "c", "d", "e", "f"});
}

TEST_CASE("stored scopes are read back as they were joined") {
  const std::vector<ScopeName> scopes{scope("zaikio.person.r"), scope("abc.items.rw")};
  CHECK(hub::join_scopes(scopes, " ") == "zaikio.person.r abc.items.rw");
  CHECK(hub::join_scopes(scopes, ",") == "zaikio.person.r,abc.items.rw");
  CHECK(hub::join_scopes({}, ",").empty());
  CHECK(hub::parse_stored_scopes("zaikio.person.r abc.items.rw") == scopes);
  CHECK(hub::parse_stored_scopes("").empty());
  CHECK(hub::parse_stored_scopes("zaikio.person.everything abc.items.rw") == std::vector{scope("abc.items.rw")});
}

}  // namespace
