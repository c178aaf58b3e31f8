#pragma once
#include <sys/types.h>

#include <string>

#include "cli/shell.h"

namespace hub::testing {

// A hub in the store of a shell, served by the real binary on a free port. The commands of the shell act on it over
// HTTP while this object lives, as the operator whose token is called `user`.
class ServedHub {
 public:
  ServedHub(Shell& shell, const std::string& binary, const std::string& user);
  ServedHub(const ServedHub&) = delete;
  ServedHub& operator=(const ServedHub&) = delete;
  ~ServedHub();

 private:
  pid_t process_ = 0;
};

// A command of a transcript as it is run against a served hub, which is made already.
std::string without_init(std::string command);

}  // namespace hub::testing
