#pragma once
#include <vector>

#include "hub/base/codes.h"
#include "hub/operations/command.h"

namespace hub::testing {

inline operations::FieldInfo fake_field(std::string_view name, std::string_view description,
                                        std::string_view reference = "",
                                        operations::ValueKind kind = operations::ValueKind::text) {
  operations::FieldInfo field{name, description};
  field.reference = reference;
  field.kind = kind;
  return field;
}

inline operations::FieldInfo required(operations::FieldInfo field) {
  field.required = true;
  return field;
}

inline operations::FieldInfo repeated(operations::FieldInfo field) {
  field.repeated = true;
  return field;
}

inline operations::FieldInfo with_choices(operations::FieldInfo field, std::vector<std::string_view> choices) {
  field.choices = std::move(choices);
  return field;
}

// A small tool: nouns with two and three words, a command of one word, flags of every sort.
inline std::vector<operations::CommandInfo> fake_commands() {
  using operations::CommandInfo;
  using operations::Effect;
  using operations::ValueKind;
  const std::vector<operations::FieldInfo> org_answer{fake_field("name", "Display name."),
                                                      fake_field("created_at", "When.", "", ValueKind::time),
                                                      fake_field("secret", "Shown once.", "", ValueKind::secret)};
  return {
      {.name = "org list",
       .summary = "List organizations",
       .effect = Effect::list,
       .answer = org_answer,
       .examples = {"hubctl org list --filter metadata.kind=printer -q"}},
      {.name = "org show",
       .summary = "Show one organization",
       .effect = Effect::read,
       .request = {required(fake_field("organization", "Organization, by slug or id.", "org"))},
       .arguments = {"organization"},
       .answer = org_answer,
       .errors = {codes::not_found}},
      {.name = "org create",
       .summary = "Create an organization",
       .details =
           "A person who creates one becomes its owner.\n\n.It isn't made twice \\ not even with - or \"--ensure\".",
       .effect = Effect::change,
       .request = {required(fake_field("name", "Display name.")),
                   fake_field("ensure", "Succeed if it is there.", "", ValueKind::boolean),
                   fake_field("metadata", "Free JSON object.", "", ValueKind::object)},
       .arguments = {"name"},
       .examples = {"hubctl org create 'North County 211' --slug north211", ".hidden `x` ~ ^ \\"},
       .errors = {codes::exists, codes::invalid_request}},
      {.name = "member add",
       .summary = "Add a member",
       .effect = Effect::change,
       .request = {required(fake_field("person", "Who.", "person")), required(fake_field("org", "Where.", "org")),
                   repeated(with_choices(fake_field("role", "Roles."), {"owner", "admin", "member"}))},
       .arguments = {"person"}},
      {.name = "member remove", .summary = "Remove a member", .effect = Effect::change},
      {.name = "scope desired add",
       .summary = "Desire scopes",
       .effect = Effect::change,
       .request = {required(fake_field("app", "Application.", "app")),
                   repeated(fake_field("scope", "Scope.", "scope"))},
       .arguments = {"app", "scope"}},
      {.name = "scope desired list", .summary = "List desired scopes", .effect = Effect::list},
      {.name = "person set-password",
       .summary = "Set a password",
       .effect = Effect::change,
       .request = {required(fake_field("person", "Who.", "person")),
                   required(fake_field("password", "New password.", "", ValueKind::secret)),
                   fake_field("expires_in", "How long it is good.", "", ValueKind::duration)},
       .arguments = {"person"}},
      {.name = "completion",
       .summary = "Print a completion script",
       .request = {required(with_choices(fake_field("shell", "Shell."), {"bash", "zsh", "fish"}))},
       .arguments = {"shell"}},
      {.name = "help",
       .summary = "Explain a command",
       .request = {repeated(fake_field("words", "Words.", "command"))},
       .arguments = {"words"}},
  };
}

}  // namespace hub::testing
