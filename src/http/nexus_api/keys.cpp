#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "render.h"

namespace hub::http::nexus_api {
namespace {

Json with_secret(const core::ThirdPartyKey& key, const Secret& secret) {
  Json out = as_json(key);
  out["secret"] = secret.reveal();
  return out;
}

// The rows of the page with their secrets. The name of an organization is part of its key, whatever the scopes are.
Result<Json> render_page(core::View& view, const ListQuery& query, const std::vector<core::ThirdPartyKey>& keys) {
  Json rows = Json::array();
  for (const core::ThirdPartyKey& key : keys) {
    const Result<Secret> secret = core::key_secret(view, key);
    if (!secret) return secret.error();
    rows.push_back(with_secret(key, *secret));
    if (query.expands("organization")) rows.back()["organization"] = embedded(key.organization);
  }
  return rows;
}

}  // namespace

Response list_keys(Exchange& exchange) {
  const Result<ListQuery> query = read_list_query(exchange.request.query, attributes_of(key_members()));
  if (!query) return exchange.refuse(query.error());
  std::int64_t total = 0;
  const Result<Json> rows = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const core::Sought sought{
        .id = query->value_of("id"), .email = {}, .organization = query->value_of("organization"), .client_id = {}};
    const auto list = [&](const core::KeyRequest& request, const core::EachKey& each) {
      return core::list_keys_of_app(view, *exchange.caller, request, each);
    };
    const auto found = run_list(*query, sought, key_members(), key_columns(), list);
    if (!found) return found.error();
    total = found->total;
    return render_page(view, *query, found->rows);
  });
  if (!rows) return exchange.refuse(rows.error());
  Response response = listed(*rows, total);
  response.add("Cache-Control", "no-store");
  return response;
}

Response rotate_key(Exchange& exchange) {
  const Result<std::optional<Seconds>> overlap = read_overlap(exchange.request);
  if (!overlap) return exchange.refuse(overlap.error());
  const Result<core::RotatedKey> rotated = write_as_caller(exchange, [&](core::Work& work) {
    return core::rotate_key_of_app(work, *exchange.caller, exchange.segments.front(), *overlap);
  });
  if (!rotated) return exchange.refuse(rotated.error());
  return not_stored(200, with_secret(rotated->key, rotated->client_secret));
}

}  // namespace hub::http::nexus_api
