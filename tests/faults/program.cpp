#include "program.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "hub/core/open.h"
#include "hub/store/event.h"

namespace hub::testing {
namespace {

int memory_file(const std::string& content) {
  const int descriptor = ::memfd_create("hubctl-test", MFD_CLOEXEC);
  if (descriptor < 0 || ::write(descriptor, content.data(), content.size()) != static_cast<ssize_t>(content.size())) {
    throw std::system_error(errno, std::generic_category(), "memfd");
  }
  ::lseek(descriptor, 0, SEEK_SET);
  return descriptor;
}

std::string content_of(int descriptor) {
  std::string content(static_cast<std::size_t>(std::max<off_t>(::lseek(descriptor, 0, SEEK_END), 0)), '\0');
  ::lseek(descriptor, 0, SEEK_SET);
  REQUIRE(::read(descriptor, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
  ::close(descriptor);
  return content;
}

}  // namespace

Program::Program(const std::vector<std::string>& arguments, const std::string& input, int starting_line)
    : out_(memory_file("")), err_(memory_file("")) {
  const int in = memory_file(input);
  std::vector<char*> argv{const_cast<char*>(HUBCTL_BINARY)};  // exec takes them as they are and changes none
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  process_ = ::fork();
  if (process_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process_ == 0) {
    ::dup2(in, 0);
    ::dup2(out_, 1);
    ::dup2(err_, 2);
    char octet = 0;
    if (starting_line >= 0 && ::read(starting_line, &octet, 1) != 1) ::_exit(126);
    ::execv(HUBCTL_BINARY, argv.data());
    ::_exit(127);
  }
  ::close(in);
}

Program::Program(Program&& other) noexcept
    : process_(std::exchange(other.process_, 0)),
      out_(std::exchange(other.out_, -1)),
      err_(std::exchange(other.err_, -1)) {}

Program::~Program() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  for (const int descriptor : {out_, err_}) {
    if (descriptor >= 0) ::close(descriptor);
  }
}

Ran Program::wait() {
  int status = 0;
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = 0;
  Ran ran{.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
          .out = content_of(std::exchange(out_, -1)),
          .err = content_of(std::exchange(err_, -1))};
  return ran;
}

std::vector<Ran> race(const std::vector<std::vector<std::string>>& commands, const std::string& input) {
  int line[2];
  REQUIRE(::pipe2(line, O_CLOEXEC) == 0);
  std::vector<Program> programs;
  programs.reserve(commands.size());
  for (const auto& command : commands) {
    programs.emplace_back(command, input, line[0]);
  }
  const std::string octets(commands.size(), 'x');
  REQUIRE(::write(line[1], octets.data(), octets.size()) == static_cast<ssize_t>(octets.size()));
  ::close(line[0]);
  ::close(line[1]);
  std::vector<Ran> all;
  for (Program& program : programs) all.push_back(program.wait());
  return all;
}

CommandHub::CommandHub() {
  must({"init"});
  must({"org", "create", "acme"});
  must({"org", "create", "north"});
  must({"app", "create", "shop", "--owner", "acme"});
  must({"credential", "create", "--app", "shop", "--name", "main", "--secret-out", file("secret")});
  must({"scope", "desired", "add", "shop", "zaikio.organization.r"});
  must({"connection", "install", "--app", "shop", "--for", "org:acme", "--desired"});
}

std::vector<std::string> CommandHub::command(std::vector<std::string> words) const {
  words.insert(words.end(), {"--store", store()});
  return words;
}

Ran CommandHub::run(const std::vector<std::string>& words, const std::string& input) const {
  return Program(command(words), input).wait();
}

Ran CommandHub::must(const std::vector<std::string>& words, const std::string& input) const {
  Ran ran = run(words, input);
  REQUIRE_MESSAGE(ran.status == 0, ran.err);
  return ran;
}

std::vector<std::string> CommandHub::column(const std::string& sql) const {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open_v2(store().c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
  sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  sqlite3_busy_timeout(database, 10'000);  // a command that is being killed may hold the file a moment longer
  sqlite3_stmt* statement = nullptr;
  REQUIRE_MESSAGE(sqlite3_prepare_v2(database, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
                  sqlite3_errmsg(database));
  std::vector<std::string> values;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    values.emplace_back(text == nullptr ? "" : text);
  }
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return values;
}

void CommandHub::check_sound() const {
  CHECK(column("PRAGMA integrity_check") == std::vector<std::string>{"ok"});
  CHECK(column("PRAGMA foreign_key_check").empty());
  // A spent refresh token has one successor, and an unspent one none.
  CHECK(column("SELECT family_id FROM token GROUP BY family_id "
               "HAVING count(*) <> 1 + sum(refresh_used_at IS NOT NULL)")
            .empty());
  SystemClock clock;
  const auto random = core::system_random();
  const auto hub = core::open_hub({store(), store() + ".key"}, true, clock, *random);
  REQUIRE(hub.has_value());
  std::string previous;
  std::int64_t sequence = 0;
  const Result<void> read = (*hub)->read({}, [&](core::View& view) -> Result<void> {
    store::each_audit_row(view.db(), view.tenant(), [&](const AuditRow& row) {
      CHECK(row.sequence == ++sequence);
      CHECK(row.hash == store::audit_hash(row, previous));
      previous = row.hash;
      return true;
    });
    return {};
  });
  CHECK(read.has_value());
}

}  // namespace hub::testing
