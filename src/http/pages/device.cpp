#include "pages.h"

namespace hub::http {

std::vector<Route> device_page_routes() { return {}; }

}  // namespace hub::http
