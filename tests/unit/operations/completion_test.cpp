#include "hub/operations/completion.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "fake_commands.h"
#include "hub/base/text.h"

using namespace hub;
using namespace hub::operations;
using hub::testing::fake_commands;

namespace {

std::vector<std::string> things(std::string_view kind) {
  if (kind == "org") return {"acme", "north211", "org:acme"};
  if (kind == "person") return {"jane@acme.test"};
  if (kind == "app") return {"billing", "caresuite"};
  if (kind == "scope") return {"warehouse.items.r", "warehouse.items.w", "zaikio.person.r"};
  return {};
}

Completion completed(const std::string& line) {
  static const std::vector<CommandInfo> commands = fake_commands();
  std::vector<std::string> words;
  for (const std::string_view word : split(line, ' ')) words.emplace_back(word);
  const std::string current = words.back();
  words.pop_back();
  return complete(commands, words, current, things);
}

// Candidates as one text.
std::string values(const std::string& line) {
  std::vector<std::string> out;
  for (const Candidate& candidate : completed(line).candidates) out.push_back(candidate.value);
  return join(out, " ");
}

bool offers(const std::string& line, const std::string& value) {
  const Completion completion = completed(line);
  return std::any_of(completion.candidates.begin(), completion.candidates.end(),
                     [&](const Candidate& one) { return one.value == value; });
}

}  // namespace

TEST_CASE("completion: words of commands") {
  CHECK(values("") == "org member scope person completion help");
  CHECK(values("o") == "org");
  CHECK(values("org ") == "list show create");
  CHECK(values("org s") == "show");
  CHECK(values("scope ") == "desired");
  CHECK(values("scope desired ") == "add list");
  CHECK(values("bogus ").empty());
  CHECK(values("org list ").empty());
  CHECK(completed("").candidates[0].description == "Organizations, the tenants of the hub");
  CHECK(completed("org ").candidates[1].description == "Show one organization");
  CHECK(completed("scope ").candidates[0].description == "add, list");
  CHECK(completed("org ").directive == directive::no_files);
}

TEST_CASE("completion: plurals and aliases are understood but never offered") {
  CHECK(values("orgs").empty());
  CHECK(values("orgs ") == "list show create");
  CHECK(values("people ") == "set-password");
  CHECK_FALSE(offers("org ", "ls"));
  CHECK(values("orgs get ") == "acme north211 org:acme");
  CHECK(values("member add ") == "jane@acme.test");
  CHECK(values("org add ").empty());
  CHECK(offers("org add --", "--ensure"));
  CHECK(offers("member rm --", "--store"));
}

TEST_CASE("completion: positionals") {
  CHECK(values("org show n") == "north211");
  CHECK(values("org show acme ").empty());
  CHECK(values("scope desired add ") == "billing caresuite");
  CHECK(values("scope desired add billing w") == "warehouse.items.r warehouse.items.w");
  CHECK(values("scope desired add billing warehouse.items.r ware") == "warehouse.items.w");
  CHECK(values("completion ") == "bash zsh fish");
  CHECK(values("org show -- n") == "north211");
  CHECK(values("org show -- -").empty());
  CHECK(values("help ") == "org member scope person completion help");
  CHECK(values("help scope desired a") == "add");
}

TEST_CASE("completion: flags of the command come first and the global ones after") {
  const Completion completion = completed("member add -");
  REQUIRE(completion.candidates.size() > 10);
  CHECK(completion.candidates[0].value == "--org");
  CHECK(completion.candidates[0].description == "Where.");
  CHECK(completion.candidates[1].value == "--role");
  CHECK(offers("member add --st", "--store"));
  CHECK(values("member add --or") == "--org");
  CHECK_FALSE(offers("member add --", "--person"));  // is positional
  CHECK(offers("person set-password --", "--password-file"));
  CHECK(offers("person set-password --", "--expires-in"));
  CHECK(values("--sto") == "--store");
}

