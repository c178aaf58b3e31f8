#pragma once
#include "route.h"

namespace hub::http {

Response authorize(Exchange& exchange);              // zaikio-hub.md section 3.1, nexus211.md section 4.1
Response hub_token(Exchange& exchange);              // zaikio-hub.md section 3.2
Response standard_token(Exchange& exchange);         // RFC 6749 section 3.2
Response start_hub_device(Exchange& exchange);       // zaikio-hub.md section 3.6
Response start_standard_device(Exchange& exchange);  // RFC 8628 section 3.1
Response delegate(Exchange& exchange);               // zaikio-hub.md section 3.7
Response nexus_token(Exchange& exchange);            // nexus211.md section 4.2
Response service_account_token(Exchange& exchange);  // nexus211.md section 4.3
Response revoke(Exchange& exchange);                 // nexus211.md section 9.4, RFC 7009
Response introspect(Exchange& exchange);             // RFC 7662
Response userinfo(Exchange& exchange);               // OpenID Connect Core 1.0 section 5.3
Response key_set(Exchange& exchange);                // RFC 7517 section 5, zaikio-hub.md section 4.2
Response server_metadata(Exchange& exchange);        // RFC 8414 and OpenID Connect Discovery 1.0

}  // namespace hub::http
