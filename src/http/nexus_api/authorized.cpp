#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "json_answer.h"
#include "render.h"

namespace hub::http::nexus_api {
namespace {

Response answer(Exchange& exchange, int status, const Result<core::AuthorizedApplication>& authorization) {
  if (!authorization) return exchange.refuse(authorization.error());
  return json_response(status, as_json(*authorization));
}

// Ended ones are history, which is shown to those who ask for it by its status.
Result<Listed<core::AuthorizedApplication>> find(core::View& view, const core::Caller& caller, const ListQuery& query) {
  const bool with_ended = query.filters_on("status");
  const auto list = [&](const core::AuthorizationRequest& request, const core::EachAuthorizedApplication& each) {
    return core::list_authorized_applications(view, caller, request, with_ended, each);
  };
  return run_list(query, {}, authorization_members(), authorization_columns(), list);
}

void embed_granting_profiles(core::View& view, const core::Caller& caller, const ListQuery& query, Json& rows) {
  if (!query.expands("grantedBy")) return;
  for (Json& row : rows) {
    const std::optional<std::string> id = text_member(row, "grantedBy");
    if (!id) continue;
    const auto profile = core::show_profile(view, caller, *id);
    if (profile) row["grantedBy"] = embedded_profile(*profile);
  }
}

}  // namespace

Response list_authorized(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, attributes_of(authorization_members()));
  if (!query) return exchange.refuse(query.error());
  std::int64_t total = 0;
  const Result<Json> rows = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const auto found = find(view, *exchange.caller, *query);
    if (!found) return found.error();
    total = found->total;
    Json out = Json::array();
    for (const core::AuthorizedApplication& authorization : found->rows) out.push_back(as_json(authorization));
    embed_own_organization(view, *exchange.caller, *query, out);
    embed_granting_profiles(view, *exchange.caller, *query, out);
    return out;
  });
  if (!rows) return exchange.refuse(rows.error());
  return listed(*rows, total);
}

Response authorize(Exchange& exchange) {
  const Result<Json> body = read_object(exchange.request);
  if (!body) return exchange.refuse(body.error());
  const Result<std::string> application = read_needed_text(*body, "application");
  if (!application) return exchange.refuse(application.error());
  return answer(exchange, 201, write_as_caller(exchange, [&](core::Work& work) {
                  return core::authorize_application(work, *exchange.caller, *application);
                }));
}

Response approve(Exchange& exchange) {
  return answer(exchange, 200, write_as_caller(exchange, [&](core::Work& work) {
                  return core::approve_application(work, *exchange.caller, exchange.segments.front());
                }));
}

Response rotate_authorized(Exchange& exchange) {
  const Result<std::optional<Seconds>> overlap = read_overlap(exchange.request);
  if (!overlap) return exchange.refuse(overlap.error());
  const Result<void> rotated = write_as_caller(exchange, [&](core::Work& work) {
    return core::rotate_authorized_key(work, *exchange.caller, exchange.segments.front(), *overlap);
  });
  if (!rotated) return exchange.refuse(rotated.error());
  return no_content();
}

Response end_authorized(Exchange& exchange) {
  const Result<void> ended = write_as_caller(exchange, [&](core::Work& work) {
    return core::end_authorization(work, *exchange.caller, exchange.segments.front());
  });
  if (!ended) return exchange.refuse(ended.error());
  return no_content();
}

}  // namespace hub::http::nexus_api
