#include "openssl.h"

#include <openssl/err.h>

#include <cstdio>
#include <cstdlib>

namespace hub::crypto {

void must(bool done) {
  if (done) return;
  std::fputs("hubctl: the cryptographic library failed; stopping\n", stderr);
  std::abort();
}

void forget_failures() { ERR_clear_error(); }

Error refused(Error error) {
  forget_failures();
  return error;
}

}  // namespace hub::crypto
