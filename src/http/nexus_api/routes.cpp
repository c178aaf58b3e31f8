#include "handlers.h"
#include "nexus_error.h"
#include "route.h"

namespace hub::http {
namespace {

constexpr std::string_view organization_r = "nexus211.organization.r", organization_w = "nexus211.organization.w";
constexpr std::string_view profile_r = "nexus211.profile.r", profile_w = "nexus211.profile.w";
constexpr std::string_view application_r = "nexus211.application.r", application_w = "nexus211.application.w";

// Who may come in, in the words of the tables of nexus211.md sections 4.5 to 4.9. A hub token of an organization is an
// application there (section 9.2).
constexpr Access client{.client = true};
constexpr Access own_client{.client = true, .own_key_only = true};
constexpr Access any_profile{.profile = true};
constexpr Access all(std::string_view scope, std::string_view role = "") {
  return {.client = true, .organization = true, .profile = true, .scope = scope, .role = role};
}
constexpr Access own_or_profile(std::string_view scope, std::string_view role) {
  return {.client = true, .own_key_only = true, .organization = true, .profile = true, .scope = scope, .role = role};
}
constexpr Access profiles(std::string_view scope, std::string_view role) {
  return {.profile = true, .scope = scope, .role = role};
}

// Public pages use both forms of a collection's name, so each path has an alias.
struct Paths {
  std::string_view plural, singular;
};
constexpr Paths organizations{"/organizations", "/organization"},
    one_organization{"/organizations/{id}", "/organization/{id}"};
constexpr Paths people{"/profiles", "/profile"}, one_profile{"/profiles/{id}", "/profile/{id}"},
    own_profile{"/profiles/me", "/profile/me"};
constexpr Paths applications{"/applications", "/application"},
    one_application{"/applications/{id}", "/application/{id}"},
    secret{"/applications/{id}/rotate-secret", "/application/{id}/rotate-secret"};
constexpr Paths keys{"/keys", "/key"}, one_key{"/keys/{id}/rotate", "/key/{id}/rotate"};
constexpr Paths authorized{"/authorized-applications", ""}, one_authorized{"/authorized-applications/{id}", ""},
    approval{"/authorized-applications/{id}/approve", ""}, rotation{"/authorized-applications/{id}/rotate", ""};

class Table {
 public:
  void add(Method method, const Paths& paths, const Access& access, Handler handler, std::string_view name) {
    for (const std::string_view path : {paths.plural, paths.singular}) {
      if (path.empty()) continue;
      routes_.push_back({.method = method,
                         .path = path,
                         .dialect = &nexus_dialect(),
                         .access = access,
                         .handler = handler,
                         .name = name});
    }
  }
  std::vector<Route> take() { return std::move(routes_); }

 private:
  std::vector<Route> routes_;
};

constexpr Method get = Method::get, post = Method::post, patch = Method::patch, remove = Method::delete_;

void add_keys_and_organizations(Table& table) {
  table.add(get, keys, client, &nexus_api::list_keys, "keys list");
  table.add(post, one_key, own_client, &nexus_api::rotate_key, "keys rotate");
  table.add(get, organizations, all(organization_r, "member"), &nexus_api::list_organizations, "organizations list");
  table.add(get, one_organization, all(organization_r, "member"), &nexus_api::show_organization, "organizations show");
  table.add(post, organizations, profiles(organization_w, "user"), &nexus_api::create_organization,
            "organizations create");
  table.add(patch, one_organization, all(organization_w, "admin"), &nexus_api::update_organization,
            "organizations update");
  table.add(remove, one_organization, profiles(organization_w, "owner"), &nexus_api::delete_organization,
            "organizations delete");
}

// Contacts see themselves, so a list of profiles asks for no role.
void add_profiles(Table& table) {
  table.add(get, people, all(profile_r), &nexus_api::list_profiles, "profiles list");
  table.add(get, own_profile, any_profile, &nexus_api::show_own_profile, "profiles show own");
  table.add(get, one_profile, all(profile_r), &nexus_api::show_profile, "profiles show");
  table.add(post, people, all(profile_w, "member"), &nexus_api::create_profile, "profiles create");
  table.add(patch, one_profile, all(profile_w), &nexus_api::update_profile, "profiles update");
  table.add(remove, one_profile, all(profile_w), &nexus_api::delete_profile, "profiles delete");
}

void add_applications(Table& table) {
  table.add(get, applications, own_or_profile(application_r, "member"), &nexus_api::list_applications,
            "applications list");
  table.add(get, one_application, own_or_profile(application_r, "member"), &nexus_api::show_application,
            "applications show");
  table.add(post, applications, profiles(application_w, "admin"), &nexus_api::create_application,
            "applications create");
  table.add(patch, one_application, profiles(application_w, "admin"), &nexus_api::update_application,
            "applications update");
  table.add(post, secret, profiles(application_w, "admin"), &nexus_api::rotate_application_secret,
            "applications rotate secret");
  table.add(remove, one_application, profiles(application_w, "admin"), &nexus_api::delete_application,
            "applications delete");
}

void add_authorizations(Table& table) {
  table.add(get, authorized, profiles(application_r, "admin"), &nexus_api::list_authorized, "authorizations list");
  table.add(post, authorized, profiles(application_w, "admin"), &nexus_api::authorize, "authorizations grant");
  table.add(post, approval, profiles(application_w, "admin"), &nexus_api::approve, "authorizations approve");
  table.add(post, rotation, profiles(application_w, "admin"), &nexus_api::rotate_authorized, "authorizations rotate");
  table.add(remove, one_authorized, profiles(application_w, "admin"), &nexus_api::end_authorized,
            "authorizations revoke");
}

}  // namespace

std::vector<Route> nexus_api_routes() {
  Table table;
  add_keys_and_organizations(table);
  add_profiles(table);
  add_applications(table);
  add_authorizations(table);
  return table.take();
}

}  // namespace hub::http
