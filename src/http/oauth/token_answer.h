#pragma once
#include "hub/core/issue.h"
#include "route.h"

namespace hub::http {

// The answer that carries an issued token: zaikio-hub.md section 3.2 in the format the client accepts, or RFC 6749
// section 5.1.
Response token_answer(const Request& request, const core::Issued& issued, core::TokenStyle style);

// Counts an issued token by its grant; every route that issues one comes through here.
void note_issued(Exchange& exchange, std::string_view grant);

}  // namespace hub::http
