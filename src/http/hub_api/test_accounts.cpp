#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "hub/core/hub_test_account.h"
#include "json_answer.h"
#include "render.h"

namespace hub::http::hub_api {
namespace {

// The one site that every organization has; addresses are no part of this hub (decisions.md 11).
Json headquarter_of(const Organization& organization) {
  return {{"id", organization.id.text()},
          {"name", organization.name},
          {"headquarter", true},
          {"created_at", to_rfc3339_ms(organization.created_at)},
          {"updated_at", to_rfc3339_ms(organization.updated_at)},
          {"address", nullptr}};
}

Json as_json(const core::TestAccount& account) {
  Json out = hub_api::as_json(account.organization);
  const auto& token = account.private_access_token;
  out["private_access_token"] = token ? Json(token->reveal()) : Json(nullptr);
  out["memberships"] = Json::array();
  for (const core::HubMembership& membership : account.memberships) {
    out["memberships"].push_back(hub_api::as_json(membership));
  }
  out["sites"] = Json::array({headquarter_of(account.organization.organization)});
  return out;
}

Result<std::vector<core::TestMember>> read_members(const Json& attributes) {
  constexpr std::string_view name = "member_attributes";
  std::vector<core::TestMember> out;
  const Json* const members = member_of(attributes, name);
  if (members == nullptr) return out;
  if (!members->is_array()) return invalid_field(name);
  for (const Json& one : *members) {
    const auto roles = read_texts(one, "roles");
    if (!roles || !one.is_object()) return invalid_field(name);
    core::TestMember member{.email = text_member(one, "email").value_or(""),
                            .password = {},
                            .first_name = text_member(one, "first_name"),
                            .last_name = text_member(one, "name"),
                            .roles = roles->value_or(std::vector<std::string>())};
    if (auto password = text_member(one, "password")) member.password = Secret(std::move(*password));
    out.push_back(std::move(member));
  }
  return out;
}

Result<core::CreateTestAccount> read_request(const Request& body) {
  const Result<Json> attributes = read_attributes(body, "test_account");
  if (!attributes) return attributes.error();
  core::CreateTestAccount request{.name = text_member(*attributes, "name").value_or(""),
                                  .country_code = text_member(*attributes, "country_code").value_or(""),
                                  .kinds = {},
                                  .connected_apps = {},
                                  .members = {}};
  if (request.name.empty()) return invalid_field("name", "can't be blank");
  if (request.country_code.empty()) return invalid_field("country_code", "can't be blank");
  const auto kinds = read_texts(*attributes, "kinds");
  if (!kinds) return kinds.error();
  request.kinds = kinds->value_or(std::vector<std::string>());
  if (const auto kind = text_member(*attributes, "kind"); kind && request.kinds.empty()) request.kinds = {*kind};
  const auto apps = read_texts(*attributes, "connection_attributes");
  if (!apps) return apps.error();
  request.connected_apps = apps->value_or(std::vector<std::string>());
  Result<std::vector<core::TestMember>> members = read_members(*attributes);
  if (!members) return members.error();
  request.members = std::move(*members);
  return request;
}

}  // namespace

Response create_test_account(Exchange& exchange) {
  const Result<void> sandbox = exchange.hub().read(exchange.call(), &core::check_sandbox);
  if (!sandbox) return exchange.refuse(sandbox.error());
  const Result<core::CreateTestAccount> request = read_request(exchange.request);
  if (!request) return exchange.refuse(request.error());
  const Result<core::PreparedTestAccount> prepared = core::prepare_test_account(exchange.hub(), *request);
  if (!prepared) return exchange.refuse(prepared.error());
  const Result<core::TestAccount> made = write_as_caller(exchange, [&](core::Work& work) {
    return core::create_test_account(work, *exchange.caller, *request, *prepared);
  });
  if (!made) return exchange.refuse(made.error());
  return json_response(201, as_json(*made));
}

Response list_test_accounts(Exchange& exchange) {
  Json rows = Json::array();
  const Result<void> listed = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::list_test_accounts(view, *exchange.caller, [&](const core::TestAccount& account) {
      rows.push_back(as_json(account));
      return true;
    });
  });
  if (!listed) return exchange.refuse(listed.error());
  return json_response(200, rows);
}

Response show_test_account(Exchange& exchange) {
  const Result<core::TestAccount> found = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::show_test_account(view, *exchange.caller, exchange.segments.front());
  });
  if (!found) return exchange.refuse(found.error());
  return json_response(200, as_json(*found));
}

Response delete_test_account(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) {
    return core::delete_test_account(work, *exchange.caller, exchange.segments.front());
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

}  // namespace hub::http::hub_api
