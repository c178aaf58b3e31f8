#include "hub/operations/commands.h"

#include <nlohmann/json.hpp>

namespace hub::operations {
namespace {

std::string_view name_of(Access access) {
  switch (access) {
    case Access::nobody:
      return "nobody";
    case Access::everybody:
      return "everybody";
    case Access::people:
      return "people";
    case Access::operators:
      return "operators";
  }
  __builtin_unreachable();
}

std::string_view name_of(Effect effect) {
  switch (effect) {
    case Effect::none:
      return "none";
    case Effect::read:
      return "read";
    case Effect::list:
      return "list";
    case Effect::change:
      return "change";
  }
  __builtin_unreachable();
}

std::string_view name_of(ValueKind kind) {
  switch (kind) {
    case ValueKind::text:
      return "text";
    case ValueKind::integer:
      return "integer";
    case ValueKind::boolean:
      return "boolean";
    case ValueKind::time:
      return "time";
    case ValueKind::duration:
      return "duration";
    case ValueKind::secret:
      return "secret";
    case ValueKind::object:
      return "object";
  }
  __builtin_unreachable();
}

Json described(const FieldInfo& field, const std::string& name) {
  Json out{{"name", name},
           {"kind", name_of(field.kind)},
           {"required", field.required},
           {"repeated", field.repeated},
           {"choices", Json::array()},
           {"description", field.description}};
  for (const std::string_view choice : field.choices) out["choices"].push_back(choice);
  return out;
}

Json described(const CommandInfo& command) {
  Json arguments = Json::array();
  for (const std::string_view name : command.arguments) {
    const FieldInfo* const field = find_field(command.request, name);
    if (field != nullptr) arguments.push_back(described(*field, std::string(name)));
  }
  Json flags = Json::array();
  for (const FieldInfo& field : command.request) {
    if (!is_argument(command, field)) flags.push_back(described(field, "--" + flag_name(field)));
  }
  Json answer = Json::array();
  for (const FieldInfo& field : command.answer) answer.push_back(described(field, std::string(field.name)));
  Json errors = Json::array();
  for (const Code& code : command.errors) {
    errors.push_back(Json{{"code", code.name}, {"exit", exit_status(code.failure)}});
  }
  return Json{{"command", command.name},
              {"summary", command.summary},
              {"access", name_of(command.access)},
              {"effect", name_of(command.effect)},
              {"arguments", arguments},
              {"flags", flags},
              {"answer", answer},
              {"examples", command.examples},
              {"errors", errors}};
}

}  // namespace

Json commands_as_json(std::span<const CommandInfo> commands) {
  Json out = Json::array();
  for (const CommandInfo& command : commands) out.push_back(described(command));
  return out;
}

}  // namespace hub::operations
