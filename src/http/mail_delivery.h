#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "hub/core/hub.h"
#include "hub/http/server.h"
#include "log.h"
#include "mail_message.h"

namespace hub::http {

// Hands one mail on; until `over` at most.
using SendMail =
    std::function<Result<void>(const MailId& id, const MailMessage& message, const std::atomic<bool>& over)>;

// How the options want mails delivered: as files of a directory, which is made if there is none, or by a mail server.
// Empty: neither, so that they wait in the outbox. invalid_request, unwritable_file.
Result<SendMail> mail_transport(const ServeOptions& options);

// Delivers what is in the outbox, in a thread of its own so that no slow mail server delays anything else. Each mail is
// taken by one server at a time, and at least once delivered.
class MailDelivery {
 public:
  MailDelivery(core::Hub& hub, SendMail send, std::string from, bool keep_text, const Log& log);
  MailDelivery(const MailDelivery&) = delete;
  MailDelivery& operator=(const MailDelivery&) = delete;
  ~MailDelivery();

 private:
  void run();
  void deliver(const core::Mail& mail);
  void note(const core::Mail& mail, const Result<void>& sent);

  core::Hub& hub_;
  const SendMail send_;
  const std::string from_;
  const bool keep_text_;
  const Log& log_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

}  // namespace hub::http
