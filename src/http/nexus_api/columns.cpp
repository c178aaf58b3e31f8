#include "render.h"

// The columns of the store behind the attributes of each entity.
namespace hub::http::nexus_api {

const Columns<core::ProfileColumn>& profile_columns() {
  using enum core::ProfileColumn;
  static const Columns<core::ProfileColumn> all{
      {"id", id},
      {"organization", organization},
      {"user", user},
      {"email", email},
      {"firstName", first_name},
      {"lastName", last_name},
      {"serviceAccount", service_account},
      {"invitedAt", invited_at},
      {"joinedAt", joined_at},
      {"createdAt", created_at},
      {"updatedAt", updated_at},
  };
  return all;
}

const Columns<core::ApplicationColumn>& application_columns() {
  using enum core::ApplicationColumn;
  static const Columns<core::ApplicationColumn> all{
      {"id", id},
      {"organization", organization},
      {"clientId", client_id},
      {"name", name},
      {"description", description},
      {"tenancy", tenancy},
      {"createdAt", created_at},
      {"updatedAt", updated_at},
      {"secretRotatedAt", secret_rotated_at},
  };
  return all;
}

const Columns<core::AuthorizationColumn>& authorization_columns() {
  using enum core::AuthorizationColumn;
  static const Columns<core::AuthorizationColumn> all{
      {"id", id},
      {"organization", organization},
      {"application", application},
      {"applicationName", application_name},
      {"status", status},
      {"grantedAt", granted_at},
      {"endedAt", ended_at},
      {"endedReason", ended_reason},
  };
  return all;
}

const Columns<core::KeyColumn>& key_columns() {
  using enum core::KeyColumn;
  static const Columns<core::KeyColumn> all{
      {"id", id},
      {"organization", organization},
      {"createdAt", created_at},
      {"rotatedAt", rotated_at},
  };
  return all;
}

}  // namespace hub::http::nexus_api
