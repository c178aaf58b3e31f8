#include <nlohmann/json.hpp>

#include "hub/http/server.h"
#include "route.h"

namespace hub::http {
namespace {

std::vector<Route> collect() {
  std::vector<Route> all;
  for (const auto& family :
       {oauth_routes(), hub_api_routes(), nexus_api_routes(), admin_routes(), health_routes(), page_routes()}) {
    all.insert(all.end(), family.begin(), family.end());
  }
  return all;
}

Json access_as_json(const Access& access) {
  Json who = Json::array();
  if (access.anyone) who.push_back("anyone");
  if (access.self) who.push_back("client");
  if (access.client) who.push_back(access.own_key_only ? "client with its own key" : "client");
  if (access.organization) who.push_back("organization");
  if (access.person) who.push_back("person");
  if (access.profile) who.push_back("profile");
  if (access.admin) who.push_back("admin");
  if (access.session) who.push_back("session");
  return who;
}

Json route_as_json(const Route& route) {
  Json out = Json::object();
  out["method"] = std::string(name(route.method));
  out["path"] = std::string(route.path);
  out["name"] = std::string(route.name);
  out["dialect"] = std::string(route.dialect == nullptr ? "" : route.dialect->name);
  out["access"] = access_as_json(route.access);
  out["scope"] = std::string(route.access.scope);
  out["role"] = std::string(route.access.role);
  out["json_suffix"] = route.json_suffix;
  out["cross_origin"] = route.cross_origin;
  out["door"] = route.admin_door ? "admin" : "open";
  return out;
}

}  // namespace

const std::vector<Route>& all_routes() {
  static const std::vector<Route> routes = collect();
  return routes;
}

Json routes_as_json() {
  Json out = Json::array();
  for (const Route& route : all_routes()) out.push_back(route_as_json(route));
  return out;
}

}  // namespace hub::http
