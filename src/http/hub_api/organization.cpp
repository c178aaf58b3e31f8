#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "json_answer.h"
#include "render.h"

namespace hub::http::hub_api {
namespace {

template <class T>
Response answer(Exchange& exchange, const Result<T>& found) {
  if (!found) return exchange.refuse(found.error());
  return json_response(200, as_json(*found));
}

}  // namespace

Response show_organization(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::own_hub_organization(view, *exchange.caller);
  }));
}

Response list_memberships(Exchange& exchange) {
  Json rows = Json::array();
  const Result<void> listed = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::list_hub_memberships(view, *exchange.caller, [&](const core::HubMembership& membership) {
      rows.push_back(as_json(membership));
      return true;
    });
  });
  if (!listed) return exchange.refuse(listed.error());
  return json_response(200, rows);
}

Response show_membership(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::show_hub_membership(view, *exchange.caller, exchange.segments.front());
  }));
}

Response update_membership(Exchange& exchange) {
  const Result<Json> attributes = read_attributes(exchange.request, "membership");
  if (!attributes) return exchange.refuse(attributes.error());
  const auto roles = read_texts(*attributes, "roles");
  if (!roles) return exchange.refuse(roles.error());
  return answer(exchange, write_as_caller(exchange, [&](core::Work& work) {
                  return core::update_hub_membership(work, *exchange.caller,
                                                     {.membership = exchange.segments.front(), .roles = *roles});
                }));
}

Response delete_membership(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) {
    return core::delete_hub_membership(work, *exchange.caller, exchange.segments.front());
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

}  // namespace hub::http::hub_api
