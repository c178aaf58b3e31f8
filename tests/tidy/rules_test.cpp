#include "rules.h"

#include <doctest/doctest.h>

#include <string>

// Each rule on text that breaks it, so that a rule which finds nothing any more is noticed.
namespace hub::tidy {
namespace {

using Rule = std::vector<Offence> (*)(const Source&);

std::size_t offences(Rule rule, std::string path, std::string_view text) {
  return rule(read_source(std::move(path), text)).size();
}

std::vector<Offence> statements(std::string_view body, std::span<const TenantFree> exceptions = {}) {
  return check_statements(read_source("src/store/x.cpp", "void change(S& session) {\n" + std::string(body) + "\n}\n"),
                          exceptions);
}

TEST_CASE("an include that its layer may not have is found") {
  struct {
    const char *path, *include;
    bool allowed;
  } const cases[] = {
      {"src/base/x.cpp", "\"hub/base/text.h\"", true},
      {"src/base/x.cpp", "\"hub/domain/app.h\"", false},
      {"src/crypto/x.cpp", "<openssl/evp.h>", true},
      {"src/core/x.cpp", "<openssl/evp.h>", false},
      {"src/domain/x.cpp", "\"hub/store/app.h\"", false},
      {"src/domain/x.cpp", "<nlohmann/json.hpp>", false},
      {"src/store/x.cpp", "\"hub/core/hub.h\"", false},
      {"src/store/x.cpp", "<sqlite3.h>", false},
      {"src/store/sqlite/x.cpp", "<sqlite3.h>", true},
      {"src/store/sqlite/x.h", "<SQLiteCpp/Database.h>", true},
      {"include/hub/core/x.h", "\"hub/store/app.h\"", true},
      {"include/hub/core/x.h", "\"reading.h\"", false},
      {"include/hub/core/x.h", "<nlohmann/json.hpp>", false},
      {"include/hub/core/x.h", "<nlohmann/json_fwd.hpp>", false},
      {"include/hub/base/json.h", "<nlohmann/json_fwd.hpp>", true},
      {"src/operations/x.cpp", "\"hub/store/app.h\"", false},
      {"src/operations/x.cpp", "<nlohmann/json.hpp>", true},
      {"src/operations/x.h", "<nlohmann/json.hpp>", false},
      {"src/cli/run.cpp", "\"hub/crypto/hash.h\"", false},
      {"src/cli/run.cpp", "\"../core/rules.h\"", false},
      {"src/cli/run.cpp", "<CLI/CLI.hpp>", false},
      {"src/cli/command_tree.cpp", "<CLI/CLI.hpp>", true},
      {"src/cli/run.cpp", "\"hub/kitchen/sink.h\"", false},
      {"src/main.cpp", "\"hub/core/hub.h\"", false},
      {"src/core/x.cpp", "<boost/asio.hpp>", false},
      {"src/core/x.cpp", "<vector>", true},
      {"tests/unit/core/x.cpp", "<sqlite3.h>", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.path);
    CAPTURE(c.include);
    const std::string text = "#include " + std::string(c.include) + "\n";
    CHECK(offences(check_includes, c.path, text) == (c.allowed ? 0 : 1));
    CHECK(offences(check_includes, c.path, "// " + text) == 0);
  }
}

TEST_CASE("a call that belongs elsewhere is found") {
  struct {
    const char *path, *code;
    bool allowed;
  } const cases[] = {
      {"src/core/x.cpp", "std::regex word;", false},
      {"tests/unit/core/x.cpp", "std::regex word;", false},
      {"src/core/x.cpp", "auto t = std::chrono::system_clock::now();", false},
      {"src/base/time.cpp", "auto t = std::chrono::system_clock::now();", true},
      {"src/core/x.cpp", "auto t = time(nullptr);", false},
      {"src/core/x.cpp", "auto t = view.time(nullptr);", true},
      {"src/core/x.cpp", "int n = rand();", false},
      {"src/core/x.cpp", "int n = std::rand();", false},
      {"src/core/x.cpp", "int n = operand();", true},
      {"src/crypto/seal.cpp", "RAND_bytes(out, 12);", false},
      {"src/crypto/random.cpp", "RAND_bytes(out, 12);", true},
      {"src/core/x.cpp", "int n = std::stoi(text);", false},
      {"src/cli/x.cpp", "long n = strtol(text, &end, 10);", false},
      {"src/core/x.cpp", "printf(\"%d\", n);", false},
      {"src/core/x.cpp", "std::cout << n;", false},
      {"src/cli/x.cpp", "std::cout << n;", true},
      {"src/cli/x.cpp", "std::getenv(\"HOME\");", false},
      {"src/cli/surroundings.cpp", "std::getenv(\"HOME\");", true},
      {"src/core/x.cpp", "Json::parse(text);", false},
      {"src/core/x.cpp", "KeySet::parse(text);", true},
      {"tests/unit/core/x.cpp", "using namespace std;", false},
      {"tests/unit/core/x.cpp", "using namespace std::string_view_literals;", true},
      {"src/core/x.cpp", "f(\"rand() and std::stoi( and std::regex\");  // time(nullptr)", true},
      {"src/core/x.cpp", "/* std::stoi( */ f(R\"x(\" std::rand() )x\");", true},
  };
  for (const auto& c : cases) {
    CAPTURE(c.path);
    CAPTURE(c.code);
    CHECK(offences(check_calls, c.path, std::string(c.code) + "\n") == (c.allowed ? 0 : 1));
  }
}

TEST_CASE("a line that is too long or blank at its end or unfinished is found") {
  const std::string most(120, 'x');
  CHECK(offences(check_shape, "src/core/x.cpp", most + "\n") == 0);
  CHECK(offences(check_shape, "src/core/x.cpp", most + "x\n") == 1);
  std::string umlauts;
  for (int i = 0; i < 120; ++i) umlauts += "\xc3\xbc";
  CHECK(offences(check_shape, "src/core/x.cpp", umlauts + "\n") == 0);
  for (const char* text : {"int a; \n", "\tint a;\n", "int a;\r\n",
                           "// TO"
                           "DO: more\n",
                           "// fix"
                           "me\n",
                           "f(\"X"
                           "XX\");\n",
                           "// Not "
                           "implemented.\n",
                           "// for "
                           "now\n"}) {
    CAPTURE(text);
    CHECK(offences(check_shape, "src/core/x.cpp", text) == 1);
  }
  CHECK(offences(check_shape, "src/core/x.cpp", "f(\"/tmp/fileXXXXXX\");  // method and forever\n") == 0);
}

TEST_CASE("a file or function that is too long is found") {
  std::string lines;
  for (int i = 0; i < 400; ++i) lines += "int a;\n";
  CHECK(offences(check_shape, "src/core/x.cpp", lines) == 0);
  CHECK(offences(check_shape, "src/core/x.cpp", lines + "int a;\n") == 1);
  CHECK(offences(check_shape, "include/hub/core/x.h", "#include <vector>\n") == 1);
  CHECK(offences(check_shape, "include/hub/core/x.h", "#pragma once\n") == 0);

  std::string body;
  for (int i = 0; i < 68; ++i) body += "  change({\n  });\n";
  const std::string longer = body;
  body.resize(body.size() / 2);
  CHECK(offences(check_shape, "src/core/x.cpp", "int f(int a) {\n" + body + "}\n") == 0);
  CHECK(offences(check_shape, "src/core/x.cpp", "int f(int a) {\n" + longer + "}\n") == 1);
  CHECK(offences(check_shape, "src/core/x.cpp", "int f(int a,\n      int b) {\n" + longer + "}\n") == 1);
  CHECK(offences(check_shape, "src/core/x.cpp", "namespace a {\n" + longer + "}\n") == 0);
  CHECK(offences(check_shape, "src/core/x.cpp", "int f(int a) {\n" + body + "}\nint g() {\n" + body + "}\n") == 0);
}

TEST_CASE("a header that nobody includes is found") {
  const std::vector<Source> tree{
      read_source("include/hub/core/app.h", "#pragma once\n"),
      read_source("include/hub/core/core.h", "#pragma once\n"),
      read_source("include/hub/core/lonely.h", "#pragma once\n#include \"hub/core/lonely.h\"\n"),
      read_source("src/cli/output/writer.h", "#pragma once\n"),
      read_source("src/cli/run.cpp", "#include \"hub/core/app.h\"\n#include \"output/writer.h\"\n"),
  };
  const std::vector<Offence> dead = check_dead_headers(tree);
  REQUIRE(dead.size() == 1);
  CHECK(dead.front().path == "include/hub/core/lonely.h");
}

TEST_CASE("a statement that is not in order is found") {
  CHECK(
      statements(R"(  session.query("SELECT id, name FROM app WHERE owner_organization_id = $1", {id}, f);)").empty());
  CHECK(statements(R"(  session.query("SELECT id, organization_id "
                "FROM token WHERE id = $1", {id}, f);)")
            .size() == 1);
  CHECK(statements(R"(  session.query("SELECT id FROM token WHERE organization_id = $1", {id}, f);)").empty());
  CHECK(statements(R"(  session.execute("UPDATE token SET person_id = $2 WHERE id = $1", {id}, f);)").size() == 1);
  CHECK(statements(R"(  session.execute("DELETE FROM membership WHERE id = $1", {id});)").size() == 1);
  CHECK(statements(R"(  session.query("SELECT id FROM organization WHERE id = $1", {id}, f);)").empty());
  CHECK(statements(R"(  session.query("SELECT * FROM person", {}, f);)").size() == 1);
  CHECK(statements(R"(  session.query("SELECT id FROM person WHERE id = ?", {id}, f);)").size() == 1);
  CHECK(statements(R"(  session.query("SELECT id FROM person WHERE id = :id", {id}, f);)").size() == 1);
  CHECK(statements(R"(  session.query("SELECT id FROM person WHERE id = " + id, {}, f);)").size() == 1);
  CHECK(statements("  session.query(text_of(id), {}, f);").size() == 1);
  CHECK(statements("  session.query(sql, values, f);").empty());
  CHECK(statements("  sql += \" AND id = \";").size() == 1);
  CHECK(statements("  session.query(sql, values, f);  out.sql += name;").size() == 1);
  const Source core = read_source("src/core/x.cpp", "auto sql = \"SELECT id FROM person\";\n");
  CHECK(check_statements(core, {}).size() == 1);
}

TEST_CASE("an exception for a statement holds for its function and ends with its need") {
  constexpr std::string_view body = R"(  session.execute("DELETE FROM membership WHERE id = $1", {id});)";
  const TenantFree fitting[] = {{"src/store/x.cpp", "change", "by its id"}};
  const TenantFree without_reason[] = {{"src/store/x.cpp", "change", ""}};
  const TenantFree other[] = {{"src/store/x.cpp", "remove", "by its id"}};
  CHECK(statements(body, fitting).empty());
  CHECK(statements(body, without_reason).size() == 1);
  CHECK(statements(body, other).size() == 1);
  const std::vector<Source> tree{
      read_source("src/store/x.cpp", "void change(S& session) {\n" + std::string(body) + "\n}\n")};
  CHECK(check_stale_exceptions(tree, fitting).empty());
  CHECK(check_stale_exceptions(tree, other).size() == 1);
}

TEST_CASE("the name of a test case that cannot be selected is found") {
  for (const char* name : {"a, b", "a; b", "a [b", "a] b"}) {
    const std::string text = "TEST_CASE(\"" + std::string(name) + "\") {\n}\n";
    CHECK(offences(check_case_names, "tests/unit/core/x.cpp", text) == 1);
  }
  CHECK(offences(check_case_names, "tests/unit/core/x.cpp", "TEST_CASE(\"a b\") { f(\"a, b\"); }\n") == 0);
}

TEST_CASE("an offence is one line with its place") {
  CHECK(report({{"src/core/x.cpp", 7, "core may not."}, {"a.h", 1, "b"}}) ==
        "\nsrc/core/x.cpp:7: core may not.\na.h:1: b");
}

}  // namespace
}  // namespace hub::tidy
