#include "hub/base/text.h"

#include <doctest/doctest.h>

using namespace hub;
using namespace std::string_literals;

TEST_CASE("clean UTF-8 passes the gate") {
  const std::string rows[] = {
      "",
      "plain",
      "exactly8",
      "control\x01\t\x7f is not the gate's concern",
      "\xc2\x80",                  // U+0080
      "\xdf\xbf",                  // U+07FF
      "\xe0\xa0\x80",              // U+0800
      "\xed\x9f\xbf",              // U+D7FF
      "\xee\x80\x80",              // U+E000
      "\xef\xbf\xbd",              // U+FFFD
      "\xef\xb7\x8f\xef\xb7\xb0",  // U+FDCF U+FDF0
      "\xf0\x90\x80\x80",          // U+10000
      "\xf4\x8f\xbf\xbd",          // U+10FFFD
      "Gr\xc3\xbc\xc3\x9f Gott, \xf0\x9f\x98\x80 and then more than eight characters",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    CHECK(is_clean_utf8(text));
  }
}

TEST_CASE("anything else does not pass the gate wherever it stands") {
  const std::string rows[] = {
      "\0"s,
      "\x80",
      "\xbf",
      "\xc0\x80",  // overlong NUL
      "\xc1\xbf",  // overlong DEL
      "\xe0\x80\x80",
      "\xe0\x9f\xbf",  // overlong U+07FF
      "\xf0\x80\x80\x80",
      "\xf0\x8f\xbf\xbf",          // overlong U+FFFF
      "\xed\xa0\x80",              // U+D800
      "\xed\xbf\xbf",              // U+DFFF
      "\xed\xa0\xbd\xed\xb8\x80",  // a pair of surrogates
      "\xef\xbf\xbe",              // U+FFFE
      "\xef\xbf\xbf",              // U+FFFF
      "\xef\xb7\x90",              // U+FDD0
      "\xef\xb7\xaf",              // U+FDEF
      "\xf0\x9f\xbf\xbe",          // U+1FFFE
      "\xf4\x8f\xbf\xbf",          // U+10FFFF
      "\xf4\x90\x80\x80",          // U+110000
      "\xf5\x80\x80\x80",
      "\xf8\x88\x80\x80\x80",
      "\xfe",
      "\xff",
      "\xc3",  // cut off
      "\xe2\x82",
      "\xf0\x9f\x98",
      "\xc3(",
      "\xe2\x82(",
  };
  for (const std::string& part : rows) {
    for (const std::string& before : {""s, "1234567"s, "12345678"s, "\xc3\xbc-------------"s}) {
      for (const std::string& after : {""s, "x"s, "123456789"s}) {
        CAPTURE(part);
        CHECK_FALSE(is_clean_utf8(before + part + after));
      }
    }
  }
}

TEST_CASE("names that may be shown") {
  for (const std::string& text : {"a"s, "Acme GmbH & Co. KG"s, "\xc3\x84rzte <b>"s, " x "s, "\xe6\x97\xa5\xe6\x9c\xac"s,
                                  "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d"s, "\xf0\x9f\x98\x80"s, "e\xcc\x81"s}) {
    CAPTURE(text);
    CHECK(is_display_name(text, 200));
  }
  CHECK(is_display_name(std::string(200, 'x'), 200));
  CHECK_FALSE(is_display_name(std::string(201, 'x'), 200));
  CHECK_FALSE(is_display_name("\xc3\xbc", 1));  // bytes, not characters
}

TEST_CASE("names without anything to see are refused") {
  for (const std::string& text : {""s, " "s, "   "s, "\xc2\xa0"s, "\xe3\x80\x80 "s, "\xe2\x80\x8a"s, "\xe1\x9a\x80"s}) {
    CAPTURE(text);
    CHECK_FALSE(is_display_name(text, 200));
  }
}

TEST_CASE("names with characters that deceive or break lines are refused") {
  const std::string rows[] = {
      "\0"s,          "\x01",         "\t",           "\n",           "\r",           "\x1b",
      "\x7f",         "\xc2\x80",     "\xc2\x85",     "\xc2\x9f",  // C1
      "\xd8\x9c",     "\xe2\x80\x8e", "\xe2\x80\x8f", "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac",
      "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9",  // bidi
      "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf",                  // zero width
      "\xe2\x80\xa8", "\xe2\x80\xa9",                                                                  // separators
      "\xef\xbf\xbe", "\xc0\x80",     "\xed\xa0\x80", "\xff",                                          // not clean
  };
  for (const std::string& part : rows) {
    CAPTURE(part);
    CHECK_FALSE(is_display_name("Ac" + part + "me", 200));
  }
}

