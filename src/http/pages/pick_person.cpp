#include "pick_person.h"

#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/core/portal.h"
#include "hub/core/session.h"
#include "language.h"
#include "page.h"

namespace hub::http {
namespace {

constexpr std::size_t people_most = 50;

void add_fact(Json& facts, const char* name, const std::string& value) {
  if (!value.empty()) facts.push_back({{"fact", name}, {"is", value}});
}

Json facts_of(const LoginRequest& request) {
  Json out = Json::array();
  add_fact(out, "scope", request.scope);
  add_fact(out, "redirect_uri", request.redirect_uri);
  add_fact(out, "state", request.state.value_or(""));
  add_fact(out, "code_challenge", request.challenge.value_or(""));
  add_fact(out, "code_challenge_method", request.challenge_method.value_or(""));
  add_fact(out, "nonce", request.nonce.value_or(""));
  add_fact(out, "login", request.hints.login.value_or(""));
  add_fact(out, "force_login", request.hints.force_login ? "true" : "");
  add_fact(out, "organization", request.hints.organization_name.value_or(""));
  add_fact(out, "device", request.device_id ? request.device_id->text() : "");
  return out;
}

}  // namespace

void add_people(Exchange& exchange, const LoginRequest* request, Json& data) {
  const auto people = exchange.hub().read(
      exchange.call(),
      [](core::View& view) -> Result<std::vector<core::KnownPerson>> { return core::known_people(view, people_most); });
  if (!people) return;
  Json list = Json::array();
  for (const core::KnownPerson& known : *people) {
    Json memberships = Json::array();
    for (const core::MyOrganization& one : known.organizations) {
      memberships.push_back({{"organization", one.organization.name},
                             {"roles", roles_in_words(one.membership.roles, exchange.visit->language)}});
    }
    list.push_back({{"id", known.person.id.text()},
                    {"full_name", known.person.full_name()},
                    {"address", known.person.email},
                    {"memberships", std::move(memberships)}});
  }
  data["people"] = std::move(list);
  data["asked"] = request != nullptr;
  if (request != nullptr) data["facts"] = facts_of(*request);
}

Response sign_in_as(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const auto person = PersonId::parse(sent(*form, "person"));
  if (!person) return show_problem(exchange, {codes::not_found, "There is no such person."});
  const auto session = exchange.hub().write(exchange.call(), [&](core::Work& work) -> Result<core::NewSession> {
    if (exchange.visit->signed_in) core::end_session(work, exchange.visit->signed_in->session);
    return core::begin_session(work, *person, agent_of(exchange), exchange.trace.address);
  });
  if (!session) return show_problem(exchange, session.error());
  Response response = redirect_to(exchange, return_path(sent(*form, "next")));
  keep_session(exchange, response, session->secret);
  return response;
}

}  // namespace hub::http
