#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "hub/core/nexus_organization.h"
#include "json_answer.h"
#include "render.h"

namespace hub::http::nexus_api {

void embed_own_organization(core::View& view, const core::Caller& caller, const ListQuery& query, Json& rows) {
  if (!query.expands("organization")) return;
  const Result<Organization> own = core::show_own_organization(view, caller, std::nullopt);
  if (!own) return;
  for (Json& row : rows) row["organization"] = embedded(*own);
}

Response list_organizations(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, attributes_of(organization_members()));
  if (!query) return exchange.refuse(query.error());
  const Result<Organization> own = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::show_own_organization(view, *exchange.caller, std::nullopt);
  });
  if (!own) return exchange.refuse(own.error());
  Selection<Organization> selection(*query, organization_members());
  selection.take(*own);
  const Listed<Organization> found = selection.finish();
  Json rows = Json::array();
  for (const Organization& organization : found.rows) rows.push_back(as_json(organization));
  return listed(rows, found.total);
}

Response show_organization(Exchange& exchange) {
  const Result<Organization> found = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::show_own_organization(view, *exchange.caller, exchange.segments.front());
  });
  if (!found) return exchange.refuse(found.error());
  return json_response(200, as_json(*found));
}

Response create_organization(Exchange& exchange) {
  const Result<Json> body = read_object(exchange.request);
  if (!body) return exchange.refuse(body.error());
  const Result<std::string> name = read_needed_text(*body, "name");
  if (!name) return exchange.refuse(name.error());
  const auto metadata = read_metadata(*body);
  if (!metadata) return exchange.refuse(metadata.error());
  const Result<Organization> made = write_as_caller(exchange, [&](core::Work& work) {
    return core::create_own_organization(work, *exchange.caller, {.name = *name, .metadata = *metadata});
  });
  if (!made) return exchange.refuse(made.error());
  return json_response(201, as_json(*made));
}

Response update_organization(Exchange& exchange) {
  const Result<Json> body = read_object(exchange.request);
  if (!body) return exchange.refuse(body.error());
  if (Result<void> given = check_not_null(*body, {"name"}); !given) return exchange.refuse(given.error());
  const auto name = read_text(*body, "name");
  if (!name) return exchange.refuse(name.error());
  const auto metadata = read_metadata(*body);
  if (!metadata) return exchange.refuse(metadata.error());
  const core::UpdateOwnOrganization request{exchange.segments.front(), *name, *metadata};
  const Result<Organization> updated = write_as_caller(
      exchange, [&](core::Work& work) { return core::update_own_organization(work, *exchange.caller, request); });
  if (!updated) return exchange.refuse(updated.error());
  return json_response(200, as_json(*updated));
}

Response delete_organization(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) {
    return core::delete_own_organization(work, *exchange.caller, exchange.segments.front());
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

}  // namespace hub::http::nexus_api