TEST_CASE("the comparison form folds ASCII letters and nothing else") {
  CHECK(comparison_form("") == "");
  CHECK(comparison_form("Jane.DOE+x@Example.ORG") == "jane.doe+x@example.org");
  CHECK(comparison_form("AZ[`{@") == "az[`{@");
  CHECK(comparison_form("\xc3\x84\xe2\x84\xaa") == "\xc3\x84\xe2\x84\xaa");  // U+00C4 and the Kelvin sign stay
}

TEST_CASE("addresses that mail could be sent to") {
  for (const std::string& text :
       {"a@b"s, "jane@example.org"s, "Jane.Doe+tag@mail.example-1.org"s, "o'neil@x.ie"s, "j\xc3\xbcrgen@example.org"s,
        "a@127.0.0.1"s, std::string(242, 'x') + "@example.org"}) {
    CAPTURE(text);
    CHECK(is_email(text));
  }
  for (const std::string& text : {""s,
                                  "@"s,
                                  "a@"s,
                                  "@b"s,
                                  "ab"s,
                                  "plain"s,
                                  "a@b@c"s,
                                  "a b@c"s,
                                  " a@b"s,
                                  "a@b "s,
                                  "a@b\n"s,
                                  "a\r\nBcc: x@b"s,
                                  "a\xc2\xa0@b.c"s,
                                  "a\0@b.c"s,
                                  "a@b..c"s,
                                  "a@.b"s,
                                  "a@b."s,
                                  "a@-b.c"s,
                                  "a@b-.c"s,
                                  "a@b_c"s,
                                  "a@[127.0.0.1]"s,
                                  "a@b/c"s,
                                  "a@\xc3\xbc.de"s,
                                  "\"a\"@b.c"s,
                                  "a<x@b.c"s,
                                  "a,x@b.c"s,
                                  "a@" + std::string(64, 'x') + ".org",
                                  "a\xff@b.c"s,
                                  "a\xe2\x80\x8b@b.c"s,
                                  std::string(243, 'x') + "@example.org"}) {
    CAPTURE(text);
    CHECK_FALSE(is_email(text));
  }
}

TEST_CASE("splitting keeps empty parts and words have none") {
  using Parts = std::vector<std::string_view>;
  CHECK(split("", ',') == Parts{""});
  CHECK(split("a", ',') == Parts{"a"});
  CHECK(split("a,b,,c,", ',') == Parts{"a", "b", "", "c", ""});
  CHECK(split(",", ',') == Parts{"", ""});
  CHECK(split_words("") == Parts{});
  CHECK(split_words(" \t\n") == Parts{});
  CHECK(split_words("a") == Parts{"a"});
  CHECK(split_words("  a b\t\tc\r\n") == Parts{"a", "b", "c"});
}

TEST_CASE("joining and trimming") {
  CHECK(join({}, ", ") == "");
  CHECK(join({"a"}, ", ") == "a");
  CHECK(join({"a", "", "c"}, ", ") == "a, , c");
  CHECK(trim("") == "");
  CHECK(trim(" \t\r\n") == "");
  CHECK(trim("a") == "a");
  CHECK(trim(" a b \n") == "a b");
}

TEST_CASE("the nearest candidate is the one that was meant") {
  const std::vector<std::string_view> candidates{"application", "authorization", "organization", "key", "list", "show"};
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"application", "application"},
      {"aplication", "application"},
      {"applicatoin", "application"},
      {"organisation", "organization"},
      {"organiztaoin", "organization"},
      {"keys", "key"},
      {"kye", "key"},
      {"lst", "list"},
      {"slow", "show"},
      {"autorizaton", "authorization"},
      {"", ""},
      {"foo", ""},
      {"kex1", ""},
      {"appl", ""},
      {"completely different", ""},
      {"show me", ""},
  };
  for (const auto& row : rows) {
    const auto& word = row.first;
    const auto& meant = row.second;
    CAPTURE(word);
    CHECK(nearest(word, candidates) == meant);
  }
  CHECK(nearest("key", {}) == "");
  CHECK(nearest("lisp", {"list", "list2"}) == "list");
  CHECK(nearest("abcdefghijklmnop", {"abcdefghijklm"}) == "abcdefghijklm");  // three edits
  CHECK(nearest("abcdefghijklmnop", {"abcdefghijkl"}) == "");                // four are too many
  CHECK(nearest(std::string(100'000, 'x'), candidates) == "");
}
