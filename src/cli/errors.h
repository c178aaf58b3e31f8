#pragma once
#include <string>

#include "hub/base/json.h"
#include "hub/base/result.h"

namespace hub::cli {

// {"code","message","hint","exit"} of cli.md section 3; the hint only if there is one.
Json error_json(const Error& error);

// What a failure leaves on standard error: one line of JSON, or "hubctl: ..." and "hint: ..." for people.
std::string error_text(const Error& error, bool as_json, bool color);

Error usage_error(std::string message, std::string hint = {});

}  // namespace hub::cli
