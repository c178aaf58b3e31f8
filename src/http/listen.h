#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/http/server.h"
#include "wire/wire.h"

namespace hub::http {

// "127.0.0.1:4000", "[::1]:0", "localhost:4000", ":4000" (loopback), "unix:/run/hubctl.sock"; invalid_request.
Result<wire::Listen> parse_listen(std::string_view text, Door door);
bool is_loopback(const wire::Listen& listen);

// All doors of the options; without one of its own the admin API is behind those that only this machine reaches, unless
// a proxy may stand before them.
// Nobody's secrets travel in the clear by mistake, and a development hub is for this machine alone (claim HT-08).
Result<std::vector<wire::Listen>> doors_of(const ServeOptions& options);

}  // namespace hub::http
