#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fake_operations.h"
#include "hub/base/codes.h"

using namespace hub;
using namespace hub::operations;
using hub::testing::Everything;
using hub::testing::everything_fields;

namespace {

const Json complete{{"name", "drum"},
                    {"count", 3},
                    {"at", "2026-11-22T09:30:00Z"},
                    {"lifetime", "90s"},
                    {"password", "correct horse"},
                    {"metadata", Json{{"kind", "printer"}, {"size", 2}}}};

Result<Everything> read_with(const std::string& name, const Json& value) {
  Json request = complete;
  request[name] = value;
  return read_request(everything_fields(), request);
}

Json parsed(std::string_view text) { return *parse_json(text); }

}  // namespace

TEST_CASE("codec: a complete request fills every member of the struct") {
  Json request = complete;
  request["loud"] = true;
  request["roles"] = {"owner", "admin"};
  request["mode"] = "sandbox";
  request["title"] = "Bass drum";
  const Result<Everything> read = read_request(everything_fields(), request);
  REQUIRE(read);
  CHECK(read->name == "drum");
  CHECK(read->count == 3);
  CHECK(read->loud);
  CHECK(unix_seconds(read->at) == 1795339800);
  CHECK(read->lifetime == Seconds(90));
  CHECK(read->password.reveal() == "correct horse");
  CHECK(read->metadata.json == R"({"kind":"printer","size":2})");
  CHECK(read->roles == std::vector<std::string>{"owner", "admin"});
  CHECK(read->mode == "sandbox");
  CHECK(*read->title == "Bass drum");
}

TEST_CASE("codec: every value of the right type is taken") {
  const std::vector<std::pair<std::string, std::string>> good{
      {"name", R"("")"},
      {"name", R"("Über")"},
      {"count", "0"},
      {"count", "-9223372036854775808"},
      {"count", "9223372036854775807"},
      {"loud", "false"},
      {"at", R"("2026-11-22")"},
      {"at", R"("2026-11-22T10:30:00.5+01:00")"},
      {"lifetime", R"("0")"},
      {"lifetime", R"("7d")"},
      {"password", R"("x")"},
      {"metadata", "{}"},
      {"roles", "[]"},
      {"roles", R"("owner")"},
      {"mode", "null"},
      {"loud", "null"},
      {"title", "null"},
  };
  for (const auto& [name, value] : good) {
    CAPTURE(name);
    CAPTURE(value);
    CHECK(read_with(name, parsed(value)));
  }
}

TEST_CASE("codec: every value of a wrong type is refused with the name of its field") {
  const std::vector<std::pair<std::string, std::string>> bad{
      {"name", "1"},
      {"name", "null"},
      {"name", "[]"},
      {"name", R"(["drum"])"},
      {"count", "3.0"},
      {"count", "1e3"},
      {"count", "true"},
      {"count", R"("3")"},
      {"count", "null"},
      {"count", "9223372036854775808"},
      {"count", "-9223372036854775809"},
      {"loud", "1"},
      {"loud", R"("true")"},
      {"at", "1795339800"},
      {"at", R"("-2h")"},
      {"at", R"("2026-13-01")"},
      {"lifetime", "90"},
      {"lifetime", R"("90")"},
      {"lifetime", R"("-1s")"},
      {"password", "1"},
      {"password", R"({"reveal":"x"})"},
      {"metadata", R"("{}")"},
      {"metadata", "[]"},
      {"metadata", "1"},
      {"roles", "1"},
      {"roles", R"({"owner":true})"},
      {"roles", R"(["owner",1])"},
      {"roles", R"([["owner"]])"},
      {"roles", R"(["boss"])"},
      {"mode", R"("Sandbox")"},
      {"title", "1"},
  };
  for (const auto& [name, value] : bad) {
    CAPTURE(name);
    CAPTURE(value);
    const Result<Everything> read = read_with(name, parsed(value));
    REQUIRE_FALSE(read);
    CHECK(read.error().code == codes::invalid_request);
    CHECK(read.error().field == name);
    CHECK(read.error().message.find('"' + name + '"') != std::string::npos);
  }
}

TEST_CASE("codec: texts have a length and must be clean") {
  CHECK(read_with("name", std::string(limits::text_bytes, 'x')));
  CHECK_FALSE(read_with("name", std::string(limits::text_bytes + 1, 'x')));
  CHECK_FALSE(read_with("name", std::string("a\0b", 3)));
  CHECK_FALSE(read_with("name", "\xff"));
  CHECK(read_with("password", std::string(limits::secret_file_bytes, 'x')));
  CHECK_FALSE(read_with("password", std::string(limits::secret_file_bytes + 1, 'x')));

  FieldInfo reference{"token", "A token."};
  reference.reference = "token";
  std::string out;
  CHECK(read_value(reference, Json(std::string(limits::token_bytes, 'x')), out));
  CHECK_FALSE(read_value(reference, Json(std::string(limits::token_bytes + 1, 'x')), out));
}

