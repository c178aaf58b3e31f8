#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "hub/base/time.h"
#include "hub/core/mail.h"

namespace hub::http {

// A mail as it goes over the wire (RFC 5322): plain text, lines that end with CR LF.
struct MailMessage {
  std::string from, to;  // of the envelope
  std::string text;      // header and body
};
// Nothing in a mail can begin a header of its own: addresses are addresses, and a subject that is more than printable
// ASCII is encoded (RFC 2047). invalid_request for an address that is none.
Result<MailMessage> message_of(const core::Mail& mail, const std::string& from);

// "hub@" and the host of the issuer: who mails come from unless somebody says otherwise.
std::string default_sender(std::string_view issuer);
// "Sun, 22 Nov 2026 10:20:03 +0000"
std::string mail_date(Instant at);

}  // namespace hub::http
