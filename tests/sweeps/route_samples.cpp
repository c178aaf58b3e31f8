#include "route_samples.h"

#include <algorithm>

#include "hub/base/text.h"

namespace hub::testing {
namespace {

constexpr std::string_view documents = "a document that is the same for everybody";
constexpr std::string_view own = "only what belongs to whoever is signed in, and it takes no name";
constexpr std::string_view none_yet = "nothing of the kind is kept, so the list is empty for everybody";
constexpr std::string_view developers = "only a hub for development has it, where everybody may be anybody";

constexpr Reasoned without_names[] = {
    {"GET /api/v1/jwt_public_keys", "", documents},
    {"GET /.well-known/jwks.json", "", documents},
    {"GET /.well-known/oauth-authorization-server", "", documents},
    {"GET /.well-known/openid-configuration", "", documents},
    {"GET /api/v1/roles", "", documents},
    {"GET /openapi.json", "", documents},
    {"GET /docs", "", documents},
    {"GET /docs/style.css", "", documents},
    {"GET /id/icon.svg", "", documents},
    {"GET /id/style.css", "", documents},
    {"GET /health/live", "", documents},
    {"GET /health/ready", "", documents},
    {"GET /metrics", "", "counters of the whole hub, behind the operator's door, that name nobody"},
    {"GET /admin/v1/whoami", "", "says whose the admin token is"},
    {"GET /api/v1/revoked_access_tokens", "", "public by contract, ids of ended tokens and nothing else"},
    {"GET /api/v1/access_token", "", "the token that asks"},
    {"GET /oauth/userinfo", "", "the person whose token asks"},
    {"POST /oauth/userinfo", "", "the person whose token asks"},
    {"GET /api/v1/app", "", "the app that asks"},
    {"GET /api/v1/organization", "", "the organization whose token asks"},
    {"GET /api/v1/organization/business_relationships", "", none_yet},
    {"GET /api/v1/organization/addons", "", none_yet},
    {"GET /api/v1/sites", "", none_yet},
    {"GET /api/v1/person", "", "the person whose token asks"},
    {"GET /api/v1/person/organization_memberships", "", "those of the person whose token asks"},
    {"GET /api/v1/person/organizations", "", "those of the person whose token asks"},
    {"GET /profiles/me", "", "the profile that asks"},
    {"GET /id/signed-out", "", documents},
    {"GET /id", "", own},
    {"GET /", "", documents},
    {"GET /id/copy.js", "", documents},
    {"GET /id/organizations", "", own},
    {"GET /id/account", "", own},
    {"GET /id/account/applications", "", own},
    {"GET /id/account/sessions", "", own},
    {"POST /id/sign-out", "", own},
    {"POST /id/account/password", "", own},
    {"GET /id/requests", "", own},
    {"GET /oauth/device_authorizations/verify", "",
     "a page with a field; a code in the query fills it and is not read"},
    {"GET /id/device", "", "a page with a field; a code in the query fills it and is not read"},
    {"GET /id/device/allowed", "", documents},
    {"GET /id/device/denied", "", documents},
    {"POST /id/sign-in/as", "", developers},
    {"GET /dev/mails", "", developers},
    {"GET /dev/debugger", "", developers},
    {"POST /dev/debugger", "", developers},
};

constexpr std::string_view client_ids = "a client id is no secret: it stands in the address of every sign-in";
constexpr std::string_view app_names = "the names of apps and of their scopes are a public catalogue";
constexpr std::string_view slugs = "slugs are one of a kind in the hub, so a second one gets a number";
constexpr std::string_view held = "a secret that only its holder knows, and holding it is the right";
constexpr std::string_view asked_to_join =
    "an address with a confirmed account joins at once (nexus211.md section 4.7)";
constexpr std::string_view one_account = "an address belongs to one account of the hub, and is refused to another";

constexpr Reasoned known_to_all[] = {
    {"GET /oauth/authorize", "client", client_ids},
    {"GET /oauth/authorize", "inner_client", client_ids},
    {"POST /oauth/access_token", "client", client_ids},
    {"POST /oauth/access_token", "app_name", app_names},
    {"POST /oauth/access_token", "tool_refresh", held},
    {"POST /oauth/token", "tool_refresh", held},
    {"POST /oauth/device_authorizations/authorize", "client", client_ids},
    {"POST /oauth/device_authorizations/authorize", "inner_client", client_ids},
    {"POST /oauth/device_authorization", "client", client_ids},
    {"POST /api/v1/test_accounts", "tool_name", app_names},
    {"POST /api/v1/test_accounts", "guest_email",
     "members of a test account are new people, which only a sandbox makes"},
    {"POST /api/v1/person/organizations", "slug", slugs},
    {"POST /organizations", "slug", slugs},
    {"POST /id/organizations", "slug", slugs},
    {"POST /id/organizations/{organization}/applications/{application}/sign-in", "partner",
     "an audience lists organizations by ids that they handed over (nexus211.md section 4.8)"},
    {"GET /id/organizations/{organization}/applications/authorize", "client", client_ids},
    {"POST /id/organizations/{organization}/applications/authorize", "client", client_ids},
    {"POST /admin/v1/apps", "partner", "sign-in is opened to a partner by its id, which nobody guesses"},
    {"PATCH /admin/v1/apps/{app}", "partner", "sign-in is opened to a partner by its id, which nobody guesses"},
    {"POST /profiles", "address", asked_to_join},
    {"POST /applications", "inner", app_names},
    {"PATCH /applications/{id}", "org",
     "an audience lists organizations by ids that they handed over (nexus211.md section 4.8)"},
    {"POST /authorized-applications", "client",
     "every organization may authorize an application whose Client ID it was told (nexus211.md section 4.9)"},
    {"GET /id/reset-password", "reset_link", held},
    {"POST /id/reset-password", "reset_link", held},
    {"POST /oauth/device_authorizations/verify", "user_code", held},
    {"POST /id/device", "user_code", held},
    {"POST /id/account", "guest_email", one_account},
    {"POST /id/account", "address", one_account},
    {"POST /id/account", "owner_email", one_account},
    {"GET /admin/v1/scopes", "app", app_names},
    {"GET /admin/v1/scopes/explain", "app_name", app_names},
    {"POST /admin/v1/connections/install", "spare", "every organization may connect to every public app"},
    {"POST /admin/v1/connections/request", "spare", "every member may ask for every public app"},
    {"POST /admin/v1/codes", "app", "everybody may sign in to a public app"},
};

constexpr std::string_view misuse = "whoever holds a token knows that it is one; another's use of it is looked into";

constexpr Reasoned known_by_work[] = {
    {"POST /oauth/revoke", "tool_refresh", misuse},
    {"POST /oauth/introspect", "tool_refresh", misuse},
    {"POST /api/v1/revoked_access_tokens", "tool_refresh", misuse},
    {"POST /api/v1/test_accounts", "inner_name", app_names},
    {"POST /authorized-applications", "inner_client", client_ids},
    {"GET /id/organizations/{organization}/applications/authorize", "inner_client", client_ids},
    {"POST /id/organizations/{organization}/applications/authorize", "inner_client", client_ids},
    {"POST /id/organizations/{organization}/members", "owner_email",
     "an invitation belongs at once to whoever has confirmed the address, and only the mail tells them"},
    {"POST /oauth/delegate", "app_client", client_ids},
    {"POST /oauth/delegate", "inner_client", client_ids},
    {"POST /profiles", "guest_email", asked_to_join},
    {"POST /id/sign-up", "owner_email", "who has an account gets a mail that says so instead (claim AC-01)"},
    {"POST /id/forgot-password", "owner_email", "the address gets a mail, which only its owner reads (claim AC-01)"},
};

// Several ways to the same thing: a route is an alias of the first with its handler and name.
const http::Route& original_of(const http::Route& route) {
  const auto& all = http::all_routes();
  return *std::ranges::find_if(all, [&](const http::Route& other) {
    return other.handler == route.handler && other.name == route.name && other.operation == route.operation;
  });
}

void add_names(std::string_view text, std::vector<std::string>& out) {
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string_view::npos; ++at) {
    const std::string name(text.substr(at + 1, text.find('>', at) - at - 1));
    if (std::ranges::find(out, name) == out.end()) out.push_back(name);
  }
}

}  // namespace

