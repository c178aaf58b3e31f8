#include <algorithm>
#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "consent_steps.h"
#include "consent_view.h"
#include "device_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/domain/organization.h"
#include "page.h"
#include "pages.h"

// /grant: which organization, and whether to allow it (zaikio-hub.md section 3.1).
namespace hub::http {
namespace {

constexpr std::size_t candidates_to_search = 10;

// What is typed to make an organization, as it was sent or as the app suggested.
struct NewOrganization {
  std::string name, country_code;
  std::vector<std::string> kinds;
};

NewOrganization suggested(const LoginHints& hints) {
  return {hints.organization_name.value_or(""), hints.country_code.value_or(""), hints.kinds};
}

void add_creation(const NewOrganization& typed, Json& data) {
  data["fields"] =
      as_json({{.name = "name", .label = "grant.name", .autocomplete = "organization", .value = typed.name},
               {.name = "country_code",
                .label = "grant.country_code",
                .autocomplete = "country",
                .value = typed.country_code,
                .required = false,
                .hint = "grant.country_hint"}});
  data["kinds"] = Json::array();
  for (const std::string_view kind : organization_kinds()) {
    const bool checked = std::ranges::find(typed.kinds, kind) != typed.kinds.end();
    data["kinds"].push_back({{"value", std::string(kind)}, {"checked", checked}});
  }
}

// Those whose name has what was searched for; the chosen one stays.
void search(const std::string& q, const core::ConsentAsk& ask, Json& candidates) {
  if (q.empty()) return;
  const std::string wanted = comparison_form(q);
  const std::string chosen = ask.chosen ? ask.chosen->organization.id.text() : "";
  Json kept = Json::array();
  for (Json& one : candidates) {
    const bool found = comparison_form(one["organization"].get<std::string>()).find(wanted) != std::string::npos;
    if (found || one["id"] == chosen) kept.push_back(std::move(one));
  }
  candidates = std::move(kept);
}

struct Shown {
  const Error* error = nullptr;            // of what was posted
  const NewOrganization* typed = nullptr;  // the form to make an organization was posted
  std::string q = {};
};

Response show_grant(Exchange& exchange, const core::Pending& pending, const core::ConsentAsk& ask, const Shown& shown) {
  Json data = consent_data(exchange, pending, ask);
  if (Result<void> added = add_device_facts(exchange, pending.request, data); !added) {
    return show_problem(exchange, added.error());
  }
  data["wants_organization"] = ask.wants_organization;
  data["on_behalf"] = ask.on_behalf;
  data["persons_own"] = !ask.wants_organization || ask.on_behalf;
  data["searches"] = ask.candidates.size() > candidates_to_search;
  data["q"] = shown.q;
  if (ask.candidates.size() > candidates_to_search) search(shown.q, ask, data["candidates"]);
  data["no_candidates"] = data["candidates"].empty();
  data["may_allow"] = !ask.wants_organization || std::ranges::any_of(ask.candidates, &core::Candidate::selectable);
  data["may_create"] = ask.may_create_organization;
  data["creation_is_open"] =
      ask.candidates.empty() || shown.typed != nullptr || pending.request.hints.organization_name.has_value();
  if (ask.may_create_organization) {
    add_creation(shown.typed != nullptr ? *shown.typed : suggested(pending.request.hints), data);
  }
  return show_form(exchange, "grant", std::move(data), shown.error);
}

Response show_ask_admin(Exchange& exchange, const core::Pending& pending, const core::ConsentAsk& ask) {
  Json data = consent_data(exchange, pending, ask);
  data["organization_id"] = ask.chosen->organization.id.text();
  data["acting_for"] = ask.chosen->organization.name;
  data["admins"] = ask.admins;
  data["any_admins"] = !ask.admins.empty();
  data["may_ask"] = ask.may_ask_admins;
  const std::string asked = query_text(exchange, "asked");
  if (asked == "now") data["done"] = text_for(exchange, "ask_admin.done");
  if (asked == "before") data["done"] = text_for(exchange, "ask_admin.open");
  return show_page(exchange, "ask_admin", std::move(data));
}

Response show_next(Exchange& exchange, const core::Pending& pending, const std::optional<OrganizationId>& chosen,
                   const Shown& shown) {
  NextStep step = next_step(exchange, pending, chosen);
  if (step.response) return *std::move(step.response);
  const bool asks = step.ask->chosen && !step.ask->chosen->selectable && (step.ask->is_fixed || chosen);
  return asks && shown.error == nullptr ? show_ask_admin(exchange, pending, *step.ask)
                                        : show_grant(exchange, pending, *step.ask, shown);
}

Response grant_page(Exchange& exchange) {
  const Result<core::Pending> pending = find_pending(exchange, query_text(exchange, "request"));
  if (!pending) return show_problem(exchange, pending.error());
  if (pending->request.dialect == CodeDialect::nexus) return redirect_to(exchange, consent_path(*pending));
  speak_as_asked(exchange, pending->request);
  return show_next(exchange, *pending, OrganizationId::parse(query_text(exchange, "organization")),
                   {.q = query_text(exchange, "q")});
}

Response grant(Exchange& exchange) {
  const Result<ConsentForm> form = read_consent_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const core::Pending& pending = form->pending;
  const Result<core::Decide> decision = decision_of(form->fields);
  if (!decision) return show_problem(exchange, decision.error());
  Result<Response> response = decided(exchange, pending, *decision);
  if (response) return *std::move(response);
  const Error& error = response.error();
  if (error.code == codes::invalid_request || error.code == codes::role_required || error.code == codes::wrong_state) {
    return show_next(exchange, pending, decision->organization, {.error = &error});
  }
  return show_problem(exchange, error);
}

NewOrganization typed_organization(const Parameters& form) {
  return {sent(form, "name"), sent(form, "country_code"), sent_list(form, "kinds")};
}

Result<OrganizationId> created(Exchange& exchange, const core::ConsentAsk& ask, const NewOrganization& typed) {
  const auto country = typed.country_code.empty() ? std::nullopt : std::optional(typed.country_code);
  return exchange.hub().write(exchange.call(), [&](core::Work& work) {
    return core::make_organization(work, ask, {.name = typed.name, .country_code = country, .kinds = typed.kinds});
  });
}

Response create_organization(Exchange& exchange) {
  const Result<ConsentForm> form = read_consent_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const core::Pending& pending = form->pending;
  NextStep step = next_step(exchange, pending, std::nullopt);
  if (step.response) return *std::move(step.response);
  const NewOrganization typed = typed_organization(form->fields);
  const Result<OrganizationId> id = created(exchange, *step.ask, typed);
  if (id) return redirect_to(exchange, consent_path(pending) + "&organization=" + id->text());
  if (!is_form_error(id.error())) return show_problem(exchange, id.error());
  return show_grant(exchange, pending, *step.ask, {.error = &id.error(), .typed = &typed});
}

Response ask_admins(Exchange& exchange) {
  const Result<ConsentForm> form = read_consent_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const core::Pending& pending = form->pending;
  NextStep step = next_step(exchange, pending, OrganizationId::parse(sent(form->fields, "organization")));
  if (step.response) return *std::move(step.response);
  if (!step.ask->may_ask_admins) return redirect_to(exchange, consent_path(pending));
  const Result<bool> asked =
      exchange.hub().write(exchange.call(), [&](core::Work& work) { return core::ask_admins(work, *step.ask); });
  if (!asked) return show_problem(exchange, asked.error());
  return redirect_to(exchange, consent_path(pending) + "&organization=" + step.ask->chosen->organization.id.text() +
                                   (*asked ? "&asked=now" : "&asked=before"));
}

}  // namespace

std::vector<Route> consent_page_routes() {
  using enum Method;
  return {own_page(get, "/grant", &grant_page, "page that asks whether an application may"),
          own_page(post, "/grant", &grant, "allow or deny an application"),
          own_page(post, "/grant/organization", &create_organization, "make an organization on the way"),
          own_page(post, "/grant/ask", &ask_admins, "ask the admins to install an application"),
          own_page(get, "/id/authorize", &profile_page, "page that asks a profile to sign in"),
          own_page(post, "/id/authorize", &sign_profile_in, "sign a profile in or not"),
          own_page(get, "/id/requests", &requests_page, "page with requests of members"),
          own_page(post, "/id/requests/{request}/approve", &approve_request, "approve a member's request"),
          own_page(post, "/id/requests/{request}/decline", &decline_request, "decline a member's request")};
}

}  // namespace hub::http
