#include "hub/base/file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "hub/base/codes.h"
#include "support/temporary_directory.h"

using namespace hub;
using hub::testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

void put(const std::string& path, const std::string& content, mode_t mode = 0600) {
  std::ofstream(path, std::ios::binary) << content;
  REQUIRE(::chmod(path.c_str(), mode) == 0);
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::size_t entries(const std::string& path) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), fs::directory_iterator()));
}

// A umask for one test.
class Mask {
 public:
  explicit Mask(mode_t mask) : before_(::umask(mask)) {}
  Mask(const Mask&) = delete;
  Mask& operator=(const Mask&) = delete;
  ~Mask() { ::umask(before_); }

 private:
  mode_t before_;
};

// The reading end of a pipe that holds `content`, as a path.
class Pipe {
 public:
  explicit Pipe(const std::string& content) {
    REQUIRE(::pipe(ends_.data()) == 0);
    REQUIRE(::write(ends_[1], content.data(), content.size()) == static_cast<ssize_t>(content.size()));
    ::close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() { ::close(ends_[0]); }

  int number() const { return ends_[0]; }
  std::string path() const { return "/dev/fd/" + std::to_string(ends_[0]); }

 private:
  std::array<int, 2> ends_{};
};

// Standard input comes from somewhere else for one test.
class StandardInput {
 public:
  explicit StandardInput(int from) : before_(::dup(STDIN_FILENO)) { ::dup2(from, STDIN_FILENO); }
  StandardInput(const StandardInput&) = delete;
  StandardInput& operator=(const StandardInput&) = delete;
  ~StandardInput() {
    ::dup2(before_, STDIN_FILENO);
    ::close(before_);
  }

 private:
  int before_;
};

// No file may grow beyond this for one test: writing stops half way, as on a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before_) == 0);
    const rlimit limit{bytes, before_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

}  // namespace

TEST_CASE("the temporary directory is private and goes with its content") {
  std::string path;
  {
    const TemporaryDirectory directory;
    path = directory.path();
    CHECK(mode_of(path) == 0700);
    put(directory.file("a"), "x");
    fs::create_directory(directory.file("b"));
  }
  CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a file is read whole up to the limit") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("data");
  for (const std::size_t size : {0UL, 1UL, 65'535UL, 65'536UL, 65'537UL, 200'000UL}) {
    CAPTURE(size);
    std::string content(size, 'x');
    if (size > 2) content[1] = '\0';
    put(path, content);
    const auto read = read_file(path);
    REQUIRE(read);
    CHECK((*read == content));
    CHECK(read_file(path, size));
    if (size == 0) continue;
    const auto more = read_file(path, size - 1);
    REQUIRE_FALSE(more);
    CHECK(more.error().code == codes::invalid_request);
  }
}

TEST_CASE("what cannot be read says so") {
  const TemporaryDirectory directory;
  fs::create_symlink(directory.file("loop"), directory.file("loop"));
  for (const std::string& path :
       {directory.file("missing"), directory.path(), std::string(), directory.file("loop"),
        directory.file("missing/below"), std::string("/dev/fd/987654"), std::string("/dev/null\0x", 11)}) {
    CAPTURE(path);
    const auto read = read_file(path);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == codes::unreadable_file);
    CHECK_FALSE(read_secret_file(path));
  }
  CHECK(read_file(directory.file("missing")).error().message ==
        directory.file("missing") + " cannot be read: No such file or directory.");
}

TEST_CASE("pipes and descriptors and standard input are read to their end") {
  const Pipe pipe("from a pipe\n");
  CHECK(*read_file(pipe.path()) == "from a pipe\n");
  const Pipe another("from another\n");
  const Pipe large(std::string(5000, 'x'));
  CHECK_FALSE(read_file(large.path(), 4999));
  const StandardInput input(another.number());
  CHECK(*read_file("-") == "from another\n");
  CHECK(*read_file("-") == "");  // still open
}

TEST_CASE("a secret file loses one line end") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("password");
  const std::pair<std::string, std::string> rows[] = {
      {"", ""},       {"s", "s"}, {"s\n", "s"}, {"s\r\n", "s"},   {"s\n\n", "s\n"},
      {"s\r", "s\r"}, {"\n", ""}, {"\r\n", ""}, {" s \n", " s "}, {"a\nb\n", "a\nb"},
  };
  for (const auto& row : rows) {
    const auto& content = row.first;
    const auto& secret = row.second;
    CAPTURE(content);
    put(path, content);
    const auto read = read_secret_file(path);
    REQUIRE(read);
    CHECK(read->reveal() == secret);
  }
  put(path, std::string(limits::secret_file_bytes, 'x'));
  CHECK(read_secret_file(path));
  put(path, std::string(limits::secret_file_bytes + 1, 'x'));
  REQUIRE_FALSE(read_secret_file(path));
  CHECK(read_secret_file(path).error().code == codes::invalid_request);
}

