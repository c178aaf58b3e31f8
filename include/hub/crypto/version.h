#pragma once
#include <string>

namespace hub::crypto {

std::string library_version();  // of the OpenSSL that is linked, "3.0.17"

}  // namespace hub::crypto
