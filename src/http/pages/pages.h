#pragma once
#include <vector>

#include "route.h"

// The families of pages, each in the files of its own.
namespace hub::http {

// For anybody; for whoever is signed in: others are asked to sign in first.
Route open_page(Method method, std::string_view path, Handler handler, std::string_view name);
Route own_page(Method method, std::string_view path, Handler handler, std::string_view name);

std::vector<Route> account_page_routes();
std::vector<Route> consent_page_routes();
std::vector<Route> device_page_routes();
std::vector<Route> portal_page_routes();
std::vector<Route> dev_page_routes();

}  // namespace hub::http
