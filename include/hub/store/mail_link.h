#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/id.h"
#include "hub/store/session.h"

// Links that mails carry, good once and for one address (claim AC-04).
namespace hub::store {

struct MailLink {
  MailLinkId id;
  std::string kind;  // "verify_email", "reset_password"
  PersonId person_id;
  std::string email_key;                   // it went to
  std::optional<std::string> return_path;  // where the person goes on afterwards
  Instant created_at, expires_at;
  std::optional<Instant> used_at;
};
void insert_mail_link(WriteSession& session, const MailLink& link, std::string_view secret_hash);
std::optional<MailLink> find_mail_link(Session& session, std::string_view secret_hash);  // used ones too
bool use_mail_link(WriteSession& session, const MailLinkId& id, Instant now);            // false: used before
// All of that kind that the person has.
void end_mail_links(WriteSession& session, const PersonId& person, std::string_view kind, Instant now);
void delete_mail_links_of(WriteSession& session, const PersonId& person);

}  // namespace hub::store
