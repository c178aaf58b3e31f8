#pragma once
#include "hub/base/json.h"

namespace hub::operations {

// The admin API as an OpenAPI 3.1 document, from the table alone: the same for every hub of this version.
Json openapi_of_table();

}  // namespace hub::operations
