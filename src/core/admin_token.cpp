#include "hub/core/admin_token.h"

#include "hub/domain/lifetimes.h"
#include "hub/store/admin_token.h"
#include "presented_token.h"
#include "rules.h"

namespace hub::core {
namespace {

AdminTokenAnswer answer_of(View& view, const AdminToken& token) {
  const bool expired = token.expires_at <= view.now();
  return {.name = token.name,
          .role = std::string(name(token.role)),
          .created_at = token.created_at,
          .expires_at = token.expires_at,
          .last_used_at = token.last_used_at,
          .revoked_at = token.revoked_at,
          .state = token.revoked_at ? "revoked"
                   : expired        ? "expired"
                                    : "active",
          .id = token.id.text(),
          .token = {}};
}

// Whoever administers the hub over HTTP has a token for it and no name of their own; a person with roles has no say.
Result<void> check_operator(const View& view) {
  if (view.principal().is_operator()) return {};
  return Error{codes::principal_not_allowed, "Only an operator may do this."};
}

}  // namespace

Result<Changed<AdminTokenAnswer>> issue_admin_token(Work& work, const IssueAdminToken& request) {
  if (Result<void> may = check_operator(work); !may) return may.error();
  if (Result<void> named = check_display_name(request.name, "name"); !named) return named.error();
  const auto role = parse_admin_role(request.role.value_or("read-only"));
  if (!role) return Error{codes::invalid_request, "The role is read-only or full.", "", "role"};
  const Seconds lifetime = request.lifetime.value_or(lifetimes::admin_token);
  if (lifetime < Seconds(1) || lifetime > lifetimes::admin_token_most) {
    return Error{codes::invalid_request, "An admin token lives for 1 second to 366 days.", "", "ttl"};
  }
  const AdminToken token{.id = AdminTokenId::make(work.now(), work.random()),
                         .name = request.name,
                         .role = *role,
                         .created_at = work.now(),
                         .expires_at = work.now() + lifetime,
                         .last_used_at = {},
                         .revoked_at = {}};
  const Secret text = make_admin_token(work.random());
  const Result<Bytes> hash = hash_admin_token(work, text);
  if (!hash) return hash.error();
  if (!store::insert_admin_token(work.db(), token, *hash)) {
    return Error{codes::exists, "There is an admin token of that name.", "revoke it first, or choose another name",
                 "name"};
  }
  AdminTokenAnswer answer = answer_of(work, token);
  if (!work.call().dry_run) answer.token = text;
  return Changed<AdminTokenAnswer>{true, token.name, std::move(answer)};
}

Result<void> list_admin_tokens(View& view, const ListAdminTokens&,
                               const std::function<bool(const AdminTokenAnswer&)>& each) {
  if (Result<void> may = check_operator(view); !may) return may;
  store::each_admin_token(view.db(), [&](const AdminToken& token) { return each(answer_of(view, token)); });
  return {};
}

Result<Changed<AdminTokenAnswer>> revoke_admin_token(Work& work, const RevokeAdminToken& request) {
  if (Result<void> may = check_operator(work); !may) return may.error();
  const auto token = store::find_admin_token_named(work.db(), request.token);
  if (!token) {
    return gone_already<AdminTokenAnswer>(
        work, {codes::not_found, "There is no such admin token.", "hubctl token list-admin"}, request.token);
  }
  store::revoke_admin_token(work.db(), token->id, work.now());
  const auto now = store::find_admin_token_named(work.db(), token->id.text());
  return Changed<AdminTokenAnswer>{!token->revoked_at, token->name, answer_of(work, *now)};
}

}  // namespace hub::core
