#include "hub/store/organization.h"

#include "rows.h"

namespace hub::store {
namespace {

Organization read_organization(const Row& row) {
  return {.id = row.id<OrganizationId>(0),
          .slug = row.string(1),
          .name = row.string(2),
          .kinds = words_of(row.text(3)),
          .country_code = row.optional_string(4),
          .metadata = row.string(5),
          .version = row.integer(6),
          .created_at = row.instant(7),
          .updated_at = row.instant(8)};
}

}  // namespace

std::vector<OrganizationId> organizations_named(Session& session, const Tenant& tenant, std::string_view reference) {
  return all_ids<OrganizationId>(
      session,
      "SELECT id FROM organization WHERE (id = $1 OR hash_id = $2 OR slug = $2) AND ($3 IS NULL OR id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT NULL)) AND "
      "($4 IS NULL OR id = $4) ORDER BY id",
      {comparison_form(reference), reference, tenant.person_id(), tenant.organization_id()});
}

std::optional<OrganizationId> find_organization_id(Session& session, std::string_view id) {
  return first_row<OrganizationId>(session, "SELECT id FROM organization WHERE id = $1 OR hash_id = $2",
                                   {comparison_form(id), id}, [](const Row& row) { return row.id<OrganizationId>(0); });
}

std::optional<Organization> find_organization(Session& session, const OrganizationId& id) {
  return first_row<Organization>(
      session,
      "SELECT id, slug, name, kinds, country_code, metadata, version, created_at, updated_at "
      "FROM organization WHERE id = $1",
      {id}, read_organization);
}

bool insert_organization(WriteSession& session, const Organization& organization) {
  const std::string kinds = join_words(organization.kinds);
  return session.execute(
             "INSERT INTO organization (id, hash_id, slug, name, kinds, country_code, metadata, version, created_at, "
             "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING",
             {organization.id, organization.id.hash_id(), organization.slug, organization.name, kinds,
              organization.country_code, organization.metadata, organization.version, organization.created_at,
              organization.updated_at}) == 1;
}

void update_organization(WriteSession& session, const Organization& organization) {
  const std::string kinds = join_words(organization.kinds);
  session.execute(
      "UPDATE organization SET name = $2, kinds = $3, country_code = $4, metadata = $5, version = $6, updated_at = $7 "
      "WHERE id = $1",
      {organization.id, organization.name, kinds, organization.country_code, organization.metadata,
       organization.version, organization.updated_at});
}

void delete_organization(WriteSession& session, const OrganizationId& id) {
  session.execute("DELETE FROM organization WHERE id = $1", {id});
}

bool slug_taken(Session& session, std::string_view slug) {
  return count(session, "SELECT count(*) FROM organization WHERE slug = $1", {slug}) > 0;
}

OrganizationCounts count_of_organization(Session& session, const OrganizationId& id) {
  return first_row<OrganizationCounts>(
             session,
             "SELECT (SELECT count(*) FROM membership WHERE organization_id = $1 AND joined_at IS NOT NULL AND "
             "person_id IS NOT NULL), (SELECT count(*) FROM app WHERE owner_organization_id = $1), "
             "(SELECT count(*) FROM connection WHERE organization_id = $1 AND ended_at IS NULL)",
             {id},
             [](const Row& row) {
               return OrganizationCounts{row.integer(0), row.integer(1), row.integer(2)};
             })
      .value_or(OrganizationCounts{});
}

void each_organization(Session& session, const Tenant& tenant,
                       const std::function<bool(const Organization&, const OrganizationCounts&)>& visit) {
  session.query(
      "SELECT id, slug, name, kinds, country_code, metadata, version, created_at, updated_at, "
      "(SELECT count(*) FROM membership WHERE organization_id = organization.id AND joined_at IS NOT NULL AND "
      "person_id IS NOT NULL), (SELECT count(*) FROM app WHERE owner_organization_id = organization.id), "
      "(SELECT count(*) FROM connection WHERE organization_id = organization.id AND ended_at IS NULL) "
      "FROM organization WHERE ($1 IS NULL OR id IN (SELECT organization_id FROM membership WHERE person_id = $1 AND "
      "joined_at IS NOT NULL)) AND ($2 IS NULL OR id = $2) ORDER BY id",
      {tenant.person_id(), tenant.organization_id()}, [&](const Row& row) {
        return visit(read_organization(row), {row.integer(9), row.integer(10), row.integer(11)});
      });
}

}  // namespace hub::store
