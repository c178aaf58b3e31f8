#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "invocation.h"

namespace hub::cli {

// The fields that `token inspect` and `token verify` share: where the tokens come from.
operations::FieldInfo token_field();

// Standard input or --token-file, one token per line. One token is answered as an object, several as JSON lines.
class TokenLines {
 public:
  // Takes one token, fills the answer and gives its exit status.
  using Answer = std::function<Result<int>(std::string_view token, Json& answer)>;
  // Prints one answer; the default writes it in the chosen format.
  using Print = std::function<void(const Json& answer)>;

  explicit TokenLines(const Invocation& invocation) : invocation_(invocation) {}
  TokenLines(const TokenLines&) = delete;
  TokenLines& operator=(const TokenLines&) = delete;
  ~TokenLines();
  // The exit status: that of the one token, or of several the common one of those that are not 0, else 1. A token that
  // cannot be looked at fails alone when there are several.
  Result<int> each(const Answer& answer, const Print& print);

 private:
  Result<void> open();
  bool next(std::string& line);  // false at the end, or when reading failed
  void one(const std::string& token, const Answer& answer, const Print& print);
  void write_line(const Json& line);

  const Invocation& invocation_;
  int descriptor_ = 0;
  bool owned_ = false;
  Result<void> read_;
  std::string buffer_;
  std::size_t at_ = 0;
  int status_ = 0;
};

// A field of a command that is no operation.
operations::FieldInfo flag_field(std::string_view name, std::string_view description, operations::ValueKind kind);

}  // namespace hub::cli
