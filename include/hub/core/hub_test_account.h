#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/hub_organization.h"
#include "hub/core/person.h"

// Test accounts: organizations with people that a vendor makes and throws away in a sandbox (zaikio-hub.md
// section 5.6). not_found outside of one. Each belongs to the organization that owns the calling app.
namespace hub::core {

struct TestAccount {
  HubOrganization organization;
  std::vector<HubMembership> memberships;
  std::optional<Secret> private_access_token;  // with every scope of the hub; none: no owner, expired or revoked
};

struct TestMember {
  std::string email;
  std::optional<Secret> password;
  std::optional<std::string> first_name, last_name;
  std::vector<std::string> roles;  // none: member
};
struct CreateTestAccount {
  std::string name;
  std::string country_code;
  std::vector<std::string> kinds;
  std::vector<std::string> connected_apps;  // each gets all the scopes it desires
  std::vector<TestMember> members;          // exactly one with the role owner, if there are any
};
// not_found unless the hub is one.
Result<void> check_sandbox(View& view);

struct PreparedTestAccount {
  std::vector<NewPerson> people;  // of the members, in their order
};
// Hashes the passwords. invalid_request with the field of the contract.
Result<PreparedTestAccount> prepare_test_account(Hub& hub, const CreateTestAccount& request);
// Replaces the one of the same name. email_taken for a person that is no test person of this vendor.
Result<TestAccount> create_test_account(Work& work, const Caller& caller, const CreateTestAccount& request,
                                        const PreparedTestAccount& prepared);
Result<void> list_test_accounts(View& view, const Caller& caller, const std::function<bool(const TestAccount&)>& each);
Result<TestAccount> show_test_account(View& view, const Caller& caller, const std::string& organization);
Result<void> delete_test_account(Work& work, const Caller& caller, const std::string& organization);

}  // namespace hub::core
