#include "hub/operations/query.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"

using namespace hub;
using namespace hub::operations;

namespace {

FieldInfo field(std::string_view name, ValueKind kind, bool repeated = false) {
  FieldInfo out{name, "Something."};
  out.kind = kind;
  out.repeated = repeated;
  return out;
}

const std::vector<FieldInfo>& fields() {
  static const std::vector<FieldInfo> all{
      field("name", ValueKind::text),         field("age", ValueKind::integer),
      field("active", ValueKind::boolean),    field("created_at", ValueKind::time),
      field("lifetime", ValueKind::duration), field("roles", ValueKind::text, true),
      field("metadata", ValueKind::object),   field("secret", ValueKind::secret),
      field("first_name", ValueKind::text),   field("last_name", ValueKind::text),
  };
  return all;
}

// Metadata holds one value of every JSON type.
Json row() {
  return *parse_json(R"({
    "name": "John Smith", "age": 42, "active": true, "created_at": "2026-11-22T09:30:00Z", "lifetime": "15m",
    "roles": ["owner", "admin"], "secret": "s3cret", "first_name": "John", "last_name": "Smith",
    "metadata": {"kind": "printer", "size": 7, "ratio": 1.5, "big": 9007199254740993, "on": true, "off": false,
                 "none": null, "tags": ["a", 2, true], "deep": {"x": 1}, "pct": "50%", "dots": "a.b"}})");
}

// Everything in one row is null.
Json empty_row() {
  return *parse_json(R"({"name": null, "age": null, "active": null, "created_at": null, "lifetime": null, "roles": null,
                         "metadata": {}, "first_name": null, "last_name": null})");
}

bool holds(const std::string& text, const Json& in) {
  const Result<Condition> condition = parse_condition(text, fields());
  CAPTURE(text);
  REQUIRE_MESSAGE(condition, text);
  return matches(in, *condition);
}

Error refusal(const std::string& text) {
  const Result<Condition> condition = parse_condition(text, fields());
  CAPTURE(text);
  REQUIRE_FALSE(condition);
  return condition.error();
}

}  // namespace

TEST_CASE("query: conditions that hold for a row") {
  const Json john = row();
  for (const char* text :
       {// equality is case-sensitive and whole
        "name=John Smith", "name:ne=john smith", "name:ne=John", "name:ne=", "age=42", "age:ne=41", "active=true",
        "active=1", "active:ne=false", "active:ne=0", "created_at=2026-11-22T09:30:00Z",
        "created_at=2026-11-22T10:30:00+01:00", "created_at=2026-11-22T09:30:00", "created_at:ne=2026-11-22",
        "lifetime=15m", "lifetime=900s", "lifetime:ne=0",
        // order
        "age:gt=41", "age:gte=42", "age:lt=43", "age:lte=42", "age:gt=-1", "name:gt=John", "name:lt=Johnny",
        "name:gt=Aaron", "name:lt=a", "created_at:gt=2026-11-22", "created_at:lt=2026-11-23",
        "created_at:gte=2026-11-22T09:30:00Z", "lifetime:gt=90s", "lifetime:lt=1h", "lifetime:lte=15m",
        // between is inclusive
        "age:bt=42,43", "age:bt=41,42", "age:bt=42,42", "name:bt=A,Z", "created_at:bt=2026-11-22,2026-11-23",
        "lifetime:bt=10m,1h",
        // one of
        "age:in=1|42", "name:in=John Smith", "name:in=x|John Smith|y", "name:notin=x|y", "age:notin=1|2",
        "active:in=0|1", "created_at:in=2026-11-22T09:30:00Z|2026-01-01", "name:notin=null", "lifetime:in=1h|15m",
        // patterns
        "name:like=%john%", "name:like=JOHN SMITH", "name:like=john%", "name:like=%smith", "name:like=j%h",
        "name:like=%", "name:like=j___ s____", "name:like=_%_", "name:like=%o%h%", "name:notlike=john",
        "name:notlike=_", "name:notlike=\\%", "name:notlike=",
        // null
        "name:ne=null", "age:ne=null", "active:ne=null", "roles:ne=null", "metadata:ne=null", "metadata.none=null",
        "metadata.missing=null", "metadata.kind:ne=null",
        // membership
        "roles=owner", "roles=admin", "roles:ne=member", "roles:in=member|admin", "roles:notin=member|guest",
        // keys of metadata take the type of their value
        "metadata.kind=printer", "metadata.kind:ne=press", "metadata.kind:like=PRINT%", "metadata.size=7",
        "metadata.size=7.0", "metadata.size:gt=6", "metadata.size:gt=6.5", "metadata.size:bt=7,8",
        "metadata.size:in=1|7", "metadata.size:ne=x", "metadata.ratio=1.5", "metadata.ratio:lt=2",
        "metadata.big=9007199254740993", "metadata.big:ne=9007199254740992", "metadata.on=true", "metadata.on=1",
        "metadata.off=false", "metadata.off=0", "metadata.off:ne=true", "metadata.tags=a", "metadata.tags=2",
        "metadata.tags=true", "metadata.tags:ne=b", "metadata.tags:in=b|a", "metadata.tags:notin=b|c",
        "metadata.deep:ne=null", "metadata.deep:ne=x", "metadata.pct=50%", "metadata.pct:like=50\\%",
        "metadata.size:like=7", "metadata.dots=a.b",
        // search over several fields
        "first_name,last_name:concatlike=john smith", "first_name,last_name:concatlike=N SM",
        "last_name,first_name:concatlike=smith john", "first_name:concatlike=oh",
        "first_name,metadata.kind:concatlike=john printer", "first_name,metadata.none,last_name:concatlike=n s",
        "metadata.size,metadata.kind:concatlike=7 PRINTER"}) {
    CHECK_MESSAGE(holds(text, john), text);
  }
}

