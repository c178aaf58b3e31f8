#pragma once
#include <string>
#include <string_view>

#include "hub/base/result.h"
#include "wire/wire.h"

namespace hub::http {

// "127.0.0.1:4000", "[::1]:0", "localhost:4000", ":4000" (loopback), "unix:/run/hubctl.sock"; invalid_request.
Result<wire::Listen> parse_listen(std::string_view text, Door door);
bool is_loopback(const wire::Listen& listen);

}  // namespace hub::http
