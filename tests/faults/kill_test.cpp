#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <sstream>
#include <thread>

#include "hub/base/bytes.h"
#include "hub/base/json.h"
#include "hub/core/issue.h"
#include "hub/core/open.h"
#include "program.h"

// Processes are ended by force at any moment: what was acknowledged is there, and nothing is there by halves (claim
// DU-02).
namespace hub::testing {
namespace {

int kills() { return std::getenv("HUBCTL_TEST_LONG") != nullptr ? 200 : 20; }

// What was acknowledged, a line each: a word and a jti or a refresh token. Lines are whole since each is one write.
class Journal {
 public:
  explicit Journal(std::string path)
      : path_(std::move(path)), file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600)) {}
  ~Journal() { ::close(file_); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  void write(const std::string& word, const std::string& value) {
    const std::string line = word + ' ' + value + '\n';
    if (::write(file_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) ::_exit(3);
  }
  std::set<std::string> read(const std::string& word) const {
    std::set<std::string> values;
    std::ifstream lines(path_);
    for (std::string found, value; lines >> found >> value;) {
      if (found == word) values.insert(value);
    }
    return values;
  }

 private:
  std::string path_;
  int file_;
};

std::string jti_of(const std::string& access_token) {
  const std::size_t first = access_token.find('.'), second = access_token.rfind('.');
  Bytes claims;
  if (!decode_base64url(access_token.substr(first + 1, second - first - 1), claims)) return "";
  return (*parse_json(claims))["jti"];
}

// One client that types commands one after the other, until it is ended.
int type_commands(const CommandHub& hub, Journal& journal) {
  for (int turn = 0;; ++turn) {
    const Ran issued = hub.run(token_command());
    if (issued.status != 0) return 1;
    const Json first = *parse_json(issued.out);
    journal.write("issued", jti_of(first["access_token"]));
    const std::string spent = first["refresh_token"];
    const Ran refreshed = hub.run({"token", "refresh", "--token-file", "-", "-o", "json"}, spent + "\n");
    if (refreshed.status != 0) return 2;
    const std::string jti = jti_of((*parse_json(refreshed.out))["access_token"]);
    journal.write("issued", jti);
    journal.write("spent", spent);
    if (turn % 2 == 1) continue;
    if (hub.run({"token", "revoke", jti}).status != 0) return 4;
    journal.write("revoked", jti);
  }
}

// Eight threads that issue tokens on one hub, until they are ended.
int issue_in_threads(const CommandHub& hub, Journal& journal) {
  SystemClock clock;
  const auto random = core::system_random();
  const auto opened = core::open_hub({hub.store(), hub.store() + ".key"}, false, clock, *random);
  if (!opened) return 1;
  Call call;
  call.principal = Principal::local_operator("test");
  const core::IssueToken request{.app = "shop",
                                 .credential = {},
                                 .subject = "org:acme",
                                 .acting = {},
                                 .scopes = {"zaikio.organization.r"},
                                 .lifetime = {}};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (;;) {
        const Result<core::Issued> issued = core::issue_token(**opened, call, request);
        if (!issued) ::_exit(2);
        journal.write("issued", jti_of(issued->access_token->reveal()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  return 0;
}

// How long one command takes on this machine, so that kills come while several are at work.
int milliseconds_of_command(const CommandHub& hub) {
  const auto begin = std::chrono::steady_clock::now();
  hub.must(token_command());
  const auto took = std::chrono::steady_clock::now() - begin;
  return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()) + 1;
}

using Body = int (*)(const CommandHub&, Journal&);
// Runs `body` in a process group of its own and ends all of it after the time. It must not have ended by itself.
void kill_after(const CommandHub& hub, Journal& journal, Body body, int milliseconds) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::setpgid(0, 0);
    int status = 5;
    try {
      status = body(hub, journal);
    } catch (...) {  // it must not go on as a second copy of the test
    }
    ::_exit(status);
  }
  ::setpgid(child, child);
  ::poll(nullptr, 0, milliseconds);
  ::kill(-child, SIGKILL);
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK_MESSAGE(WIFSIGNALED(status), "it ended by itself with " << WEXITSTATUS(status));
}

std::set<std::string> in_store(const CommandHub& hub, const std::string& condition) {
  const std::vector<std::string> ids = hub.column("SELECT id FROM token WHERE " + condition);
  return {ids.begin(), ids.end()};
}

bool all_in(const std::set<std::string>& acknowledged, const std::set<std::string>& stored) {
  return std::ranges::includes(stored, acknowledged);
}

}  // namespace

TEST_CASE("whenever commands are killed what they acknowledged stays") {
  const CommandHub hub;
  Journal journal(hub.file("journal"));
  std::mt19937 random(20261122);
  std::uniform_int_distribution moment(5, 5 + 8 * milliseconds_of_command(hub));
  for (int kill = 0; kill < kills(); ++kill) {
    CAPTURE(kill);
    kill_after(hub, journal, type_commands, moment(random));
    CHECK(hub.column("PRAGMA integrity_check") == std::vector<std::string>{"ok"});
  }
  const std::set<std::string> issued = journal.read("issued"), revoked = journal.read("revoked");
  CHECK(issued.size() > 5);
  CHECK(all_in(issued, in_store(hub, "true")));
  CHECK(all_in(revoked, in_store(hub, "revoked_at IS NOT NULL")));
  for (const std::string& spent : journal.read("spent")) {
    CHECK(hub.run({"token", "refresh", "--token-file", "-", "-o", "json"}, spent + "\n").status == 7);
  }
  for (const std::string& jti : revoked) {
    const Json shown = *parse_json(hub.must({"token", "show", jti, "-o", "json"}).out);
    CHECK(shown["state"] == "revoked");
  }
  hub.check_sound();
  hub.must(token_command());
}

TEST_CASE("whenever a hub with eight threads is killed the tokens it issued stay") {
  const CommandHub hub;
  Journal journal(hub.file("journal"));
  std::mt19937 random(211);
  std::uniform_int_distribution moment(5, 5 + 4 * milliseconds_of_command(hub));
  for (int kill = 0; kill < kills(); ++kill) {
    CAPTURE(kill);
    kill_after(hub, journal, issue_in_threads, moment(random));
    CHECK(hub.column("PRAGMA integrity_check") == std::vector<std::string>{"ok"});
  }
  const std::set<std::string> issued = journal.read("issued");
  CHECK(issued.size() > 20);
  CHECK(all_in(issued, in_store(hub, "true")));
  hub.check_sound();
  hub.must(token_command());
}

}  // namespace hub::testing
