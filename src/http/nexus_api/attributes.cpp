#include "render.h"

// What lists can be filtered and ordered by: the members of the JSON of each entity, and nothing secret.
namespace hub::http::nexus_api {
namespace {

using operations::FieldInfo;
using operations::ValueKind;

FieldInfo text(std::string_view name) { return {.name = name, .description = ""}; }
FieldInfo id(std::string_view name) { return {.name = name, .description = "", .reference = "id"}; }
FieldInfo time(std::string_view name) { return {.name = name, .description = "", .kind = ValueKind::time}; }
FieldInfo flag(std::string_view name) { return {.name = name, .description = "", .kind = ValueKind::boolean}; }
FieldInfo list(std::string_view name) { return {.name = name, .description = "", .repeated = true}; }
FieldInfo object(std::string_view name) { return {.name = name, .description = "", .kind = ValueKind::object}; }

}  // namespace

const Attributes& organization_attributes() {
  static const Attributes all{id("id"), text("name"), object("metadata"), time("createdAt"), time("updatedAt")};
  return all;
}

const Attributes& profile_attributes() {
  static const Attributes all{id("id"),           id("organization"), id("user"),       text("email"),
                              text("firstName"),  text("lastName"),   list("roles"),    flag("serviceAccount"),
                              object("metadata"), time("invitedAt"),  time("joinedAt"), time("createdAt"),
                              time("updatedAt")};
  return all;
}

const Attributes& application_attributes() {
  static const Attributes all{id("id"),           text("clientId"),  text("name"),           text("description"),
                              id("organization"), list("scopes"),    object("oauth"),        text("tenancy"),
                              time("createdAt"),  time("updatedAt"), time("secretRotatedAt")};
  return all;
}

const Attributes& authorization_attributes() {
  static const Attributes all{id("id"),           text("application"),   text("applicationName"),
                              id("organization"), list("grantedScopes"), list("pendingScopes"),
                              id("grantedBy"),    time("grantedAt"),     time("lastUsedAt"),
                              text("status"),     time("endedAt"),       text("endedReason")};
  return all;
}

const Attributes& key_attributes() {
  static const Attributes all{id("id"), id("organization"), time("createdAt"), time("rotatedAt")};
  return all;
}

}  // namespace hub::http::nexus_api
