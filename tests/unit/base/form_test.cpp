#include "hub/base/form.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"
#include "hub/base/limits.h"

using namespace hub;
using namespace std::string_literals;

namespace {

// name=value of each, "name!" for one without a value; "(refused)" for an error.
std::vector<std::string> form(std::string_view text) {
  const Result<std::vector<Parameter>> parsed = parse_form(text);
  if (!parsed) {
    CHECK(parsed.error().code == codes::invalid_request);
    return {"(refused)"};
  }
  std::vector<std::string> out;
  for (const Parameter& each : *parsed) out.push_back(each.value ? each.name + "=" + *each.value : each.name + "!");
  return out;
}

std::vector<std::string> path(std::string_view text) {
  const Result<std::vector<std::string>> parsed = parse_path(text);
  if (parsed) return *parsed;
  CHECK(parsed.error().code == codes::invalid_request);
  return {"(refused)"};
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("L-05: a form keeps equal signs in values and knows a missing value from an empty one") {
  CHECK(form("state=abc==") == Words{"state=abc=="});
  CHECK(form("x=a=b=c&y=") == Words{"x=a=b=c", "y="});
  CHECK(form("refresh_token&scope=") == Words{"refresh_token!", "scope="});
  CHECK(form("=v") == Words{"=v"});
  CHECK(form("") == Words{});
  CHECK(form("&&a=1&") == Words{"a=1"});
}

TEST_CASE("L-04: parameters keep their order and their doubles") {
  CHECK(form("b=1&a=2&b=3") == Words{"b=1", "a=2", "b=3"});
}

TEST_CASE("L-05: escapes are decoded once and bad ones refuse the form") {
  CHECK(form("a+b=c+d%2Be") == Words{"a b=c d+e"});
  CHECK(form("a=%2541") == Words{"a=%41"});
  CHECK(form("a%3Db=%26%3d") == Words{"a=b=&="});
  CHECK(form("n=%C3%BC%F0%9F%98%80") == Words{"n=\xc3\xbc\xf0\x9f\x98\x80"});
  for (const std::string_view bad : {"a=%zz", "a=%u0041", "a=%4", "a=%", "%=1", "a=%G0", "a=%+1", "a=%-1", "a=% 1"}) {
    CAPTURE(bad);
    CHECK(form(bad) == Words{"(refused)"});
  }
}

TEST_CASE("IN-01: text that is no clean UTF-8 refuses the form") {
  for (const std::string_view bad : {"a=%00", "%00=a", "a=%C0%80", "a=%ED%A0%80", "a=%EF%BF%BF", "a=%80", "a=\xff"}) {
    CAPTURE(bad);
    CHECK(form(bad) == Words{"(refused)"});
  }
  CHECK(form("a=\0b"s) == Words{"(refused)"});
}

TEST_CASE("a form has a bounded number of names") {
  std::string text;
  for (int i = 0; i < limits::json_members; ++i) text += "a=1&";
  CHECK(form(text).size() == static_cast<std::size_t>(limits::json_members));
  CHECK(form(text + "b") == Words{"(refused)"});
}

TEST_CASE("L-06: a path is split before it is decoded") {
  CHECK(path("/") == Words{});
  CHECK(path("/a/b") == Words{"a", "b"});
  CHECK(path("/a/b/") == Words{"a", "b"});
  CHECK(path("/a%20b+c/%C3%BC") == Words{"a b+c", "\xc3\xbc"});
  CHECK(path("/a%252Fb") == Words{"a%2Fb"});
  CHECK(path("/.hidden/a..b/...") == Words{".hidden", "a..b", "..."});
}

TEST_CASE("L-06: a path that hides a slash or climbs is refused") {
  for (const std::string_view bad :
       {"", "a", "//", "/a//b", "/a//", "/orgs/A%2Fapps%2Fx", "/%2f", "/a/../b", "/a/%2e%2E/b", "/./a", "/%2e", "/a/..",
        "/a%00", "/a%zz", "/a%", "/%C0%AF", "/\xff"}) {
    CAPTURE(bad);
    CHECK(path(bad) == Words{"(refused)"});
  }
}

TEST_CASE("percent encoding is undone by decoding") {
  CHECK(percent_encode("a-b._~Z9") == "a-b._~Z9");
  CHECK(percent_encode("a b+c/d=&%\xc3\xbc") == "a%20b%2Bc%2Fd%3D%26%25%C3%BC");
  const std::string text = "a b+c/\xf0\x9f\x98\x80?";
  CHECK(percent_decode(percent_encode(text)) == text);
  CHECK(percent_decode("a+b") == "a+b");
  CHECK_FALSE(percent_decode("%4"));
  CHECK_FALSE(percent_decode("%00"));
}
