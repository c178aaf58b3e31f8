#include "hub/store/event.h"

#include "hub/crypto/hash.h"
#include "rows.h"

namespace hub::store {
namespace {

void add_part(std::string& text, std::string_view part) {
  text += std::to_string(part.size());
  text += ':';
  text += part;
}

void every_audit_row(Session& session, const std::function<bool(const Row&)>& read) {
  session.query(
      "SELECT sequence, at, actor, action, target, organization_id, result, reason, detail, hash, request_id FROM "
      "audit ORDER BY sequence",
      {}, read);
}

}  // namespace

void insert_event(WriteSession& session, const Event& event) {
  session.execute(
      "INSERT INTO event (id, name, subject, payload, receiver_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
      {event.id, event.name, event.subject, event.payload, event.receiver_id, event.created_at});
}

void each_event(Session& session, const std::function<bool(const Event&)>& visit) {
  session.query("SELECT id, name, subject, payload, receiver_id, created_at FROM event ORDER BY id", {},
                [&](const Row& row) {
                  return visit({row.id<EventId>(0), row.string(1), row.string(2), row.string(3),
                                row.optional_id<AppId>(4), row.instant(5)});
                });
}

std::string audit_hash(const AuditRow& row, std::string_view previous_hash) {
  std::string text;
  add_part(text, previous_hash);
  add_part(text, std::to_string(row.sequence));
  add_part(text, std::to_string(unix_microseconds(row.at)));
  add_part(text, row.actor);
  add_part(text, row.action);
  add_part(text, row.target);
  add_part(text, row.organization_id ? row.organization_id->text() : "");
  add_part(text, row.result);
  add_part(text, row.reason.value_or(""));
  add_part(text, row.detail);
  // Rows older than the column have none, and their hash stays as it is.
  if (row.request_id) add_part(text, *row.request_id);
  // Nothing writes an empty reason: one that is there was put in place of none.
  if (row.reason && row.reason->empty()) add_part(text, "reason");
  return hex(crypto::sha256(text));
}

void append_audit(WriteSession& session, AuditRow row) {
  std::string previous_hash;
  row.sequence = 1;
  session.query("SELECT sequence, hash FROM audit ORDER BY sequence DESC LIMIT 1", {}, [&](const Row& last) {
    row.sequence = last.integer(0) + 1;
    previous_hash = last.string(1);
    return false;
  });
  row.hash = audit_hash(row, previous_hash);
  session.execute(
      "INSERT INTO audit (sequence, at, actor, action, target, organization_id, result, reason, detail, hash, "
      "request_id) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {row.sequence, row.at, row.actor, row.action, row.target, row.organization_id, row.result, row.reason, row.detail,
       row.hash, row.request_id});
}

// A statement for each kind of caller: one for all of them would look at every row of the hub for each.
void each_audit_row(Session& session, const Tenant& tenant, const std::function<bool(const AuditRow&)>& visit) {
  const auto read = [&](const Row& row) {
    return visit({row.integer(0), row.instant(1), row.string(2), row.string(3), row.string(4),
                  row.optional_id<OrganizationId>(5), row.string(6), row.optional_string(7), row.string(8),
                  row.string(9), row.optional_string(10)});
  };
  if (tenant.person_id()) {
    session.query(
        "SELECT sequence, at, actor, action, target, organization_id, result, reason, detail, hash, request_id FROM "
        "audit WHERE organization_id IN (SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS "
        "NOT NULL) AND ($2 IS NULL OR organization_id = $2) ORDER BY sequence",
        {*tenant.person_id(), tenant.organization_id()}, read);
  } else if (tenant.organization_id()) {
    session.query(
        "SELECT sequence, at, actor, action, target, organization_id, result, reason, detail, hash, request_id FROM "
        "audit WHERE organization_id = $1 ORDER BY sequence",
        {*tenant.organization_id()}, read);
  } else {
    every_audit_row(session, read);
  }
}

}  // namespace hub::store
