#include <nlohmann/json.hpp>

#include "json_answer.h"
#include "render.h"

// The members of each entity's JSON, which are what its lists can be filtered and ordered by.
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

template <class IdType>
Json hash_or_null(const std::optional<IdType>& id) {
  return id ? Json(id->hash_id()) : Json(nullptr);
}

Json metadata_of(const std::string& text) {
  Result<Json> metadata = parse_json(text);
  return metadata && metadata->is_object() ? *metadata : Json::object();
}

Json oauth_of(const core::ApplicationAnswer& application) {
  if (!application.has_oauth()) return nullptr;
  Json organizations = Json::array();
  for (const OrganizationId& id : application.app.audience_organizations) organizations.push_back(id.hash_id());
  return {{"redirects", texts_as_json(application.app.redirects)},
          {"audience", std::string(name(application.app.audience))},
          {"organizations", organizations}};
}

Json ended_reason_of(const Connection& connection) {
  return connection.ended_reason ? Json(std::string(name(*connection.ended_reason))) : Json(nullptr);
}

}  // namespace

const Members<Organization>& organization_members() {
  using Row = const Organization&;
  static const Members<Organization> all{
      {id("id"), [](Row row) { return Json(row.id.hash_id()); }},
      {text("name"), [](Row row) { return Json(row.name); }},
      {object("metadata"), [](Row row) { return metadata_of(row.metadata); }},
      {time("createdAt"), [](Row row) { return Json(to_rfc3339_ms(row.created_at)); }},
      {time("updatedAt"), [](Row row) { return Json(to_rfc3339_ms(row.updated_at)); }},
  };
  return all;
}

const Members<core::ProfileAnswer>& profile_members() {
  using Row = const core::ProfileAnswer&;
  static const Members<core::ProfileAnswer> all{
      {id("id"), [](Row row) { return Json(row.profile.id.hash_id()); }},
      {id("organization"), [](Row row) { return Json(row.profile.organization_id.hash_id()); }},
      {id("user"), [](Row row) { return row.user ? Json(row.user->id.hash_id()) : Json(nullptr); }},
      {text("email"), [](Row row) { return text_or_null(row.email()); }},
      {text("firstName"), [](Row row) { return text_or_null(row.first_name()); }},
      {text("lastName"), [](Row row) { return text_or_null(row.last_name()); }},
      {list("roles"), [](Row row) { return texts_as_json(row.roles()); }},
      {flag("serviceAccount"), [](Row row) { return Json(row.profile.kind == MembershipKind::service); }},
      {object("metadata"), [](Row row) { return metadata_of(row.profile.metadata); }},
      {time("invitedAt"), [](Row row) { return time_or_null(row.profile.invited_at); }},
      {time("joinedAt"), [](Row row) { return time_or_null(row.profile.joined_at); }},
      {time("createdAt"), [](Row row) { return Json(to_rfc3339_ms(row.profile.created_at)); }},
      {time("updatedAt"), [](Row row) { return Json(to_rfc3339_ms(row.profile.updated_at)); }},
  };
  return all;
}

const Members<core::ApplicationAnswer>& application_members() {
  using Row = const core::ApplicationAnswer&;
  static const Members<core::ApplicationAnswer> all{
      {id("id"), [](Row row) { return Json(row.app.id.hash_id()); }},
      {text("clientId"), [](Row row) { return Json(row.app.client_id); }},
      {text("name"), [](Row row) { return Json(row.app.title); }},
      {text("description"), [](Row row) { return text_or_null(row.app.description); }},
      {id("organization"), [](Row row) { return hash_or_null(row.app.owner_id); }},
      {list("scopes"), [](Row row) { return texts_as_json(row.scopes()); }},
      {object("oauth"), [](Row row) { return oauth_of(row); }},
      {text("tenancy"), [](Row row) { return Json(row.multi_tenant() ? "multi" : "single"); }},
      {time("createdAt"), [](Row row) { return Json(to_rfc3339_ms(row.app.created_at)); }},
      {time("updatedAt"), [](Row row) { return Json(to_rfc3339_ms(row.app.updated_at)); }},
      {time("secretRotatedAt"), [](Row row) { return time_or_null(row.secret_rotated_at); }},
  };
  return all;
}

const Members<core::AuthorizedApplication>& authorization_members() {
  using Row = const core::AuthorizedApplication&;
  static const Members<core::AuthorizedApplication> all{
      {id("id"), [](Row row) { return Json(row.connection.id.hash_id()); }},
      {text("application"), [](Row row) { return text_or_null(row.client_id); }},
      {text("applicationName"), [](Row row) { return text_or_null(row.name); }},
      {id("organization"), [](Row row) { return hash_or_null(row.connection.organization_id); }},
      {list("grantedScopes"),
       [](Row row) { return texts_as_json(core::nexus_scope_names(row.connection.granted_scopes)); }},
      {list("pendingScopes"), [](Row row) { return texts_as_json(core::nexus_scope_names(row.pending_scopes)); }},
      {id("grantedBy"), [](Row row) { return text_or_null(row.granted_by); }},
      {time("grantedAt"), [](Row row) { return Json(to_rfc3339_ms(row.connection.granted_at)); }},
      {time("lastUsedAt"), [](Row row) { return time_or_null(row.last_used_at); }},
      {text("status"), [](Row row) { return Json(row.connection.active() ? "active" : "ended"); }},
      {time("endedAt"), [](Row row) { return time_or_null(row.connection.ended_at); }},
      {text("endedReason"), [](Row row) { return ended_reason_of(row.connection); }},
  };
  return all;
}

const Members<core::ThirdPartyKey>& key_members() {
  using Row = const core::ThirdPartyKey&;
  static const Members<core::ThirdPartyKey> all{
      {id("id"), [](Row row) { return Json(row.key.id.hash_id()); }},
      {text("application"), [](Row row) { return Json(row.key.client_id); }, false},
      {id("organization"), [](Row row) { return Json(row.key.organization_id.hash_id()); }},
      {time("createdAt"), [](Row row) { return Json(to_rfc3339_ms(row.key.created_at)); }},
      {time("rotatedAt"), [](Row row) { return time_or_null(row.key.rotated_at); }},
  };
  return all;
}

}  // namespace hub::http::nexus_api
