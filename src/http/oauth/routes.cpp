#include "hub_api/hub_error.h"
#include "nexus_api/nexus_error.h"
#include "oauth/handlers.h"
#include "oauth/oauth_error.h"
#include "pages/page.h"
#include "route.h"

namespace hub::http {
namespace {

Route token_route(std::string_view path, const Dialect& dialect, Handler handler, std::string_view name) {
  return {.method = Method::post,
          .path = path,
          .dialect = &dialect,
          .access = {.self = true},
          .handler = handler,
          .name = name,
          .token_route = true};
}

Route public_document(std::string_view path, const Dialect& dialect, Handler handler, std::string_view name) {
  return {.method = Method::get,
          .path = path,
          .dialect = &dialect,
          .access = {.anyone = true},
          .handler = handler,
          .name = name,
          .cross_origin = true};
}

}  // namespace

// Browser-only apps call the token endpoints from anywhere (zaikio-hub.md section 7, claim AZ-11).
std::vector<Route> oauth_routes() {
  Route hub = token_route("/oauth/access_token", oauth_dialect(), &hub_token, "a token, hub dialect");
  Route delegated = token_route("/oauth/delegate", oauth_dialect(), &delegate, "a token for a subsystem");
  Route standard = token_route("/oauth/token", oauth_standard_dialect(), &standard_token, "a token");
  Route revocation = token_route("/oauth/revoke", oauth_shared_dialect(), &revoke, "end a token");
  hub.json_suffix = delegated.json_suffix = standard.json_suffix = revocation.json_suffix = true;
  hub.cross_origin = delegated.cross_origin = standard.cross_origin = revocation.cross_origin = true;
  Route hub_device = token_route("/oauth/device_authorizations/authorize", oauth_dialect(), &start_hub_device,
                                 "start a device, hub dialect");
  Route device =
      token_route("/oauth/device_authorization", oauth_standard_dialect(), &start_standard_device, "start a device");
  hub_device.json_suffix = device.json_suffix = hub_device.cross_origin = device.cross_origin = true;
  Route nexus = token_route("/oauth/access-token", nexus_dialect(), &nexus_token, "a token, Nexus dialect");
  nexus.access = {.client = true, .own_key_only = true};
  Route service =
      token_route("/oauth/service-account-token", nexus_dialect(), &service_account_token, "a service account's token");
  service.access = {.client = true};
  Route keys = public_document("/api/v1/jwt_public_keys", hub_api_dialect(), &key_set, "signing keys, hub dialect");
  keys.json_suffix = true;
  Route info = public_document("/oauth/userinfo", oauth_standard_dialect(), &userinfo, "who signed in");
  info.json_suffix = true;
  info.access = {.self = true};
  Route posted_info = info;
  posted_info.method = Method::post;
  // A browser's request: pages have no other origin to answer (claim AZ-11).
  const Route authorization{.method = Method::get,
                            .path = "/oauth/authorize",
                            .dialect = &page_dialect(),
                            .access = {.anyone = true},
                            .handler = &authorize,
                            .name = "ask for authorization"};
  return {
      authorization,
      hub,
      standard,
      hub_device,
      device,
      delegated,
      nexus,
      service,
      revocation,
      token_route("/oauth/introspect", oauth_standard_dialect(), &introspect, "look at a token"),
      info,
      posted_info,
      keys,
      public_document("/.well-known/jwks.json", oauth_standard_dialect(), &key_set, "signing keys"),
      public_document("/.well-known/oauth-authorization-server", oauth_standard_dialect(), &server_metadata,
                      "server metadata"),
      public_document("/.well-known/openid-configuration", oauth_standard_dialect(), &server_metadata,
                      "provider metadata"),
  };
}

}  // namespace hub::http
