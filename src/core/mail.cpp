#include "hub/core/mail.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/failed_attempt.h"
#include "hub/store/mail.h"

namespace hub::core {
namespace {

constexpr Seconds first_pause{60}, longest_pause{3600};
constexpr Seconds claim{5 * 60};  // longer than any attempt takes
constexpr std::int64_t doublings_most = 6;

std::string bound_to(const MailId& id) { return "mail:" + id.text(); }

// A text that does not open any more is empty, so that one damaged row stops no other mail.
Result<Mail> opened(View& view, const store::MailRow& row) {
  Mail mail{.id = row.id,
            .kind = row.kind,
            .recipient = row.recipient,
            .subject = row.subject,
            .text = {},
            .created_at = row.created_at,
            .delivered_at = row.delivered_at,
            .failure = row.failure};
  if (!row.text_sealed) return mail;
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  const Result<Secret> text = (*keys)->store_keys.sealer().open(*row.text_sealed, bound_to(row.id));
  if (text) mail.text = text->reveal();
  return mail;
}

// Twice as long after each attempt.
Seconds pause_after(std::int64_t attempts) {
  return std::min(longest_pause, first_pause * (std::int64_t{1} << std::min(attempts - 1, doublings_most)));
}

using Walk = void (*)(View& view, const std::function<bool(const store::MailRow&)>& visit);

Result<std::vector<Mail>> collected(View& view, std::size_t most, Walk walk) {
  std::vector<store::MailRow> rows;
  walk(view, [&](const store::MailRow& row) {
    rows.push_back(row);
    return rows.size() < most;
  });
  std::vector<Mail> mails;
  for (const store::MailRow& row : rows) {
    Result<Mail> mail = opened(view, row);
    if (!mail) return mail.error();
    mails.push_back(std::move(*mail));
  }
  return mails;
}

Result<bool> counted(Work& work, std::string_view kind, std::string_view email_key, const store::AttemptLimit& limit) {
  const Result<Keys*> keys = work.keys();
  if (!keys) return keys.error();
  const Bytes key = (*keys)->store_keys.keyed_hash("mail_recipient", email_key);
  return store::count_attempt(work.db(), kind, key, limit, work.now());
}

}  // namespace

Result<void> send_mail(Work& work, std::string_view kind, const std::string& recipient, const std::string& subject,
                       const std::string& text) {
  if (!is_email(recipient)) {
    return Error{codes::invalid_request, "That is not an address mail could be sent to.", "", "email"};
  }
  const Result<Keys*> keys = work.keys();
  if (!keys) return keys.error();
  store::MailRow row{.id = MailId::make(work.now(), work.random()),
                     .kind = std::string(kind),
                     .recipient = recipient,
                     .subject = subject,
                     .text_sealed = {},
                     .attempts = 0,
                     .next_attempt_at = work.now(),
                     .delivered_at = {},
                     .failure = {},
                     .created_at = work.now()};
  row.text_sealed = (*keys)->store_keys.sealer().seal(Secret(text), bound_to(row.id), work.random());
  store::insert_mail(work.db(), row);
  return {};
}

Result<bool> may_mail(Work& work, std::string_view email_key) {
  return counted(work, "mail", email_key, {attempts::mails_per_recipient, attempts::mail_window});
}

Result<bool> may_mail_invitation(Work& work, std::string_view email_key) {
  return counted(work, "invitation", email_key, {attempts::invitations_per_recipient, attempts::mail_window});
}

Result<std::vector<Mail>> due_mails(View& view, std::size_t most) {
  return collected(view, most, [](View& from, const std::function<bool(const store::MailRow&)>& visit) {
    store::each_due_mail(from.db(), from.now(), visit);
  });
}

Result<bool> claim_mail(Work& work, const MailId& mail) {
  return store::claim_mail(work.db(), mail, work.now(), work.now() + claim);
}

bool is_too_old(const Mail& mail, Instant now) { return mail.created_at + lifetimes::mail <= now; }

Result<Delivery> note_delivery(Work& work, const MailId& mail, const std::optional<std::string>& failure,
                               bool keep_text) {
  auto row = store::find_mail(work.db(), mail);
  if (!row) return Error{codes::not_found, "There is no such mail."};
  ++row->attempts;
  row->failure = failure;
  Delivery outcome = Delivery::again;
  if (!failure) {
    outcome = Delivery::delivered;
    row->delivered_at = work.now();
  } else if (row->created_at + lifetimes::mail <= work.now()) {
    outcome = Delivery::given_up;
  }
  row->next_attempt_at = std::nullopt;
  if (outcome == Delivery::again) {
    row->next_attempt_at = work.now() + pause_after(row->attempts);
  } else if (!keep_text) {
    row->text_sealed = std::nullopt;
  }
  store::update_mail(work.db(), *row);
  return outcome;
}

Result<std::vector<Mail>> recent_mails(View& view, std::size_t most) {
  return collected(view, most, [](View& from, const std::function<bool(const store::MailRow&)>& visit) {
    store::each_mail(from.db(), visit);
  });
}

}  // namespace hub::core
