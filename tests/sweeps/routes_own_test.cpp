#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "route_try.h"

// That the sweep over the routes asks for something: everybody of alpha together can use every route on what is
// alpha's. And what they are shown then is alpha's alone (claims TN-01 and TN-02).
namespace hub::testing {
namespace {

constexpr std::string_view nothing_kept = "nothing of the kind is kept, so none is found";
constexpr std::string_view development = "only a hub for development has it";

constexpr Reasoned for_nobody[] = {
    {"GET /api/v1/organization/business_relationships/{id}", "", nothing_kept},
    {"GET /api/v1/organization/addons/{id}", "", nothing_kept},
    {"GET /api/v1/sites/{id}", "", nothing_kept},
    {"GET /api/v1/person/organizations/{org}/sites/{id}", "", nothing_kept},
    {"POST /id/sign-in", "", "the password is wrong, so that the answer is about the address"},
    {"POST /admin/v1/tokens/refresh", "",
     "the example leaves out the client's secret, which only a local operator may"},
    {"POST /id/account/password", "", "takes the password one has, and nobody here has one"},
    {"POST /id/organizations/{organization}/accept", "", "takes an open invitation, and nobody here has one"},
    {"POST /id/sign-in/as", "", development},
    {"GET /dev/mails", "", development},
    {"GET /dev/debugger", "", development},
    {"POST /dev/debugger", "", development},
};

bool works_for_somebody(RouteSweep& sweep, const http::Route& route) {
  for (const Try& one : tries_of(route)) {
    for (std::size_t way = 0; way < ways_to_name; ++way) {
      const Names names = spelled(route_plan().alpha, way);
      for (const Visitor& visitor : route_plan().visitors) {
        if (sweep.told(one, visitor, names).done) return true;
      }
      if (route.access.admin && sweep.told(one, route_plan().administrator, names).done) return true;
    }
  }
  return false;
}

// Names and ids of beta, but what is of gamma or of the whole hub and only told to beta.
std::set<std::string> marks_of_beta() {
  std::set<std::string> marks{"\"beta\"", "@beta.test", "beta_", "beta/", "/beta"};
  for (const auto& [placeholder, names] : route_plan().beta) {
    if (placeholder == "staged" || placeholder == "third_app" || placeholder == "asked_client") continue;
    for (const std::string& name : names) {
      if (name.size() > 8) marks.insert(name);
    }
  }
  return marks;
}

}  // namespace

TEST_CASE("every route works for somebody who names what is theirs") {
  RouteSweep sweep;
  for (const http::Route& route : http::all_routes()) {
    const std::string name = route_name(route);
    CAPTURE(name);
    if (is_alias(route) || has_reason(for_nobody, route, "")) continue;
    CHECK(works_for_somebody(sweep, route));
  }
}

TEST_CASE("over HTTP nothing that anybody of alpha is shown holds anything of beta") {
  RouteSweep sweep;
  const std::set<std::string> marks = marks_of_beta();
  REQUIRE(marks.size() > 60);
  for (const http::Route& route : http::all_routes()) {
    const bool is_catalogue = route.name == "scope list";  // the scopes of all apps are public
    if (route.method != http::Method::get || is_alias(route) || is_catalogue) continue;
    const std::string name = route_name(route);
    CAPTURE(name);
    std::vector<Try> tries = tries_of(route);
    if (tries.front().rest == nullptr && route.path.find('{') == std::string_view::npos) tries.push_back({&route});
    for (const Try& one : tries) {
      for (const Visitor& visitor : route_plan().visitors) {
        if (!may_try(one, visitor)) continue;
        CAPTURE(visitor.name);
        for (const std::size_t way : {std::size_t{0}, std::size_t{1}}) {
          const std::string words = sweep.told(one, visitor, spelled(route_plan().alpha, way)).words;
          for (const std::string& mark : marks) {
            if (words.find(mark) != std::string::npos) FAIL_CHECK(mark << " in " << words.substr(0, 600));
          }
        }
      }
    }
  }
}

}  // namespace hub::testing
