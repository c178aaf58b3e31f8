#pragma once
#include "route.h"

namespace hub::http {

Response openapi_document(Exchange& exchange);   // OpenAPI 3.1, as docs/openapi.json
Response readable_document(Exchange& exchange);  // the same as a page, without scripts and foreign hosts
Response document_style(Exchange& exchange);     // its style sheet

}  // namespace hub::http
