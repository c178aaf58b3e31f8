#include "openssl.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include <cstdio>
#include <cstdlib>

namespace hub::crypto {

namespace {

// Before anything else of the library runs: its configuration file is not read, as parsing it costs a command about a
// millisecond and which algorithms hubctl uses is not for a file or a variable of the environment to say; and nothing
// is taken apart at the end of the process, which has other threads then.
const bool is_ready = OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, nullptr) == 1;

}  // namespace

void must(bool done) {
  if (done && is_ready) return;
  std::fputs("hubctl: the cryptographic library failed; stopping\n", stderr);
  std::abort();
}

void forget_failures() { ERR_clear_error(); }

Error refused(Error error) {
  forget_failures();
  return error;
}

}  // namespace hub::crypto
