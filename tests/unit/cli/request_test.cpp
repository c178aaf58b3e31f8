#include "request.h"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "fake_surroundings.h"
#include "flags.h"
#include "support/temporary_directory.h"

using namespace hub;
using operations::CommandInfo;
using operations::FieldInfo;
using operations::ValueKind;
using Texts = std::vector<std::string>;

namespace {

FieldInfo field(std::string_view name, ValueKind kind = ValueKind::text, std::string_view reference = "") {
  FieldInfo out;
  out.name = name;
  out.kind = kind;
  out.reference = reference;
  return out;
}
FieldInfo required(FieldInfo out) {
  out.required = true;
  return out;
}
FieldInfo repeated(FieldInfo out) {
  out.repeated = true;
  return out;
}

// "thing change APP [SCOPE...]" with a flag of every kind.
CommandInfo command() {
  CommandInfo out;
  out.name = "thing change";
  out.summary = "Change a thing";
  out.effect = operations::Effect::change;
  FieldInfo title = field("title");
  title.unsettable = true;
  out.request = {required(field("app", ValueKind::text, "app")),
                 repeated(field("scopes", ValueKind::text, "scope")),
                 title,
                 field("max_count", ValueKind::integer),
                 field("loud", ValueKind::boolean),
                 field("since", ValueKind::time),
                 field("ttl", ValueKind::duration),
                 field("metadata", ValueKind::object),
                 field("password", ValueKind::secret),
                 repeated(field("redirect"))};
  out.arguments = {"app", "scopes"};
  return out;
}

struct Made {
  Result<cli::Request> request;
  Json body;
};

Made made(const CommandInfo& info, const Texts& words, const testing::FakeSurroundings& fake = {},
          cli::Options options = {}) {
  CommandInfo described = info;  // with what is a flag but no member of the request
  described.request.push_back(repeated(field("unset")));
  const Result<cli::Arguments> arguments = cli::parse_arguments(cli::flags_of(described), words);
  REQUIRE(arguments);
  REQUIRE(arguments->unknown.empty());
  Json body;
  Result<cli::Request> request = cli::build_request(info, info.request, *arguments, options, fake.around(), body);
  return {std::move(request), std::move(body)};
}

Json body_of(const Texts& words, const testing::FakeSurroundings& fake = {}) {
  Made all = made(command(), words, fake);
  REQUIRE(all.request);
  return all.body;
}

Error error_of(const Texts& words, const CommandInfo& info = command()) {
  const Made all = made(info, words);
  REQUIRE_FALSE(all.request);
  return all.request.error();
}

}  // namespace

TEST_CASE("Positionals fill the arguments in order and the last may be repeated") {
  CHECK(body_of({"billing", "a.b.r", "c.d.w"}) == Json::parse(R"({"app":"billing","scopes":["a.b.r","c.d.w"]})"));
  CHECK(body_of({"billing"}) == Json::parse(R"({"app":"billing"})"));
}

TEST_CASE("Values become what their field is in JSON") {
  CHECK(body_of({"a", "--max-count", "-5", "--loud", "--ttl", "90s", "--metadata", R"({"k":1})"}) ==
        Json::parse(R"({"app":"a","max_count":-5,"loud":true,"ttl":"90s","metadata":{"k":1}})"));
  CHECK(body_of({"a", "--loud=false"})["loud"] == false);
}

TEST_CASE("What cannot be converted is left for the operation to refuse") {
  CHECK(body_of({"a", "--max-count", "5x"})["max_count"] == "5x");
  CHECK(body_of({"a", "--since", "yesterday"})["since"] == "yesterday");
}

TEST_CASE("A time may be relative to now") {
  CHECK(body_of({"a", "--since", "-2h"})["since"] == "2026-11-22T07:30:00.000Z");
  CHECK(body_of({"a", "--since", "+15m"})["since"] == "2026-11-22T09:45:00.000Z");
  CHECK(body_of({"a", "--since", "2026-01-01"})["since"] == "2026-01-01");
}

TEST_CASE("An object may come from a file") {
  const testing::TemporaryDirectory directory;
  std::ofstream(directory.file("m.json")) << R"({"from":"file"})";
  CHECK(body_of({"a", "--metadata", "@" + directory.file("m.json")})["metadata"]["from"] == "file");
  CHECK(error_of({"a", "--metadata", "{"}).code.name == "malformed_json");
  CHECK(error_of({"a", "--metadata", "@" + directory.file("none")}).code.name == "unreadable_file");
}

