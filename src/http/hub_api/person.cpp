#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "hub/core/hub_person.h"
#include "json_answer.h"
#include "render.h"

// The person behind a token (zaikio-hub.md section 5.6).
namespace hub::http::hub_api {
namespace {

// An answer with the zone its times are written in.
template <class T>
struct Zoned {
  T value;
  std::string zone;
};

template <class T>
Result<Zoned<T>> zoned(core::View& view, const core::Caller& caller, Result<T> value) {
  if (!value) return value.error();
  return Zoned<T>{std::move(*value), core::time_zone_of(view, caller)};
}

// Null and a blank text unset; what is not there stays.
Result<void> read_patch(const Json& attributes, std::string_view name, core::Patch<std::string>& out) {
  if (!has_member(attributes, name)) return {};
  const Json* const value = member_of(attributes, name);
  if (value != nullptr && !value->is_string()) return invalid_field(name);
  const std::string text = value == nullptr ? "" : value->get<std::string>();
  out = text.empty() ? core::Patch<std::string>::unset() : core::Patch<std::string>(text);
  return {};
}

Result<core::UpdatePerson> read_update(const Json& attributes) {
  core::UpdatePerson update;
  struct Member {
    std::string_view name;
    core::Patch<std::string>* patch;
  };
  for (const Member& member :
       {Member{"first_name", &update.first_name}, Member{"name", &update.last_name}, Member{"pronoun", &update.pronoun},
        Member{"locale", &update.locale}, Member{"unit_system", &update.unit_system},
        Member{"country_code", &update.country_code}}) {
    if (Result<void> read = read_patch(attributes, member.name, *member.patch); !read) return read.error();
  }
  return update;
}

Response answer(Exchange& exchange, const Result<Zoned<core::OwnHubPerson>>& person) {
  if (!person) return exchange.refuse(person.error());
  return json_response(200, as_json(person->value, person->zone));
}

Result<core::FoundOrganization> read_organization(const Json& attributes) {
  core::FoundOrganization request{.name = text_member(attributes, "name").value_or(""),
                                  .country_code = text_member(attributes, "country_code"),
                                  .kinds = {}};
  if (request.name.empty()) return invalid_field("name", "can't be blank");
  if (request.country_code && request.country_code->empty()) request.country_code = std::nullopt;
  const auto kinds = read_texts(attributes, "kinds");
  if (!kinds) return kinds.error();
  request.kinds = kinds->value_or(std::vector<std::string>());
  if (const auto kind = text_member(attributes, "kind"); kind && request.kinds.empty()) request.kinds = {*kind};
  return request;
}

}  // namespace

Response show_person(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) {
    return zoned(view, *exchange.caller, core::own_hub_person(view, *exchange.caller));
  }));
}

Response update_person(Exchange& exchange) {
  const Result<Json> attributes = read_attributes(exchange.request, "person");
  if (!attributes) return exchange.refuse(attributes.error());
  const Result<core::UpdatePerson> update = read_update(*attributes);
  if (!update) return exchange.refuse(update.error());
  return answer(exchange, write_as_caller(exchange, [&](core::Work& work) {
                  return zoned(work, *exchange.caller, core::update_own_hub_person(work, *exchange.caller, *update));
                }));
}

Response list_own_memberships(Exchange& exchange) {
  const auto found = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return zoned(view, *exchange.caller, Result(core::own_memberships(view, *exchange.caller)));
  });
  if (!found) return exchange.refuse(found.error());
  Json rows = Json::array();
  for (const core::OwnMembership& membership : found->value) rows.push_back(as_json(membership, found->zone));
  return json_response(200, rows);
}

Response list_own_organizations(Exchange& exchange) {
  const auto found = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return zoned(view, *exchange.caller, Result(core::own_memberships(view, *exchange.caller)));
  });
  if (!found) return exchange.refuse(found.error());
  Json rows = Json::array();
  for (const core::OwnMembership& membership : found->value) {
    rows.push_back(as_json(membership.organization, found->zone));
  }
  return json_response(200, rows);
}

Response create_own_organization(Exchange& exchange) {
  const Result<Json> attributes = read_attributes(exchange.request, "organization");
  if (!attributes) return exchange.refuse(attributes.error());
  const Result<core::FoundOrganization> request = read_organization(*attributes);
  if (!request) return exchange.refuse(request.error());
  const auto made = write_as_caller(exchange, [&](core::Work& work) {
    return zoned(work, *exchange.caller, core::found_organization(work, *exchange.caller, *request));
  });
  if (!made) return exchange.refuse(made.error());
  return json_response(201, as_json(made->value, made->zone));
}

}  // namespace hub::http::hub_api
