#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/bytes.h"
#include "hub/base/id.h"
#include "hub/store/session.h"

// Mails on their way, and those of late.
namespace hub::store {

struct MailRow {
  MailId id;
  std::string kind, recipient, subject;
  std::optional<Bytes> text_sealed;  // none: forgotten
  std::int64_t attempts = 0;
  std::optional<Instant> next_attempt_at;  // none: delivered, or given up
  std::optional<Instant> delivered_at;
  std::optional<std::string> failure;
  Instant created_at;
};
void insert_mail(WriteSession& session, const MailRow& mail);
std::optional<MailRow> find_mail(Session& session, const MailId& id);
void each_due_mail(Session& session, Instant now, const std::function<bool(const MailRow&)>& visit);  // oldest first
void each_mail(Session& session, const std::function<bool(const MailRow&)>& visit);                   // newest first
// The mail is this process's until `until`; false: it is another's, or not due.
bool claim_mail(WriteSession& session, const MailId& id, Instant now, Instant until);
void update_mail(WriteSession& session, const MailRow& mail);  // text, attempts, times, failure
void delete_mail(WriteSession& session, const MailId& id);

}  // namespace hub::store
