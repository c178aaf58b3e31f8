#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/organization.h"
#include "hub/domain/person.h"
#include "hub/store/session.h"

// Organizations of the sandbox that belong to a vendor, and their people (zaikio-hub.md sections 1.1 and 5.6).
namespace hub::store {

// The vendor that made it; none for what is no test account.
std::optional<OrganizationId> find_test_account_owner(Session& session, const OrganizationId& organization);
std::optional<OrganizationId> find_test_account_owner(Session& session, const PersonId& person);
void set_test_account_owner(WriteSession& session, const OrganizationId& organization, const OrganizationId& owner);
void set_test_account_owner(WriteSession& session, const PersonId& person, const OrganizationId& owner);
std::vector<OrganizationId> test_accounts_of(Session& session, const OrganizationId& owner);
std::vector<OrganizationId> test_accounts_named(Session& session, const OrganizationId& owner, std::string_view name);

}  // namespace hub::store