TEST_CASE("codec: a wrong choice gets the nearest one as a hint") {
  const Result<Everything> read = read_with("mode", "sandbx");
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "\"mode\" must be production or sandbox.");
  CHECK(read.error().hint == "did you mean \"sandbox\"?");
  CHECK(read_with("roles", Json{"ownr"}).error().hint == "did you mean \"owner\"?");
  CHECK(read_with("mode", "elephant").error().hint.empty());
}

TEST_CASE("codec: no message repeats the value") {
  for (const char* name : {"count", "loud", "at", "lifetime", "metadata", "mode", "roles"}) {
    const Result<Everything> read = read_with(name, "hunter2hunter2");
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find("hunter2") == std::string::npos);
    CHECK(read.error().hint.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("codec: required members must be there and optional ones need not") {
  for (const char* name : {"name", "count", "at", "lifetime", "password", "metadata"}) {
    Json request = complete;
    request.erase(name);
    const Result<Everything> read = read_request(everything_fields(), request);
    REQUIRE_FALSE(read);
    CHECK(read.error().message == '"' + std::string(name) + "\" is missing.");
  }
  const Result<Everything> read = read_request(everything_fields(), complete);
  REQUIRE(read);
  CHECK_FALSE(read->loud);
  CHECK(read->roles.empty());
  CHECK_FALSE(read->mode);
  CHECK_FALSE(read->title.touched());
}

TEST_CASE("codec: null unsets a member of a partial update and nothing else") {
  const Result<Everything> unset = read_with("title", nullptr);
  REQUIRE(unset);
  CHECK(unset->title.touched());
  CHECK_FALSE(unset->title.has_value());
}

TEST_CASE("codec: unknown members are refused with the nearest name as a hint") {
  const std::vector<FieldInfo> fields = infos(everything_fields());
  CHECK(check_members(complete, fields));
  CHECK(check_members(Json::object(), fields));
  const Result<void> near = check_members(Json{{"lifetme", "90s"}}, fields);
  REQUIRE_FALSE(near);
  CHECK(near.error().code == codes::unknown_field);
  CHECK(near.error().field == "lifetme");
  CHECK(near.error().hint == "did you mean \"lifetime\"?");
  CHECK(check_members(Json{{"zzz", 1}}, fields).error().hint.empty());
  const Result<void> hostile = check_members(Json{{"\x1b[2J", 1}}, fields);
  REQUIRE_FALSE(hostile);
  CHECK(hostile.error().message.find('\x1b') == std::string::npos);
}

TEST_CASE("codec: a request that is no object is refused") {
  for (const char* text : {"[]", "1", "null", "\"name\"", "true"}) {
    const Result<void> checked = check_members(parsed(text), infos(everything_fields()));
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == codes::invalid_request);
  }
}

TEST_CASE("codec: answers are written in the order of their fields") {
  Json json;
  clear(json);
  write_answer(testing::thing_fields(), testing::Thing{"drum", 3}, json);
  CHECK(to_line(json) == R"({"name":"drum","age":3})");
  clear(json);
  write_answer(testing::thing_fields(), testing::Thing{"drum", std::nullopt}, json);
  CHECK(to_line(json) == R"({"name":"drum","age":null})");
}

TEST_CASE("codec: values look in JSON as the contract says") {
  Json json;
  const auto shown = [&](const auto& value) {
    write_value(json, value);
    return to_line(json);
  };
  CHECK(shown(from_unix_seconds(1795339800)) == R"("2026-11-22T09:30:00Z")");
  CHECK(shown(Seconds(90)) == R"("90s")");
  CHECK(shown(Secret("s")) == R"("s")");
  CHECK(shown(ObjectText{R"({"a":[1]})"}) == R"({"a":[1]})");
  CHECK(shown(std::vector<std::string>{}) == "[]");
  CHECK(shown(true) == "true");
  CHECK(shown(std::int64_t{-1}) == "-1");
}

namespace {
struct MaybeSecret {
  std::optional<Secret> secret;
};
}  // namespace

TEST_CASE("codec: a secret that is not there leaves no member behind") {
  const Fields<MaybeSecret> fields{{"secret", &MaybeSecret::secret, "Shown once."}};
  Json json;
  clear(json);
  write_answer(fields, MaybeSecret{}, json);
  CHECK(to_line(json) == "{}");
  write_answer(fields, MaybeSecret{Secret("s")}, json);
  CHECK(to_line(json) == R"({"secret":"s"})");
}
