#include "mail_message.h"

#include <algorithm>
#include <array>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"

namespace hub::http {
namespace {

constexpr std::size_t line_octets = 998;  // RFC 5322 section 2.1.1

bool is_printable(char c) { return c >= ' ' && c <= '~'; }

std::string base64(std::string_view octets) {
  std::string out = base64url(octets);
  std::ranges::replace(out, '-', '+');
  std::ranges::replace(out, '_', '/');
  out.resize((out.size() + 3) / 4 * 4, '=');
  return out;
}

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// RFC 2047: words of at most 75 characters, each of whole characters.
std::string encoded_words(std::string_view text) {
  constexpr std::size_t word_octets = 45;
  std::string out;
  while (!text.empty()) {
    std::size_t size = std::min(word_octets, text.size());
    while (size > 1 && size < text.size() && continues(text[size])) --size;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(0, size)) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

std::string header_text(std::string_view text) {
  constexpr std::size_t plain_octets = 60;
  const bool plain = text.size() <= plain_octets && std::ranges::all_of(text, is_printable) && !text.starts_with("=?");
  return plain ? std::string(text) : encoded_words(text);
}

bool is_plain(std::string_view text) {
  const std::vector<std::string_view> lines = split(text, '\n');
  return std::ranges::all_of(lines, [](std::string_view line) {
    return line.size() <= line_octets && std::ranges::all_of(line, is_printable);
  });
}

// RFC 2045 section 6.7: lines of at most 76 characters.
std::string quoted_printable(std::string_view line) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::size_t most = 72;
  std::string out;
  std::size_t length = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const auto octet = static_cast<unsigned char>(c);
    const bool last_blank = c == ' ' && i + 1 == line.size();
    const bool plain = is_printable(c) && c != '=' && !last_blank;
    if (length >= most) {
      out += "=\r\n";
      length = 0;
    }
    if (plain) {
      out += c;
    } else {
      ((out += '=') += digits[octet >> 4U]) += digits[octet & 15U];
    }
    length += plain ? 1 : 3;
  }
  return out;
}

std::string body_of(std::string_view text, bool plain) {
  std::string out;
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (const std::string_view line : split(text, '\n')) {
    out += plain ? std::string(line) : quoted_printable(line);
    out += "\r\n";
  }
  return out;
}

std::string two(unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); }

}  // namespace

std::string mail_date(Instant at) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<Seconds>(at - day));
  const unsigned month = static_cast<unsigned>(date.month());
  return std::string(days[std::chrono::weekday(day).c_encoding()]) + ", " + two(static_cast<unsigned>(date.day())) +
         ' ' + months[month - 1] + ' ' + std::to_string(static_cast<int>(date.year())) + ' ' +
         two(static_cast<unsigned>(clock.hours().count())) + ':' + two(static_cast<unsigned>(clock.minutes().count())) +
         ':' + two(static_cast<unsigned>(clock.seconds().count())) + " +0000";
}

std::string default_sender(std::string_view issuer) {
  const std::size_t scheme = issuer.find("://");
  if (scheme != std::string_view::npos) issuer.remove_prefix(scheme + 3);
  const std::string sender = "hub@" + std::string(issuer.substr(0, issuer.find_first_of(":/")));
  return is_email(sender) ? sender : "hub@localhost";
}

Result<MailMessage> message_of(const core::Mail& mail, const std::string& from) {
  if (!is_email(from) || !is_email(mail.recipient)) {
    return Error{codes::invalid_request, "That is not an address mail could be sent to or from."};
  }
  const bool plain = is_plain(mail.text);
  const std::string host = from.substr(from.find('@') + 1);
  std::string text;
  const auto header = [&](std::string_view name, std::string_view value) {
    ((text += name) += ": ") += value;
    text += "\r\n";
  };
  header("Date", mail_date(mail.created_at));
  header("From", from);
  header("To", mail.recipient);
  header("Message-ID", "<" + mail.id.text() + "@" + host + ">");
  header("Subject", header_text(mail.subject));
  header("Auto-Submitted", "auto-generated");
  header("MIME-Version", "1.0");
  header("Content-Type", "text/plain; charset=utf-8");
  header("Content-Transfer-Encoding", plain ? "7bit" : "quoted-printable");
  text += "\r\n" + body_of(mail.text, plain);
  return MailMessage{from, mail.recipient, std::move(text)};
}

}  // namespace hub::http
