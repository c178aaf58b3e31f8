#include "hub/store/membership.h"

#include "rows.h"

namespace hub::store {
namespace {

Membership read_membership(const Row& row) {
  return {.id = row.id<MembershipId>(0),
          .organization_id = row.id<OrganizationId>(1),
          .person_id = row.optional_id<PersonId>(2),
          .email = row.optional_string(3),
          .email_key = row.optional_string(4),
          .first_name = row.optional_string(5),
          .last_name = row.optional_string(6),
          .roles = RoleSet::from_stored(row.integer(7)),
          .kind = parse_membership_kind(row.text(8)).value_or(MembershipKind::human),
          .metadata = row.string(9),
          .invited_at = row.optional_instant(10),
          .invitation_expires_at = row.optional_instant(11),
          .joined_at = row.optional_instant(12),
          .version = row.integer(13),
          .created_at = row.instant(14),
          .updated_at = row.instant(15)};
}

std::function<bool(const Row&)> reading(const std::function<bool(const Membership&)>& visit) {
  return [&visit](const Row& row) { return visit(read_membership(row)); };
}

void every_membership(Session& session, const std::function<bool(const Membership&)>& visit) {
  session.query(
      "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, kind, metadata, "
      "invited_at, invitation_expires_at, joined_at, version, created_at, updated_at FROM membership ORDER BY id",
      {}, reading(visit));
}

}  // namespace

std::vector<MembershipId> memberships_named(Session& session, const Tenant& tenant, std::string_view reference) {
  return all_ids<MembershipId>(
      session,
      "SELECT id FROM membership WHERE (id = $1 OR hash_id = $2) AND ($3 IS NULL OR organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT NULL)) AND "
      "($4 IS NULL OR organization_id = $4) ORDER BY id",
      {comparison_form(reference), reference, tenant.person_id(), tenant.organization_id()});
}

std::optional<Membership> find_membership(Session& session, const MembershipId& id) {
  return first_row<Membership>(
      session,
      "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, kind, metadata, "
      "invited_at, "
      "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership WHERE id = $1",
      {id}, read_membership);
}

std::optional<Membership> find_membership_of(Session& session, const OrganizationId& organization,
                                             const PersonId& person) {
  return first_row<Membership>(session,
                               "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, "
                               "kind, metadata, invited_at, "
                               "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
                               "WHERE organization_id = $1 AND person_id = $2",
                               {organization, person}, read_membership);
}

std::optional<Membership> find_membership_of_named(Session& session, const OrganizationId& organization,
                                                   std::string_view reference) {
  return first_row<Membership>(session,
                               "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, "
                               "kind, metadata, invited_at, "
                               "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
                               "WHERE organization_id = $1 AND person_id IN "
                               "(SELECT id FROM person WHERE id = $2 OR hash_id = $3 OR email_key = $2)",
                               {organization, comparison_form(reference), reference}, read_membership);
}

std::optional<Membership> find_membership_at_named(Session& session, std::string_view reference,
                                                   const PersonId& person) {
  return first_row<Membership>(session,
                               "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, "
                               "kind, metadata, invited_at, "
                               "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
                               "WHERE organization_id IN (SELECT id FROM organization WHERE id = $1 OR hash_id = $2) "
                               "AND person_id = $3",
                               {comparison_form(reference), reference, person}, read_membership);
}

std::optional<Membership> find_membership_by_email(Session& session, const OrganizationId& organization,
                                                   std::string_view email_key) {
  return first_row<Membership>(session,
                               "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, "
                               "kind, metadata, invited_at, "
                               "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
                               "WHERE organization_id = $1 AND email_key = $2",
                               {organization, email_key}, read_membership);
}

bool insert_membership(WriteSession& session, const Membership& membership) {
  return session.execute(
             "INSERT INTO membership (id, hash_id, organization_id, person_id, email, email_key, first_name, "
             "last_name, "
             "roles, kind, metadata, invited_at, invitation_expires_at, joined_at, version, created_at, updated_at) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
             "ON CONFLICT DO NOTHING",
             {membership.id, membership.id.hash_id(), membership.organization_id, membership.person_id,
              membership.email, membership.email_key, membership.first_name, membership.last_name,
              membership.roles.stored(), name(membership.kind), membership.metadata, membership.invited_at,
              membership.invitation_expires_at, membership.joined_at, membership.version, membership.created_at,
              membership.updated_at}) == 1;
}

void update_membership(WriteSession& session, const Membership& membership) {
  session.execute(
      "UPDATE membership SET person_id = $2, first_name = $3, last_name = $4, roles = $5, metadata = $6, "
      "invited_at = $7, invitation_expires_at = $8, joined_at = $9, version = $10, updated_at = $11, email = $13, "
      "email_key = $14 WHERE id = $1 AND organization_id = $12",
      {membership.id, membership.person_id, membership.first_name, membership.last_name, membership.roles.stored(),
       membership.metadata, membership.invited_at, membership.invitation_expires_at, membership.joined_at,
       membership.version, membership.updated_at, membership.organization_id, membership.email, membership.email_key});
}

void delete_membership(WriteSession& session, const MembershipId& id) {
  session.execute("DELETE FROM membership WHERE id = $1", {id});
}

void each_membership_in(Session& session, const OrganizationId& organization,
                        const std::function<bool(const Membership&)>& visit) {
  session.query(
      "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, kind, metadata, "
      "invited_at, "
      "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
      "WHERE organization_id = $1 ORDER BY id",
      {organization}, reading(visit));
}

void each_membership_of(Session& session, const PersonId& person, const std::function<bool(const Membership&)>& visit) {
  session.query(
      "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, kind, metadata, "
      "invited_at, "
      "invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
      "WHERE person_id = $1 ORDER BY id",
      {person}, reading(visit));
}

// A statement for each kind of caller: one for all of them would look at every row of the hub for each.
void each_membership(Session& session, const Tenant& tenant, const std::function<bool(const Membership&)>& visit) {
  if (tenant.person_id()) {
    session.query(
        "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, kind, metadata, "
        "invited_at, invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
        "WHERE organization_id IN (SELECT organization_id FROM membership WHERE person_id = $1 AND "
        "joined_at IS NOT NULL) AND ($2 IS NULL OR organization_id = $2) ORDER BY id",
        {*tenant.person_id(), tenant.organization_id()}, reading(visit));
  } else if (tenant.organization_id()) {
    each_membership_in(session, *tenant.organization_id(), visit);
  } else {
    every_membership(session, visit);
  }
}

std::int64_t count_other_owners(Session& session, const OrganizationId& organization, const MembershipId& except) {
  return count(session,
               "SELECT count(*) FROM membership WHERE organization_id = $1 AND id <> $2 AND joined_at IS NOT NULL AND "
               "person_id IS NOT NULL AND roles % 2 = 1",
               {organization, except});
}

void each_owner_of(Session& session, const OrganizationId& organization,
                   const std::function<bool(const Membership&)>& visit) {
  session.query(
      "SELECT id, organization_id, person_id, email, email_key, first_name, last_name, roles, kind, metadata, "
      "invited_at, invitation_expires_at, joined_at, version, created_at, updated_at FROM membership "
      "WHERE organization_id = $1 AND joined_at IS NOT NULL AND roles % 2 = 1 ORDER BY id",
      {organization}, reading(visit));
}

std::int64_t link_memberships(WriteSession& session, std::string_view email_key, const PersonId& person, Instant now) {
  return session.execute(
      "UPDATE membership SET person_id = $2, version = version + 1, updated_at = $3 WHERE email_key = $1 AND "
      "person_id IS NULL AND kind <> 'service' AND NOT EXISTS (SELECT 1 FROM membership AS other WHERE "
      "other.organization_id = membership.organization_id AND other.person_id = $2)",
      {email_key, person, now});
}

}  // namespace hub::store
