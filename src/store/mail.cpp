#include "hub/store/mail.h"

#include "rows.h"

namespace hub::store {
namespace {

MailRow read_mail(const Row& row) {
  return {.id = row.id<MailId>(0),
          .kind = row.string(1),
          .recipient = row.string(2),
          .subject = row.string(3),
          .text_sealed = row.is_null(4) ? std::nullopt : std::optional(Bytes(row.octets(4))),
          .attempts = row.integer(5),
          .next_attempt_at = row.optional_instant(6),
          .delivered_at = row.optional_instant(7),
          .failure = row.optional_string(8),
          .created_at = row.instant(9)};
}

std::optional<Octets> octets_of(const std::optional<Bytes>& bytes) {
  return bytes ? std::optional(Octets{*bytes}) : std::nullopt;
}

}  // namespace

void insert_mail(WriteSession& session, const MailRow& mail) {
  session.execute(
      "INSERT INTO mail (id, kind, recipient, subject, text_sealed, attempts, next_attempt_at, delivered_at, failure, "
      "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {mail.id, mail.kind, mail.recipient, mail.subject, octets_of(mail.text_sealed), mail.attempts,
       mail.next_attempt_at, mail.delivered_at, mail.failure, mail.created_at});
}

std::optional<MailRow> find_mail(Session& session, const MailId& id) {
  return first_row<MailRow>(
      session,
      "SELECT id, kind, recipient, subject, text_sealed, attempts, next_attempt_at, delivered_at, failure, created_at "
      "FROM mail WHERE id = $1",
      {id}, read_mail);
}

void each_due_mail(Session& session, Instant now, const std::function<bool(const MailRow&)>& visit) {
  session.query(
      "SELECT id, kind, recipient, subject, text_sealed, attempts, next_attempt_at, delivered_at, failure, created_at "
      "FROM mail WHERE next_attempt_at <= $1 ORDER BY next_attempt_at, id",
      {now}, [&](const Row& row) { return visit(read_mail(row)); });
}

void each_mail(Session& session, const std::function<bool(const MailRow&)>& visit) {
  session.query(
      "SELECT id, kind, recipient, subject, text_sealed, attempts, next_attempt_at, delivered_at, failure, created_at "
      "FROM mail ORDER BY id DESC",
      {}, [&](const Row& row) { return visit(read_mail(row)); });
}

bool claim_mail(WriteSession& session, const MailId& id, Instant now, Instant until) {
  return session.execute("UPDATE mail SET next_attempt_at = $3 WHERE id = $1 AND next_attempt_at <= $2",
                         {id, now, until}) == 1;
}

void update_mail(WriteSession& session, const MailRow& mail) {
  session.execute(
      "UPDATE mail SET text_sealed = $2, attempts = $3, next_attempt_at = $4, delivered_at = $5, failure = $6 "
      "WHERE id = $1",
      {mail.id, octets_of(mail.text_sealed), mail.attempts, mail.next_attempt_at, mail.delivered_at, mail.failure});
}

void delete_mail(WriteSession& session, const MailId& id) { session.execute("DELETE FROM mail WHERE id = $1", {id}); }

}  // namespace hub::store
