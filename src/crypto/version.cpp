#include "hub/crypto/version.h"

#include <openssl/crypto.h>

namespace hub::crypto {

std::string library_version() { return OpenSSL_version(OPENSSL_VERSION_STRING); }

}  // namespace hub::crypto
