#include "mail_delivery.h"

#include <filesystem>

#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/base/text.h"
#include "smtp.h"

namespace hub::http {
namespace {

constexpr std::chrono::seconds look_interval{1};
constexpr std::size_t mails_per_look = 20;

Call nobodys_call() {
  Call call;
  call.principal = Principal::unknown();
  return call;
}

Result<SendMail> into_directory(const std::string& directory) {
  std::error_code failure;
  if (std::filesystem::create_directory(directory, failure)) {
    std::filesystem::permissions(directory, std::filesystem::perms::owner_all, failure);
  }
  if (!std::filesystem::is_directory(directory, failure)) {
    return Error{codes::unwritable_file, "There is no directory for mails at " + directory + ".", "", "mail_dir"};
  }
  return SendMail([directory](const MailId& id, const MailMessage& message, const std::atomic<bool>&) {
    return replace_file(directory + "/" + id.text() + ".eml", message.text);
  });
}

Result<SendMail> to_server(const std::string& server) {
  Result<std::unique_ptr<Smtp>> opened = open_smtp(server);
  if (!opened) return opened.error();
  return SendMail([smtp = std::shared_ptr<Smtp>(std::move(*opened))](const MailId&, const MailMessage& message,
                                                                     const std::atomic<bool>& over) {
    return smtp->send(message, over);
  });
}

}  // namespace

Result<SendMail> mail_transport(const ServeOptions& options) {
  if (options.mail_from && !is_email(*options.mail_from)) {
    return Error{codes::invalid_request, "That is not an address mail could come from.", "hub@acme.test", "mail_from"};
  }
  if (options.mail_directory && options.smtp) {
    return Error{codes::invalid_request, "Mails go to a directory or to a server.", "--mail-dir or --smtp"};
  }
  if (options.mail_directory) return into_directory(*options.mail_directory);
  if (options.smtp) return to_server(*options.smtp);
  return SendMail();
}

MailDelivery::MailDelivery(core::Hub& hub, SendMail send, std::string from, bool keep_text, const Log& log)
    : hub_(hub), send_(std::move(send)), from_(std::move(from)), keep_text_(keep_text), log_(log), thread_([this] {
        run();
      }) {}

MailDelivery::~MailDelivery() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void MailDelivery::run() {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, look_interval, [this] { return over_.load(); })) {
    lock.unlock();
    const auto due = hub_.read(nobodys_call(), [](core::View& view) { return core::due_mails(view, mails_per_look); });
    if (due) {
      for (const core::Mail& mail : *due) {
        if (over_) break;
        deliver(mail);
      }
    }
    lock.lock();
  }
}

void MailDelivery::deliver(const core::Mail& mail) {
  const Result<bool> mine =
      hub_.write(nobodys_call(), [&](core::Work& work) { return core::claim_mail(work, mail.id); });
  if (!mine || !*mine) return;
  if (core::is_too_old(mail, hub_.clock().now())) {
    return note(mail, Error{codes::expired_token, "The mail waited for too long."});
  }
  if (mail.text.empty()) return note(mail, Error{codes::store_damaged, "The mail cannot be read."});
  const Result<MailMessage> message = message_of(mail, from_);
  note(mail, message ? send_(mail.id, *message, over_) : Result<void>(message.error()));
}

void MailDelivery::note(const core::Mail& mail, const Result<void>& sent) {
  std::optional<std::string> failure;
  if (!sent) failure = sent.error().message + (sent.error().cause.empty() ? "" : " " + sent.error().cause);
  const Result<core::Delivery> outcome = hub_.write(
      nobodys_call(), [&](core::Work& work) { return core::note_delivery(work, mail.id, failure, keep_text_); });
  const Log::Words words = {{"mail", mail.id.text()}, {"kind", mail.kind}};
  if (!outcome) return log_.failure("mail_not_noted", outcome.error());
  if (*outcome == core::Delivery::delivered) return log_.event("mail_delivered", words);
  log_.failure(*outcome == core::Delivery::given_up ? "mail_given_up" : "mail_delayed", sent.error(), words);
}

}  // namespace hub::http
