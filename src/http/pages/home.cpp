#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "hub/core/portal.h"
#include "language.h"
#include "page.h"

namespace hub::http {
namespace {

struct Mine {
  std::vector<core::MyOrganization> organizations;
  std::size_t applications = 0;
};

Json organization_as_json(const core::MyOrganization& one, const std::string& language) {
  Json roles = Json::array();
  for (const Role role : one.membership.roles.roles()) {
    roles.push_back(role_in_words(role, language));
  }
  return {
      {"name", one.organization.name},
      {"slug", one.organization.slug},
      {"path", one.membership.joined_at ? "/id/organizations/" + one.organization.id.hash_id() : "/id/organizations"},
      {"roles", std::move(roles)},
      {"installed", one.installed},
      {"one_installed", one.installed == 1},
      {"invited", !one.membership.joined_at.has_value()},
      {"decides", one.membership.joined_at.has_value() && one.membership.roles.at_least_admin()}};
}

}  // namespace

Response home_page(Exchange& exchange) {
  const Person& person = exchange.visit->signed_in->person;
  const auto mine = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Mine> {
    return Mine{core::my_organizations(view, person.id), core::my_applications(view, person.id).size()};
  });
  if (!mine) return show_problem(exchange, mine.error());
  Json organizations = Json::array();
  bool decides = false;
  for (const core::MyOrganization& one : mine->organizations) {
    organizations.push_back(organization_as_json(one, exchange.visit->language));
    decides = decides || organizations.back()["decides"].get<bool>();
  }
  Json data{{"wide", true},
            {"person_name", person.full_name()},
            {"unverified", !person.email_verified_at.has_value()},
            {"email", person.email},
            {"belongs_to_none", organizations.empty()},
            {"organizations", std::move(organizations)},
            {"decides_somewhere", decides},
            {"applications", mine->applications},
            {"one_application", mine->applications == 1},
            {"no_application", mine->applications == 0}};
  return show_page(exchange, "home", std::move(data));
}

}  // namespace hub::http