TEST_CASE("a secret file that others can use is refused") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("key");
  for (const mode_t mode : {0400U, 0600U, 0700U}) {
    CAPTURE(mode);
    put(path, "swordfish", mode);
    CHECK(read_secret_file(path));
    CHECK(::chmod(path.c_str(), 0600) == 0);
  }
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0601U, 0660U, 0644U, 0666U, 0777U}) {
    CAPTURE(mode);
    put(path, "swordfish", mode);
    const auto read = read_secret_file(path);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == codes::insecure_file);
    CHECK(read.error().hint == "run chmod 600 on it");
    CHECK(read.error().message.find("swordfish") == std::string::npos);
  }
  fs::create_symlink(path, directory.file("link"));
  CHECK(read_secret_file(directory.file("link")).error().code == codes::insecure_file);  // the file counts
}

TEST_CASE("a secret file of another user is refused" * doctest::skip(::geteuid() != 0)) {
  const TemporaryDirectory directory;
  const std::string path = directory.file("key");
  put(path, "swordfish");
  REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
  const auto read = read_secret_file(path);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == codes::insecure_file);
  CHECK(read_file(path));
}

TEST_CASE("secrets from pipes and descriptors are taken as they are") {
  const TemporaryDirectory directory;
  const Pipe pipe("swordfish\n");
  CHECK(read_secret_file(pipe.path())->reveal() == "swordfish");

  const std::string path = directory.file("open");
  put(path, "swordfish\r\n", 0644);
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(file >= 0);
  CHECK(read_secret_file("/dev/fd/" + std::to_string(file))->reveal() == "swordfish");
  {
    const StandardInput input(file);
    CHECK(read_secret_file("-")->reveal() == "swordfish");
  }
  ::close(file);
}

TEST_CASE("a new file is private and must be new") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("new");
  for (const mode_t mask : {0000U, 0022U, 0277U}) {
    CAPTURE(mask);
    const Mask umask(mask);
    REQUIRE(write_new_file(path, "first"));
    CHECK(mode_of(path) == 0600);
    CHECK(*read_file(path) == "first");
    const auto again = write_new_file(path, "second");
    REQUIRE_FALSE(again);
    CHECK(again.error().code == codes::exists);
    CHECK(*read_file(path) == "first");
    fs::remove(path);
  }
  const std::string large(300'000, 'x');
  REQUIRE(write_new_file(path, large));
  CHECK((*read_file(path) == large));
}

TEST_CASE("a new file is not written through a link or into nowhere") {
  const TemporaryDirectory directory;
  fs::create_symlink(directory.file("target"), directory.file("link"));
  CHECK(write_new_file(directory.file("link"), "x").error().code == codes::exists);
  CHECK_FALSE(fs::exists(directory.file("target")));
  const auto nowhere = write_new_file(directory.file("missing/new"), "x");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == codes::unwritable_file);
  CHECK(replace_file(directory.file("missing/new"), "x").error().code == codes::unwritable_file);
}

TEST_CASE("replacing changes the content in one step and keeps nothing else") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("key");
  const Mask umask(0022);
  REQUIRE(replace_file(path, "first"));
  CHECK(mode_of(path) == 0600);
  put(path, "wide", 0644);
  std::ifstream old(path);  // who has it open goes on reading the old one
  REQUIRE(replace_file(path, "second"));
  CHECK(mode_of(path) == 0600);
  CHECK(*read_file(path) == "second");
  std::string seen;
  old >> seen;
  CHECK(seen == "wide");
  CHECK(entries(directory.path()) == 1);

  fs::create_directory(directory.file("directory"));
  CHECK_FALSE(replace_file(directory.file("directory"), "x"));
  CHECK(entries(directory.path()) == 2);  // the temporary file is gone
}

TEST_CASE("replacing a link leaves what it points to") {
  const TemporaryDirectory directory;
  put(directory.file("target"), "untouched");
  fs::create_symlink(directory.file("target"), directory.file("link"));
  REQUIRE(replace_file(directory.file("link"), "new"));
  CHECK(*read_file(directory.file("target")) == "untouched");
  CHECK(*read_file(directory.file("link")) == "new");
  CHECK_FALSE(fs::is_symlink(directory.file("link")));
}

TEST_CASE("what cannot be written to its end leaves nothing behind") {
  const TemporaryDirectory directory;
  const std::string path = directory.file("key");
  REQUIRE(write_new_file(path, "before"));
  {
    const FileSizeLimit limit(1000);
    const std::string large(2000, 'x');
    CHECK(write_new_file(directory.file("new"), large).error().code == codes::unwritable_file);
    CHECK(replace_file(path, large).error().code == codes::unwritable_file);
  }
  CHECK(entries(directory.path()) == 1);
  CHECK(*read_file(path) == "before");
}

TEST_CASE("no descriptor stays open") {
  const TemporaryDirectory directory;
  const std::size_t before = entries("/proc/self/fd");
  for (int i = 0; i < 10; ++i) {
    REQUIRE(write_new_file(directory.file(std::to_string(i)), "x"));
    REQUIRE(replace_file(directory.file(std::to_string(i)), "y"));
    REQUIRE(read_file(directory.file(std::to_string(i))));
    REQUIRE_FALSE(read_file(directory.path()));
  }
  CHECK(entries("/proc/self/fd") == before);
}
