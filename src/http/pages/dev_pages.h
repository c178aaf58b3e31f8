#pragma once
#include "route.h"

// Pages of a development hub.
namespace hub::http {

Response mails_page(Exchange& exchange);
Response debugger_page(Exchange& exchange);
Response run_debugger(Exchange& exchange);

}  // namespace hub::http
