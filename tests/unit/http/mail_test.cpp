#include <doctest/doctest.h>

#include <filesystem>

#include "hub/base/text.h"
#include "mail_delivery.h"
#include "mail_message.h"
#include "smtp.h"
#include "support/account_hub.h"
#include "support/smtp_server.h"

// How mails leave the hub: as messages of RFC 5322, into a directory or to a mail server.
namespace hub::http {
namespace {

using testing::AccountHub;
using testing::code_of;
using testing::must;
using testing::SmtpServer;

core::Mail mail_with(const std::string& subject, const std::string& text) {
  return {.id = *MailId::parse("018f0000-0000-7000-8000-000000000001"),
          .kind = "test",
          .recipient = "jane@acme.test",
          .subject = subject,
          .text = text,
          .created_at = from_unix_seconds(1'795'342'803),
          .delivered_at = {},
          .failure = {}};
}

std::string text_of(const core::Mail& mail) { return must(message_of(mail, "hub@id.acme.test")).text; }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::atomic<bool> never = false;

// Keeps the lines of the log.
struct Lines {
  std::mutex mutex;
  std::string text;
  LogLine sink() {
    return [this](std::string_view line) {
      const std::lock_guard lock(mutex);
      (text += line) += '\n';
    };
  }
  std::string all() {
    const std::lock_guard lock(mutex);
    return text;
  }
};

// Looks until it is so, for at most ten seconds of real time.
template <class Condition>
bool comes_true(const Condition& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

void send_one(AccountHub& hub) {
  hub.write([](core::Work& work) {
    return core::send_mail(work, "test", AccountHub::jane, "A subject", "First line\n.\n.second\n");
  });
}

}  // namespace

TEST_CASE("a mail is a message of RFC 5322") {
  CHECK(text_of(mail_with("Confirm your address", "Hello,\n\nopen this\n")) ==
        "Date: Sun, 22 Nov 2026 10:20:03 +0000\r\n"
        "From: hub@id.acme.test\r\n"
        "To: jane@acme.test\r\n"
        "Message-ID: <018f0000-0000-7000-8000-000000000001@id.acme.test>\r\n"
        "Subject: Confirm your address\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: 7bit\r\n"
        "\r\n"
        "Hello,\r\n"
        "\r\n"
        "open this\r\n");
}

TEST_CASE("a subject beyond ASCII is encoded in words of whole characters") {
  CHECK(has(text_of(mail_with("Bestätige deine Adresse", "x")),
            "Subject: =?UTF-8?B?QmVzdMOkdGlnZSBkZWluZSBBZHJlc3Nl?=\r\n"));
  std::string umlauts;
  for (int i = 0; i < 60; ++i) umlauts += "ä";
  const std::string text = text_of(mail_with(umlauts, "x"));
  const std::size_t at = text.find("Subject: ");
  const std::string subject = text.substr(at, text.find("\r\nAuto", at) - at);
  CHECK(has(subject, "?=\r\n =?UTF-8?B?"));
  for (const std::string_view line : split(subject, '\n')) CHECK(line.size() <= 90);
  CHECK_FALSE(has(subject, "w=?="));  // half a character would end like that
}

TEST_CASE("a text beyond ASCII is quoted and keeps its lines short") {
  const std::string text = text_of(
      mail_with("x", "Falls du es nicht warst, musst du nichts tun: ohne den Link bleibt die Adresse unbestätigt.\n"));
  CHECK(has(text, "Content-Transfer-Encoding: quoted-printable\r\n"));
  CHECK(has(text, "=C3=A4"));
  for (const std::string_view line : split(text, '\n')) CHECK(line.size() <= 77);
}

TEST_CASE("nothing in a mail begins a header") {
  core::Mail mail = mail_with("Hello\r\nBcc: all@acme.test", "x\r\n\r\nBcc: all@acme.test\n");
  const std::string text = text_of(mail);
  CHECK_FALSE(has(text.substr(0, text.find("\r\n\r\n")), "Bcc"));
  mail.recipient = "jane@acme.test\r\nBcc: all@acme.test";
  CHECK_FALSE(message_of(mail, "hub@id.acme.test"));
  CHECK_FALSE(message_of(mail_with("x", "x"), "hub@id.acme.test>\r\nX: y"));
}

TEST_CASE("WB-09 mails come from the host of the issuer") {
  CHECK(default_sender("https://id.acme.test") == "hub@id.acme.test");
  CHECK(default_sender("http://127.0.0.1:4000") == "hub@127.0.0.1");
  CHECK(default_sender("https://id.acme.test:8443/hub") == "hub@id.acme.test");
  CHECK(default_sender("http://[::1]:4000") == "hub@localhost");
}

TEST_CASE("a mail server takes a mail") {
  SmtpServer server;
  const auto smtp = must(open_smtp(server.address()));
  const MailMessage message = must(message_of(mail_with("A subject", "First line\n.\n.second\n"), "hub@id.acme.test"));
  must(smtp->send(message, never));
  const auto mails = server.received(1);
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().greeted_with == "id.acme.test");
  CHECK(mails.front().from.starts_with("MAIL FROM:<hub@id.acme.test>"));
  CHECK(mails.front().to.starts_with("RCPT TO:<jane@acme.test>"));
  CHECK(mails.front().data == message.text);
}

TEST_CASE("a mail server that refuses is named by the number of its answer") {
  SmtpServer server("550 no jane@acme.test here");
  const auto sent =
      must(open_smtp(server.address()))->send(must(message_of(mail_with("x", "x"), "hub@id.acme.test")), never);
  REQUIRE_FALSE(sent);
  CHECK(sent.error().code == codes::server_unreachable);
  CHECK(has(sent.error().cause, "550"));
  CHECK_FALSE(has(sent.error().cause, "jane"));
}

TEST_CASE("nobody at the port is a failure") {
  const std::string address = SmtpServer().address();
  CHECK_FALSE(must(open_smtp(address))->send(must(message_of(mail_with("x", "x"), "hub@id.acme.test")), never));
}

TEST_CASE("a mail server is named by host and port") {
  for (const char* text : {"127.0.0.1:25", "mail.acme.test:587", "[::1]:25", "localhost:2525"}) CHECK(open_smtp(text));
  for (const char* text : {"", ":25", "mail.acme.test", "mail.acme.test:0", "mail.acme.test:65536", "a b:25", "a/b:25",
                           "user@host:25", "host:25x", "http://host:25", "::1:25"}) {
    CAPTURE(text);
    CHECK(code_of(open_smtp(text)) == "invalid_request");
  }
}

TEST_CASE("mails go to a directory or to a server") {
  AccountHub hub;
  ServeOptions options;
  CHECK_FALSE(*mail_transport(options));
  options.mail_directory = hub.directory().file("mails");
  options.smtp = "127.0.0.1:25";
  CHECK(code_of(mail_transport(options)) == "invalid_request");
  options.smtp = std::nullopt;
  options.mail_from = "no address";
  CHECK(code_of(mail_transport(options)) == "invalid_request");
  options.mail_from = std::nullopt;
  options.mail_directory = hub.directory().file("hub.db");
  CHECK(code_of(mail_transport(options)) == "unwritable_file");
}

TEST_CASE("a directory gets a file of mode 0600 for each mail") {
  AccountHub hub;
  ServeOptions options;
  options.mail_directory = hub.directory().file("mails");
  Lines lines;
  const Log log(lines.sink(), false, true, hub.clock());
  send_one(hub);
  {
    const MailDelivery delivery(hub.hub(), must(mail_transport(options)), "hub@id.acme.test", false, log);
    REQUIRE(comes_true([&] { return hub.mails().front().delivered_at.has_value(); }));
  }
  const auto mode = [](const std::filesystem::path& path) { return std::filesystem::status(path).permissions(); };
  CHECK(mode(*options.mail_directory) == std::filesystem::perms::owner_all);
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*options.mail_directory)) {
    ++count;
    CHECK(entry.path().extension() == ".eml");
    CHECK(mode(entry.path()) == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    CHECK(has(must(read_file(entry.path())), "\r\n\r\nFirst line\r\n.\r\n.second\r\n"));
  }
  CHECK(count == 1);
  CHECK(has(lines.all(), "mail_delivered"));
  CHECK_FALSE(has(lines.all(), "jane"));
  CHECK(hub.mails().front().text.empty());
}

TEST_CASE("a mail that no server takes is tried again and given up after a day") {
  AccountHub hub;
  SmtpServer server("451 later");
  ServeOptions options;
  options.smtp = server.address();
  Lines lines;
  const Log log(lines.sink(), false, true, hub.clock());
  send_one(hub);
  const MailDelivery delivery(hub.hub(), must(mail_transport(options)), "hub@id.acme.test", false, log);
  REQUIRE(comes_true([&] { return has(lines.all(), "mail_delayed"); }));
  CHECK(hub.mails().front().failure);
  hub.clock().advance(Seconds(60));
  REQUIRE(comes_true([&] { return server.refused() == 2; }));
  hub.clock().advance(Seconds(25 * 3600));
  REQUIRE(comes_true([&] { return has(lines.all(), "mail_given_up"); }));
  CHECK(server.refused() == 2);
  CHECK_FALSE(has(lines.all(), "jane"));
}

TEST_CASE("DU-12 a silent mail server does not hold up the end") {
  AccountHub hub;
  SmtpServer server("", true);
  ServeOptions options;
  options.smtp = server.address();
  Lines lines;
  const Log log(lines.sink(), false, true, hub.clock());
  send_one(hub);
  const auto is_claimed = [&] {
    return hub.read([](core::View& view) -> Result<bool> { return must(core::due_mails(view, 1)).empty(); });
  };
  const auto begin = std::chrono::steady_clock::now();
  {
    const MailDelivery delivery(hub.hub(), must(mail_transport(options)), "hub@id.acme.test", false, log);
    REQUIRE(comes_true(is_claimed));
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(8));
}

}  // namespace hub::http
