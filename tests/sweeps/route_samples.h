#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "route.h"

// How each route names things: what stands in its path, its query and its body. Every route has a line here, or a
// reason in the table of those that name nothing. A new route without either fails the sweep.
namespace hub::testing {

struct RouteSample {
  std::string_view route;        // "PATCH /profiles/{id}"
  std::string_view places = "";  // what stands in the path's placeholders, in order: "org member"
  std::string_view rest = "";    // "?" and the query, else the body: a form, or JSON; "<member>" stands for a name
  bool costly = false;           // a password is compared, so few try it
};
std::span<const RouteSample> nexus_samples();
std::span<const RouteSample> hub_samples();
std::span<const RouteSample> oauth_samples();
std::span<const RouteSample> page_samples();
std::span<const RouteSample> portal_samples();

struct Reasoned {
  std::string_view route;
  std::string_view placeholder;  // "": the route names nothing at all
  std::string_view reason;
};
// What is public, or whose name is the right to it: these may differ from what does not exist.
std::span<const Reasoned> public_names();
// What answers alike, but after other statements or with other rows.
std::span<const Reasoned> names_with_more_work();

bool names_nothing(const http::Route& route);  // for a reason that is written down

std::string route_name(const http::Route& route);  // "GET /keys"
bool is_alias(const http::Route& route);           // of one that stands before it
// The samples of a route; those of an alias are the ones of the route it is an alias of. Admin routes have none: what
// they take is the example of their operation.
std::vector<RouteSample> samples_of(const http::Route& route);
bool has_reason(std::span<const Reasoned> reasons, const http::Route& route, std::string_view placeholder);

// The names that a sample asks for, each once.
std::vector<std::string> names_in(const RouteSample& sample);

}  // namespace hub::testing
