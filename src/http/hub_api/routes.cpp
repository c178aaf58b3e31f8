#include "handlers.h"
#include "hub_error.h"
#include "route.h"

namespace hub::http {
namespace {

// Who may come in, in the words of zaikio-hub.md section 5.6.
constexpr Access everybody{.anyone = true};
constexpr Access itself{.self = true};
constexpr Access basic{.client = true, .own_key_only = true};
constexpr Access any_bearer{.organization = true, .person = true};

constexpr Access organization(std::string_view scope) { return {.organization = true, .scope = scope}; }
constexpr Access basic_or_vendor(std::string_view scope) {
  return {.client = true, .own_key_only = true, .organization = true, .scope = scope};
}
constexpr Access person(std::string_view scope) { return {.person = true, .scope = scope}; }
constexpr Access both(std::string_view scope) { return {.organization = true, .person = true, .scope = scope}; }

Route route(Method method, std::string_view path, const Access& access, Handler handler, std::string_view name) {
  return {.method = method,
          .path = path,
          .dialect = &hub_api_dialect(),
          .access = access,
          .handler = handler,
          .name = name,
          .json_suffix = true,
          .cross_origin = true};
}

constexpr std::string_view connections_r = "zaikio.connections_and_subscriptions.r";
constexpr std::string_view members_r = "zaikio.organization_members.r", members_w = "zaikio.organization_members.w";
constexpr std::string_view own_r = "zaikio.organizations.r", own_w = "zaikio.organizations.w";
constexpr std::string_view person_r = "zaikio.person.r", person_w = "zaikio.person.w";
constexpr std::string_view sites_r = "zaikio.sites.r|zaikio.machines.r";
constexpr std::string_view relations_r = "zaikio.business_relationships.r";

constexpr Method get = Method::get, post = Method::post, patch = Method::patch, remove = Method::delete_;

// A client that has not fetched a person before sends a change of them as POST.
std::vector<Route> person_routes() {
  using namespace hub_api;  // NOLINT: the handlers of this table
  return {
      route(get, "/api/v1/person", person(person_r), &show_person, "person show"),
      route(patch, "/api/v1/person", person(person_w), &update_person, "person update"),
      route(post, "/api/v1/person", person(person_w), &update_person, "person update"),
      route(get, "/api/v1/person/organization_memberships", person(person_r), &list_own_memberships,
            "own memberships list"),
      route(get, "/api/v1/person/organizations", person(own_r), &list_own_organizations, "own organizations list"),
      route(post, "/api/v1/person/organizations", person(own_w), &create_own_organization, "own organizations create"),
      route(get, "/api/v1/person/organizations/{org}/memberships", person(own_r), &list_members, "members list"),
      route(get, "/api/v1/person/organizations/{org}/memberships/{id}", person(own_r), &show_member, "members show"),
      route(patch, "/api/v1/person/organizations/{org}/memberships/{id}", person(own_w), &update_member,
            "members update"),
      route(remove, "/api/v1/person/organizations/{org}/memberships/{id}", person(own_w), &delete_member,
            "members delete"),
      route(get, "/api/v1/person/organizations/{org}/membership_invitations", person(own_r), &list_invitations,
            "invitations list"),
      route(post, "/api/v1/person/organizations/{org}/membership_invitations", person(own_w), &create_invitation,
            "invitations create"),
      route(remove, "/api/v1/person/organizations/{org}/membership_invitations/{id}", person(own_w), &delete_invitation,
            "invitations delete"),
      route(get, "/api/v1/person/organizations/{org}/sites", person(sites_r), &list_own_sites, "own sites list"),
      route(get, "/api/v1/person/organizations/{org}/sites/{id}", person(sites_r), &nothing, "own sites show"),
  };
}

std::vector<Route> other_routes() {
  using namespace hub_api;  // NOLINT: the handlers of this table
  return {
      route(get, "/api/v1/connections", basic_or_vendor(connections_r), &list_connections, "connections list"),
      route(get, "/api/v1/connections/{id}", basic_or_vendor(connections_r), &show_connection, "connections show"),
      route(get, "/api/v1/roles", everybody, &list_roles, "roles list"),
      route(get, "/api/v1/revoked_access_tokens", everybody, &list_revoked_tokens, "revoked tokens list"),
      route(post, "/api/v1/revoked_access_tokens", itself, &revoke_token, "token revoke"),
      route(get, "/api/v1/access_token", any_bearer, &show_access_token, "token show"),
      route(get, "/api/v1/app", basic, &show_own_app, "own app show"),
      route(patch, "/api/v1/app", basic, &update_own_app, "own app configure"),
      route(get, "/api/v1/apps", organization("zaikio.apps.r"), &list_apps, "apps list"),
      route(get, "/api/v1/apps/{id}", organization("zaikio.apps.r"), &show_app, "apps show"),
      route(patch, "/api/v1/apps/{id}", organization("zaikio.apps.rw"), &update_app, "apps configure"),
      route(get, "/api/v1/test_accounts", basic, &list_test_accounts, "test accounts list"),
      route(post, "/api/v1/test_accounts", basic, &create_test_account, "test accounts create"),
      route(get, "/api/v1/test_accounts/{id}", basic, &show_test_account, "test accounts show"),
      route(remove, "/api/v1/test_accounts/{id}", basic, &delete_test_account, "test accounts delete"),
      route(get, "/api/v1/organization", organization("zaikio.organization.r"), &show_organization,
            "organization show"),
      route(get, "/api/v1/organization/memberships", organization(members_r), &list_memberships, "memberships list"),
      route(get, "/api/v1/organization/memberships/{id}", organization(members_r), &show_membership,
            "memberships show"),
      route(patch, "/api/v1/organization/memberships/{id}", organization(members_w), &update_membership,
            "memberships update"),
      route(remove, "/api/v1/organization/memberships/{id}", organization(members_w), &delete_membership,
            "memberships delete"),
      route(get, "/api/v1/organization/business_relationships", organization(relations_r), &empty_list,
            "business relationships list"),
      route(get, "/api/v1/organization/business_relationships/{id}", organization(relations_r), &nothing,
            "business relationships show"),
      route(get, "/api/v1/organization/addons", organization("zaikio.organization.r"), &empty_list, "add-ons list"),
      route(get, "/api/v1/organization/addons/{id}", organization("zaikio.organization.r"), &nothing, "add-ons show"),
      route(get, "/api/v1/sites", both(sites_r), &empty_list, "sites list"),
      route(get, "/api/v1/sites/{id}", both(sites_r), &nothing, "sites show"),
  };
}

}  // namespace

std::vector<Route> hub_api_routes() {
  std::vector<Route> routes = other_routes();
  for (const Route& one : person_routes()) routes.push_back(one);
  return routes;
}

}  // namespace hub::http