TEST_CASE("Repeated flags make a list and only words are split at commas") {
  CHECK(body_of({"a", "x.y.r,x.z.r"})["scopes"] == Json({"x.y.r", "x.z.r"}));
  CHECK(body_of({"a", "--redirect", "https://a/?x=1,2", "--redirect", "https://b/"})["redirect"] ==
        Json({"https://a/?x=1,2", "https://b/"}));
}

TEST_CASE("Unset puts null and knows only what can be unset") {
  CHECK(body_of({"a", "--unset", "title"}) == Json::parse(R"({"app":"a","title":null})"));
  CHECK(error_of({"a", "--unset", "max-count"}).hint == "it knows title");
  CHECK(exit_status(error_of({"a", "--unset", "title", "--title", "x"}).code.failure) == 2);
}

TEST_CASE("What is missing or too much is a usage error that shows the usage") {
  CHECK(error_of({}).message == "\"thing change\" needs APP.");
  CHECK(error_of({}).hint.starts_with("hubctl thing change APP [SCOPE...]"));
  CHECK(error_of({"a", "--title", "x", "--title", "y"}).message == "--title can be given only once.");
  CommandInfo narrow = command();
  narrow.arguments = {"app"};
  const Error error = error_of({"a", "hunter2"}, narrow);
  CHECK(error.message == "\"thing change\" takes 1 argument, not 2.");
  CHECK(error.hint.find("hunter2") == std::string::npos);
}

TEST_CASE("A secret comes from the file that its flag or variable names") {
  const testing::TemporaryDirectory directory;
  const std::string path = directory.file("pw");
  std::ofstream(path) << "correct horse\n";
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  CHECK(body_of({"a", "--password-file", path})["password"] == "correct horse");
  testing::FakeSurroundings fake;
  fake.variables["HUBCTL_PASSWORD_FILE"] = path;
  CHECK(body_of({"a"}, fake)["password"] == "correct horse");
  CHECK_FALSE(body_of({"a"}).contains("password"));
}

TEST_CASE("A required secret that nobody can be asked for names its flag and variable") {
  CommandInfo info = command();
  info.request[8].required = true;
  const Error error = error_of({"a"}, info);
  CHECK(error.message == "\"thing change\" needs --password-file FILE.");
  CHECK(error.hint.find("HUBCTL_PASSWORD_FILE") != std::string::npos);
  CHECK(exit_status(error.code.failure) == 2);
}

TEST_CASE("A secret given as a value is refused without being repeated") {
  const CommandInfo info = command();
  for (const Texts& words : {Texts{"a", "--password", "hunter2"}, Texts{"a", "--password=hunter2"}}) {
    const Result<cli::Arguments> arguments = cli::parse_arguments(cli::flags_of(info), words);
    REQUIRE(arguments);
    const Result<void> known = cli::check_known(info, *arguments);
    REQUIRE_FALSE(known);
    CHECK(known.error().hint == "use --password-file FILE, where - is standard input");
    CHECK((known.error().message + known.error().hint).find("hunter2") == std::string::npos);
  }
}

TEST_CASE("A dash for a reference asks for a batch and standard input is read once") {
  const Made all = made(command(), {"-"});
  REQUIRE(all.request);
  CHECK(all.request->batch_field == "app");
  CHECK(error_of({"-", "-"}).message == "Standard input can be read only once.");
  CHECK(error_of({"-", "--password-file", "-"}).message == "Standard input can be read only once.");
  CHECK(body_of({"a", "--title", "-"})["title"] == "-");
}

TEST_CASE("A required confirmation is the name again and --yes repeats it") {
  CommandInfo info = command();
  info.request.push_back(required(field("confirm")));
  CHECK(made(info, {"a", "--confirm", "b"}).body["confirm"] == "b");
  CHECK(error_of({"a"}, info).hint == "use --confirm with its name again, or --yes");
  cli::Options yes;
  yes.yes = true;
  CHECK(made(info, {"a", "-y"}, {}, yes).body["confirm"] == "a");
  const Made batch = made(info, {"-", "-y"}, {}, yes);
  REQUIRE(batch.request);
  CHECK(batch.request->confirm_each);
}
