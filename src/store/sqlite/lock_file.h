#pragma once
#include <string>

#include "patience.h"

namespace hub::store::sqlite {

// The file next to the store that keeps checkpoints and writing transactions of all processes apart (rule L-12). SQLite
// does not know it, so it may be opened and closed at will.
class LockFile {
 public:
  enum class Mode { shared, exclusive };
  class Hold {
   public:
    explicit Hold(int descriptor = -1) : descriptor_(descriptor) {}
    Hold(Hold&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    Hold& operator=(Hold&&) = delete;
    ~Hold();
    explicit operator bool() const { return descriptor_ >= 0; }

   private:
    int descriptor_;
  };

  // Makes the file if it is not there, 0600 and owned by whoever owns `owner_path` if that exists. StoreFault.
  LockFile(const std::string& path, const std::string& owner_path);
  ~LockFile();
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

  Hold try_hold(Mode mode);                        // false if another process is in the way
  Hold hold(Mode mode, const Patience& patience);  // waits; store_busy when the patience is over

 private:
  int descriptor_;
};

}  // namespace hub::store::sqlite
