#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "hub/operations/command.h"
#include "hub/operations/operation.h"

using namespace hub;
using namespace hub::operations;

// What help, completion and man pages take for granted of every entry.
TEST_CASE("table: names are words and each is there once") {
  std::set<std::string_view> names;
  for (const Operation& operation : all_operations()) {
    const std::string_view name = operation.info.name;
    CAPTURE(name);
    CHECK(names.insert(name).second);
    CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz- ") == std::string_view::npos);
    CHECK(find_operation(name) == &operation);
    const std::string_view noun = name.substr(0, name.find(' '));
    if (noun == name) continue;  // a command about the hub as a whole
    CHECK(std::any_of(nouns().begin(), nouns().end(), [&](const NounInfo& known) { return known.name == noun; }));
  }
  for (const NounInfo& noun : nouns()) {
    CAPTURE(noun.name);
    if (noun.name == "context") continue;  // about the tool
    const auto is_under = [&](std::string_view name) { return name.starts_with(std::string(noun.name) + ' '); };
    CHECK(std::any_of(names.begin(), names.end(), is_under));
  }
  CHECK(find_operation("org") == nullptr);
  CHECK(find_operation("") == nullptr);
}

TEST_CASE("table: every operation says who may run it and what it does") {
  for (const Operation& operation : all_operations()) {
    CAPTURE(operation.info.name);
    CHECK(operation.info.access != Access::nobody);
    CHECK_FALSE(operation.info.summary.empty());
    CHECK(operation.info.summary.find('\n') == std::string_view::npos);
    CHECK_FALSE(operation.info.summary.ends_with('.'));
    CHECK((operation.run != nullptr) != (operation.list != nullptr));
    CHECK((operation.effect == Effect::list) <= (operation.list != nullptr));
    const std::string words = "hubctl " + std::string(operation.info.name);
    CHECK(std::any_of(operation.info.examples.begin(), operation.info.examples.end(),
                      [&](std::string_view example) { return example.find(words) != std::string_view::npos; }));
  }
}

TEST_CASE("table: positionals are fields of the request and only the last takes several words") {
  for (const Operation& operation : all_operations()) {
    CAPTURE(operation.info.name);
    for (const std::string_view name : operation.info.arguments) {
      CAPTURE(name);
      const FieldInfo* const field = find_field(operation.request, name);
      REQUIRE(field != nullptr);
      CHECK(field->kind != ValueKind::boolean);
      CHECK(field->kind != ValueKind::secret);
      CHECK((!field->repeated || name == operation.info.arguments.back()));
    }
  }
}

TEST_CASE("table: fields are described and named once") {
  for (const Operation& operation : all_operations()) {
    CAPTURE(operation.info.name);
    for (const std::vector<FieldInfo>* fields : {&operation.request, &operation.answer}) {
      std::set<std::string_view> names;
      for (const FieldInfo& field : *fields) {
        CAPTURE(field.name);
        CHECK(names.insert(field.name).second);
        CHECK(field.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == std::string_view::npos);
        CHECK_FALSE(field.description.empty());
      }
    }
  }
}

TEST_CASE("table: the id that other commands take is in the answer of every change of a thing") {
  for (const Operation& operation : all_operations()) {
    if (operation.effect != Effect::change || operation.info.kind.empty()) continue;
    if (find_field(operation.answer, "access_token") != nullptr) continue;  // a token response is an answer of its own
    CAPTURE(operation.info.name);
    CHECK(find_field(operation.answer, operation.info.id) != nullptr);
  }
}

TEST_CASE("table: no flag of a command hides a global one but the confirmation and the actor that rows are about") {
  for (const Operation& operation : all_operations()) {
    CAPTURE(operation.info.name);
    const CommandInfo command = describe(operation);
    for (const GlobalFlag& global : global_flags()) {
      if (global.field.name == "confirm") continue;
      if (global.field.name == "actor" && operation.effect == Effect::list) continue;  // as in audit list --actor
      const FieldInfo* const own = find_field(command.request, global.field.name);
      CHECK_MESSAGE((own == nullptr || is_argument(command, *own)), global.field.name);
    }
  }
}

TEST_CASE("table: every exit status has a meaning") {
  std::set<int> statuses;
  for (const ExitMeaning& meaning : exit_meanings()) CHECK(statuses.insert(meaning.status).second);
  for (const Code& code : all_codes()) CHECK(statuses.count(exit_status(code.failure)) == 1);
  for (int status = 0; status <= 14; ++status) CHECK(statuses.count(status) == 1);
}
