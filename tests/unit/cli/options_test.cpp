#include "options.h"

#include <doctest/doctest.h>

#include "fake_surroundings.h"
#include "flags.h"

using namespace hub;
using cli::Format;
using operations::CommandInfo;
using operations::Effect;
using operations::FieldInfo;
using operations::Show;
using Texts = std::vector<std::string>;

namespace {

CommandInfo command(Effect effect) {
  CommandInfo out;
  out.name = "org list";
  out.effect = effect;
  FieldInfo name, id, notes;
  name.name = "name";
  name.show = Show::column;
  id.name = "id";
  id.show = Show::wide;
  notes.name = "notes";
  out.answer = {name, id, notes};
  return out;
}

Result<cli::Options> options(const Texts& words, const testing::FakeSurroundings& fake = {},
                             Effect effect = Effect::list) {
  const CommandInfo info = command(effect);
  const cli::AnswerShape shape = {effect == Effect::list, info.answer, "id"};
  const Result<cli::Arguments> arguments = cli::parse_arguments(cli::flags_of(info), words);
  REQUIRE(arguments);
  return cli::read_options(info, shape, *arguments, fake.around());
}

Format format(const Texts& words, const testing::FakeSurroundings& fake = {}, Effect effect = Effect::list) {
  const Result<cli::Options> read = options(words, fake, effect);
  REQUIRE(read);
  return read->format;
}

Texts columns(const Texts& words, const testing::FakeSurroundings& fake = {}, Effect effect = Effect::list) {
  const Result<cli::Options> read = options(words, fake, effect);
  REQUIRE(read);
  Texts out;
  for (const FieldInfo& field : read->layout.columns) out.emplace_back(field.name);
  return out;
}

testing::FakeSurroundings terminal() {
  testing::FakeSurroundings out;
  out.terminal = true;
  return out;
}

}  // namespace

TEST_CASE("A terminal gets a table and a pipe TSV") {
  CHECK(format({}, terminal()) == Format::table);
  CHECK(format({}) == Format::tsv);
  CHECK(format({"--json"}) == Format::json);
  CHECK(format({"-o", "yaml"}, terminal()) == Format::yaml);
  CHECK(format({"-q"}) == Format::id);
  CHECK(format({"-q", "-o", "json"}) == Format::json);
}

TEST_CASE("The variable stands in for the flag where a command has that format") {
  testing::FakeSurroundings fake;
  fake.variables["HUBCTL_OUTPUT"] = "env";
  CHECK(format({}, fake, Effect::read) == Format::env);
  CHECK(format({}, fake) == Format::tsv);
  CHECK(format({"-o", "csv"}, fake, Effect::read) == Format::csv);
  fake.variables["HUBCTL_OUTPUT"] = "nonsense";
  CHECK_FALSE(options({}, fake));
}

TEST_CASE("A format that a command cannot give is a usage error that names those it can") {
  const Result<cli::Options> read = options({"-o", "env"});
  REQUIRE_FALSE(read);
  CHECK(read.error().message == "\"org list\" has no output format \"env\".");
  CHECK(read.error().hint == "it has table wide json jsonl yaml csv tsv id none");
  CHECK(exit_status(read.error().code.failure) == 2);
  CHECK_FALSE(options({"-o", "csv", "--json"}));
}

TEST_CASE("Columns are what the table declares and wide adds to them") {
  CHECK(columns({}) == Texts{"name"});
  CHECK(columns({"-o", "wide"}) == Texts{"name", "id"});
  CHECK(columns({}, terminal(), Effect::read) == Texts{"name", "id", "notes"});
  CHECK(columns({}, {}, Effect::read) == Texts{"name"});
}

TEST_CASE("Fields choose columns in their order") {
  CHECK(columns({"--fields", "notes, name"}) == Texts{"notes", "name"});
  CHECK(options({"--fields", "nme"}).error().hint == "did you mean \"name\"?");
  CHECK(options({"--fields", "help"})->fields_help);
}

TEST_CASE("Times are local on a terminal only") {
  CHECK(options({}, terminal())->layout.local_times);
  CHECK_FALSE(options({"--utc"}, terminal())->layout.local_times);
  CHECK_FALSE(options({})->layout.local_times);
}

TEST_CASE("Colour follows the flag and then the variables") {
  testing::FakeSurroundings fake = terminal();
  CHECK(options({}, fake)->layout.bold);
  fake.variables["TERM"] = "dumb";
  CHECK_FALSE(options({}, fake)->layout.bold);
  CHECK(options({"--color", "always"}, fake)->layout.bold);
  fake = terminal();
  fake.variables["NO_COLOR"] = "1";
  CHECK_FALSE(options({}, fake)->layout.bold);
  testing::FakeSurroundings pipe;
  CHECK_FALSE(options({}, pipe)->layout.bold);
  pipe.variables["FORCE_COLOR"] = "1";
  CHECK(options({}, pipe)->layout.bold);
  CHECK_FALSE(options({"--color", "sometimes"}));
}

TEST_CASE("Nobody is asked without a terminal nor when it is forbidden") {
  CHECK(options({}, terminal())->may_ask);
  CHECK_FALSE(options({})->may_ask);
  CHECK_FALSE(options({"--no-input"}, terminal())->may_ask);
  testing::FakeSurroundings ci = terminal();
  ci.variables["CI"] = "true";
  CHECK_FALSE(options({}, ci)->may_ask);
}

TEST_CASE("Parts of a list are counted in whole numbers") {
  const Result<cli::Options> read = options({"--limit", "5", "--skip=2", "--sort=-name", "--filter", "name=a"});
  REQUIRE(read);
  CHECK(read->query.limit == 5);
  CHECK(read->query.skip == 2);
  CHECK(read->query.sort.size() == 1);
  CHECK(read->query.conditions.size() == 1);
  CHECK_FALSE(options({"--limit", "-1"}));
  CHECK(options({"--filter", "nothing=1"}).error().code.name == "invalid_query");
}

TEST_CASE("Whether errors are JSON is known even when the rest is wrong") {
  const testing::FakeSurroundings fake;
  const auto wants = [&](const Texts& words) { return cli::wants_json_errors(words, fake.around()); };
  CHECK(wants({"bogus", "--json"}));
  CHECK(wants({"-o", "json"}));
  CHECK(wants({"-ojson"}));
  CHECK(wants({"--output=json"}));
  CHECK_FALSE(wants({"-o", "yaml"}));
  CHECK_FALSE(wants({"--", "--json"}));
  CHECK_FALSE(wants({}));
}
