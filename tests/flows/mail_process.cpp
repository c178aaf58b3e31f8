#include <doctest/doctest.h>

#include <filesystem>

#include "support/account_hub.h"
#include "support/server_process.h"
#include "support/smtp_server.h"

// A real server that delivers what is in its outbox.
namespace hub::testing {
namespace {

void ask_reset(AccountHub& hub) {
  must(core::request_reset(hub.hub(), AccountHub::visitor(), {.email = AccountHub::jane, .language = "en"}));
}

std::vector<std::string> files_of(const std::string& directory) {
  std::vector<std::string> out;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory, ignored)) {
    if (entry.path().extension() == ".eml") out.push_back(must(read_file(entry.path())));
  }
  return out;
}

template <class Condition>
bool comes_true(const Condition& condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

// The clock of the fixture is not that of the server, for which everything due in 2027 is still to come.
void set_to_now(AccountHub& hub) { hub.clock().set(SystemClock().now()); }

}  // namespace

TEST_CASE("a server puts each mail into the directory") {
  AccountHub hub;
  set_to_now(hub);
  ask_reset(hub);
  const std::string mails = hub.directory().file("mails");
  ServerProcess server(hub.hub().location().store_path, {"--mail-dir", mails, "--issuer", "https://id.acme.test"});
  REQUIRE(comes_true([&] { return files_of(mails).size() == 1; }));
  ask_reset(hub);  // while it serves
  REQUIRE(comes_true([&] { return files_of(mails).size() == 2; }));
  for (const std::string& file : files_of(mails)) {
    CHECK(file.find("From: hub@id.acme.test\r\n") != std::string::npos);
    CHECK(file.find("To: jane@acme.test\r\n") != std::string::npos);
    CHECK(file.find("/id/reset-password?link=hlk_") != std::string::npos);
  }
  const Ended ended = server.stop();
  CHECK(ended.status == 0);
  CHECK(ended.err.find("mail_delivered") != std::string::npos);
  CHECK(ended.err.find("mails_wait") == std::string::npos);
  CHECK(ended.err.find("hlk_") == std::string::npos);
  CHECK(ended.err.find("jane@") == std::string::npos);
}

TEST_CASE("a server hands mails to a mail server") {
  AccountHub hub;
  set_to_now(hub);
  ask_reset(hub);
  SmtpServer mail_server;
  ServerProcess server(hub.hub().location().store_path,
                       {"--smtp", mail_server.address(), "--mail-from", "accounts@acme.test"});
  const auto received = mail_server.received(1, 20'000);
  REQUIRE(received.size() == 1);
  CHECK(received.front().from.starts_with("MAIL FROM:<accounts@acme.test>"));
  CHECK(received.front().to.starts_with("RCPT TO:<jane@acme.test>"));
  CHECK(received.front().data.find("hlk_") != std::string::npos);
  CHECK(server.stop().status == 0);
}

TEST_CASE("a server without a way for mails says so once and keeps them") {
  AccountHub hub;
  set_to_now(hub);
  ask_reset(hub);
  ServerProcess server(hub.hub().location().store_path);
  const Ended ended = server.stop();
  const std::size_t first = ended.err.find("mails_wait");
  CHECK(first != std::string::npos);
  CHECK(ended.err.find("mails_wait", first + 1) == std::string::npos);
  CHECK_FALSE(hub.mails().front().delivered_at);
}

TEST_CASE("a server refuses ways for mails that cannot be") {
  AccountHub hub;
  const std::string store = hub.hub().location().store_path;
  const std::vector<std::vector<std::string>> refused{
      {"--smtp", "nowhere"},
      {"--smtp", "127.0.0.1:25", "--mail-dir", hub.directory().file("mails")},
      {"--mail-dir", store},
      {"--smtp", "127.0.0.1:25", "--mail-from", "no address"}};
  for (std::vector<std::string> flags : refused) {
    CAPTURE(flags[1]);
    flags.insert(flags.begin(), {"serve", "--store", store, "--listen", "127.0.0.1:0"});
    CHECK(run_hubctl(flags).status == 7);
  }
}

}  // namespace hub::testing
