#pragma once
#include <vector>

#include "route.h"

// The families of pages, each in the files of its own.
namespace hub::http {

std::vector<Route> account_page_routes();
std::vector<Route> consent_page_routes();
std::vector<Route> device_page_routes();
std::vector<Route> dev_page_routes();

}  // namespace hub::http
