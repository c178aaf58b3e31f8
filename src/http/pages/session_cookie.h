#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/secret.h"
#include "hub/http/message.h"

// The cookies of a browser (claim WB-01): the session, what outlives it, and a new secret on its way to the page that
// shows it.
namespace hub::http {

enum class Cookie { session, browser, shown_once };

// The value of our cookie; none when it is missing, there twice or not of the shape that this hub makes.
std::optional<Secret> read_cookie(const Request& request, std::string_view issuer, Cookie cookie);
// Set-Cookie that keeps the value until the browser is closed (one that is shown once, for two minutes), or forgets it.
std::string kept_cookie(std::string_view issuer, Cookie cookie, const Secret& value);
std::string forgotten_cookie(std::string_view issuer, Cookie cookie);

}  // namespace hub::http