std::span<const Reasoned> public_names() { return known_to_all; }
std::span<const Reasoned> names_with_more_work() { return known_by_work; }

std::string route_name(const http::Route& route) {
  const std::string path(route.path);
  // The style sheet and the script are named by their content.
  const bool is_style = path.starts_with("/id/style-"), is_script = path.starts_with("/id/copy-");
  return std::string(name(route.method)) + " " + (is_style ? "/id/style.css" : is_script ? "/id/copy.js" : path);
}

bool names_nothing(const http::Route& route) { return has_reason(without_names, route, ""); }

bool is_alias(const http::Route& route) { return &original_of(route) != &route; }

std::vector<RouteSample> samples_of(const http::Route& route) {
  const std::string name = route_name(original_of(route));
  std::vector<RouteSample> out;
  for (const auto& family : {nexus_samples(), hub_samples(), oauth_samples(), page_samples(), portal_samples()}) {
    std::ranges::copy_if(family, std::back_inserter(out), [&](const RouteSample& one) { return one.route == name; });
  }
  return out;
}

bool has_reason(std::span<const Reasoned> reasons, const http::Route& route, std::string_view placeholder) {
  const std::string name = route_name(original_of(route));
  return std::ranges::any_of(reasons, [&](const Reasoned& one) {
    return one.route == name && one.placeholder == placeholder && !one.reason.empty();
  });
}

std::vector<std::string> names_in(const RouteSample& sample) {
  std::vector<std::string> out;
  for (const std::string_view place : split_words(sample.places)) {
    if (std::ranges::find(out, place) == out.end()) out.emplace_back(place);
  }
  add_names(sample.rest, out);
  return out;
}

}  // namespace hub::testing
