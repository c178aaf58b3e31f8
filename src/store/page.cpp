#include "hub/store/page.h"

#include "rows.h"

namespace hub::store {
namespace {

template <class IdType>
std::optional<IdType> first_id(Session& session, std::string_view sql, Values values) {
  return first_row<IdType>(session, sql, values, [](const Row& row) { return row.id<IdType>(0); });
}

}  // namespace

std::optional<MembershipId> membership_in(Session& session, const OrganizationId& organization,
                                          std::string_view reference) {
  return first_id<MembershipId>(session,
                                "SELECT id FROM membership WHERE (id = $1 OR hash_id = $2) AND organization_id = $3",
                                {comparison_form(reference), reference, organization});
}

std::optional<MembershipId> membership_with_user(Session& session, const OrganizationId& organization,
                                                 std::string_view email_key) {
  return first_id<MembershipId>(session,
                                "SELECT membership.id FROM membership JOIN person ON person.id = membership.person_id "
                                "WHERE membership.organization_id = $1 AND person.email_key = $2",
                                {organization, email_key});
}

std::optional<AppId> app_owned_by(Session& session, const OrganizationId& owner, std::string_view reference) {
  return first_id<AppId>(session,
                         "SELECT id FROM app WHERE (id = $1 OR client_id = $1 OR hash_id = $2 OR name = $2) AND "
                         "owner_organization_id = $3 ORDER BY id LIMIT 1",
                         {comparison_form(reference), reference, owner});
}

std::vector<AppId> apps_page(Session& session, const OrganizationId& owner, const Page& page) {
  return all_ids<AppId>(session, "SELECT id FROM app WHERE owner_organization_id = $1 ORDER BY id LIMIT $2 OFFSET $3",
                        {owner, page.limit, page.skip});
}

std::int64_t count_apps_owned_by(Session& session, const OrganizationId& owner) {
  return count(session, "SELECT count(*) FROM app WHERE owner_organization_id = $1", {owner});
}

std::optional<ConnectionId> connection_of(Session& session, const OrganizationId& organization,
                                          std::string_view reference) {
  return first_id<ConnectionId>(session,
                                "SELECT id FROM connection WHERE (id = $1 OR hash_id = $2) AND organization_id = $3",
                                {comparison_form(reference), reference, organization});
}

std::optional<CredentialId> key_of_app(Session& session, const AppId& app, std::string_view reference) {
  return first_id<CredentialId>(session,
                                "SELECT id FROM credential WHERE (id = $1 OR hash_id = $2) AND app_id = $3 AND "
                                "connection_id IS NOT NULL AND revoked_at IS NULL",
                                {comparison_form(reference), reference, app});
}

std::vector<ConnectionId> vendor_connections_page(Session& session, const VendorConnections& wanted, const Page& page) {
  if (wanted.app) {  // in the order of its index, however many there are
    return all_ids<ConnectionId>(
        session,
        "SELECT id FROM connection WHERE app_id = (SELECT id FROM app WHERE owner_organization_id = $1 AND id = $2) "
        "AND ended_at IS NULL ORDER BY id LIMIT $3 OFFSET $4",
        {wanted.vendor, *wanted.app, page.limit, page.skip});
  }
  return all_ids<ConnectionId>(
      session,
      "SELECT id FROM connection WHERE app_id IN (SELECT id FROM app WHERE owner_organization_id = $1) AND "
      "ended_at IS NULL ORDER BY id LIMIT $2 OFFSET $3",
      {wanted.vendor, page.limit, page.skip});
}

std::int64_t count_vendor_connections(Session& session, const VendorConnections& wanted) {
  return count(session,
               "SELECT (SELECT count(*) FROM connection WHERE app_id IN (SELECT id FROM app WHERE "
               "owner_organization_id = $1 AND ($2 IS NULL OR id = $2)) AND ended_at IS NULL AND organization_id IS "
               "NOT NULL) + (SELECT count(*) FROM connection WHERE app_id IN (SELECT id FROM app WHERE "
               "owner_organization_id = $1 AND ($2 IS NULL OR id = $2)) AND ended_at IS NULL AND person_id IS NOT "
               "NULL)",
               {wanted.vendor, wanted.app});
}

std::vector<ConnectionId> vendor_connections_of(Session& session, const VendorConnections& wanted,
                                                const OrganizationId& organization) {
  return all_ids<ConnectionId>(
      session,
      "SELECT id FROM connection WHERE id IN (SELECT connection.id FROM app JOIN connection ON connection.app_id = "
      "app.id WHERE app.owner_organization_id = $1 AND ($2 IS NULL OR app.id = $2) AND connection.ended_at IS NULL AND "
      "connection.organization_id = $3) ORDER BY id",
      {wanted.vendor, wanted.app, organization});
}

std::vector<ConnectionId> vendor_connections_of(Session& session, const VendorConnections& wanted,
                                                const PersonId& person) {
  return all_ids<ConnectionId>(
      session,
      "SELECT id FROM connection WHERE id IN (SELECT connection.id FROM app JOIN connection ON connection.app_id = "
      "app.id WHERE app.owner_organization_id = $1 AND ($2 IS NULL OR app.id = $2) AND connection.ended_at IS NULL AND "
      "connection.person_id = $3) ORDER BY id",
      {wanted.vendor, wanted.app, person});
}

}  // namespace hub::store
