#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hub/base/limits.h"
#include "output/cell.h"
#include "output/writer.h"
#include "text_sink.h"

using namespace hub;
using cli::Format;
using operations::FieldInfo;
using operations::Show;
using operations::ValueKind;

namespace {

FieldInfo field(std::string_view name, ValueKind kind = ValueKind::text, Show show = Show::column) {
  FieldInfo out;
  out.name = name;
  out.kind = kind;
  out.show = show;
  return out;
}

cli::Layout layout(bool list) {
  cli::Layout out;
  FieldInfo kinds = field("kinds");
  kinds.repeated = true;
  out.shape = {list,
               {field("name"), field("members", ValueKind::integer), field("verified", ValueKind::boolean), kinds,
                field("created_at", ValueKind::time)},
               "name"};
  out.columns = out.shape.fields;
  return out;
}

Json acme() {
  return Json::parse(R"({"name":"acme","members":12,"verified":true,"kinds":["printer","other"],)"
                     R"("created_at":"2026-11-22T09:30:00Z"})");
}
Json odd() {
  return Json::parse(R"({"name":"Häuser, \"Ltd\"\tx","members":3,"verified":false,"kinds":[],"created_at":null})");
}

std::string listed(Format format, const std::vector<Json>& rows, const cli::Layout& look = layout(true)) {
  testing::TextSink sink;
  const auto writer = cli::make_writer(format, look, sink);
  for (const Json& row : rows) writer->row(row);
  writer->finish();
  return sink.text;
}

std::string shown(Format format, const Json& object, const cli::Layout& look = layout(false)) {
  testing::TextSink sink;
  const auto writer = cli::make_writer(format, look, sink);
  writer->object(object);
  writer->finish();
  return sink.text;
}

}  // namespace

TEST_CASE("A table has upper case headings and columns as wide as they need") {
  CHECK(listed(Format::table, {acme(), odd()}) ==
        "NAME              MEMBERS  VERIFIED  KINDS           CREATED AT\n"
        "acme                   12  yes       printer, other  2026-11-22T09:30:00Z\n"
        "Häuser, \"Ltd\"\\tx        3  no        -               -\n");
}

TEST_CASE("A table without headings is as wide as its values") {
  cli::Layout look = layout(true);
  look.headers = false;
  look.columns.resize(2);
  CHECK(listed(Format::table, {acme()}, look) == "acme  12\n");
}

TEST_CASE("Headings of a table are bold only if asked for") {
  cli::Layout look = layout(true);
  look.bold = true;
  look.columns.resize(1);
  CHECK(listed(Format::table, {}, look) == "\x1b[1mNAME\x1b[0m\n");
}

TEST_CASE("Column widths come from the first thousand rows") {
  cli::Layout look = layout(true);
  look.columns.resize(2);
  std::vector<Json> rows(static_cast<std::size_t>(limits::list_page), acme());
  rows.push_back({{"name", "a-name-much-longer"}, {"members", 1}});
  const std::string text = listed(Format::table, rows, look);
  CHECK(text.starts_with("NAME  MEMBERS\nacme       12\n"));
  CHECK(text.ends_with("\na-name-much-longer        1\n"));
}

TEST_CASE("Wide characters take two columns of a table") {
  CHECK(cli::display_width("abc") == 3);
  CHECK(cli::display_width("漢字") == 4);
  CHECK(cli::display_width("e\u0301") == 1);
  CHECK(cli::display_width("\xff") == 1);
}

TEST_CASE("No value can send control characters to a terminal") {
  const Json value = "a\x1b[2Jb\nc";
  CHECK(cli::cell_text(&value, ValueKind::text, false) == "a\\x1b[2Jb\\nc");
}

TEST_CASE("An object in a table is a line per field that has a value") {
  CHECK(shown(Format::table, odd()) ==
        "NAME      Häuser, \"Ltd\"\\tx\n"
        "MEMBERS   3\n"
        "VERIFIED  no\n");
}

TEST_CASE("TSV has no headings and keeps a value in its column") {
  CHECK(listed(Format::tsv, {acme(), odd()}) ==
        "acme\t12\ttrue\tprinter,other\t2026-11-22T09:30:00Z\n"
        "Häuser, \"Ltd\"\\tx\t3\tfalse\t\t\n");
  CHECK(shown(Format::tsv, acme()) == "acme\t12\ttrue\tprinter,other\t2026-11-22T09:30:00Z\n");
  CHECK(listed(Format::tsv, {}) == "");
}