TEST_CASE("query: conditions that do not hold for a row") {
  const Json john = row();
  for (const char* text :
       {"name=john smith", "name=John", "name=", "name:ne=John Smith", "age=41", "age:ne=42", "active=false",
        "active=0", "active:ne=true", "created_at=2026-11-22", "lifetime=14m", "name=null", "age=null", "roles=null",
        "metadata=null", "metadata.kind=null", "metadata.none:ne=null", "age:gt=42", "age:gte=43", "age:lt=42",
        "age:lte=41", "name:gt=K", "name:lt=John", "created_at:lt=2026-11-22", "created_at:gt=2026-11-22T09:30:00Z",
        "lifetime:gt=15m",
        // reversed bounds match nothing
        "age:bt=43,41", "age:bt=1,41", "name:bt=Z,A", "age:in=1|2", "name:in=John|Smith", "name:in=john smith",
        "name:notin=x|John Smith", "age:notin=42", "name:in=null", "name:like=john", "name:like=", "name:like=_",
        "name:like=%x%", "name:like=john\\%", "name:like=%smith_", "name:notlike=%JOHN%", "name:like=\\_ohn smith",
        "roles=own", "roles=member", "roles:ne=owner", "roles:in=member|guest", "roles:notin=guest|admin",
        "metadata.kind=Printer", "metadata.kind=7", "metadata.size=8", "metadata.size=seven", "metadata.size:gt=seven",
        "metadata.size:lt=seven", "metadata.size:gt=7", "metadata.big=9007199254740992", "metadata.on=false",
        "metadata.on=yes", "metadata.on:gt=0", "metadata.off=1", "metadata.tags=b", "metadata.tags:ne=a",
        "metadata.tags:notin=a|z", "metadata.tags:gt=a", "metadata.tags:like=a", "metadata.tags:notlike=x",
        "metadata.deep=x", "metadata.deep:like=%", "metadata.deep:notlike=x", "metadata.missing=printer",
        "metadata.none=null2", "first_name,last_name:concatlike=johnsmith",
        "first_name,last_name:concatlike=smith john", "metadata.none:concatlike=null", "first_name:concatlike=%oh%"}) {
    CHECK_MESSAGE(!holds(text, john), text);
  }
}

TEST_CASE("query: null matches only the test for null") {
  const Json empty = empty_row();
  for (const char* text : {"name", "age", "active", "created_at", "lifetime", "roles", "metadata.kind"}) {
    CHECK(holds(std::string(text) + "=null", empty));
    CHECK_FALSE(holds(std::string(text) + ":ne=null", empty));
  }
  for (const char* text : {"name=",
                           "name:ne=x",
                           "name:notin=x",
                           "name:notlike=x",
                           "name:like=%",
                           "name:lt=x",
                           "name:gt=",
                           "name:bt=,x",
                           "name:in=null",
                           "name:notin=null",
                           "age:ne=1",
                           "age:lt=1",
                           "age:gt=-1",
                           "active:ne=true",
                           "active=false",
                           "created_at:gt=1970-01-01",
                           "lifetime:gte=0",
                           "roles:ne=x",
                           "roles:notin=x",
                           "metadata.kind:ne=x",
                           "metadata.kind:notlike=x",
                           "first_name,last_name:concatlike= "}) {
    CHECK_MESSAGE(!holds(text, empty), text);
  }
}

