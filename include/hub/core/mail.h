#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/hub.h"

// Mails on their way: written with the change they tell of, delivered by the server's maintenance, retried with growing
// pauses, given up after a day.
namespace hub::core {

struct Mail {
  MailId id;
  std::string kind;  // "verify_email", "reset_password", "email_taken", "connection_request", "invitation", ...
  std::string recipient, subject, text;
  Instant created_at;
  std::optional<Instant> delivered_at;
  std::optional<std::string> failure;
};
// Puts a mail into the outbox, in this transaction.
Result<void> send_mail(Work& work, std::string_view kind, const std::string& recipient, const std::string& subject,
                       const std::string& text);

// Whether an address gets one more of the mails that anybody can cause. Known or not, it is counted. Invitations are
// counted apart, so that nobody's password can be kept from being reset by them.
Result<bool> may_mail(Work& work, std::string_view email_key);
Result<bool> may_mail_invitation(Work& work, std::string_view email_key);

// What is to be delivered now, oldest first, at most `most`.
Result<std::vector<Mail>> due_mails(View& view, std::size_t most);
// Takes a due mail for a while, so that no other server sends it too; false: another has it.
Result<bool> claim_mail(Work& work, const MailId& mail);
// What became of an attempt: delivered (the text is forgotten unless `keep_text`), or failed and to be tried again, or,
// once a mail is a day old, given up.
enum class Delivery { delivered, again, given_up };
Result<Delivery> note_delivery(Work& work, const MailId& mail, const std::optional<std::string>& failure,
                               bool keep_text);
// Whether a mail is too old to be worth an attempt: its links are over.
bool is_too_old(const Mail& mail, Instant now);
// The newest ones with their text, for the page of a development hub.
Result<std::vector<Mail>> recent_mails(View& view, std::size_t most);

}  // namespace hub::core
