#include "hub/core/lifecycle.h"

#include "hub/store/app.h"
#include "hub/store/authorization_code.h"
#include "hub/store/connection.h"
#include "hub/store/connection_request.h"
#include "hub/store/consent.h"
#include "hub/store/credential.h"
#include "hub/store/device_authorization.h"
#include "hub/store/membership.h"
#include "hub/store/nexus_token.h"
#include "hub/store/private_token.h"
#include "hub/store/token.h"

namespace hub::core {
namespace {

std::string subject_of(const std::optional<OrganizationId>& organization, const std::optional<PersonId>& person) {
  return organization ? "Org/" + organization->text() : "Per/" + person->text();
}

store::Revoked announcing(Work& work) {
  return [&work](const Token& token) { token_revoked(work, token); };
}

}  // namespace

void token_revoked(Work& work, const Token& token) {
  work.emit("zaikio.revoked_access_token", subject_of(token.organization_id, token.person_id),
            R"({"access_token_id":")" + token.id.text() + R"("})");
}

void forget_agreements(Work& work, const Connection& connection) {
  if (connection.organization_id) {
    store::end_codes(work.db(), connection.app_id, *connection.organization_id);
    store::end_devices(work.db(), connection.app_id, *connection.organization_id);
  } else {
    store::end_codes(work.db(), connection.app_id, *connection.person_id);
    store::end_devices(work.db(), connection.app_id, *connection.person_id);
  }
}

void end_connection(Work& work, Connection connection, EndedReason reason) {
  if (!connection.active()) return;
  const std::string subject = subject_of(connection.organization_id, connection.person_id);
  if (const auto key = store::find_key_of_connection(work.db(), connection.id)) {
    store::revoke_credential(work.db(), key->id, work.now());
    store::revoke_nexus_tokens_of_credential(work.db(), key->id, work.now());
    work.emit("authorization.revoked", subject, "{}", connection.app_id);
  }
  store::revoke_tokens_of_connection(work.db(), connection.id, work.now(), announcing(work));
  if (connection.person_id) {
    store::revoke_tokens_on_behalf(work.db(), connection.app_id, *connection.person_id, work.now(), announcing(work));
    store::forget_consents(work.db(), connection.app_id, *connection.person_id);
  }
  forget_agreements(work, connection);
  connection.ended_at = connection.updated_at = work.now();
  connection.ended_reason = reason;
  ++connection.version;
  store::update_connection(work.db(), connection);
  work.emit("zaikio.revoked_connection", subject, "{}", connection.app_id);
}

void end_credential(Work& work, const Credential& credential) {
  store::revoke_credential(work.db(), credential.id, work.now());
  store::revoke_tokens_of_credential(work.db(), credential.id, work.now(), announcing(work));
  store::revoke_nexus_tokens_of_credential(work.db(), credential.id, work.now());
}

void secret_replaced(Work& work, const CredentialId& credential) {
  store::revoke_nexus_tokens_of_credential(work.db(), credential, work.now());
}

void audience_changed(Work& work, const App& app) {
  if (app.audience == Audience::any) return;
  std::vector<OrganizationId> shut_out;
  store::each_organization_with_nexus_codes(work.db(), app.id, [&](const OrganizationId& organization) {
    if (!app.admits(organization)) shut_out.push_back(organization);
    return true;
  });
  for (const OrganizationId& organization : shut_out) store::end_nexus_codes(work.db(), app.id, organization);
  // Codes of the other dialects live for a minute.
  store::end_other_codes(work.db(), app.id);
  store::end_devices_of_app(work.db(), app.id);
  std::vector<NexusTokenId> unadmitted;
  store::each_nexus_token_of_app(work.db(), app.id, [&](const NexusToken& token) {
    if (!token.credential_id && !app.admits(token.organization_id)) unadmitted.push_back(token.id);
    return true;
  });
  for (const NexusTokenId& id : unadmitted) store::revoke_nexus_token(work.db(), id, work.now());
}

void end_app(Work& work, const App& app) {
  // Collected first: a statement never changes the rows that another one is walking over.
  std::vector<Connection> connections;
  store::each_connection_of_app(work.db(), app.id, [&](const Connection& connection) {
    if (connection.active()) connections.push_back(connection);
    return true;
  });
  for (const Connection& connection : connections) end_connection(work, connection, EndedReason::application_deleted);
  std::vector<Credential> credentials;
  store::each_credential_of_app(work.db(), app.id, [&](const Credential& credential) {
    credentials.push_back(credential);
    return true;
  });
  for (const Credential& credential : credentials) end_credential(work, credential);
  store::revoke_nexus_tokens_of_app(work.db(), app.id, work.now());
  store::end_codes_of_app(work.db(), app.id);
  store::end_devices_of_app(work.db(), app.id);
  store::forget_consents_of_app(work.db(), app.id);
  store::forget_connection_requests_of_app(work.db(), app.id);
  store::delete_app(work.db(), app, work.now());
}

void end_membership(Work& work, const Membership& membership) {
  if (membership.person_id) {
    store::revoke_tokens_on_behalf(work.db(), membership.organization_id, *membership.person_id, work.now(),
                                   announcing(work));
    store::forget_consent(work.db(), *membership.person_id, membership.organization_id);
    store::forget_connection_requests(work.db(), membership.organization_id, *membership.person_id);
    member_changed(work, "zaikio.member_left", membership);
  }
  store::revoke_nexus_tokens_of_membership(work.db(), membership.id, work.now());
  store::delete_membership(work.db(), membership.id);
}

void end_tokens_of_person(Work& work, const PersonId& person) { end_tokens_of_person(work, person, announcing(work)); }

std::int64_t end_tokens_of_person(Work& work, const PersonId& person, const store::Revoked& revoked) {
  std::vector<ConnectionId> connections;
  store::each_connection_of_person(work.db(), person, [&](const Connection& connection) {
    if (connection.active()) connections.push_back(connection.id);
    return true;
  });
  std::vector<OrganizationId> organizations;
  store::each_membership_of(work.db(), person, [&](const Membership& membership) {
    organizations.push_back(membership.organization_id);
    return true;
  });
  std::int64_t ended = 0;
  for (const ConnectionId& id : connections) {
    ended += store::revoke_tokens_of_connection(work.db(), id, work.now(), revoked);
  }
  for (const OrganizationId& id : organizations) {
    ended += store::revoke_tokens_on_behalf(work.db(), id, person, work.now(), revoked);
  }
  store::revoke_private_tokens(work.db(), person, work.now(), revoked);
  return ended;
}

void member_changed(Work& work, std::string_view name, const Membership& membership) {
  if (!membership.person_id || !membership.joined_at) return;
  work.emit(
      name, "Org/" + membership.organization_id.text(),
      R"({"membership_id":")" + membership.id.text() + R"(","person_id":")" + membership.person_id->text() + R"("})");
}

}  // namespace hub::core
