#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "hub/core/portal.h"
#include "page.h"
#include "pending.h"
#include "portal_form.h"
#include "scope_list.h"
#include "when.h"

namespace hub::http {
namespace {

Json access_as_json(const Exchange& exchange, const core::AppAccess& access) {
  Json out{{"organization", access.organization},
           {"since", day_text(exchange, access.since)},
           {"since_at", to_rfc3339(access.since)},
           {"used", false},
           {"used_at", false},
           {"scopes", as_json(access.scopes, exchange.visit->language)},
           {"any_scopes", !access.scopes.empty()}};
  if (access.last_used) {
    out["used"] = moment_text(exchange, *access.last_used);
    out["used_at"] = to_rfc3339(*access.last_used);
  }
  return out;
}

Response show_applications(Exchange& exchange, const std::string& ended) {
  const PersonId person = exchange.visit->signed_in->person.id;
  const auto mine =
      exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<std::vector<core::MyApplication>> {
        return core::my_applications(view, person);
      });
  if (!mine) return show_problem(exchange, mine.error());
  const std::string& email = exchange.visit->signed_in->person.email;
  Json list = Json::array();
  for (const core::MyApplication& one : *mine) {
    Json accesses = Json::array();
    for (const core::AppAccess& access : one.accesses) accesses.push_back(access_as_json(exchange, access));
    list.push_back({{"id", one.app.id.text()},
                    {"app_title", one.app.title},
                    {"app_name", one.app.name},
                    {"asking", asking_as_json(one.app.title, one.owner)},
                    {"commands", commands_as_json({command(exchange, "person disconnect",
                                                           {{"person", email}, {"app", one.app.name}})})},
                    {"accesses", std::move(accesses)}});
  }
  Json data{{"wide", true}, {"none", list.empty()}, {"applications", std::move(list)}};
  if (!ended.empty()) data["ended"] = {{"tokens", ended}, {"no_tokens", ended == "0"}, {"one_token", ended == "1"}};
  return show_page(exchange, "applications", std::move(data));
}

// How many tokens ended, as the form's answer said; anything else that stands there is nothing.
std::string digits_of(const std::string& text) {
  const bool plain = text.size() <= 9 && text.find_first_not_of("0123456789") == std::string::npos;
  return plain ? text : "";
}

}  // namespace

Response applications_page(Exchange& exchange) {
  return show_applications(exchange, digits_of(query_text(exchange, "ended")));
}

Response end_application(Exchange& exchange) {
  const Result<Json> ended =
      run_as_visitor(exchange, "person disconnect",
                     {{"person", exchange.visit->signed_in->person.id.text()}, {"app", exchange.segments.front()}});
  if (!ended) return show_problem(exchange, ended.error());
  return redirect_to(exchange, "/id/account/applications?ended=" + to_line((*ended)["tokens"]));
}

}  // namespace hub::http
