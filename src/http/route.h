#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/authenticate.h"
#include "hub/core/hub.h"
#include "hub/http/message.h"
#include "rate_limits.h"
#include "services.h"
#include "visit.h"

// What is served, as data.
namespace hub::http {

struct Route;

// One request on its way through the server.
struct Exchange {
  const Request& request;
  const Route& route;
  Services& services;
  std::vector<std::string> segments;          // the values of the route's {placeholders}, decoded, in order
  bool json_suffix = false;                   // the path had .json appended, which forces a JSON answer
  std::optional<core::Caller> caller;         // who was admitted; none on public routes
  std::optional<Visit> visit = std::nullopt;  // on pages: whose browser it is
  Trace trace = {};                           // told to the log with the answer
  std::optional<RateLimits::Excess> excess = std::nullopt;

  core::Hub& hub() const { return services.hub; }
  // The call that core is asked with on behalf of the caller; of nobody before one was admitted.
  Call call() const;
  // Told by routes that authenticate themselves who proved to be whom; rate_limited when they have asked too often.
  Result<void> admit_client(std::string_view client_id);
  // An error in the words of the route's dialect. What is not the caller's fault is told to the log.
  Response refuse(const Error& error) const;
};

// Who may come in. A route that lets nobody in is a mistake, and the server does not start with it (claim G-08).
struct Access {
  bool anyone = false;          // no authentication at all
  bool self = false;            // the handler authenticates itself, as token endpoints do (RFC 6749 section 2.3)
  bool client = false;          // an app by Basic
  bool own_key_only = false;    // of clients, only those with the app's own secret
  bool organization = false;    // bearer: hub token of an organization
  bool person = false;          // bearer: hub token of a person, or on behalf
  bool profile = false;         // bearer: Nexus token
  bool admin = false;           // bearer: admin token
  bool session = false;         // a browser in which somebody is signed in
  bool confirmed = false;       // with session: somebody whose address is confirmed
  std::string_view scope = "";  // "zaikio.connections_and_subscriptions.r"; several by "|": any of them
  std::string_view role = "";   // of a profile: "member", "user" (a member who is one), "admin", "owner"
};

// The shape of errors and of authentication that a family of routes shares.
struct Dialect {
  std::string_view name;  // "oauth", "hub", "nexus", "admin"
  // Authenticates by the route's access and fills exchange.caller; an answer refuses.
  std::optional<Response> (*admit)(Exchange& exchange);
  // An error in the dialect's words; status 0 leaves the number to the dialect. `request` may be half read.
  Response (*refuse)(const Request& request, int status, const Error& error);
};

using Handler = Response (*)(Exchange& exchange);

struct Route {
  Method method = Method::get;
  std::string_view path;  // "/api/v1/connections/{id}"; a placeholder is one whole segment
  const Dialect* dialect = nullptr;
  Access access = {};
  Handler handler = nullptr;
  std::string_view name = "";       // of the operation behind it, or a few words for people
  bool json_suffix = false;         // also with .json appended (zaikio-hub.md section 0.2)
  bool cross_origin = false;        // answers browsers of any origin (zaikio-hub.md section 7)
  bool token_route = false;         // small bodies, its own rate limit
  bool dev_only = false;            // not there unless the hub is for development
  bool admin_door = false;          // only there, unless no door for it is open and the address is loopback
  const void* operation = nullptr;  // operations::Operation of admin routes
};

// All routes, in the order of the folders.
const std::vector<Route>& all_routes();
std::vector<Route> oauth_routes();
std::vector<Route> hub_api_routes();
std::vector<Route> nexus_api_routes();
std::vector<Route> admin_routes();
std::vector<Route> health_routes();
std::vector<Route> page_routes();

}  // namespace hub::http
