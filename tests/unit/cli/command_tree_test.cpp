#include "command_tree.h"

#include <doctest/doctest.h>

using namespace hub;
using cli::Arguments;
using cli::Flag;
using Texts = std::vector<std::string>;

namespace {

const std::vector<Flag> flags = {{"app", '\0', true},      {"title", '\0', true}, {"since", '\0', true},
                                 {"output", 'o', true},    {"quiet", 'q', false}, {"dry-run", 'n', false},
                                 {"verified", '\0', false}};

Arguments parsed(const Texts& words) {
  const Result<Arguments> arguments = cli::parse_arguments(flags, words);
  REQUIRE(arguments);
  return *arguments;
}

}  // namespace

TEST_CASE("Flags may stand anywhere among positionals") {
  const Arguments arguments = parsed({"-q", "one", "--app", "billing", "two", "-o", "json"});
  CHECK(arguments.positionals == Texts{"one", "two"});
  CHECK(*arguments.value("app") == "billing");
  CHECK(*arguments.value("output") == "json");
  CHECK(arguments.is_set("quiet"));
  CHECK_FALSE(arguments.is_set("dry-run"));
}

TEST_CASE("A value may look like a flag") {
  CHECK(*parsed({"--since", "-2h"}).value("since") == "-2h");
  CHECK(*parsed({"--app", "-"}).value("app") == "-");
  CHECK(*parsed({"--app", "--"}).value("app") == "--");
  CHECK(*parsed({"--app", "--title=x"}).value("app") == "--title=x");
}

TEST_CASE("A value after an equals sign is taken as it is") {
  CHECK(*parsed({"--title=a=b"}).value("title") == "a=b");
  CHECK(*parsed({"-o=json"}).value("output") == "json");
  CHECK(*parsed({"-ojson"}).value("output") == "json");
  const Arguments empty = parsed({"--title=", "next"});
  CHECK(*empty.value("title") == "");
  CHECK(empty.positionals == Texts{"next"});
}

TEST_CASE("Two dashes end the flags") {
  const Arguments arguments = parsed({"--", "--app", "-q", "--"});
  CHECK(arguments.positionals == Texts{"--app", "-q", "--"});
  CHECK_FALSE(arguments.is_set("quiet"));
}

TEST_CASE("Positionals stay whole whatever they hold") {
  const Texts odd = {"-", "", "[a,b]", "{}", "++", "%%", "a b", "-2h"};
  CHECK(parsed(odd).positionals == odd);
  CHECK(*parsed({"--app", "[a,b]"}).value("app") == "[a,b]");
}

TEST_CASE("Letters without values can be joined") {
  const Arguments arguments = parsed({"-qn", "-qo", "tsv"});
  CHECK(arguments.is_set("quiet"));
  CHECK(arguments.is_set("dry-run"));
  CHECK(*arguments.value("output") == "tsv");
}

TEST_CASE("A repeated flag keeps all its values in order") {
  CHECK(parsed({"--app", "a", "x", "--app=b"}).flags.at("app") == Texts{"a", "b"});
}

TEST_CASE("A switch can be given as false") {
  CHECK_FALSE(parsed({"--verified=false"}).is_set("verified"));
  CHECK(*parsed({"--verified=false"}).value("verified") == "false");
  CHECK(*parsed({"--verified"}).value("verified") == "true");
}

TEST_CASE("Unknown flags are told without what was attached to them") {
  const Arguments arguments = parsed({"--bogus=hunter2", "-phunter2", "--qui"});
  CHECK(arguments.unknown == Texts{"--bogus", "-p", "--qui"});
}

TEST_CASE("A flag without its value is a usage error that names it") {
  const Result<Arguments> arguments = cli::parse_arguments(flags, {"x", "--app"});
  REQUIRE_FALSE(arguments);
  CHECK(arguments.error().message == "--app needs a value.");
  CHECK(exit_status(arguments.error().code.failure) == 2);
}
