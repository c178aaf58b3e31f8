#include "secret_output.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "fake_surroundings.h"
#include "hub/base/file.h"
#include "support/temporary_directory.h"

using namespace hub;
using cli::Format;
using operations::FieldInfo;
using operations::ValueKind;

namespace {

FieldInfo field(std::string_view name, ValueKind kind = ValueKind::text) {
  FieldInfo out;
  out.name = name;
  out.kind = kind;
  return out;
}

const cli::AnswerShape credential = {false, {field("id"), field("client_secret", ValueKind::secret)}, "id"};
const cli::AnswerShape keys = {true, credential.fields, "id"};
const cli::AnswerShape token = {
    false, {field("access_token", ValueKind::secret), field("refresh_token", ValueKind::secret)}, ""};

cli::Options in(Format format) {
  cli::Options out;
  out.format = format;
  return out;
}

bool allowed(const cli::AnswerShape& shape, const cli::Options& options, bool terminal = false,
             const Json& request = Json::object()) {
  testing::FakeSurroundings fake;
  fake.terminal = terminal;
  cli::Options with = options;
  if (with.layout.columns.empty()) with.layout.columns = shape.fields;
  const cli::Surroundings around = fake.around();
  return cli::SecretOutput(shape, with, around).check(request, false).has_value();
}

}  // namespace

TEST_CASE("A secret may go where it is seen and nowhere else") {
  CHECK(allowed(credential, in(Format::json)));
  CHECK(allowed(credential, in(Format::env)));
  CHECK(allowed(credential, in(Format::raw)));
  CHECK(allowed(credential, in(Format::table), true));
  CHECK_FALSE(allowed(credential, in(Format::table)));
  CHECK_FALSE(allowed(credential, in(Format::tsv)));
  CHECK_FALSE(allowed(credential, in(Format::id)));
  CHECK_FALSE(allowed(credential, in(Format::none)));
}

TEST_CASE("Choosing fields without the secret would lose it") {
  cli::Options options = in(Format::json);
  options.layout.chosen = true;
  options.layout.columns = {field("id")};
  CHECK_FALSE(allowed(credential, options));
}

TEST_CASE("Without a secret to come nothing is refused") {
  cli::Options dry = in(Format::id);
  dry.dry_run = true;
  CHECK(allowed(credential, dry));
  CHECK(allowed(credential, in(Format::id), false, {{"public", true}}));
  CHECK(allowed({false, {field("id")}, "id"}, in(Format::id)));
  CHECK(allowed(token, in(Format::json)));
  CHECK(allowed(token, in(Format::header)));
}

TEST_CASE("Secrets of a list never go to a terminal") {
  const Json shown = {{"show_secrets", true}};
  CHECK_FALSE(allowed(keys, in(Format::json), true, shown));
  CHECK(allowed(keys, in(Format::json), false, shown));
  CHECK(allowed(keys, in(Format::table), true));
}

TEST_CASE("The file for a secret must be new before anything happens") {
  const testing::TemporaryDirectory directory;
  cli::Options options = in(Format::id);
  options.secret_out = directory.file("secret");
  CHECK(allowed(credential, options));
  REQUIRE(write_new_file(*options.secret_out, "old"));
  CHECK_FALSE(allowed(credential, options));
  options.secret_out = directory.file("nowhere/secret");
  CHECK_FALSE(allowed(credential, options));
}

TEST_CASE("A secret in a file is not in the answer") {
  const testing::TemporaryDirectory directory;
  cli::Options options = in(Format::json);
  options.secret_out = directory.file("secret");
  const cli::Surroundings around = testing::FakeSurroundings().around();
  cli::SecretOutput secrets(credential, options, around);
  Json answer = Json::parse(R"({"changed":true,"object":{"id":"1","client_secret":"abc"}})");
  secrets.take(answer);
  CHECK(to_line(answer) == R"({"changed":true,"object":{"id":"1"}})");
  REQUIRE(secrets.write());
  CHECK(*read_file(*options.secret_out) == "abc\n");
  const auto mode = std::filesystem::status(*options.secret_out).permissions();
  CHECK(mode == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}

TEST_CASE("Of a token response the file gets the access token") {
  const testing::TemporaryDirectory directory;
  cli::Options options = in(Format::json);
  options.secret_out = directory.file("token");
  const cli::Surroundings around = testing::FakeSurroundings().around();
  cli::SecretOutput secrets(token, options, around);
  Json answer = {{"access_token", "abc"}, {"refresh_token", "def"}};
  secrets.take(answer);
  CHECK(answer.empty());
  REQUIRE(secrets.write());
  CHECK(*read_file(*options.secret_out) == "abc\n");
}

TEST_CASE("A dry run leaves no secret anywhere") {
  const testing::TemporaryDirectory directory;
  cli::Options options = in(Format::json);
  options.secret_out = directory.file("secret");
  options.dry_run = true;
  const cli::Surroundings around = testing::FakeSurroundings().around();
  cli::SecretOutput secrets(credential, options, around);
  Json answer = {{"id", "1"}, {"client_secret", "abc"}};
  secrets.take(answer);
  CHECK_FALSE(answer.contains("client_secret"));
  REQUIRE(secrets.write());
  CHECK_FALSE(std::filesystem::exists(*options.secret_out));
}
