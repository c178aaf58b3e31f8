#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "hub/base/codes.h"
#include "json_answer.h"
#include "render.h"

namespace hub::http::nexus_api {
namespace {

Error at(std::string_view member, std::string_view what) {
  return {codes::invalid_request, std::string(member) + " must be " + std::string(what) + ".", "", std::string(member)};
}

Result<core::CreateApplication> read_new(const Request& request) {
  const Result<Json> body = read_object(request);
  if (!body) return body.error();
  const Result<std::string> name = read_needed_text(*body, "name");
  if (!name) return name.error();
  const auto description = read_text(*body, "description");
  if (!description) return description.error();
  const auto scopes = read_texts(*body, "scopes");
  if (!scopes) return scopes.error();
  return core::CreateApplication{
      .name = *name, .description = *description, .scopes = scopes->value_or(std::vector<std::string>())};
}

Result<void> read_oauth(const Json& body, core::UpdateApplication& request) {
  request.oauth_touched = has_member(body, "oauth");
  const Json* const oauth = member_of(body, "oauth");
  if (oauth == nullptr) return {};
  if (!oauth->is_object()) return at("oauth", "an object or null");
  const auto redirects = read_texts(*oauth, "redirects");
  if (!redirects) return redirects.error();
  const auto audience = read_text(*oauth, "audience");
  if (!audience) return audience.error();
  const auto organizations = read_texts(*oauth, "organizations");
  if (!organizations) return organizations.error();
  request.oauth = core::OauthSetup{.redirects = *redirects, .audience = *audience, .organizations = *organizations};
  return {};
}

Result<core::UpdateApplication> read_change(const Exchange& exchange) {
  const Result<Json> body = read_object(exchange.request);
  if (!body) return body.error();
  core::UpdateApplication request;
  request.application = exchange.segments.front();
  const auto name = read_text(*body, "name");
  if (!name) return name.error();
  if (Result<void> given = check_not_null(*body, {"name", "scopes"}); !given) return given.error();
  request.name = *name;
  const auto description = read_patch(*body, "description");
  if (!description) return description.error();
  request.description = *description;
  const auto scopes = read_texts(*body, "scopes");
  if (!scopes) return scopes.error();
  request.scopes = *scopes;
  const auto organization = read_text(*body, "organization");
  if (!organization) return organization.error();
  request.organization = *organization;
  if (Result<void> oauth = read_oauth(*body, request); !oauth) return oauth.error();
  return request;
}

Response answer(Exchange& exchange, const Result<core::ApplicationAnswer>& application) {
  if (!application) return exchange.refuse(application.error());
  return json_response(200, as_json(*application));
}

}  // namespace

Response list_applications(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, attributes_of(application_members()));
  if (!query) return exchange.refuse(query.error());
  std::int64_t total = 0;
  const Result<Json> rows = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const core::Sought sought{
        .id = query->value_of("id"), .email = {}, .organization = {}, .client_id = query->value_of("clientId")};
    const auto list = [&](const core::ApplicationRequest& request, const core::EachApplication& each) {
      return core::list_applications(view, *exchange.caller, request, each);
    };
    const auto found = run_list(*query, sought, application_members(), application_columns(), list);
    if (!found) return found.error();
    total = found->total;
    Json out = Json::array();
    for (const core::ApplicationAnswer& application : found->rows) out.push_back(as_json(application));
    embed_own_organization(view, *exchange.caller, *query, out);
    return out;
  });
  if (!rows) return exchange.refuse(rows.error());
  return listed(*rows, total);
}

Response show_application(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, {});
  if (!query) return exchange.refuse(query.error());
  const Result<Json> found = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const auto application = core::show_application(view, *exchange.caller, exchange.segments.front());
    if (!application) return application.error();
    Json rows = Json::array({as_json(*application)});
    embed_own_organization(view, *exchange.caller, *query, rows);
    return rows.front();
  });
  if (!found) return exchange.refuse(found.error());
  return json_response(200, *found);
}

Response create_application(Exchange& exchange) {
  const Result<core::CreateApplication> request = read_new(exchange.request);
  if (!request) return exchange.refuse(request.error());
  const Result<core::ApplicationAnswer> made = write_as_caller(
      exchange, [&](core::Work& work) { return core::create_application(work, *exchange.caller, *request); });
  if (!made) return exchange.refuse(made.error());
  Json out = as_json(*made);
  out["clientSecret"] = made->client_secret->reveal();
  return not_stored(201, out);
}

Response update_application(Exchange& exchange) {
  const Result<core::UpdateApplication> request = read_change(exchange);
  if (!request) return exchange.refuse(request.error());
  return answer(exchange, write_as_caller(exchange, [&](core::Work& work) {
                  return core::update_application(work, *exchange.caller, *request);
                }));
}

Response rotate_application_secret(Exchange& exchange) {
  const Result<std::optional<Seconds>> overlap = read_overlap(exchange.request);
  if (!overlap) return exchange.refuse(overlap.error());
  const Result<core::ApplicationAnswer> rotated = write_as_caller(exchange, [&](core::Work& work) {
    return core::rotate_application_secret(work, *exchange.caller, exchange.segments.front(), *overlap);
  });
  if (!rotated) return exchange.refuse(rotated.error());
  return not_stored(200, {{"clientId", rotated->app.client_id}, {"clientSecret", rotated->client_secret->reveal()}});
}

Response delete_application(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) {
    return core::delete_application(work, *exchange.caller, exchange.segments.front());
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

}  // namespace hub::http::nexus_api
