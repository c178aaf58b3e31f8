#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

#include "hub/cli/cli.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe and a full disk are answers of write(), claim L-15
  std::signal(SIGXFSZ, SIG_IGN);
  // No secret of this process ends up in a core file, nor is it readable through the debugger (claim CL-04).
  prctl(PR_SET_DUMPABLE, 0);
  const rlimit no_core{0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  return hub::cli::run(argc, argv);
}
