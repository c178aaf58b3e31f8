#pragma once
#include "hub/base/error.h"
#include "hub/http/message.h"

namespace hub::http {

// Where nobody knows yet whose browser it is.
Response refuse_as_page(const Request& request, int status, const Error& error);

}  // namespace hub::http
