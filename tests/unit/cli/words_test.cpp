#include "words.h"

#include <doctest/doctest.h>

#include "flags.h"

using namespace hub;
using cli::Words;
using Texts = std::vector<std::string>;

namespace {

std::vector<operations::CommandInfo> commands() {
  std::vector<operations::CommandInfo> out;
  for (const std::string_view name : {"init", "org list", "org show", "org create", "member add", "token inspect",
                                      "scope list", "scope desired list", "scope desired add"}) {
    out.emplace_back().name = name;
  }
  return out;
}

Result<Words> found(const Texts& argv) {
  const auto all = commands();
  return cli::find_words(argv, all, &cli::takes_value_somewhere);
}

std::string name_of(const Texts& argv) {
  const Result<Words> words = found(argv);
  REQUIRE(words);
  return words->name;
}

}  // namespace

TEST_CASE("The words of a command are found among flags") {
  const Result<Words> words = found({"-o", "json", "org", "--store", "list", "show", "--utc", "acme", "list"});
  REQUIRE(words);
  CHECK(words->name == "org show");
  CHECK(words->is_command);
  CHECK(words->rest == Texts{"-o", "json", "--store", "list", "--utc", "acme", "list"});
}

TEST_CASE("A group is no command until its last word is there") {
  CHECK_FALSE(found({})->is_command);
  CHECK_FALSE(found({"org"})->is_command);
  CHECK_FALSE(found({"scope", "desired", "--help"})->is_command);
  CHECK(name_of({"scope", "desired", "add", "add"}) == "scope desired add");
}

TEST_CASE("Plural nouns and short verbs are hidden aliases") {
  CHECK(name_of({"orgs", "ls"}) == "org list");
  CHECK(name_of({"org", "get", "acme"}) == "org show");
  CHECK(name_of({"org", "add", "acme"}) == "org create");
  CHECK(name_of({"members", "add"}) == "member add");
}

TEST_CASE("A mistyped word gets the nearest one") {
  const Result<Words> words = found({"token", "inspekt"});
  REQUIRE_FALSE(words);
  CHECK(words.error().message == "unknown command \"token inspekt\"");
  CHECK(words.error().hint == "did you mean \"token inspect\"?");
  CHECK(exit_status(words.error().code.failure) == 2);
  CHECK(found({"ogr", "list"}).error().hint == "did you mean \"org\"?");
}

TEST_CASE("A word that is like no other is answered with where to look") {
  CHECK(found({"org", "transmogrify"}).error().hint == "hubctl org --help lists what there is");
  CHECK(found({"transmogrify"}).error().hint == "hubctl --help lists what there is");
}

TEST_CASE("Only the shape of a token makes a word one") {
  CHECK(cli::looks_like_token("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln"));
  CHECK_FALSE(cli::looks_like_token("eyJhbGciOiJSUzI1NiJ9"));
  CHECK_FALSE(cli::looks_like_token("zaikio.organization.r"));
  CHECK_FALSE(cli::looks_like_token("eyJ a.b.c"));
}
