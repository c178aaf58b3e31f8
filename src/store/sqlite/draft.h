#pragma once
#include <filesystem>
#include <string>

namespace hub::store::sqlite {

std::filesystem::path folder_of(const std::filesystem::path& path);

// A database under another name that gets its own when it is complete, so that nobody finds half of one. Made empty and
// 0600; what is left of it is removed in any case. All of it may throw StoreFault.
class Draft {
 public:
  explicit Draft(std::string path);
  ~Draft() { remove(); }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  const std::string& path() const { return path_; }
  void publish(const std::string& path);

 private:
  void remove() noexcept;

  std::string path_;
};

}  // namespace hub::store::sqlite
