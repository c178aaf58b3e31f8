#include "hub/base/bytes.h"

#include <doctest/doctest.h>

using namespace hub;
using namespace std::string_literals;

TEST_CASE("base64url and hex of known octets") {
  struct Row {
    std::string octets;
    std::string base64url;
    std::string hex;
  };
  const Row rows[] = {
      {"", "", ""},
      {"f", "Zg", "66"},
      {"fo", "Zm8", "666f"},
      {"foo", "Zm9v", "666f6f"},
      {"foob", "Zm9vYg", "666f6f62"},
      {"fooba", "Zm9vYmE", "666f6f6261"},
      {"foobar", "Zm9vYmFy", "666f6f626172"},
      {"\xfb\xef\xff", "--__", "fbefff"},
      {"\0"s, "AA", "00"},
      {"\0\0\0"s, "AAAA", "000000"},
      {"\xff\xff", "__8", "ffff"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.hex);
    CHECK(base64url(row.octets) == row.base64url);
    CHECK(hex(row.octets) == row.hex);
    Bytes decoded = "left over";
    CHECK(decode_base64url(row.base64url, decoded));
    CHECK(decoded == row.octets);
  }
}

TEST_CASE("every octet survives base64url at every length") {
  Bytes octets;
  for (int i = 0; i < 256; ++i) {
    octets += static_cast<char>(i);
    Bytes decoded;
    REQUIRE(decode_base64url(base64url(octets), decoded));
    REQUIRE(decoded == octets);
  }
}

TEST_CASE("base64url that is not canonical is refused") {
  const std::string rows[] = {
      "A",     "AAAAA",                    // no whole number of octets
      "Zh",    "Zm9",   "__9",    "AB",    // spare bits
      "Zg==",  "Zm8=",  "=",      "====",  // padding
      "+-__",  "/-__",                     // the other alphabet
      "Zm 9v", " Zm9v", "Zm9v\n", "Zm9v\r\n", "Zm9v."s, "Zm\0v"s, "Zm\xc3\xbc",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    Bytes decoded;
    CHECK_FALSE(decode_base64url(text, decoded));
  }
}
