#include "hub/core/status.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::AuditAnswer;
using core::ListAudit;
using core::ShowStatus;
using core::StatusAnswer;

Fields<ShowStatus> status_request_fields() {
  return {{"check", &ShowStatus::check, "Exit with 10 unless the hub can issue tokens."}};
}

Fields<StatusAnswer> status_fields() {
  return {
      {"store", &StatusAnswer::store, "Path of the store.", {.show = Show::column}},
      {"issuer", &StatusAnswer::issuer, "Public base URL.", {.show = Show::column}},
      {"mode", &StatusAnswer::mode, "production or sandbox.", {.show = Show::column}},
      {"schema", &StatusAnswer::schema, "Number of the last migration.", {.show = Show::column}},
      {"organizations", &StatusAnswer::organizations, "How many.", {.show = Show::column}},
      {"people", &StatusAnswer::people, "How many.", {.show = Show::column}},
      {"apps", &StatusAnswer::apps, "How many, without built-in ones.", {.show = Show::column}},
      {"connections", &StatusAnswer::connections, "How many active ones.", {.show = Show::column}},
      {"tokens", &StatusAnswer::tokens, "How many are kept.", {.show = Show::column}},
      {"signing_key", &StatusAnswer::signing_key, "Key that signs now.", {.show = Show::column}},
      {"signing_key_age_s",
       &StatusAnswer::signing_key_age_s,
       "Seconds since it began to sign.",
       {.show = Show::column}},
      {"ready", &StatusAnswer::ready, "Whether tokens can be issued.", {.show = Show::column}},
  };
}

Fields<ListAudit> audit_request_fields() {
  return {
      {"actor", &ListAudit::actor, "Only rows of this actor, as \"local:root\"."},
      {"target", &ListAudit::target, "Only rows about this thing, as \"organization:ID\"."},
      {"action", &ListAudit::action, "Only rows of this operation, as \"org create\"."},
      {"since", &ListAudit::since, "Only rows since then."},
  };
}

Fields<AuditAnswer> audit_fields() {
  return {
      {"at", &AuditAnswer::at, "When.", {.show = Show::column}},
      {"actor", &AuditAnswer::actor, "Who.", {.show = Show::column}},
      {"action", &AuditAnswer::action, "Operation.", {.show = Show::column}},
      {"target", &AuditAnswer::target, "Thing it was done to.", {.show = Show::column}},
      {"result", &AuditAnswer::result, "ok, or the code of the refusal.", {.show = Show::column}},
      {"reason", &AuditAnswer::reason, "Why, as the actor said.", {.show = Show::column}},
      {"detail", &AuditAnswer::detail, "The request without secrets."},
      {"sequence", &AuditAnswer::sequence, "Number of the row.", {.show = Show::wide}},
      {"organization", &AuditAnswer::organization, "Organization it concerns.", {.show = Show::wide}},
      {"hash", &AuditAnswer::hash, "SHA-256 over this row and the hash of the one before."},
  };
}

}  // namespace

std::vector<Operation> status_operations() {
  return {operation({.name = "status",
                     .summary = "Show what the store holds and whether the hub can issue tokens",
                     .access = Access::operators,
                     .examples = {"hubctl status", "hubctl status --check -q"}},
                    status_request_fields(), status_fields(), &core::show_status)};
}

std::vector<Operation> audit_operations() {
  return {
      operation({.name = "audit list",
                 .summary = "List who did what, oldest first",
                 .access = Access::operators,
                 .id = "sequence",
                 .examples = {"hubctl audit list --since -24h", "hubctl audit list --action 'token revoke' -o jsonl"}},
                audit_request_fields(), audit_fields(), &core::list_audit)};
}

}  // namespace hub::operations
