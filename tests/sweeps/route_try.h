#pragma once
#include "hub/operations/rest.h"
#include "route_plan.h"
#include "route_samples.h"

namespace hub::testing {

// One way to use a route: a sample of it or, of an admin route, the example of its operation.
struct Try {
  const http::Route* route = nullptr;
  RouteSample sample = {};
  const operations::RestRoute* rest = nullptr;  // of admin routes
  std::vector<std::string> names = {};          // the placeholders, each once
};
std::vector<Try> tries_of(const http::Route& route);
http::Request request_of(const Try& one, const Visitor& visitor, const Names& names, Instant now);
// All but those who could not tell this kind of route from another.
bool may_try(const Try& one, const Visitor& visitor);

// Whether the answer lets the visitor do it: no refusal, and no way to the page to sign in.
bool is_done(const http::Response& response);
std::string in_words(const http::Response& response);

// What a request said and did.
struct Told {
  int status = 0;
  std::string words, changes;
  std::vector<std::string> statements;
  bool done = false;
};

// A hub that is put back after each request, so that each finds the same rows and the same randomness.
class RouteSweep {
 public:
  RouteSweep();

  Told told(const http::Request& request);
  Told told(const Try& one, const Visitor& visitor, const Names& names) {
    return told(request_of(one, visitor, names, world_.clock().now()));
  }
  RouteWorld& world() { return world_; }
  bool is_as_built() { return *world_.dump() == *pristine_; }

 private:
  RouteWorld world_;
  Dump pristine_;
};
const Visitor& visitor_named(const std::string& name);

}  // namespace hub::testing
