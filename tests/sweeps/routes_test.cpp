#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "hub/base/form.h"
#include "route_try.h"

// Over HTTP too nobody learns anything about another organization (claims TN-01 and TN-02): every route, by every kind
// of principal, in every place where a name can stand, answers for what another organization has as for what nobody
// has, after the same statements, and does the same to the rows.
namespace hub::testing {
namespace {

// Every name of the organization by its placeholder, so that texts about two of them can be compared.
std::string without(std::string text, const Things& things) {
  std::vector<std::pair<std::string, std::string>> longest_first;
  for (const auto& [placeholder, names] : things) {
    for (const std::string& name : names) {
      longest_first.emplace_back(placeholder, name);
      if (percent_encode(name) != name) longest_first.emplace_back(placeholder, percent_encode(name));
    }
  }
  std::ranges::stable_sort(longest_first, std::greater<>(), [](const auto& one) { return one.second.size(); });
  for (const auto& [placeholder, name] : longest_first) {
    for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += placeholder.size()) {
      text.replace(at, name.size(), placeholder);
    }
  }
  return text;
}
void check_same(const std::string& theirs, const std::string& missing) {
  if (theirs == missing) return;
  CHECK(without(theirs, route_plan().beta) == without(missing, route_plan().nowhere));
}

std::string lines(const std::vector<std::string>& statements) {
  std::string out;
  for (const std::string& one : statements) out += "  " + one + "\n";
  return out;
}

int compared = 0;

// Tries alpha's request with some names of beta's and with some that do not exist.
void check_alike(RouteSweep& sweep, const Try& one, const Visitor& visitor, std::size_t way,
                 const std::vector<std::string>& foreign) {
  const RoutePlan& plan = route_plan();
  Names about_beta, about_nothing;
  for (const std::string& each : one.names) {
    const bool is_foreign = std::ranges::find(foreign, each) != foreign.end();
    about_beta[each] = spelled(is_foreign ? plan.beta : plan.alpha, each, way);
    about_nothing[each] = spelled(is_foreign ? plan.nowhere : plan.alpha, each, way);
  }
  const Told missing = sweep.told(one, visitor, about_nothing), theirs = sweep.told(one, visitor, about_beta);
  ++compared;
  CAPTURE(visitor.name);
  CAPTURE(way);
  CAPTURE(one.sample.rest);
  CAPTURE(foreign.front());
  check_same(theirs.words, missing.words);
  const bool is_more_work = std::ranges::any_of(
      foreign, [&](const std::string& each) { return has_reason(names_with_more_work(), *one.route, each); });
  if (is_more_work) return;
  check_same(theirs.changes, missing.changes);
  if (theirs.statements == missing.statements) return;
  CHECK(lines(theirs.statements) == lines(missing.statements));
}

// The most ways there are to spell any of the names.
std::size_t ways_of(const std::vector<std::string>& names) {
  std::size_t most = 1;
  for (const std::string& each : names) most = std::max(most, route_plan().beta.at(each).size());
  return most;
}

void sweep_route(RouteSweep& sweep, const http::Route& route) {
  for (const Try& one : tries_of(route)) {
    std::vector<std::string> names = one.names;
    std::erase_if(names, [&](const std::string& each) { return has_reason(public_names(), route, each); });
    for (const Visitor& visitor : route_plan().visitors) {
      if (!may_try(one, visitor)) continue;
      for (const std::string& each : names) {
        for (std::size_t way = 0; way < ways_of({each}); ++way) check_alike(sweep, one, visitor, way, {each});
      }
      if (names.size() < 2) continue;
      for (std::size_t way = 0; way < ways_of(names); ++way) check_alike(sweep, one, visitor, way, names);
    }
  }
}

}  // namespace

TEST_CASE("every route says how it names things or why it does not") {
  for (const http::Route& route : http::all_routes()) {
    const std::string name = route_name(route);
    CAPTURE(name);
    if (route.operation != nullptr || !samples_of(route).empty()) continue;
    CHECK(names_nothing(route));
    CHECK(name.find('{') == std::string::npos);
  }
}

TEST_CASE("over HTTP what another organization has looks like what nobody has") {
  RouteSweep sweep;
  for (const http::Route& route : http::all_routes()) {
    const std::string name = route_name(route);
    CAPTURE(name);
    sweep_route(sweep, route);
  }
  CHECK(compared > 10'000);
  CHECK(sweep.is_as_built());
}

}  // namespace hub::testing
