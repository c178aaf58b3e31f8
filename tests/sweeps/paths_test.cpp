#include <doctest/doctest.h>

#include "hub/base/text.h"
#include "route_try.h"

// A path is split before it is decoded, and a segment that would be another path, or no text, is refused at every route
// (claim TN-06).
namespace hub::testing {
namespace {

constexpr std::string_view bad_segments[] = {
    "a%2Fb", "%2f",    "..",        ".",      "%2e%2e", "%2E", "%2e.", "..%2F..",      "a%00", "%00",
    "%ff",   "%C0%AF", "%ED%A0%80", "%E2%82", "a%zz",   "a%2", "%",    "%F4%90%80%80", "",
};

http::Request at(const http::Route& route, std::string path) {
  return {.method = route.method,
          .path = std::move(path),
          .query = "",
          .headers = {},
          .body = "",
          .peer = "127.0.0.1",
          .id = "sweep",
          .door = route.admin_door ? http::Door::admin : http::Door::open};
}

// The path with what stands at `place` put instead of a segment, and something harmless in the placeholders.
std::string path_with(const http::Route& route, std::size_t place, std::string_view segment) {
  const std::vector<std::string_view> parts = split(route.path.substr(1), '/');
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    out += '/';
    out += i == place ? segment : parts[i].starts_with('{') ? std::string_view("x") : parts[i];
  }
  return out;
}

}  // namespace

TEST_CASE("TN-06 a bad segment at any place of any route is a bad request") {
  RouteSweep sweep;
  for (const http::Route& route : http::all_routes()) {
    const std::string name = route_name(route);
    CAPTURE(name);
    const std::size_t places = split(route.path.substr(1), '/').size();
    for (std::size_t place = 0; place < places; ++place) {
      for (const std::string_view segment : bad_segments) {
        if (segment.empty() && place + 1 == places) continue;  // a slash at the end is let go
        const std::string path = path_with(route, place, segment);
        CAPTURE(path);
        const Told told = sweep.told(at(route, path));
        CHECK(told.status == 400);
        CHECK(told.changes.empty());
        CHECK(told.statements.empty());
      }
    }
  }
}

TEST_CASE("TN-06 an escaped slash names nothing and a percent sign stays one") {
  RouteSweep sweep;
  const Visitor& own = visitor_named("an app by Basic with its own secret");
  const auto& alpha = route_plan().alpha;
  const auto asked = [&](const std::string& path) {
    http::Request request;
    request.method = http::Method::get;
    request.path = path;
    request.headers = {{"authorization", own.authorization}};
    return sweep.told(request).status;
  };
  const std::string id = alpha.at("tool").at(2);
  CHECK(asked("/applications/" + id) == 200);
  CHECK(asked("/applications%2F" + id) == 400);
  CHECK(asked("/applications/%25" + id) == 404);    // decoded once: a percent sign in a name
  CHECK(asked("/applications/%252F" + id) == 404);  // and never twice
  CHECK(asked("/%61pplications/" + id) == 200);     // an escape that was not needed
  CHECK(asked("/applications/" + id + "/../" + id) == 400);
}

}  // namespace hub::testing
