#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/organization.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

// Ids whose UUID, HashID or slug is `reference` and that the tenant may reach; two when one's slug is another's HashID.
std::vector<OrganizationId> organizations_named(Session& session, const Tenant& tenant, std::string_view reference);
// By UUID or HashID and nothing else, whoever asks: for requests that name an organization they need not reach, and
// that must not try out slugs.
std::optional<OrganizationId> find_organization_id(Session& session, std::string_view id);
std::optional<Organization> find_organization(Session& session, const OrganizationId& id);
bool insert_organization(WriteSession& session, const Organization& organization);  // false: the slug is taken
void update_organization(WriteSession& session, const Organization& organization);  // name, kinds, country, metadata
void delete_organization(WriteSession& session, const OrganizationId& id);
bool slug_taken(Session& session, std::string_view slug);

// How many things an organization has, for lists.
struct OrganizationCounts {
  std::int64_t members = 0;    // joined memberships of people
  std::int64_t apps = 0;       // owned
  std::int64_t installed = 0;  // active connections
};
OrganizationCounts count_of_organization(Session& session, const OrganizationId& id);
void each_organization(Session& session, const Tenant& tenant,
                       const std::function<bool(const Organization&, const OrganizationCounts&)>& visit);  // by age

}  // namespace hub::store
