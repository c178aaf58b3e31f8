#include "render.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hub/base/time_zone.h"
#include "hub/domain/preferences.h"
#include "json_answer.h"

namespace hub::http::hub_api {
namespace {

struct Currency {
  std::string_view code, countries;
};
constexpr std::array currencies{
    Currency{"EUR", "AT BE CY DE EE ES FI FR GR HR IE IT LT LU LV MC MT NL PT SI SK SM VA"},
    Currency{"USD", "US PR EC SV"},
    Currency{"GBP", "GB"},
    Currency{"CHF", "CH LI"},
    Currency{"SEK", "SE"},
    Currency{"DKK", "DK"},
    Currency{"NOK", "NO"},
    Currency{"ISK", "IS"},
    Currency{"PLN", "PL"},
    Currency{"CZK", "CZ"},
    Currency{"HUF", "HU"},
    Currency{"RON", "RO"},
    Currency{"BGN", "BG"},
    Currency{"UAH", "UA"},
    Currency{"TRY", "TR"},
    Currency{"CAD", "CA"},
    Currency{"MXN", "MX"},
    Currency{"BRL", "BR"},
    Currency{"AUD", "AU"},
    Currency{"NZD", "NZ"},
    Currency{"JPY", "JP"},
    Currency{"CNY", "CN"},
    Currency{"INR", "IN"},
    Currency{"KRW", "KR"},
    Currency{"SGD", "SG"},
    Currency{"ZAR", "ZA"},
    Currency{"AED", "AE"},
    Currency{"ILS", "IL"},
};

Json currency_of(const std::optional<std::string>& country) {
  if (!country) return nullptr;
  for (const Currency& currency : currencies) {
    if (currency.countries.find(*country) != std::string_view::npos) return std::string(currency.code);
  }
  return nullptr;
}

// One list for each kind that has sections (zaikio-hub.md section 5.5); the hub keeps none of them.
Json sections_of(const std::vector<std::string>& kinds) {
  Json out = Json::object();
  for (const std::string_view kind :
       {"printer", "supplier", "machine_vendor", "designer", "publisher", "software_developer"}) {
    if (std::ranges::find(kinds, kind) != kinds.end()) out[std::string(kind)] = Json::array();
  }
  return out;
}

Json scopes_as_json(const std::vector<ScopeName>& scopes) {
  Json out = Json::array();
  for (const ScopeName& scope : scopes) out.push_back(scope.text());
  return out;
}

// Everything the app asks for and does not have only waits for the subject's approval.
void add_scopes(Json& out, const core::GrantedScopes& scopes) {
  out["granted_oauth_scopes"] = scopes_as_json(scopes.granted);
  out["requested_oauth_scopes"] = scopes_as_json(scopes.requested);
  out["requested_oauth_scopes_waiting_for_approval"] = scopes_as_json(scopes.requested);
}

template <class IdType>
Json id_or_null(const std::optional<IdType>& id) {
  return id ? Json(id->text()) : Json(nullptr);
}

std::string full_name(const Person& person) {
  if (!person.last_name) return person.full_name();
  return person.first_name ? *person.first_name + " " + *person.last_name : *person.last_name;
}

std::string_view kind_of(const ProvidedScope& scope) {
  if (scope.has(Permission::rw)) return "read_write";
  return scope.has(Permission::w) ? "write_only" : "read_only";
}

// A text in one language, which is all the hub keeps of it.
Json translations_of(const std::string& title, const std::optional<std::string>& description) {
  Json one = {{"locale", "en"}, {"title", title}, {"summary", nullptr}, {"description", text_or_null(description)}};
  return Json::array({one});
}

Json offered_scopes(const core::HubApp& app) {
  Json out = Json::array();
  for (const ProvidedScope& scope : app.provided) {
    out.push_back({{"name", scope.name},
                   {"kind", std::string(kind_of(scope))},
                   {"translations", translations_of(scope.title, scope.description)}});
  }
  return out;
}

Json as_accessible(const core::HubApp& answer) {
  const Result<Json> further = parse_json(answer.further);
  const auto setting = [&](std::string_view name) {
    return further ? text_or_null(text_member(*further, name)) : Json(nullptr);
  };
  return {{"name", answer.app.name},         {"translated_title", answer.app.title},
          {"category", setting("category")}, {"entry_point_url", setting("entry_point_url")},
          {"logo_url", setting("logo_url")}, {"slug", answer.app.name}};
}

}  // namespace

Json as_json(const core::HubOrganization& answer, std::string_view zone) {
  const Organization& organization = answer.organization;
  Json out = Json::object();
  out["id"] = organization.id.text();
  out["name"] = organization.name;
  out["slug"] = organization.slug;
  out["connected"] = answer.scopes.connected;
  out["kinds"] = texts_as_json(organization.kinds);
  out["sections"] = sections_of(organization.kinds);
  out["country_code"] = text_or_null(organization.country_code);
  add_scopes(out, answer.scopes);
  out["brand_color"] = nullptr;
  out["currency"] = currency_of(organization.country_code);
  out["test_account_owner_id"] = id_or_null(answer.test_account_owner);
  out["created_at"] = to_rfc3339_ms(organization.created_at, zone);
  out["updated_at"] = to_rfc3339_ms(organization.updated_at, zone);
  out["logo_url"] = nullptr;
  out["kind"] = organization.kinds.empty() ? Json(nullptr) : Json(organization.kinds.front());
  out["subscription"] = nullptr;
  return out;
}

Json as_json(const core::HubPerson& answer, std::string_view zone) {
  const Person& person = answer.person;
  Json out = Json::object();
  out["id"] = person.id.text();
  out["first_name"] = text_or_null(person.first_name);
  out["name"] = person.last_name.value_or("");
  out["full_name"] = full_name(person);
  out["email"] = person.email;
  out["email_confirmed"] = person.email_verified_at.has_value();
  out["pronoun"] = text_or_null(person.pronoun);
  out["locale"] = person.locale.value_or(std::string(default_locale));
  out["country_code"] = text_or_null(person.country_code);
  out["currency"] = currency_of(person.country_code);
  out["unit_system"] = person.unit_system.value_or(std::string(default_unit_system));
  out["connected"] = answer.scopes.connected;
  out["test_account_owner_id"] = id_or_null(answer.test_account_owner);
  add_scopes(out, answer.scopes);
  out["created_at"] = to_rfc3339_ms(person.created_at, zone);
  out["updated_at"] = to_rfc3339_ms(person.updated_at, zone);
  out["time_zone"] = person.time_zone.value_or(std::string(default_time_zone));
  out["two_factor_authentication_enabled"] = false;
  out["avatar_url"] = nullptr;
  out["subscription"] = nullptr;
  return out;
}

Json as_json(const core::HubMembership& answer) {
  return {{"id", answer.membership.id.text()},
          {"roles", texts_as_json(answer.membership.roles.names())},
          {"created_at", to_rfc3339_ms(answer.membership.created_at)},
          {"updated_at", to_rfc3339_ms(answer.membership.updated_at)},
          {"person", as_json(answer.person)}};
}

Json as_json(const core::OwnMembership& answer, std::string_view zone) {
  return {{"id", answer.membership.id.text()},
          {"roles", texts_as_json(answer.membership.roles.names())},
          {"created_at", to_rfc3339_ms(answer.membership.created_at, zone)},
          {"updated_at", to_rfc3339_ms(answer.membership.updated_at, zone)},
          {"organization", as_json(answer.organization, zone)}};
}

Json as_json(const core::OwnHubPerson& answer, std::string_view zone) {
  Json out = as_json(answer.person, zone);
  out["organization_memberships"] = Json::array();
  for (const core::OwnMembership& membership : answer.memberships) {
    out["organization_memberships"].push_back(as_json(membership, zone));
  }
  out["accessible_apps"] = Json::array();
  for (const core::HubApp& app : answer.apps) out["accessible_apps"].push_back(as_accessible(app));
  return out;
}

Json short_membership(const core::HubMembership& answer, std::string_view zone) {
  return {{"id", answer.membership.id.text()},
          {"roles", texts_as_json(answer.membership.roles.names())},
          {"created_at", to_rfc3339_ms(answer.membership.created_at, zone)},
          {"updated_at", to_rfc3339_ms(answer.membership.updated_at, zone)},
          {"person",
           {{"id", answer.person.person.id.text()},
            {"full_name", full_name(answer.person.person)},
            {"connected", answer.person.scopes.connected},
            {"avatar_url", nullptr}}}};
}

Json invitation_as_json(const Membership& invitation, std::string_view zone) {
  std::string name = invitation.first_name.value_or("");
  if (invitation.last_name) name += (name.empty() ? "" : " ") + *invitation.last_name;
  const auto& expires = invitation.invitation_expires_at;
  return {{"id", invitation.id.text()},
          {"email", text_or_null(invitation.email)},
          {"roles", texts_as_json(invitation.roles.names())},
          {"full_name", name.empty() ? text_or_null(invitation.email) : Json(name)},
          {"expires_at", expires ? Json(to_rfc3339_ms(*expires, zone)) : Json(nullptr)},
          {"created_at", to_rfc3339_ms(invitation.created_at, zone)},
          {"updated_at", to_rfc3339_ms(invitation.updated_at, zone)},
          {"avatar_url", nullptr}};
}

Json as_json(const core::HubConnection& answer) {
  const Connection& connection = answer.connection;
  const bool organization = connection.organization_id.has_value();
  Json out = Json::object();
  out["connectable_type"] = organization ? "Organization" : "Person";
  out["connectable_id"] = organization ? connection.organization_id->text() : connection.person_id->text();
  out["created_at"] = to_rfc3339_ms(connection.created_at);
  out["updated_at"] = to_rfc3339_ms(connection.updated_at);
  out["app_name"] = answer.app_name;
  add_scopes(out, answer.scopes);
  return out;
}

Json configuration_of(const core::HubApp& answer) {
  Json out = {{"entry_point_url", nullptr}, {"webhook_url", nullptr}, {"category", nullptr}};
  out["oauth_redirect_urls"] = texts_as_json(answer.app.redirects);
  out["translations"] = translations_of(answer.app.title, answer.app.description);
  out["desired_oauth_scopes"] = scopes_as_json(answer.app.desired_scopes);
  out["subscribed_events"] = Json::array();
  out["oauth_scopes"] = offered_scopes(answer);
  out["events"] = Json::array();
  if (const Result<Json> further = parse_json(answer.further); further && further->is_object()) {
    for (const auto& [name, value] : further->items()) out[name] = value;
  }
  return out;
}

Json as_list_entry(const core::HubApp& answer) {
  const Result<Json> further = parse_json(answer.further);
  Json out = Json::object();
  out["id"] = answer.app.id.text();
  out["name"] = answer.app.name;
  out["category"] = further ? text_or_null(text_member(*further, "category")) : Json(nullptr);
  out["kind"] = std::string(name(answer.app.kind));
  out["state"] = std::string(name(answer.app.state));
  return out;
}

}  // namespace hub::http::hub_api
