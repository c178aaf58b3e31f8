#include "pages.h"

namespace hub::http {

std::vector<Route> consent_page_routes() { return {}; }

}  // namespace hub::http
