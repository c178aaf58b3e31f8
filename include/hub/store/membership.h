#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/membership.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

std::vector<MembershipId> memberships_named(Session& session, const Tenant& tenant,
                                            std::string_view reference);  // UUID or HashID
std::optional<Membership> find_membership(Session& session, const MembershipId& id);
std::optional<Membership> find_membership_of(Session& session, const OrganizationId& organization,
                                             const PersonId& person);
// Of the person whose UUID, HashID or address is `reference`, or at the organization whose UUID or HashID it is. Each
// in one statement, so that somebody who is no member takes no longer than nobody.
std::optional<Membership> find_membership_of_named(Session& session, const OrganizationId& organization,
                                                   std::string_view reference);
std::optional<Membership> find_membership_at_named(Session& session, std::string_view reference,
                                                   const PersonId& person);
std::optional<Membership> find_membership_by_email(Session& session, const OrganizationId& organization,
                                                   std::string_view email_key);
bool insert_membership(WriteSession& session,
                       const Membership& membership);  // false: that person or address is in already
void update_membership(WriteSession& session, const Membership& membership);
void delete_membership(WriteSession& session, const MembershipId& id);
void each_membership_in(Session& session, const OrganizationId& organization,
                        const std::function<bool(const Membership&)>& visit);
void each_membership_of(Session& session, const PersonId& person, const std::function<bool(const Membership&)>& visit);
void each_membership(Session& session, const Tenant& tenant, const std::function<bool(const Membership&)>& visit);
// Joined owners linked to a person, besides `except`.
std::int64_t count_other_owners(Session& session, const OrganizationId& organization, const MembershipId& except);
void each_owner_of(Session& session, const OrganizationId& organization,
                   const std::function<bool(const Membership&)>& visit);  // joined
// Links the memberships with this address and no person to the one who verified it (nexus211.md section 1.3); rows
// changed.
std::int64_t link_memberships(WriteSession& session, std::string_view email_key, const PersonId& person, Instant now);

}  // namespace hub::store