TEST_CASE("CSV quotes as RFC 4180 says") {
  CHECK(listed(Format::csv, {acme(), odd()}) ==
        "name,members,verified,kinds,created_at\n"
        "acme,12,true,\"printer,other\",2026-11-22T09:30:00Z\n"
        "\"Häuser, \"\"Ltd\"\"\tx\",3,false,,\n");
  CHECK(listed(Format::csv, {}) == "name,members,verified,kinds,created_at\n");
}

TEST_CASE("JSON of a list is an array with a row per line") {
  CHECK(listed(Format::json, {{{"a", 1}}, {{"a", nullptr}}}) == "[\n{\"a\":1},\n{\"a\":null}\n]\n");
  CHECK(listed(Format::json, {}) == "[]\n");
}

TEST_CASE("JSON of an object is one line and indented for people") {
  CHECK(shown(Format::json, {{"a", {1, 2}}}) == "{\"a\":[1,2]}\n");
  cli::Layout look = layout(false);
  look.pretty = true;
  CHECK(shown(Format::json, {{"a", 1}}, look) == "{\n  \"a\": 1\n}\n");
}

TEST_CASE("JSON lines have a row each") {
  CHECK(listed(Format::jsonl, {{{"a", 1}}, {{"a", 2}}}) == "{\"a\":1}\n{\"a\":2}\n");
}

TEST_CASE("Chosen fields keep their order inside the envelope of a change") {
  cli::Layout look = layout(false);
  look.chosen = true;
  look.columns = {field("verified"), field("name")};
  const Json change = {{"changed", true}, {"kind", "organization"}, {"name", "acme"}, {"object", acme()}};
  CHECK(shown(Format::json, change, look) ==
        "{\"changed\":true,\"kind\":\"organization\",\"name\":\"acme\","
        "\"object\":{\"verified\":true,\"name\":\"acme\"}}\n");
  CHECK(shown(Format::json, acme(), look) == "{\"verified\":true,\"name\":\"acme\"}\n");
}

TEST_CASE("YAML quotes what a reader could take for something else") {
  const Json row = {{"name", "acme"},  {"flag", "no"},     {"number", "12"},           {"empty", ""},
                    {"none", nullptr}, {"list", {1, "b"}}, {"inner", {{"k", "v: w"}}}, {"nothing", Json::object()}};
  CHECK(shown(Format::yaml, row) ==
        "name: acme\nflag: \"no\"\nnumber: \"12\"\nempty: \"\"\nnone: null\n"
        "list:\n  - 1\n  - b\ninner:\n  k: \"v: w\"\nnothing: {}\n");
  CHECK(listed(Format::yaml, {{{"a", 1}, {"b", {2}}}, {{"a", "x"}}}) == "- a: 1\n  b:\n    - 2\n- a: x\n");
  CHECK(listed(Format::yaml, {}) == "[]\n");
}

TEST_CASE("Ids come one per line and alone") {
  CHECK(listed(Format::id, {acme(), odd()}) == "acme\nHäuser, \"Ltd\"\tx\n");
}

TEST_CASE("Environment lines are quoted for a shell") {
  Json object = acme();
  object["name"] = "Jane's shop";
  CHECK(shown(Format::env, object) ==
        "NAME='Jane'\\''s shop'\nMEMBERS=12\nVERIFIED=true\nCREATED_AT=2026-11-22T09:30:00Z\n");
}

TEST_CASE("The header format is a line for curl and raw the token alone") {
  cli::Layout look;
  look.shape = {false, {field("access_token"), field("refresh_token")}, ""};
  const Json response = {{"access_token", "abc"}, {"refresh_token", "def"}};
  CHECK(shown(Format::header, response, look) == "Authorization: Bearer abc\n");
  CHECK(shown(Format::raw, response, look) == "abc\n");
  CHECK(shown(Format::none, response, look) == "");
}

TEST_CASE("A command has the formats that its answer can be given in") {
  const auto has = [](const cli::AnswerShape& shape, Format format) {
    const auto formats = cli::formats_of(shape);
    return std::find(formats.begin(), formats.end(), format) != formats.end();
  };
  const cli::AnswerShape list = {true, {field("id"), field("secret", ValueKind::secret)}, "id"};
  const cli::AnswerShape credential = {false, {field("id"), field("secret", ValueKind::secret)}, "id"};
  const cli::AnswerShape token = {false, {field("access_token")}, "jti"};
  CHECK(has(list, Format::id));
  CHECK_FALSE(has(list, Format::env));
  CHECK_FALSE(has(list, Format::raw));
  CHECK(has(credential, Format::raw));
  CHECK_FALSE(has(credential, Format::header));
  CHECK(has(token, Format::header));
  CHECK_FALSE(has(token, Format::id));
}
