#include <csignal>

#include "hub/cli/cli.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe and a full disk are answers of write(), claim L-15
  std::signal(SIGXFSZ, SIG_IGN);
  return hub::cli::run(argc, argv);
}
