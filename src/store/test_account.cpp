#include "hub/store/test_account.h"

#include "rows.h"

namespace hub::store {
namespace {

OrganizationId read_id(const Row& row) { return row.id<OrganizationId>(0); }

}  // namespace

std::optional<OrganizationId> find_test_account_owner(Session& session, const OrganizationId& organization) {
  return first_row<OrganizationId>(
      session, "SELECT test_account_owner_id FROM organization WHERE id = $1 AND test_account_owner_id IS NOT NULL",
      {organization}, read_id);
}

std::optional<OrganizationId> find_test_account_owner(Session& session, const PersonId& person) {
  return first_row<OrganizationId>(
      session, "SELECT test_account_owner_id FROM person WHERE id = $1 AND test_account_owner_id IS NOT NULL", {person},
      read_id);
}

void set_test_account_owner(WriteSession& session, const OrganizationId& organization, const OrganizationId& owner) {
  session.execute("UPDATE organization SET test_account_owner_id = $2 WHERE id = $1", {organization, owner});
}

void set_test_account_owner(WriteSession& session, const PersonId& person, const OrganizationId& owner) {
  session.execute("UPDATE person SET test_account_owner_id = $2 WHERE id = $1", {person, owner});
}

std::vector<OrganizationId> test_accounts_of(Session& session, const OrganizationId& owner) {
  return all_ids<OrganizationId>(
      session,
      "SELECT id FROM organization WHERE test_account_owner_id = $1 AND test_account_owner_id IS NOT NULL ORDER BY id",
      {owner});
}

std::vector<OrganizationId> test_accounts_named(Session& session, const OrganizationId& owner, std::string_view name) {
  return all_ids<OrganizationId>(session,
                                 "SELECT id FROM organization WHERE test_account_owner_id = $1 AND "
                                 "test_account_owner_id IS NOT NULL AND name = $2 ORDER BY id",
                                 {owner, name});
}

}  // namespace hub::store
