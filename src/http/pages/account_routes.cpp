#include "pages.h"

namespace hub::http {

std::vector<Route> account_page_routes() { return {}; }

}  // namespace hub::http
