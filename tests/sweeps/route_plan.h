#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/http/message.h"
#include "hub/http/server.h"
#include "route.h"
#include "services.h"
#include "world.h"

// A populated hub as seen over HTTP: who of alpha comes in by which door, and what beta has that they could name.
namespace hub::testing {

// What each placeholder stands for, in all the ways to name it: "org" is {"alpha", its id, its hash id}.
using Things = std::map<std::string, std::vector<std::string>>;
// One way for each; what has fewer ways stands in its last one.
Names spelled(const Things& things, std::size_t way);
const std::string& spelled(const Things& things, const std::string& placeholder, std::size_t way);
constexpr std::size_t ways_to_name = 4;

// A kind of principal, always of alpha.
struct Visitor {
  std::string name;
  std::string authorization = {};  // header; empty: none
  std::string session = {};        // cookies; empty: none
  std::string browser = {};
  std::string actor = {};  // whom an admin token acts for, on the routes that know it
};

struct RoutePlan : Blueprint {
  Things alpha, beta, gamma;
  Things nowhere;  // made in a copy of the hub that is gone: well-formed, signed by the right key, and unknown
  std::vector<Visitor> visitors;
  Visitor administrator;  // of nobody: sees and changes all, by contract, so no route hides anything from it
};
const RoutePlan& route_plan();

// A copy of the plan's hub behind the route table, without sockets.
class RouteWorld : public World {
 public:
  RouteWorld();

  http::Response send(const http::Request& request);
  http::Services& services() { return services_; }

 private:
  http::Services services_;
};

constexpr const char* sweep_issuer = "http://127.0.0.1:4000";

// What the visitor sends to a route: with their header or cookies and, where forms are posted, a good form token.
http::Request request_of(const Visitor& visitor, const http::Route& route, const std::string& target,
                         const std::string& body, Instant now);
std::string basic_authorization(const std::string& id, const std::string& secret);
const std::string* header_of(const http::Response& response, std::string_view name);

}  // namespace hub::testing
