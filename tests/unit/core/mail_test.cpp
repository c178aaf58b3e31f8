#include "hub/core/mail.h"

#include <doctest/doctest.h>

#include "hub/domain/lifetimes.h"
#include "hub/store/mail.h"
#include "support/account_hub.h"

namespace hub::core {
namespace {

using testing::AccountHub;
using testing::code_of;

void send(AccountHub& hub, const std::string& text = "the text\n") {
  hub.clock().advance(std::chrono::milliseconds(1));
  hub.write([&](Work& work) { return send_mail(work, "test", AccountHub::jane, "A subject", text); });
}

std::vector<Mail> due(AccountHub& hub, std::size_t most = 100) {
  return hub.read([&](View& view) { return due_mails(view, most); });
}

Delivery note(AccountHub& hub, const MailId& mail, std::optional<std::string> failure = std::nullopt,
              bool keep_text = false) {
  return hub.write([&](Work& work) { return note_delivery(work, mail, failure, keep_text); });
}

bool claim(AccountHub& hub, const MailId& mail) {
  return hub.write([&](Work& work) { return claim_mail(work, mail); });
}

}  // namespace

TEST_CASE("a mail is in the outbox with the change it tells of") {
  AccountHub hub;
  const Result<void> failed = hub.hub().write(AccountHub::visitor(), [&](Work& work) -> Result<void> {
    if (Result<void> sent = send_mail(work, "test", AccountHub::jane, "Never", "never"); !sent) return sent;
    return Error{codes::wrong_state, "The change did not come to be."};
  });
  CHECK_FALSE(failed);
  CHECK(hub.mails().empty());
  send(hub);
  REQUIRE(due(hub).size() == 1);
  CHECK(due(hub).front().recipient == AccountHub::jane);
  CHECK(due(hub).front().subject == "A subject");
  CHECK(due(hub).front().text == "the text\n");
}

TEST_CASE("the text of a mail is sealed and opens in its own row only") {
  AccountHub hub;
  send(hub, "secret of the first\n");
  send(hub, "secret of the second\n");
  for (const char* file : {"hub.db", "hub.db-wal"}) {
    const auto bytes = read_file(hub.directory().file(file));
    if (bytes) CHECK(bytes->find("secret of the") == std::string::npos);
  }
  const auto mails = hub.mails();
  hub.write([&](Work& work) -> Result<void> {
    auto first = *store::find_mail(work.db(), mails[1].id);
    first.text_sealed = store::find_mail(work.db(), mails[0].id)->text_sealed;
    store::update_mail(work.db(), first);
    return {};
  });
  REQUIRE(due(hub).size() == 2);
  CHECK(due(hub)[0].text.empty());
  CHECK(due(hub)[1].text == "secret of the second\n");
}

TEST_CASE("no mail goes to what is no address") {
  AccountHub hub;
  const auto sent = hub.hub().write(AccountHub::visitor(), [](Work& work) {
    return send_mail(work, "test", "jane@acme.test\r\nBcc: all@acme.test", "A subject", "text");
  });
  CHECK(code_of(sent) == "invalid_request");
}

TEST_CASE("a delivered mail is not due and its text is forgotten") {
  AccountHub hub;
  send(hub);
  CHECK(note(hub, due(hub).front().id) == Delivery::delivered);
  CHECK(due(hub).empty());
  CHECK(hub.mails().front().text.empty());
  CHECK(hub.mails().front().delivered_at == hub.clock().now());
  send(hub);
  note(hub, due(hub).front().id, std::nullopt, true);
  CHECK(hub.mails().front().text == "the text\n");
}

TEST_CASE("a mail is sent by one server at a time") {
  AccountHub hub;
  send(hub);
  const MailId id = due(hub).front().id;
  CHECK(claim(hub, id));
  CHECK_FALSE(claim(hub, id));
  CHECK(due(hub).empty());
  hub.clock().advance(Seconds(5 * 60));  // that one has gone
  CHECK(claim(hub, id));
}

TEST_CASE("a failed mail is tried again with growing pauses and given up after a day") {
  AccountHub hub;
  send(hub);
  const Instant sent_at = hub.clock().now();
  const MailId id = due(hub).front().id;
  int attempts = 0;
  Seconds last_pause{0};
  for (;;) {
    ++attempts;
    REQUIRE(attempts < 100);
    if (note(hub, id, "The server is away.") == Delivery::given_up) break;
    Seconds pause{0};
    while (due(hub).empty()) {
      hub.clock().advance(Seconds(30));
      pause += Seconds(30);
      REQUIRE(pause <= Seconds(3600));
    }
    CHECK(pause >= last_pause);
    last_pause = pause;
  }
  CHECK(attempts > 10);
  CHECK(hub.clock().now() - sent_at >= lifetimes::mail);
  CHECK(due(hub).empty());
  CHECK(hub.mails().front().failure == "The server is away.");
  CHECK(hub.mails().front().text.empty());
}

TEST_CASE("the oldest mails are due first and the newest are shown first") {
  AccountHub hub;
  for (const char* text : {"one", "two", "three"}) send(hub, text);
  REQUIRE(due(hub, 2).size() == 2);
  CHECK(due(hub, 2)[0].text == "one");
  CHECK(due(hub, 2)[1].text == "two");
  CHECK(hub.mails().front().text == "three");
}

}  // namespace hub::core
