#include "consent_view.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "consent_steps.h"
#include "language.h"
#include "page.h"
#include "pending.h"
#include "scope_list.h"

namespace hub::http {
namespace {

Json candidates_as_json(const core::ConsentAsk& ask, const std::string& language) {
  Json out = Json::array();
  for (const core::Candidate& one : ask.candidates) {
    const bool checked = ask.chosen && ask.chosen->organization.id == one.organization.id && one.selectable;
    out.push_back({{"id", one.organization.id.text()},
                   {"organization", one.organization.name},
                   {"roles", roles_in_words(one.membership.roles, language)},
                   {"installed", one.installed},
                   {"selectable", one.selectable},
                   {"checked", checked}});
  }
  return out;
}

// Where everything is new, saying so at each of them says nothing.
std::vector<core::ScopeInWords> marked(std::vector<core::ScopeInWords> scopes) {
  if (!std::ranges::all_of(scopes, &core::ScopeInWords::is_new)) return scopes;
  for (core::ScopeInWords& one : scopes) one.is_new = false;
  return scopes;
}

}  // namespace

void speak_as_asked(Exchange& exchange, const LoginRequest& request) {
  if (!request.hints.language) return;
  if (const std::string language = ui_language(*request.hints.language); !language.empty()) {
    exchange.visit->language = language;
  }
}

Json consent_data(const Exchange& exchange, const core::Pending& pending, const core::ConsentAsk& ask) {
  const Person& person = exchange.visit->signed_in->person;
  const std::string& language = exchange.visit->language;
  // Before an organization is chosen nobody can tell what is new to it.
  const bool is_known = !ask.wants_organization || ask.chosen;
  std::vector<core::ScopeInWords> scopes = ask.scopes;
  if (!is_known) {
    for (core::ScopeInWords& one : scopes) one.is_new = false;
  }
  Json data = Json::object();
  data["asking"] = asking_as_json(ask.app.title, ask.owner);
  data["app_title"] = ask.app.title;
  data["app_name"] = ask.app.name;
  data["person_name"] = person.full_name();
  data["person_email"] = person.full_name() == person.email ? "" : person.email;
  data["another_account"] = with_next("/id/sign-in", consent_path(pending));
  data["redirect_host"] = ask.redirect_host;
  data["handle"] = pending.handle.reveal();
  data["leads_to"] = pending.request.redirect_uri;
  data["chooses"] = !ask.is_fixed && (ask.wants_organization || ask.candidates.size() > 1);
  data["acting_for"] = ask.is_fixed || ask.candidates.size() == 1 ? ask.candidates.front().organization.name : "";
  if (ask.wants_organization && !ask.is_fixed) data["acting_for"] = "";
  data["candidates"] = candidates_as_json(ask, language);
  data["any_scopes"] = !scopes.empty();
  data["scopes"] = as_json(marked(std::move(scopes)), language);
  return data;
}

}  // namespace hub::http
