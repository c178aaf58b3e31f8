#pragma once
#include <functional>

#include "hub/domain/event.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

void insert_event(WriteSession& session, const Event& event);
void each_event(Session& session, const std::function<bool(const Event&)>& visit);  // oldest first

// Appends a row with the next sequence number, chained to the last one: hash = SHA-256 over the previous hash and the
// row's members, each preceded by its length (claim CL-06).
void append_audit(WriteSession& session, AuditRow row);
void each_audit_row(Session& session, const Tenant& tenant,
                    const std::function<bool(const AuditRow&)>& visit);  // oldest first
std::string audit_hash(const AuditRow& row, std::string_view previous_hash);

}  // namespace hub::store
