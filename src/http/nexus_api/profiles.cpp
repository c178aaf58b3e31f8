#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "json_answer.h"
#include "render.h"

namespace hub::http::nexus_api {
namespace {

Response answer(Exchange& exchange, int status, const Result<core::ProfileAnswer>& profile) {
  if (!profile) return exchange.refuse(profile.error());
  return json_response(status, as_json(*profile));
}

Result<core::CreateProfile> read_new(const Request& request) {
  const Result<Json> body = read_object(request);
  if (!body) return body.error();
  const auto email = read_text(*body, "email"), first = read_text(*body, "firstName"),
             last = read_text(*body, "lastName");
  for (const auto* text : {&email, &first, &last}) {
    if (!*text) return text->error();
  }
  const auto metadata = read_metadata(*body);
  if (!metadata) return metadata.error();
  const Result<bool> service = read_flag(*body, "serviceAccount");
  if (!service) return service.error();
  const auto roles = read_texts(*body, "roles");
  if (!roles) return roles.error();
  return core::CreateProfile{.email = *email,
                             .first_name = *first,
                             .last_name = *last,
                             .metadata = *metadata,
                             .service_account = *service,
                             .roles = *roles};
}

Result<core::UpdateProfile> read_change(const Exchange& exchange) {
  const Result<Json> body = read_object(exchange.request);
  if (!body) return body.error();
  if (Result<void> given = check_not_null(*body, {"roles"}); !given) return given.error();
  const auto email = read_patch(*body, "email"), first = read_patch(*body, "firstName"),
             last = read_patch(*body, "lastName");
  for (const auto* text : {&email, &first, &last}) {
    if (!*text) return text->error();
  }
  const auto metadata = read_metadata(*body);
  if (!metadata) return metadata.error();
  const auto roles = read_texts(*body, "roles");
  if (!roles) return roles.error();
  return core::UpdateProfile{.profile = exchange.segments.front(),
                             .first_name = *first,
                             .last_name = *last,
                             .email = *email,
                             .metadata = *metadata,
                             .roles = *roles};
}

Json render_page(const ListQuery& query, const std::vector<core::ProfileAnswer>& profiles) {
  Json rows = Json::array();
  for (const core::ProfileAnswer& profile : profiles) {
    rows.push_back(as_json(profile));
    if (query.expands("user") && profile.user) rows.back()["user"] = embedded(*profile.user, profile.shows_names());
  }
  return rows;
}

}  // namespace

Response list_profiles(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, attributes_of(profile_members()));
  if (!query) return exchange.refuse(query.error());
  std::int64_t total = 0;
  const Result<Json> rows = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const core::Sought sought{
        .id = query->value_of("id"), .email = query->value_of("email"), .organization = {}, .client_id = {}};
    const auto list = [&](const core::ProfileRequest& request, const core::EachProfile& each) {
      return core::list_profiles(view, *exchange.caller, request, each);
    };
    const auto found = run_list(*query, sought, profile_members(), profile_columns(), list);
    if (!found) return found.error();
    total = found->total;
    Json out = render_page(*query, found->rows);
    embed_own_organization(view, *exchange.caller, *query, out);
    return out;
  });
  if (!rows) return exchange.refuse(rows.error());
  return listed(*rows, total);
}

Response show_profile(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, {});
  if (!query) return exchange.refuse(query.error());
  const Result<Json> found = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const auto profile = core::show_profile(view, *exchange.caller, exchange.segments.front());
    if (!profile) return profile.error();
    Json rows = render_page(*query, {*profile});
    embed_own_organization(view, *exchange.caller, *query, rows);
    return rows.front();
  });
  if (!found) return exchange.refuse(found.error());
  return json_response(200, *found);
}

Response show_own_profile(Exchange& exchange) {
  return answer(exchange, 200, exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::own_profile(view, *exchange.caller);
  }));
}

Response create_profile(Exchange& exchange) {
  const Result<core::CreateProfile> request = read_new(exchange.request);
  if (!request) return exchange.refuse(request.error());
  return answer(exchange, 201, write_as_caller(exchange, [&](core::Work& work) {
                  return core::create_profile(work, *exchange.caller, *request);
                }));
}

Response update_profile(Exchange& exchange) {
  const Result<core::UpdateProfile> request = read_change(exchange);
  if (!request) return exchange.refuse(request.error());
  return answer(exchange, 200, write_as_caller(exchange, [&](core::Work& work) {
                  return core::update_profile(work, *exchange.caller, *request);
                }));
}

Response delete_profile(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) {
    return core::delete_profile(work, *exchange.caller, exchange.segments.front());
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

}  // namespace hub::http::nexus_api
