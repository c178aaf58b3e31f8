#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "page.h"
#include "pending.h"
#include "portal.h"
#include "scope_list.h"

// /id/organizations/{organization}/applications/authorize: an application asks an admin for third-party authorization
// (nexus211.md section 8).
namespace hub::http {
namespace {

// What the application asked for, from the address or, once more, from the form.
struct Asked {
  std::string application, state, redirect;
};
constexpr std::size_t state_bytes = 512;

Asked asked_by_query(const Exchange& exchange) {
  return {query_text(exchange, "application"), query_text(exchange, "state"), query_text(exchange, "redirect")};
}

std::string path_for(const std::string& organization, const Asked& asked) {
  std::string out = "/id/organizations/" + organization + "/applications/authorize";
  add_parameter(out, "application", asked.application);
  if (!asked.state.empty()) add_parameter(out, "state", asked.state);
  if (!asked.redirect.empty()) add_parameter(out, "redirect", asked.redirect);
  return out;
}

// A parameter that is there twice says nothing (claim AZ-05).
bool says_twice(const Exchange& exchange) {
  const Result<std::vector<Parameter>> query = parse_form(exchange.request.query);
  if (!query) return true;
  for (const char* name : {"application", "state", "redirect"}) {
    if (std::ranges::count(*query, std::string(name), &Parameter::name) > 1) return true;
  }
  return false;
}

Result<core::AuthorizedAsk> look_at(Exchange& exchange, const core::Area& area, const Asked& asked) {
  if (says_twice(exchange)) return Error{codes::invalid_request, "A parameter is there twice."};
  if (asked.application.empty()) {
    return Error{codes::invalid_request, "The address names no application.", "application=<client id>"};
  }
  if (asked.state.size() > state_bytes) return Error{codes::invalid_request, "The state is longer than 512 bytes."};
  return exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::ask_authorized(view, area, {.application = asked.application, .redirect = asked.redirect});
  });
}

Json choices_of(const core::Area& area, const core::AuthorizedAsk& ask, const Asked& asked) {
  Json out = Json::array();
  for (const Organization& one : ask.organizations) {
    out.push_back(
        {{"name", one.name}, {"href", path_for(one.id.hash_id(), asked)}, {"current", one.id == area.organization.id}});
  }
  return out;
}

Response show_ask(Exchange& exchange, const core::Area& area, const core::AuthorizedAsk& ask, const Asked& asked,
                  const Error* error) {
  Json data = area_data(exchange, area, "applications", "authorize_application");
  data["asking"] = asking_as_json(ask.app.title, ask.owner);
  data["app_title"] = ask.app.title;
  data["app_name"] = ask.app.name;
  data["client_id"] = ask.app.client_id;
  data["scopes"] = as_json(ask.scopes, exchange.visit->language);
  data["any_scopes"] = !ask.scopes.empty();
  data["is_own"] = ask.is_own;
  data["is_active"] = ask.is_active && !ask.is_own;
  data["may_authorize"] = area.is_admin() && !ask.is_own && !ask.is_active;
  data["needs_admin"] = !area.is_admin();
  data["organizations"] = choices_of(area, ask, asked);
  data["chooses"] = ask.organizations.size() > 1 || (!area.is_admin() && !ask.organizations.empty());
  data["tab"] = path_of(area) + "/applications?tab=authorized";
  data["redirect_host"] = ask.redirect_host;
  data["leads_to"] = asked.redirect;
  data["action"] = path_of(area) + "/applications/authorize";
  data["fields"] = Json::array({{{"name", "application"}, {"value", asked.application}},
                                {{"name", "state"}, {"value", asked.state}},
                                {{"name", "redirect"}, {"value", asked.redirect}}});
  const auto [shown, scopes] = shown_scopes(ask.scope_names);
  data["fields"].push_back({{"name", shown}, {"value", scopes}});
  data["commands"] = commands_as_json(
      {command(exchange, "authorization grant", {{"app", ask.app.name}, {"by", area.organization.slug}})});
  if (error != nullptr) show_error(data, *error, exchange.visit->language);
  if (error != nullptr || area.is_admin())
    return show_refused(exchange, "authorize_application", std::move(data), error);
  Response response = show_page(exchange, "authorize_application", std::move(data), 403);
  response.trace.error = codes::role_required.name;
  return response;
}

// Back to the application, which never hears the secret this way; or to the tab, where nobody waits.
Response lead_back(Exchange& exchange, const core::Area& area, const Asked& asked, bool granted) {
  if (asked.redirect.empty()) {
    return redirect_to(exchange, path_of(area) + "/applications?tab=authorized" + (granted ? "&done=granted" : ""));
  }
  std::string target = asked.redirect;
  add_parameter(target, "authorization", granted ? "granted" : "denied");
  add_parameter(target, "organization", area.organization.id.hash_id());
  if (!asked.state.empty()) add_parameter(target, "state", asked.state);
  return redirect_to(exchange, target);
}

}  // namespace

Response authorize_page(Exchange& exchange) {
  const Result<core::Area> area = enter(exchange);
  if (!area) return show_problem(exchange, area.error());
  const Asked asked = asked_by_query(exchange);
  const Result<core::AuthorizedAsk> ask = look_at(exchange, *area, asked);
  if (!ask) return show_problem(exchange, ask.error());
  return show_ask(exchange, *area, *ask, asked, nullptr);
}

Response authorize_application(Exchange& exchange) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const auto& [form, area] = *posted;
  const Asked asked{sent(form, "application"), sent(form, "state"), sent(form, "redirect")};
  const Result<core::AuthorizedAsk> ask = look_at(exchange, area, asked);
  if (!ask) return show_problem(exchange, ask.error());
  const std::string decision = sent(form, "decision");
  if (decision == "deny") return lead_back(exchange, area, asked, false);
  if (decision != "allow") {
    return show_problem(exchange, {codes::invalid_request, "The decision is to allow or to deny."});
  }
  Json request{{"app", ask->app.id.text()}, {"by", area.organization.id.text()}};
  add_shown_scopes(form, request);
  const Result<Json> done = run_as_visitor(exchange, "authorization grant", request);
  if (done) return lead_back(exchange, area, asked, true);
  // Authorized by somebody else in between, or other scopes by now: the page says so.
  const Error& error = done.error();
  if (error.code == codes::already_authorized || error.code == codes::stale) {
    const Result<core::AuthorizedAsk> now = look_at(exchange, area, asked);
    return now ? show_ask(exchange, area, *now, asked, &error) : show_problem(exchange, now.error());
  }
  return show_problem(exchange, done.error());
}

// Applications know no organization of their visitors: they link here.
Response find_place_to_authorize(Exchange& exchange) {
  const PersonId person = exchange.visit->signed_in->person.id;
  const auto organizations = exchange.hub().read(
      exchange.call(),
      [&](core::View& view) -> Result<std::vector<Organization>> { return core::administered_by(view, person); });
  if (!organizations) return show_problem(exchange, organizations.error());
  if (organizations->empty()) {
    return show_problem(exchange, {codes::role_required, "This needs the role admin or owner in an organization.",
                                   "ask an admin of your organization"});
  }
  return redirect_to(exchange, path_for(organizations->front().id.hash_id(), asked_by_query(exchange)));
}

}  // namespace hub::http
