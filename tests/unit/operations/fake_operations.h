#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/operations/operation.h"

namespace hub::testing {

// A request with a member of every type an operation can have.
struct Everything {
  std::string name;
  std::int64_t count = 0;
  bool loud = false;
  Instant at;
  Seconds lifetime{};
  Secret password;
  operations::ObjectText metadata;
  std::vector<std::string> roles;
  std::optional<std::string> mode;
  core::Patch<std::string> title;
};

inline operations::Fields<Everything> everything_fields() {
  return {{"name", &Everything::name, "Name of the thing."},
          {"count", &Everything::count, "How many."},
          {"loud", &Everything::loud, "Whether it is loud."},
          {"at", &Everything::at, "When it happens."},
          {"lifetime", &Everything::lifetime, "How long it lasts."},
          {"password", &Everything::password, "What opens it."},
          {"metadata", &Everything::metadata, "Anything about it."},
          {"roles", &Everything::roles, "Roles it has.", {.choices = {"owner", "admin", "member"}}},
          {"mode", &Everything::mode, "Mode it is in.", {.choices = {"production", "sandbox"}}},
          {"title", &Everything::title, "Title people see."}};
}

// A row of a list.
struct Thing {
  std::string name;
  std::optional<std::int64_t> age;
  int exit_status() const { return age && *age < 0 ? 10 : 0; }
};

inline operations::Fields<Thing> thing_fields() {
  return {{"name", &Thing::name, "Name of the thing.", {.show = operations::Show::column}},
          {"age", &Thing::age, "Age in years.", {.show = operations::Show::column}}};
}

}  // namespace hub::testing
