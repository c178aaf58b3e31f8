#pragma once
#include <optional>
#include <string>

#include "hub/base/json.h"
#include "hub/base/secret.h"
#include "route.h"

// A secret that a form has made, shown once, on the page after it: the answer to a form is a redirect, so that going
// back or reloading makes no second one.
namespace hub::http {

// Leads to `path`, with the secret of `credential` (the object of an operation's answer) on the way. `about`: id of the
// thing whose page shows it.
Response show_secret_at(Exchange& exchange, const std::string& path, const std::string& about, const Json& credential);

// What is to be shown on the page about this thing, if anything; the browser forgets it with the answer.
std::optional<Secret> take_shown_secret(const Exchange& exchange, const std::string& about);
void forget_shown_secret(const Exchange& exchange, Response& response);

}  // namespace hub::http
