#include "hub/operations/commands.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fake_commands.h"
#include "fake_operations.h"

using namespace hub;
using namespace hub::operations;
using hub::testing::fake_commands;

namespace {

struct Rotated {
  std::string name;
  std::optional<Secret> secret;
};
Result<Rotated> rotate(const testing::Everything&) { return Rotated{}; }

const CommandInfo& fake(const std::vector<CommandInfo>& commands, std::string_view name) {
  const CommandInfo* const found = find_command(commands, name);
  REQUIRE(found != nullptr);
  return *found;
}

}  // namespace

TEST_CASE("commands: each is described in full") {
  const Json all = commands_as_json(fake_commands());
  REQUIRE(all.size() == fake_commands().size());
  CHECK(
      to_line(all[3]) ==
      R"({"command":"member add","summary":"Add a member","access":"everybody","effect":"change",)"
      R"("arguments":[{"name":"person","kind":"text","required":true,"repeated":false,"choices":[],)"
      R"("description":"Who."}],)"
      R"("flags":[{"name":"--org","kind":"text","required":true,"repeated":false,"choices":[],"description":"Where."},)"
      R"({"name":"--role","kind":"text","required":false,"repeated":true,"choices":["owner","admin","member"],)"
      R"("description":"Roles."}],"answer":[],"examples":[],"errors":[]})");
  CHECK(to_line(all[2]["errors"]) == R"([{"code":"exists","exit":6},{"code":"invalid_request","exit":7}])");
  CHECK(all[0]["effect"] == "list");
  CHECK(all[0]["answer"][1]["name"] == "created_at");
  CHECK(all[0]["answer"][1]["kind"] == "time");
  CHECK(all[7]["flags"][0]["name"] == "--password-file");
}

TEST_CASE("commands: an operation brings the flags it declares") {
  const Fields<Rotated> answer{{"name", &Rotated::name, "Name."}, {"secret", &Rotated::secret, "Shown once."}};
  const Operation one = operation({.name = "thing rotate",
                                   .summary = "Rotate it",
                                   .access = Access::operators,
                                   .arguments = {"name"},
                                   .ensure = true,
                                   .if_version = true},
                                  testing::everything_fields(), answer, &rotate);
  const CommandInfo command = describe(one);
  CHECK(command.access == Access::operators);
  for (const char* name : {"ensure", "if_version", "unset", "secret_out", "password"}) {
    CHECK_MESSAGE(find_field(command.request, name) != nullptr, name);
  }
  CHECK(find_field(command.request, "unset")->choices == std::vector<std::string_view>{"title"});
  CHECK(usage_line(command) ==
        "hubctl thing rotate NAME --count N --at TIME --lifetime DURATION --password-file FILE --metadata JSON|@FILE "
        "[flags]");

  const Operation plain =
      operation({.name = "thing show", .summary = "Show it"}, testing::thing_fields(), testing::thing_fields(),
                static_cast<Result<testing::Thing> (*)(const testing::Thing&)>(nullptr));
  for (const char* name : {"ensure", "if_version", "unset", "secret_out"}) {
    CHECK_MESSAGE(find_field(describe(plain).request, name) == nullptr, name);
  }
}

TEST_CASE("commands: usage names what is needed") {
  const std::vector<CommandInfo> commands = fake_commands();
  CHECK(usage_line(fake(commands, "org list")) == "hubctl org list");
  CHECK(usage_line(fake(commands, "org show")) == "hubctl org show ORG");
  CHECK(usage_line(fake(commands, "org create")) == "hubctl org create NAME [flags]");
  CHECK(usage_line(fake(commands, "scope desired add")) == "hubctl scope desired add APP [SCOPE...]");
  CHECK(usage_line(fake(commands, "member add")) == "hubctl member add PERSON --org ORG [flags]");
}

TEST_CASE("commands: flags and values are spelled as they are typed") {
  using testing::fake_field;
  CHECK(flag_name(fake_field("redirect_uri", "")) == "redirect-uri");
  CHECK(flag_name(fake_field("password", "", "", ValueKind::secret)) == "password-file");
  CHECK(value_name(fake_field("x", "")) == "TEXT");
  CHECK(value_name(fake_field("x", "", "org")) == "ORG");
  CHECK(value_name(fake_field("x", "", "", ValueKind::boolean)).empty());
  CHECK(value_name(testing::with_choices(fake_field("x", ""), {"a", "b"})) == "a|b");
  CHECK(value_name(testing::with_choices(fake_field("x", ""), {"a_rather_long_choice", "another_rather_long_one"})) ==
        "TEXT");
}

TEST_CASE("commands: a word means itself before anything it is an alias of") {
  const std::vector<CommandInfo> commands = fake_commands();
  CHECK(meant_word(commands, "", "org") == "org");
  CHECK(meant_word(commands, "", "orgs") == "org");
  CHECK(meant_word(commands, "", "people") == "person");
  CHECK(meant_word(commands, "", "apps").empty());  // no command of apps here
  CHECK(meant_word(commands, "", "ls").empty());
  CHECK(meant_word(commands, "", "").empty());
  CHECK(meant_word(commands, "org", "ls") == "list");
  CHECK(meant_word(commands, "org", "get") == "show");
  CHECK(meant_word(commands, "org", "add") == "create");
  CHECK(meant_word(commands, "org", "rm").empty());
  CHECK(meant_word(commands, "member", "add") == "add");
  CHECK(meant_word(commands, "member", "rm") == "remove");
  CHECK(meant_word(commands, "scope", "desired") == "desired");
  CHECK(meant_word(commands, "scope desired", "ls") == "list");
  CHECK(meant_word(commands, "scop", "e").empty());
}
