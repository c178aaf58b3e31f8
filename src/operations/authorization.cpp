#include "hub/core/authorization.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::ApproveAuthorization;
using core::AuthorizationAnswer;
using core::GrantAuthorization;
using core::KeyAnswer;
using core::ListAuthorizationKeys;
using core::ListAuthorizations;
using core::RotateAuthorization;
using core::RotateAuthorizationKey;
using core::ShowAuthorization;

constexpr std::string_view which_authorization = "Authorization, by id or as app/org.";

Fields<AuthorizationAnswer> authorization_fields() {
  return {
      {"app", &AuthorizationAnswer::app, "App that may act.", {.show = Show::column}},
      {"by", &AuthorizationAnswer::by, "Organization that granted.", {.show = Show::column}},
      {"scopes", &AuthorizationAnswer::scopes, "Granted scopes.", {.show = Show::column}},
      {"pending_scopes",
       &AuthorizationAnswer::pending_scopes,
       "Desired since, waiting for approval.",
       {.show = Show::column}},
      {"last_used_at", &AuthorizationAnswer::last_used_at, "Last use of its key.", {.show = Show::column}},
      {"granted_at", &AuthorizationAnswer::granted_at, "When it was granted.", {.show = Show::column}},
      {"state", &AuthorizationAnswer::state, "active or ended.", {.show = Show::wide}},
      {"granted_by",
       &AuthorizationAnswer::granted_by,
       "Membership that granted; none: an operator.",
       {.show = Show::wide}},
      {"id", &AuthorizationAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &AuthorizationAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"ended_at", &AuthorizationAnswer::ended_at, "When it ended."},
      {"ended_reason", &AuthorizationAnswer::ended_reason, "Why it ended."},
      {"version", &AuthorizationAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<KeyAnswer> key_fields() {
  return {
      {"app", &KeyAnswer::app, "App the key belongs to.", {.show = Show::column}},
      {"organization", &KeyAnswer::organization, "Organization it opens.", {.show = Show::column}},
      {"created_at", &KeyAnswer::created_at, "When it was made.", {.show = Show::column}},
      {"rotated_at", &KeyAnswer::rotated_at, "When its secret was last replaced.", {.show = Show::column}},
      {"last_used_at", &KeyAnswer::last_used_at, "Last use of the secret.", {.show = Show::column}},
      {"id", &KeyAnswer::id, "Identifier.", {.show = Show::column}},
      {"hash_id", &KeyAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"client_id", &KeyAnswer::client_id, "Client id, the same for every organization.", {.show = Show::wide}},
      {"client_secret", &KeyAnswer::client_secret, "The secret."},
      {"previous_until", &KeyAnswer::previous_until, "Until when the secret before still works."},
      {"previous_last_used_at", &KeyAnswer::previous_last_used_at, "Last use of the secret before."},
  };
}

Fields<ListAuthorizations> list_fields() {
  return {
      {"by", &ListAuthorizations::by, "Those that this organization granted.", {.reference = "org"}},
      {"app", &ListAuthorizations::app, "Those that this app holds.", {.reference = "app"}},
      {"ended", &ListAuthorizations::ended, "The ended ones instead of the active ones."},
  };
}

Fields<ShowAuthorization> show_fields() {
  return {{"authorization", &ShowAuthorization::authorization, which_authorization, {.reference = "authorization"}}};
}

Fields<GrantAuthorization> grant_fields() {
  return {
      {"app", &GrantAuthorization::app, "application that will act (name or client id)", {.reference = "app"}},
      {"by", &GrantAuthorization::by, "organization that allows it", {.reference = "org"}},
      {"if_scope",
       &GrantAuthorization::if_scopes,
       "Refuse unless exactly these would be granted.",
       {.reference = "scope"}},
  };
}

Fields<ApproveAuthorization> approve_fields() {
  return {
      {"authorization", &ApproveAuthorization::authorization, which_authorization, {.reference = "authorization"}},
      {"if_scope",
       &ApproveAuthorization::if_scopes,
       "Refuse unless exactly these would be added.",
       {.reference = "scope"}},
  };
}

Fields<RotateAuthorization> rotate_fields() {
  return {
      {"authorization", &RotateAuthorization::authorization, which_authorization, {.reference = "authorization"}},
      {"overlap", &RotateAuthorization::overlap, "How long the old secret goes on working; default 0s."},
  };
}

Fields<ListAuthorizationKeys> list_key_fields() {
  return {
      {"app", &ListAuthorizationKeys::app, "App whose keys to list.", {.reference = "app"}},
      {"by", &ListAuthorizationKeys::by, "Only the key of this organization.", {.reference = "org"}},
      {"show_secrets", &ListAuthorizationKeys::show_secrets, "With the secrets; never into a terminal."},
  };
}

Fields<RotateAuthorizationKey> rotate_key_fields() {
  return {
      {"key", &RotateAuthorizationKey::key, "Key, by id.", {.reference = "authorization-key"}},
      {"overlap", &RotateAuthorizationKey::overlap, "How long the old secret goes on working; default 0s."},
  };
}

std::vector<Operation> changes() {
  return {
      operation({.name = "authorization grant",
                 .summary = "Let an application act in an organization that does not own it",
                 .details = "The app reads its new secret with \"hubctl authorization keys list\"; this command never "
                            "shows it.",
                 .access = Access::people,
                 .kind = "authorization",
                 .examples = {"hubctl authorization grant --app caresuite --by org:north211",
                              "hubctl authorization grant --app caresuite --by org:north211 --ensure --reason "
                              "\"contract 2026-14\""},
                 .errors = {codes::unknown_application, codes::not_found, codes::own_application, codes::role_required,
                            codes::already_authorized, codes::stale},
                 .ensure = true},
                grant_fields(), authorization_fields(), &core::grant_authorization),
      operation({.name = "authorization approve",
                 .summary = "Grant the scopes that an app desires since it was authorized",
                 .access = Access::people,
                 .kind = "authorization",
                 .arguments = {"authorization"},
                 .examples = {"hubctl authorization approve caresuite/north211"},
                 .errors = {codes::not_found, codes::role_required, codes::stale},
                 .if_version = true},
                approve_fields(), authorization_fields(), &core::approve_authorization),
      operation({.name = "authorization rotate",
                 .summary = "Replace the secret of an authorization",
                 .details = "Only the app can read the new one.",
                 .access = Access::people,
                 .kind = "authorization",
                 .arguments = {"authorization"},
                 .examples = {"hubctl authorization rotate caresuite/north211 --overlap 24h"},
                 .errors = {codes::not_found, codes::role_required, codes::stale},
                 .if_version = true},
                rotate_fields(), authorization_fields(), &core::rotate_authorization),
      operation({.name = "authorization revoke",
                 .summary = "End an authorization with its key and tokens",
                 .access = Access::people,
                 .kind = "authorization",
                 .arguments = {"authorization"},
                 .examples = {"hubctl authorization revoke caresuite/north211 --reason 'contract ended'"},
                 .errors = {codes::not_found, codes::role_required, codes::stale},
                 .ensure = true,
                 .if_version = true},
                show_fields(), authorization_fields(), &core::revoke_authorization),
      operation(
          {.name = "authorization keys rotate",
           .summary = "Replace the secret of one of an app's keys",
           .access = Access::people,
           .kind = "key",
           .arguments = {"key"},
           .examples = {"hubctl authorization keys rotate 01931a3e-0c5c-7a55-b4f4-6f1d4b1b8a11 --secret-out n.secret"},
           .errors = {codes::not_found, codes::role_required, codes::stale},
           .if_version = true},
          rotate_key_fields(), key_fields(), &core::rotate_authorization_key),
  };
}

}  // namespace

std::vector<Operation> authorization_operations() {
  std::vector<Operation> all{
      operation(
          {.name = "authorization list",
           .summary = "List third-party authorizations, never with a secret",
           .access = Access::people,
           .examples = {"hubctl authorization list --by north211", "hubctl authorization list --app caresuite -o json"},
           .errors = {codes::not_found, codes::unknown_application, codes::role_required}},
          list_fields(), authorization_fields(), &core::list_authorizations),
      operation({.name = "authorization show",
                 .summary = "Show one authorization",
                 .access = Access::people,
                 .arguments = {"authorization"},
                 .examples = {"hubctl authorization show caresuite/north211"},
                 .errors = {codes::not_found}},
                show_fields(), authorization_fields(), &core::show_authorization),
      operation({.name = "authorization keys list",
                 .summary = "List the keys of an app, one for each organization that authorized it",
                 .access = Access::people,
                 .examples = {"hubctl authorization keys list --app caresuite",
                              "hubctl authorization keys list --app caresuite --by north211 --show-secrets -o json"},
                 .errors = {codes::unknown_application, codes::not_found, codes::role_required}},
                list_key_fields(), key_fields(), &core::list_authorization_keys),
  };
  for (Operation& change : changes()) all.push_back(std::move(change));
  return all;
}

}  // namespace hub::operations
