#pragma once
#include <string>
#include <string_view>

namespace hub::cli {

// Where output goes. After a failure nothing more is written; whoever produces rows looks at ok() to stop early.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void write(std::string_view text) = 0;
  virtual bool ok() const { return true; }
};

// Standard output with a buffer of its own, so that a command that fails early leaves nothing there.
class StandardOutput final : public Sink {
 public:
  void write(std::string_view text) override;
  bool ok() const override { return error_ == 0; }
  bool flush();                         // false if anything was not written
  void discard() { buffer_.clear(); }   // what was not flushed yet
  int error() const { return error_; }  // errno of the first failure, EPIPE when the reader went away

 private:
  std::string buffer_;
  int error_ = 0;
};

}  // namespace hub::cli