TEST_CASE("query: pipes separate and a backslash keeps them") {
  const auto named = [](const char* name) { return Json{{"name", name}}; };
  CHECK(holds("name:in=a\\|b|c", named("a|b")));
  CHECK(holds("name:in=a\\|b|c", named("c")));
  CHECK_FALSE(holds("name:in=a\\|b|c", named("a")));
  CHECK_FALSE(holds("name:in=a\\|b|c", named("b")));
  CHECK(holds("name:in=a\\b|c", named("a\\b")));
  CHECK(holds("name:in=a\\", named("a\\")));
  CHECK(holds("name:in=|x", named("")));
  CHECK(holds("name:in=", named("")));
  CHECK(holds("name:notin=a\\|b", named("a")));
  CHECK(holds("name=a|b", named("a|b")));
}

TEST_CASE("query: names and values are split at the first equals sign") {
  CHECK(holds("name=a=b", Json{{"name", "a=b"}}));
  CHECK(holds("name=a:gt", Json{{"name", "a:gt"}}));
  CHECK(holds("name:ne=x=y", Json{{"name", "x"}}));
}

TEST_CASE("query: patterns work on characters and escapes") {
  const auto like = [](const char* pattern, const char* text) {
    return holds("name:like=" + std::string(pattern), Json{{"name", text}});
  };
  CHECK(like("_", "ü"));
  CHECK(like("%_", "ü"));
  CHECK_FALSE(like("__", "ü"));
  CHECK(like("_ber%", "überall"));
  CHECK_FALSE(like("Ü", "ü"));  // ASCII only
  CHECK(like("100\\%", "100%"));
  CHECK_FALSE(like("100\\%", "1000"));
  CHECK(like("a\\_b", "a_b"));
  CHECK_FALSE(like("a\\_b", "axb"));
  CHECK(like("a\\\\b", "a\\b"));
  CHECK(like("a\\b", "a\\b"));
  CHECK(like("a\\", "a\\"));
  CHECK(like("%ab%ab", "abab"));
  CHECK(like("%ab%abc", "ababxabc"));
  CHECK(like("%%", ""));
  CHECK_FALSE(like("_%", ""));
  CHECK(like("a%b%c", "a--b--b--c"));
  CHECK_FALSE(like("a%b%c", "a--c--b"));
}

