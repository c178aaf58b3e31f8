#include "pages.h"

namespace hub::http {

std::vector<Route> dev_page_routes() { return {}; }

}  // namespace hub::http
