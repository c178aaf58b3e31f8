#include "hub/core/admin_token.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::AdminTokenAnswer;
using core::IssueAdminToken;
using core::ListAdminTokens;
using core::RevokeAdminToken;

Fields<AdminTokenAnswer> admin_token_fields() {
  return {
      {"name", &AdminTokenAnswer::name, "Who or what it is for.", {.show = Show::column}},
      {"role", &AdminTokenAnswer::role, "read-only or full.", {.show = Show::column}},
      {"state", &AdminTokenAnswer::state, "active, expired or revoked.", {.show = Show::column}},
      {"expires_at", &AdminTokenAnswer::expires_at, "When it expires.", {.show = Show::column}},
      {"last_used_at", &AdminTokenAnswer::last_used_at, "When it was used last.", {.show = Show::column}},
      {"created_at", &AdminTokenAnswer::created_at, "When it was made.", {.show = Show::wide}},
      {"revoked_at", &AdminTokenAnswer::revoked_at, "When it was revoked.", {.show = Show::wide}},
      {"id", &AdminTokenAnswer::id, "Identifier.", {.show = Show::wide}},
  };
}

Fields<AdminTokenAnswer> fields_with_token() {
  Fields<AdminTokenAnswer> fields = admin_token_fields();
  fields.push_back(Field<AdminTokenAnswer>("token", &AdminTokenAnswer::token, "The token, shown this once."));
  return fields;
}

Fields<IssueAdminToken> issue_fields() {
  return {
      {"name", &IssueAdminToken::name, "Who or what it is for; shows in the audit trail."},
      {"role",
       &IssueAdminToken::role,
       "read-only runs what changes nothing, full runs all; default read-only.",
       {.choices = {"read-only", "full"}}},
      {"ttl", &IssueAdminToken::lifetime, "Life of the token; default 90d, at most 366d."},
  };
}

Fields<ListAdminTokens> list_fields() { return {}; }

Fields<RevokeAdminToken> revoke_fields() {
  return {{"token", &RevokeAdminToken::token, "Admin token, by its name or id."}};
}

}  // namespace

std::vector<Operation> admin_token_operations() {
  return {
      operation({.name = "token issue-admin",
                 .summary = "Issue a bearer token of the admin API",
                 .details = "Whoever holds it administers this hub over HTTP.",
                 .access = Access::operators,
                 .kind = "admin_token",
                 .arguments = {"name"},
                 .examples = {"hubctl token issue-admin ci --role full --ttl 30d --secret-out ci.token",
                              "hubctl token issue-admin dashboard -o raw"},
                 .errors = {codes::exists, codes::invalid_request}},
                issue_fields(), fields_with_token(), &core::issue_admin_token),
      operation({.name = "token list-admin",
                 .summary = "List the bearer tokens of the admin API",
                 .access = Access::operators,
                 .examples = {"hubctl token list-admin"}},
                list_fields(), admin_token_fields(), &core::list_admin_tokens),
      operation({.name = "token revoke-admin",
                 .summary = "Revoke a bearer token of the admin API",
                 .access = Access::operators,
                 .kind = "admin_token",
                 .arguments = {"token"},
                 .examples = {"hubctl token revoke-admin ci --reason 'no longer used'"},
                 .errors = {codes::not_found},
                 .ensure = true},
                revoke_fields(), admin_token_fields(), &core::revoke_admin_token),
  };
}

}  // namespace hub::operations
