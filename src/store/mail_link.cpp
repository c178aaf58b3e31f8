#include "hub/store/mail_link.h"

#include "rows.h"

namespace hub::store {

void insert_mail_link(WriteSession& session, const MailLink& link, std::string_view secret_hash) {
  session.execute(
      "INSERT INTO mail_link (id, kind, person_id, email_key, secret_hash, return_path, created_at, expires_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {link.id, link.kind, link.person_id, link.email_key, Octets{secret_hash}, link.return_path, link.created_at,
       link.expires_at});
}

std::optional<MailLink> find_mail_link(Session& session, std::string_view secret_hash) {
  return first_row<MailLink>(
      session,
      "SELECT id, kind, person_id, email_key, return_path, created_at, expires_at, used_at FROM mail_link "
      "WHERE secret_hash = $1",
      {Octets{secret_hash}}, [](const Row& row) {
        return MailLink{.id = row.id<MailLinkId>(0),
                        .kind = row.string(1),
                        .person_id = row.id<PersonId>(2),
                        .email_key = row.string(3),
                        .return_path = row.optional_string(4),
                        .created_at = row.instant(5),
                        .expires_at = row.instant(6),
                        .used_at = row.optional_instant(7)};
      });
}

bool use_mail_link(WriteSession& session, const MailLinkId& id, Instant now) {
  return session.execute("UPDATE mail_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL", {id, now}) == 1;
}

void end_mail_links(WriteSession& session, const PersonId& person, std::string_view kind, Instant now) {
  session.execute("UPDATE mail_link SET used_at = $3 WHERE person_id = $1 AND kind = $2 AND used_at IS NULL",
                  {person, kind, now});
}

void delete_mail_links_of(WriteSession& session, const PersonId& person) {
  session.execute("DELETE FROM mail_link WHERE person_id = $1", {person});
}

}  // namespace hub::store