TEST_CASE("query: patterns are bounded") {
  CHECK(parse_condition("name:like=" + std::string(256, 'x'), fields()));
  CHECK(refusal("name:like=" + std::string(257, 'x')).code == codes::invalid_query);
  CHECK(refusal("name:notlike=" + std::string(257, 'x')).code == codes::invalid_query);
  CHECK(refusal("first_name:concatlike=" + std::string(257, 'x')).code == codes::invalid_query);
  CHECK(parse_condition("name:like=%%%%____", fields()));
  CHECK(parse_condition("name:like=%%%%____\\%\\_", fields()));
  CHECK(refusal("name:like=%%%%_____").code == codes::invalid_query);
  std::string umlauts;
  for (int i = 0; i < 256; ++i) umlauts += "ü";
  CHECK(parse_condition("name:like=" + umlauts, fields()));
  // the worst pattern over the longest text: a backtracking matcher would not come back
  const Json hostile{{"name", std::string(100'000, 'a')}};
  CHECK_FALSE(holds("name:like=%a%a%a%a%a%a%ab", hostile));
}

TEST_CASE("query: what is not part of the language is refused") {
  for (const char* text : {"",
                           "name",
                           "=",
                           "=x",
                           ":ne=x",
                           "nme=x",
                           "Name=x",
                           "name!=x",
                           "name:=x",
                           "name:NE=x",
                           "name:foo=x",
                           "name:concat=x",
                           "first_name,last_name=x",
                           "first_name,last_name:like=x",
                           "metadata.=x",
                           "age.x=1",
                           "name.first=x",
                           "age=x",
                           "age=",
                           "age=1.5",
                           "age= 1",
                           "age=+1",
                           "age=9223372036854775808",
                           "age:gt=null",
                           "age:in=1|x",
                           "age:in=",
                           "age:bt=1",
                           "age:bt=1,2,3",
                           "age:bt=,",
                           "name:bt=a",
                           "name:bt=a,b,c",
                           "active=yes",
                           "active=TRUE",
                           "active:gt=false",
                           "active:bt=0,1",
                           "active:like=t%",
                           "age:like=4%",
                           "created_at=yesterday",
                           "created_at=1795339800",
                           "created_at:gt=2026-02-30",
                           "created_at:like=2026%",
                           "created_at:in=2026-11-22|x",
                           "lifetime=15",
                           "lifetime=15 minutes",
                           "roles:gt=a",
                           "roles:like=%",
                           "roles:notlike=x",
                           "roles:bt=a,b",
                           "metadata=x",
                           "metadata:like=%",
                           "metadata:in=a|b",
                           "secret=s3cret",
                           "secret:like=s%",
                           "secret=null",
                           "secret:ne=null",
                           "name:concatlike=x",
                           "age,first_name:concatlike=x",
                           "first_name,nme:concatlike=x",
                           "metadata:concatlike=x",
                           "secret:concatlike=s"}) {
    CHECK_MESSAGE(refusal(text).code == codes::invalid_query, text);
  }
}

TEST_CASE("query: a typing error gets the nearest name") {
  CHECK(refusal("nme=x").hint == "did you mean \"name\"?");
  CHECK(refusal("createdat:gt=2026-11-22").hint == "did you mean \"created_at\"?");
  CHECK(refusal("name:lik=x").hint == "did you mean \"like\"?");
  CHECK(refusal("name:notlik=x").hint == "did you mean \"notlike\"?");
  CHECK(refusal("secre=x").hint.empty());  // a secret is never offered
  const Error hostile = refusal("\x1b[2J=x");
  CHECK(hostile.message.find('\x1b') == std::string::npos);
}

TEST_CASE("query: metadata keys need a list with metadata") {
  const std::vector<FieldInfo> plain{field("name", ValueKind::text)};
  CHECK_FALSE(parse_condition("metadata.kind=printer", plain));
  CHECK_FALSE(parse_sort("metadata.kind", plain));
}

namespace {

std::string order_of(std::vector<Json> rows, const std::string& sort) {
  const Result<std::vector<SortKey>> keys = parse_sort(sort, fields());
  REQUIRE_MESSAGE(keys, sort);
  std::stable_sort(rows.begin(), rows.end(), [&](const Json& a, const Json& b) { return sorts_before(a, b, *keys); });
  std::string out;
  for (const Json& one : rows) out += one["id"].get<std::string>();
  return out;
}

}  // namespace

TEST_CASE("query: rows are sorted by kind of their fields") {
  const auto with = [](const char* name, std::initializer_list<const char*> values) {
    std::vector<Json> rows;
    char id = 'a';
    for (const char* value : values) rows.push_back(Json{{"id", std::string(1, id++)}, {name, *parse_json(value)}});
    return rows;
  };
  CHECK(order_of(with("age", {"10", "9", "-1"}), "age") == "cba");
  CHECK(order_of(with("age", {"10", "9", "-1"}), "-age") == "abc");
  CHECK(order_of(with("name", {R"("b")", R"("B")", R"("a")"}), "name") == "bca");
  CHECK(order_of(with("lifetime", {R"("2h")", R"("90s")", R"("15m")"}), "lifetime") == "bca");
  CHECK(order_of(with("active", {"true", "false"}), "active") == "ba");
  CHECK(order_of(with("created_at", {R"("2026-11-22T09:30:00Z")", R"("2026-01-01T00:00:00Z")"}), "created_at") == "ba");
  // null comes last, descending first
  CHECK(order_of(with("age", {"null", "2", "1"}), "age") == "cba");
  CHECK(order_of(with("age", {"1", "2", "null"}), "-age") == "cba");
  // what is equal keeps its order
  CHECK(order_of(with("age", {"1", "1", "0", "1"}), "age") == "cabd");
  CHECK(order_of(with("age", {"1", "1", "2", "1"}), "-age") == "cabd");
}

TEST_CASE("query: several sort keys and keys of metadata") {
  std::vector<Json> rows{Json{{"id", "a"}, {"name", "x"}, {"age", 1}}, Json{{"id", "b"}, {"name", "x"}, {"age", 2}},
                         Json{{"id", "c"}, {"name", "w"}, {"age", 3}}};
  CHECK(order_of(rows, "name,-age") == "cba");
  CHECK(order_of(rows, "-name,age") == "abc");
  std::vector<Json> free;
  for (const char* value : {R"("text")", "3", "true", "null", "2.5", "{}"}) {
    free.push_back(Json{{"id", std::string(1, static_cast<char>('a' + static_cast<char>(free.size())))},
                        {"metadata", Json{{"k", *parse_json(value)}}}});
  }
  CHECK(order_of(free, "metadata.k") == "cebafd");
  CHECK(order_of(free, "-metadata.k") == "dfabec");
}

TEST_CASE("query: sort keys are checked") {
  for (const char* text :
       {"", "nme", "-", "--age", "name,", ",name", "name,,age", "roles", "metadata", "secret", "name desc", "+age"}) {
    const Result<std::vector<SortKey>> keys = parse_sort(text, fields());
    CAPTURE(text);
    REQUIRE_FALSE(keys);
    CHECK(keys.error().code == codes::invalid_query);
  }
  CHECK(parse_sort("-nam", fields()).error().hint == "did you mean \"name\"?");
}
