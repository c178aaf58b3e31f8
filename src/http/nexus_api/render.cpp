#include "render.h"

#include <nlohmann/json.hpp>

#include "json_answer.h"

namespace hub::http::nexus_api {
namespace {

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

}  // namespace

Json as_json(const Organization& organization) {
  return {{"id", organization.id.hash_id()},
          {"name", organization.name},
          {"metadata", metadata_of(organization.metadata)},
          {"createdAt", to_rfc3339_ms(organization.created_at)},
          {"updatedAt", to_rfc3339_ms(organization.updated_at)}};
}

Json as_json(const core::ProfileAnswer& answer) {
  const Membership& profile = answer.profile;
  Json out = Json::object();
  out["id"] = profile.id.hash_id();
  out["organization"] = profile.organization_id.hash_id();
  out["user"] = answer.user ? Json(answer.user->id.hash_id()) : Json(nullptr);
  out["email"] = text_or_null(answer.email());
  out["firstName"] = text_or_null(answer.first_name());
  out["lastName"] = text_or_null(answer.last_name());
  out["roles"] = texts_as_json(answer.roles());
  out["serviceAccount"] = profile.kind == MembershipKind::service;
  out["metadata"] = metadata_of(profile.metadata);
  out["invitedAt"] = time_or_null(profile.invited_at);
  out["joinedAt"] = time_or_null(profile.joined_at);
  out["createdAt"] = to_rfc3339_ms(profile.created_at);
  out["updatedAt"] = to_rfc3339_ms(profile.updated_at);
  return out;
}

Json as_json(const core::ApplicationAnswer& answer) {
  const App& app = answer.app;
  Json out = Json::object();
  out["id"] = app.id.hash_id();
  out["clientId"] = app.client_id;
  out["name"] = app.title;
  out["description"] = text_or_null(app.description);
  out["organization"] = hash_or_null(app.owner_id);
  out["scopes"] = texts_as_json(answer.scopes());
  out["oauth"] = oauth_of(answer);
  out["tenancy"] = answer.multi_tenant() ? "multi" : "single";
  out["createdAt"] = to_rfc3339_ms(app.created_at);
  out["updatedAt"] = to_rfc3339_ms(app.updated_at);
  out["secretRotatedAt"] = time_or_null(answer.secret_rotated_at);
  return out;
}

Json as_json(const core::AuthorizedApplication& answer) {
  const Connection& connection = answer.connection;
  Json out = Json::object();
  out["id"] = connection.id.hash_id();
  out["application"] = text_or_null(answer.client_id);
  out["applicationName"] = text_or_null(answer.name);
  out["organization"] = hash_or_null(connection.organization_id);
  out["grantedScopes"] = texts_as_json(core::nexus_scope_names(connection.granted_scopes));
  out["pendingScopes"] = texts_as_json(core::nexus_scope_names(answer.pending_scopes));
  out["grantedBy"] = text_or_null(answer.granted_by);
  out["grantedAt"] = to_rfc3339_ms(connection.granted_at);
  out["lastUsedAt"] = time_or_null(answer.last_used_at);
  out["status"] = connection.active() ? "active" : "ended";
  out["endedAt"] = time_or_null(connection.ended_at);
  out["endedReason"] = connection.ended_reason ? Json(std::string(name(*connection.ended_reason))) : Json(nullptr);
  return out;
}

Json as_json(const core::ThirdPartyKey& answer) {
  return {{"id", answer.key.id.hash_id()},
          {"application", answer.key.client_id},
          {"organization", answer.key.organization_id.hash_id()},
          {"createdAt", to_rfc3339_ms(answer.key.created_at)},
          {"rotatedAt", time_or_null(answer.key.rotated_at)}};
}

Json embedded(const Organization& organization) {
  return {{"id", organization.id.hash_id()}, {"name", organization.name}};
}

Json embedded(const Person& user, bool with_names) {
  return {{"id", user.id.hash_id()},
          {"email", user.email},
          {"firstName", with_names ? text_or_null(user.first_name) : Json(nullptr)},
          {"lastName", with_names ? text_or_null(user.last_name) : Json(nullptr)}};
}

Json embedded_profile(const core::ProfileAnswer& profile) {
  return {{"id", profile.profile.id.hash_id()},
          {"email", text_or_null(profile.email())},
          {"firstName", text_or_null(profile.first_name())},
          {"lastName", text_or_null(profile.last_name())}};
}

}  // namespace hub::http::nexus_api
