#pragma once
// The layer `cli` turns argv into operations and their answers into text. It has no rules of its own: what may be done
// is decided in core, what a command is called and takes stands in the table of the layer `operations`.

namespace hub::cli {

// Runs one command and returns its exit status, as `hubctl help exit-codes` lists them. Expects SIGPIPE and SIGXFSZ to
// be ignored.
int run(int argc, char** argv);

}  // namespace hub::cli
