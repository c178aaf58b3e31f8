#include <doctest/doctest.h>

#include "route_try.h"

// What another organization has is in nobody's way, and no count tells of it (claim TN-02).
namespace hub::testing {
namespace {

class Neighbours : public RouteWorld {
 public:
  http::Response asked(const std::string& visitor, http::Method method, std::string_view path,
                       const std::string& target, const std::string& body = "") {
    const auto& all = http::all_routes();
    const auto route =
        std::ranges::find_if(all, [&](const http::Route& one) { return one.method == method && one.path == path; });
    REQUIRE_MESSAGE(route != all.end(), path);
    clock().advance(std::chrono::milliseconds(1));
    return send(request_of(visitor_named(visitor), *route, target, body, clock().now()));
  }
  http::Response posted(const std::string& visitor, const std::string& path, const Json& body) {
    return asked(visitor, http::Method::post, path, path, to_line(body));
  }
  http::Response got(const std::string& visitor, const std::string& path, const std::string& query = "") {
    return asked(visitor, http::Method::get, path, path + query);
  }
  std::string count(const std::string& from) { return column("SELECT count(*) FROM " + from).front(); }
  std::string total(const http::Response& response, std::string_view header = "X-Total-Count") {
    const std::string* const value = header_of(response, header);
    return value == nullptr ? "none" : *value;
  }
};

const std::string owner = "a profile, owner", third = "an app by Basic with a third party's secret",
                  own = "an app by Basic with its own secret";

}  // namespace

TEST_CASE("TN-02 a name or an address that another organization has is nobody's obstacle") {
  Neighbours hub;
  const auto& beta = route_plan().beta;
  CHECK(hub.posted(owner, "/organizations", {{"name", "beta"}}).status == 201);
  CHECK(hub.posted(owner, "/applications", {{"name", "beta_inner"}}).status == 201);
  for (const char* who : {"owner_email", "guest_email", "address"}) {
    CHECK(hub.posted(owner, "/profiles", {{"email", beta.at(who).front()}}).status == 201);
    const http::Response again = hub.posted(owner, "/profiles", {{"email", beta.at(who).front()}});
    CHECK(again.status == 409);  // a profile of one's own has it by now
    CHECK(again.body.find("beta") == std::string::npos);
  }
  CHECK(hub.count("organization WHERE name = 'beta'") == "2");
}

TEST_CASE("TN-02 an invitation says nothing of whether there is an account") {
  Neighbours hub;
  const std::string route = "/api/v1/person/organizations/{org}/membership_invitations";
  const std::string target =
      "/api/v1/person/organizations/" + route_plan().alpha.at("org").at(1) + "/membership_invitations";
  const auto invited = [&](const std::string& email) {
    const Json body{{"membership_invitation", {{"email", email}, {"roles", {"member"}}}}};
    const http::Response response =
        hub.asked("a token of a person, owner", http::Method::post, route, target, to_line(body));
    Json answer = *parse_json(response.body);
    for (const char* name : {"id", "email", "full_name", "created_at", "updated_at", "expires_at"}) answer.erase(name);
    return std::to_string(response.status) + " " + to_line(answer);
  };
  const std::string unknown = invited("nobody@new.test");
  CHECK(unknown.starts_with("200 "));
  CHECK(invited(route_plan().beta.at("owner_email").front()) == unknown);
  CHECK(invited(route_plan().beta.at("guest_email").front()) == unknown);
}

TEST_CASE("TN-02 counts are of one's own rows whatever the page and the order") {
  Neighbours hub;
  const std::string alpha = "'" + route_plan().alpha.at("org").at(1) + "'";
  const std::string profiles = hub.count("membership WHERE organization_id = " + alpha),
                    apps = hub.count("app WHERE owner_organization_id = " + alpha);
  for (const std::string query : {"", "?$limit=1", "?$skip=2&$limit=2", "?$order=createdAt desc", "?$limit=0"}) {
    CAPTURE(query);
    CHECK(hub.total(hub.got(owner, "/profiles", query)) == profiles);
    CHECK(hub.total(hub.got(third, "/profiles", query)) == profiles);
    CHECK(hub.total(hub.got(owner, "/applications", query)) == apps);
    CHECK(hub.total(hub.got(owner, "/organizations", query)) == "1");
    CHECK(hub.total(hub.got(third, "/keys", query)) == "1");
    CHECK(hub.total(hub.got(own, "/keys", query)) == "2");  // of gamma and of the app's test account
  }
  CHECK(hub.total(hub.got(owner, "/profiles", "?email:like=%25beta%25")) == "0");
  CHECK(hub.total(hub.got(owner, "/authorized-applications")) ==
        hub.count("connection JOIN credential ON connection_id = connection.id WHERE connection.organization_id = " +
                  alpha + " AND ended_at IS NULL"));
  // Of this app: the organization and four people.
  CHECK(hub.total(hub.got(own, "/api/v1/connections", "?per_page=1"), "Total-Count") ==
        hub.count("connection WHERE ended_at IS NULL AND app_id = '" + route_plan().alpha.at("tool").at(1) + "'"));
}

}  // namespace hub::testing
