#include "hub/base/json.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"

using namespace hub;
using namespace std::string_literals;

namespace {

std::string nested(int depth) {
  const auto count = static_cast<std::size_t>(depth);
  return std::string(count, '[') + std::string(count, ']');
}

std::string object_of(int members) {
  std::string text = "{";
  for (int i = 0; i < members; ++i) text += (i > 0 ? ",\"m" : "\"m") + std::to_string(i) + "\":" + std::to_string(i);
  return text + "}";
}

}  // namespace

TEST_CASE("JSON is read with its members in order") {
  const std::string rows[] = {
      "null",
      "true",
      "0",
      "-1",
      "1.5",
      "\"\"",
      "\"text\"",
      "[]",
      "{}",
      R"([1,"two",[3,[]],{"four":4},null,false])",
      R"({"z":1,"a":{"y":[{"b":2,"a":1}],"x":null},"m":[[],{}]})",
      "9223372036854775807",
      "18446744073709551615",
      "-9223372036854775808",
      "\"Gr\xc3\xbc\xc3\x9f\xf0\x9f\x98\x80\"",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto value = parse_json(text);
    REQUIRE(value);
    CHECK(to_line(*value) == text);
  }
  CHECK(to_line(*parse_json(" \t\r\n{ \"a\" : [ 1 , 2 ] } \n")) == R"({"a":[1,2]})");
  CHECK(*parse_json(R"("\u00fc\ud83d\ude00\n\"\/")") == "\xc3\xbc\xf0\x9f\x98\x80\n\"/");
  CHECK(parse_json("18446744073709551616")->is_number_float());
  CHECK(parse_json("1e2")->is_number_float());
  CHECK(parse_json("7")->is_number_unsigned());
}

TEST_CASE("what is no JSON is refused") {
  const std::string rows[] = {
      "",       " ",         "nul",       "True",     "NaN",        "Infinity",    "01",    "+1",
      ".5",     "1.",        "1e",        "1e999",    "-",          "0x1",         "'a'",   "\"a",
      "\"\t\"", "\"\\x\"",   "\"\\u12\"", "[",        "]",          "[1,]",        "[,1]",  "[1 2]",
      "{",      "}",         "{\"a\"}",   "{\"a\":}", "{\"a\":1,}", "{a:1}",       "{1:1}", "{\"a\" 1}",
      "[1}",    "{\"a\":1]", "1 2",       "{} {}",    "{}x",        "[]]",         "null,", "// c\n1",
      "/**/1",  "{}\0"s,     "{}\0x"s,    "\0{}"s,    "[1\0]"s,     "{} \xc2\xa0",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto value = parse_json(text);
    REQUIRE_FALSE(value);
    CHECK(value.error().code == codes::malformed_json);
    CHECK(value.error().message.rfind("The JSON text ", 0) == 0);
    CHECK(value.error().message.back() == '.');
  }
}

TEST_CASE("strings that are not clean are refused as bytes and as escapes") {
  const std::string rows[] = {
      "\0"s,     "\xff",    "\xc0\x80", "\xed\xa0\x80", "\xef\xbf\xbf",   "\xef\xb7\x90",
      "\\u0000", "\\ud800", "\\udc00",  "\\ud800x",     "\\ud800\\u0041", "\\udc00\\ud800",
      "\\ud83d", "\\uffff", "\\ufffe",  "\\ufdd0",      "\\ud83f\\udfff",
  };
  for (const std::string& part : rows) {
    CAPTURE(part);
    for (const std::string& text : {"\"" + part + "\"", "[\"ok\",\"a" + part + "\"]", "{\"a" + part + "\":1}",
                                    "{\"a\":{\"b\":\"" + part + "z\"}}"}) {
      const auto value = parse_json(text);
      REQUIRE_FALSE(value);
      CHECK(value.error().code == codes::malformed_json);
    }
  }
  CHECK(parse_json("\"\\ufffd\\u0001\""));
}

TEST_CASE("a member name may stand once in each object") {
  for (const std::string& text : {R"({"a":1,"a":1})"s, R"({"a":1,"b":2,"a":3})"s, R"({"x":{"a":1,"a":2}})"s,
                                  R"([{"":1,"":2}])"s, R"({"a":1,"\u0061":2})"s, R"({"a":{},"a":{}})"s}) {
    CAPTURE(text);
    const auto value = parse_json(text);
    REQUIRE_FALSE(value);
    CHECK(value.error().message.find("twice") != std::string::npos);
  }
  CHECK(parse_json(R"({"a":{"a":{"a":1}},"b":{"a":1},"A":[{"a":1},{"a":2}]})"));
}

TEST_CASE("duplicates are found in objects of any size") {
  for (int members = 1; members < 100; ++members) {
    CAPTURE(members);
    const std::string text = object_of(members);
    REQUIRE(parse_json(text));
    for (const int again : {0, members / 2, members - 1}) {
      const std::string twice = text.substr(0, text.size() - 1) + ",\"m" + std::to_string(again) + "\":0}";
      REQUIRE_FALSE(parse_json(twice));
    }
    const auto after = parse_json("[" + text + "," + text + "]");  // what one object holds is nothing to the next
    REQUIRE(after);
    REQUIRE((*after)[1].size() == static_cast<std::size_t>(members));
  }
}

TEST_CASE("nesting stops at the limit") {
  CHECK(to_line(*parse_json(nested(32))) == nested(32));
  const auto deeper = parse_json(nested(33));
  REQUIRE_FALSE(deeper);
  CHECK(deeper.error().message.find("32") != std::string::npos);
  CHECK(parse_json(nested(31).insert(31, "{\"a\":1}")));
  CHECK_FALSE(parse_json(nested(32).insert(32, "{\"a\":1}")));
  CHECK(parse_json("[" + nested(31) + "," + nested(31) + "]"));
  CHECK(parse_json("1", {.depth = 0}));
  CHECK_FALSE(parse_json("[]", {.depth = 0}));
  CHECK(parse_json(nested(40), {.depth = 40}));
}

TEST_CASE("a hundred thousand brackets are refused without harm") {
  CHECK_FALSE(parse_json(std::string(100'000, '[')));
  CHECK_FALSE(parse_json(nested(100'000)));
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  CHECK_FALSE(parse_json(objects));
}

TEST_CASE("members of all objects and arrays count together") {
  CHECK(parse_json(object_of(1000)));
  const auto more = parse_json(object_of(1001));
  REQUIRE_FALSE(more);
  CHECK(more.error().message.find("1000") != std::string::npos);
  CHECK(parse_json("[1,[2,3],{\"a\":4}]", {.members = 6}));
  CHECK_FALSE(parse_json("[1,[2,3],{\"a\":4}]", {.members = 5}));
  CHECK(parse_json("[]", {.members = 0}));
  CHECK_FALSE(parse_json("[[]]", {.members = 0}));
  CHECK(parse_json(object_of(20'000), {.members = 20'000})->size() == 20'000);
}

TEST_CASE("a malformed text is not repeated in the error") {
  const auto value = parse_json(R"({"password":"swordfish" "x"})");
  REQUIRE_FALSE(value);
  CHECK(value.error().message == "The JSON text is wrong at byte 27.");
  CHECK(value.error().cause.find("swordfish") == std::string::npos);
}

TEST_CASE("a line is valid UTF-8 whatever the strings hold") {
  Json value;
  value["b"] = "line\nbreak \xff end";
  value["a"] = std::numeric_limits<double>::infinity();
  const std::string line = to_line(value);
  CHECK(line == "{\"b\":\"line\\nbreak \xef\xbf\xbd end\",\"a\":null}");
}
