#pragma once
#include <string>
#include <vector>

#include "hub/base/json.h"
#include "options.h"

namespace hub::cli {

// What becomes of the secrets in an answer. They are shown once, so a command that would lose one, or put many on a
// terminal, is refused before anything happens (cli.md section 2, claim CL-02).
class SecretOutput {
 public:
  // `request` is the body of the request; in a batch answers are JSON lines, which carry everything.
  SecretOutput(const AnswerShape& shape, const Options& options, const Surroundings& around)
      : shape_(shape), options_(options), around_(around) {}

  // `usage` if the secret would be lost or the file of --secret-out cannot be made.
  Result<void> check(const Json& request, bool is_batch) const;

  // Takes the secrets out of an answer or row when they go into a file or were made by a dry run. Of a token response
  // the file gets the access token.
  void take(Json& answer);

  // Writes what take() collected; called after the change is durable.
  Result<void> write() const;

  // What to tell a person about a secret that was shown, or a token that was not; "" if there is nothing to say.
  std::string notice(const Json& answer) const;

 private:
  bool shows_secret() const;

  const AnswerShape& shape_;
  const Options& options_;
  const Surroundings& around_;
  std::vector<std::string> taken_;
};

}  // namespace hub::cli