TEST_CASE("completion: flags about rows are for lists only") {
  CHECK(offers("org list --", "--filter"));
  CHECK(offers("org list --", "--limit"));
  CHECK_FALSE(offers("org show --", "--filter"));
  CHECK_FALSE(offers("--", "--filter"));
}

TEST_CASE("completion: a flag is offered once unless it may be repeated") {
  CHECK_FALSE(offers("member add --org acme --", "--org"));
  CHECK(offers("member add --org acme --", "--role"));
  CHECK(offers("member add --role owner --", "--role"));
  CHECK_FALSE(offers("member add --org=acme --", "--org"));
  CHECK_FALSE(offers("org list -s x --", "--store"));
  CHECK_FALSE(offers("org list -qo json --", "--quiet"));
  CHECK_FALSE(offers("org list -qo json --", "--output"));
}

TEST_CASE("completion: values of flags") {
  CHECK(values("member add --org ") == "acme north211 org:acme");
  CHECK(values("member add --org org:") == "org:acme");
  CHECK(values("member add --org=n") == "--org=north211");
  CHECK(values("member add --role ") == "owner admin member");
  CHECK(values("member add --role=a") == "--role=admin");
  CHECK(values("member add --role owner,a") == "owner,admin");
  CHECK(values("member add --role=owner,a") == "--role=owner,admin");
  CHECK(values("org list -o js") == "json jsonl");
  CHECK(values("org list --output=ts") == "--output=tsv");
  CHECK(values("org list --color ") == "auto always never");
  CHECK(values("org create --ensure=") == "--ensure=true --ensure=false");
  CHECK(values("org list --limit ").empty());
  CHECK(values("org list --bogus ").empty());
  CHECK(values("org list --bogus=x").empty());
}

TEST_CASE("completion: flags may stand before the words of their command") {
  CHECK(values("-s x org ") == "list show create");
  CHECK(values("-sx org ") == "list show create");
  CHECK(values("--store=x org ") == "list show create");
  CHECK(values("--org acme member ") == "add remove");
  CHECK(values("org --json s") == "show");
  CHECK(values("org show --json ac") == "acme");
}

TEST_CASE("completion: files and directories are left to the shell") {
  CHECK(completed("--store ").directive == directive::files);
  CHECK(completed("--store=x").directive == directive::files);
  CHECK(completed("--store ").candidates.empty());
  CHECK(completed("person set-password jane --password-file ").directive == directive::files);
  CHECK(completed("org show ").directive == directive::no_files);
}

TEST_CASE("completion: names of the answer shape a list") {
  CHECK(values("org list --fields n") == "name");
  CHECK(values("org list --fields name,c") == "name,created_at");
  CHECK(values("org list --fields=na") == "--fields=name");
  CHECK(values("org list --sort -c") == "-created_at");
  CHECK(values("org list --sort name,-c") == "name,-created_at");
  CHECK(values("org list --filter ") == "name= created_at=");
  CHECK((completed("org list --filter ").directive & directive::no_space) != 0);
}

TEST_CASE("completion: without a lookup there are no names and no failure") {
  const std::vector<CommandInfo> commands = fake_commands();
  CHECK(complete(commands, {"org", "show"}, "", nullptr).candidates.empty());
}

TEST_CASE("completion: lines of the protocol") {
  CHECK(completion_lines({{{"list", "List things"}, {"show"}}, directive::no_files}) ==
        "list\tList things\nshow\n:2\n");
  CHECK(completion_lines({{}, directive::no_space | directive::files}) == ":5\n");
  CHECK(completion_lines({{{"a\nb", "x"}, {"", "x"}, {"c\td"}, {"e\x1b[2J"}, {"f", "g\nh"}}, 0}) == "f\n:0\n");
}

TEST_CASE("completion: there is a script for three shells and no other") {
  for (const char* shell : {"bash", "zsh", "fish"}) {
    CHECK(completion_script(shell).find("__complete") != std::string_view::npos);
  }
  CHECK(completion_script("tcsh").empty());
}
