#include "hub/base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "hub/base/codes.h"

namespace hub {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  int number() const { return number_; }
  // False if the system only now reports that an earlier write failed.
  bool close() {
    const int number = std::exchange(number_, -1);
    return number <= STDERR_FILENO || ::close(number) == 0 || errno == EINTR;
  }

 private:
  int number_;
};

std::string reason(int error) { return std::system_category().message(error); }

Error unreadable(const std::string& path, int error) {
  return {codes::unreadable_file, path + " cannot be read: " + reason(error) + "."};
}

Error unwritable(const std::string& path, int error) {
  if (error == EEXIST) return {codes::exists, path + " exists already.", "choose another name or remove the file"};
  if (error == ENOSPC || error == EDQUOT) {
    return {codes::disk_full, path + " cannot be written: the disk is full.", "free some space and try again"};
  }
  return {codes::unwritable_file, path + " cannot be written: " + reason(error) + "."};
}

bool is_descriptor(const std::string& path) {
  return path == "-" || path == "/dev/stdin" || path.rfind("/dev/fd/", 0) == 0;
}

Result<Descriptor> open_to_read(const std::string& path) {
  if (path == "-") return Descriptor(STDIN_FILENO);
  if (path.find('\0') != std::string::npos) return unreadable(path.substr(0, path.find('\0')), EINVAL);
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (file.number() < 0) return unreadable(path, errno);
  return file;
}

// Reads to the end straight into `content`; with its capacity reserved nothing is copied about.
Result<void> read_all(const Descriptor& file, const std::string& path, std::size_t most, std::string& content) {
  constexpr std::size_t step = 64 * 1024;
  for (;;) {
    const std::size_t filled = content.size();
    content.resize(filled + std::min(step, most + 1 - filled));
    const ssize_t count = ::read(file.number(), content.data() + filled, content.size() - filled);
    const int error = errno;
    content.resize(filled + (count > 0 ? static_cast<std::size_t>(count) : 0));
    if (count == 0) return {};
    if (count < 0 && error != EINTR) return unreadable(path, error);
    if (content.size() > most) {
      return Error{codes::invalid_request, path + " is larger than " + std::to_string(most) + " bytes."};
    }
  }
}

Result<void> check_private(const Descriptor& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) return unreadable(path, errno);
  if (!S_ISREG(status.st_mode)) return {};
  if (status.st_uid != ::geteuid() && status.st_uid != 0) {
    return Error{codes::insecure_file, path + " belongs to another user.", "copy it to a file of your own"};
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{codes::insecure_file, path + " can be used by others.", "run chmod 600 on it"};
  }
  return {};
}

// 0 or the error number.
int write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(file, content.data(), content.size());
    if (count < 0 && errno != EINTR) return errno;
    content.remove_prefix(count > 0 ? static_cast<std::size_t>(count) : 0);
  }
  return 0;
}

// Mode, content and durability of a file just created; 0 or the error number.
int fill_new_file(Descriptor& file, std::string_view content) {
  if (::fchmod(file.number(), S_IRUSR | S_IWUSR) != 0) return errno;  // whatever the umask took away
  if (const int error = write_all(file.number(), content); error != 0) return error;
  if (::fsync(file.number()) != 0) return errno;
  return file.close() ? 0 : errno;
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

int sync_directory_of(const std::string& path) {
  const Descriptor directory(::open(directory_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0) return errno;
  if (::fsync(directory.number()) == 0 || errno == EINVAL) return 0;  // EINVAL: this file system has no such thing
  return errno;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t most) {
  const auto file = open_to_read(path);
  if (!file) return file.error();
  std::string content;
  if (const auto done = read_all(*file, path, most, content); !done) return done.error();
  return content;
}

Result<Secret> read_secret_file(const std::string& path) {
  const auto file = open_to_read(path);
  if (!file) return file.error();
  if (!is_descriptor(path)) {
    if (const auto safe = check_private(*file, path); !safe) return safe.error();
  }
  std::string content;
  content.reserve(limits::secret_file_bytes + 1);
  const auto done = read_all(*file, path, limits::secret_file_bytes, content);
  if (content.ends_with('\n')) content.resize(content.size() - (content.ends_with("\r\n") ? 2 : 1));
  Secret secret(std::move(content));  // also when reading failed: what was read is wiped
  if (!done) return done.error();
  return secret;
}

Result<void> write_new_file(const std::string& path, std::string_view content) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (file.number() < 0) return unwritable(path, errno);
  int error = fill_new_file(file, content);
  if (error == 0) error = sync_directory_of(path);
  if (error == 0) return {};
  ::unlink(path.c_str());
  return unwritable(path, error);
}

Result<void> replace_file(const std::string& path, std::string_view content) {
  std::string temporary = path + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));  // exclusive, so never through a link
  if (file.number() < 0) return unwritable(path, errno);
  int error = fill_new_file(file, content);
  if (error == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(temporary.c_str());
    return unwritable(path, error);
  }
  if (error = sync_directory_of(path); error != 0) return unwritable(path, error);
  return {};
}

}  // namespace hub
