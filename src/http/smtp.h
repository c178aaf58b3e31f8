#pragma once
#include <atomic>
#include <memory>
#include <string>

#include "hub/base/result.h"
#include "mail_message.h"

namespace hub::http {

// Hands mails to a mail server (RFC 5321) through libcurl, which is loaded when it is needed: linked, it would cost
// every short command more than all else does. Beyond this machine only with TLS (RFC 3207), since mails carry links
// that open accounts.
class Smtp {
 public:
  virtual ~Smtp() = default;
  // Tries for half a minute at most, or until `over`. server_unreachable, with the number of the server's answer.
  virtual Result<void> send(const MailMessage& message, const std::atomic<bool>& over) = 0;
};
// `server`: HOST:PORT. invalid_request for other texts and without libcurl.
Result<std::unique_ptr<Smtp>> open_smtp(const std::string& server);

}  // namespace hub::http
