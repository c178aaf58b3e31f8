#include "portal.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "language.h"
#include "page.h"
#include "pages.h"

namespace hub::http {
namespace {

constexpr std::size_t skip_most = 1'000'000;
constexpr std::size_t word_bytes = 100;

// The address of a list from another row on; "" for where it is already.
std::string part_path(const Exchange& exchange, const std::string& list, const core::Part& part, std::size_t skip) {
  if (part.skip == skip) return "";
  return with_part(exchange, list + "?skip=" + std::to_string(skip));
}

// Before somebody has confirmed their address the portal is closed to them (nexus211.md section 1.3).
Route portal_page(Method method, std::string_view path, Handler handler, std::string_view name) {
  Route route = own_page(method, path, handler, name);
  route.access.confirmed = true;
  return route;
}

Route act(std::string_view path, Handler handler, std::string_view name) {
  return portal_page(Method::post, path, handler, name);
}

}  // namespace

Result<core::Area> enter(Exchange& exchange) {
  return exchange.hub().read(exchange.call(),
                             [&](core::View& view) { return core::enter_area(view, exchange.segments.front()); });
}

Result<core::Area> enter_as_member(Exchange& exchange) {
  Result<core::Area> area = enter(exchange);
  if (!area || area->is_member()) return area;
  return Error{codes::role_required, "This needs a member of the organization.", "ask one of its admins"};
}

Result<Posted> read_portal_form(Exchange& exchange) {
  Result<Parameters> fields = read_form(exchange);
  if (!fields) return fields.error();
  Result<core::Area> area = enter(exchange);
  if (!area) return area.error();
  return Posted{*std::move(fields), *std::move(area)};
}

std::string path_of(const core::Area& area) { return "/id/organizations/" + area.organization.id.hash_id(); }

Json area_data(const Exchange& exchange, const core::Area& area, std::string_view current, std::string_view page) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> areas{
      {{"overview", ""}, {"members", "/members"}, {"applications", "/applications"}}};
  Json menu = Json::array();
  for (const auto& [name, path] : areas) {
    if (name == "applications" && !area.is_member()) continue;
    menu.push_back({{"label", "portal." + std::string(name)},
                    {"href", path_of(area) + std::string(path)},
                    {"current", name == current}});
  }
  return {{"wide", true},
          {"organization_name", area.organization.name},
          {"organization_path", path_of(area)},
          {"slug", area.organization.slug},
          {"is_admin", area.is_admin()},
          {"your_roles", roles_in_words(area.membership.roles, exchange.visit->language)},
          {"menu", std::move(menu)},
          {"done", done_text(exchange, page)},
          {"error", false}};
}

std::string tenancy_of(const App& app) {
  const bool several = app.audience == Audience::any || app.audience == Audience::list;
  return several ? "own_applications.multi" : "own_applications.single";
}

Json names_of(const std::vector<ScopeName>& scopes) {
  Json out = Json::array();
  for (const ScopeName& scope : scopes) out.push_back(scope.text());
  return out;
}

core::Part part_of(const Exchange& exchange, std::size_t most) {
  core::Part part{.word = query_text(exchange, "q").substr(0, word_bytes), .most = most};
  const std::string skip = query_text(exchange, "skip");
  std::from_chars(skip.data(), skip.data() + skip.size(), part.skip);
  part.skip = std::min(part.skip, skip_most);
  return part;
}

void add_parts(const Exchange& exchange, const std::string& list, const core::Part& part, bool more, Json& data) {
  const std::size_t before = part.skip > part.most ? part.skip - part.most : 0;
  data["q"] = part.word;
  data["searches"] = more || part.skip > 0 || !part.word.empty();
  data["search_path"] = list;
  data["kept"] = Json::array();
  for (const char* name : {"tab", "ended"}) {
    const std::string value = query_text(exchange, name);
    if (!value.empty()) data["kept"].push_back({{"name", name}, {"value", value}});
  }
  data["before"] = part_path(exchange, list, part, before);
  data["after"] = more ? part_path(exchange, list, part, part.skip + part.most) : "";
  data["any_parts"] = more || part.skip > 0;
}

std::vector<Route> portal_page_routes() {
  using enum Method;
  return {portal_page(get, "/id/organizations", &organizations_page, "page with my organizations"),
          act("/id/organizations", &create_own_organization, "make an organization"),
          portal_page(get, "/id/organizations/{organization}", &organization_page, "page of an organization"),
          act("/id/organizations/{organization}/accept", &accept_invitation, "accept an invitation"),
          act("/id/organizations/{organization}/leave", &leave_organization, "leave, or decline an invitation"),
          act("/id/organizations/{organization}/name", &rename_organization, "rename an organization"),
          act("/id/organizations/{organization}/delete", &delete_organization, "delete an organization"),
          portal_page(get, "/id/organizations/{organization}/members", &members_page, "page with members"),
          act("/id/organizations/{organization}/members", &invite_member, "invite a member"),
          act("/id/organizations/{organization}/members/{member}/roles", &change_roles, "change a member's roles"),
          act("/id/organizations/{organization}/members/{member}/remove", &remove_member, "remove a member"),
          portal_page(get, "/id/organizations/{organization}/applications", &own_applications_page,
                      "page with applications"),
          act("/id/organizations/{organization}/applications", &create_application, "make an application"),
          portal_page(get, "/id/organizations/{organization}/applications/authorize", &authorize_page,
                      "page that asks to authorize an application"),
          act("/id/organizations/{organization}/applications/authorize", &authorize_application,
              "authorize an application or not"),
          portal_page(get, "/id/applications/authorize", &find_place_to_authorize, "the same without an organization"),
          portal_page(get, "/id/organizations/{organization}/applications/{application}", &application_page,
                      "page of an application"),
          act("/id/organizations/{organization}/applications/{application}/details", &change_application,
              "change what an application is called"),
          act("/id/organizations/{organization}/applications/{application}/scopes", &change_scopes,
              "change what an application may ask for"),
          act("/id/organizations/{organization}/applications/{application}/sign-in", &change_sign_in,
              "set up who may sign in to an application"),
          act("/id/organizations/{organization}/applications/{application}/sign-in/remove", &remove_sign_in,
              "let nobody sign in to an application"),
          act("/id/organizations/{organization}/applications/{application}/secret", &rotate_secret,
              "replace an application's secret"),
          act("/id/organizations/{organization}/applications/{application}/keys/{key}/rotate", &rotate_key,
              "replace the secret that an organization gave an application"),
          act("/id/organizations/{organization}/applications/{application}/delete", &delete_application,
              "delete an application"),
          act("/id/organizations/{organization}/authorizations/{authorization}/approve", &approve_authorized,
              "approve what an authorized application asks for since"),
          act("/id/organizations/{organization}/authorizations/{authorization}/rotate", &rotate_authorized,
              "replace the secret of an authorization"),
          act("/id/organizations/{organization}/authorizations/{authorization}/revoke", &revoke_authorized,
              "end an authorization")};
}

}  // namespace hub::http
