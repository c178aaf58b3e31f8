#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/core/free_name.h"
#include "hub/core/portal.h"
#include "language.h"
#include "page.h"
#include "portal.h"
#include "when.h"

// /id/organizations: mine, those that invite me, and new ones; and the page of one.
namespace hub::http {
namespace {

constexpr int times_to_try = 8;

std::string place(const Exchange& exchange) { return "/id/organizations/" + exchange.segments.front(); }

Json invitation_forms(const Exchange& exchange, const core::MyOrganization& one) {
  const std::string hash = one.organization.id.hash_id(), path = "/id/organizations/" + hash;
  const Json membership{{"member", one.membership.id.text()}};
  return Json::array({as_json(exchange,
                              {.name = "accept-" + hash,
                               .action = path + "/accept",
                               .button = "organizations.accept",
                               .style = "primary",
                               .commands = {command(exchange, "member accept", membership)}},
                              nullptr),
                      as_json(exchange,
                              {.name = "decline-" + hash,
                               .action = path + "/leave",
                               .button = "organizations.decline",
                               .commands = {command(exchange, "member remove", membership)}},
                              nullptr)});
}

Json row_of(const Exchange& exchange, const core::MyOrganization& one) {
  Json roles = Json::array();
  for (const Role role : one.membership.roles.roles()) roles.push_back(role_in_words(role, exchange.visit->language));
  const auto& joined_at = one.membership.joined_at;
  const auto& expires_at = one.membership.invitation_expires_at;
  const bool is_over = !joined_at && expires_at && *expires_at <= exchange.hub().clock().now();
  Json out{{"name", one.organization.name},
           {"slug", one.organization.slug},
           {"path", "/id/organizations/" + one.organization.id.hash_id()},
           {"roles", std::move(roles)},
           {"joined", joined_at.has_value()},
           {"is_over", is_over},
           {"forms", Json::array()}};
  if (joined_at) {
    out["day"] = day_text(exchange, *joined_at);
    out["day_at"] = to_rfc3339(*joined_at);
  } else {
    out["forms"] = invitation_forms(exchange, one);
    if (is_over) out["forms"].erase(0);  // what is over can only be cleared away
  }
  return out;
}

Response show_organizations(Exchange& exchange, const Refused* refused) {
  const Person& person = exchange.visit->signed_in->person;
  const auto mine =
      exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<std::vector<core::MyOrganization>> {
        return core::my_organizations(view, person.id);
      });
  if (!mine) return show_problem(exchange, mine.error());
  Json rows = Json::array();
  for (const core::MyOrganization& one : *mine) rows.push_back(row_of(exchange, one));
  Json data{{"wide", true},
            {"none", rows.empty()},
            {"organizations", std::move(rows)},
            {"done", done_text(exchange, "organizations")},
            {"error", false}};
  data["create"] = as_json(exchange,
                           {.name = "new-organization",
                            .action = "/id/organizations",
                            .button = "organizations.create_submit",
                            .style = "primary",
                            .summary = "organizations.create",
                            .is_open = mine->empty(),
                            .fields = {{.name = "name", .label = "organizations.name", .autocomplete = "organization"}},
                            .commands = {command(exchange, "org create", Json::object(), {"name"})}},
                           refused);
  return show_portal(exchange, "organizations", std::move(data), refused);
}

Json forms_of_member(const Exchange& exchange, const core::Area& area) {
  const std::string path = path_of(area), slug = area.organization.slug;
  return as_json(exchange,
                 {.name = "leave",
                  .action = path + "/leave",
                  .button = "organization.leave_submit",
                  .style = "danger",
                  .lead = "organization.leave_lead",
                  .summary = "organization.leave",
                  .commands = {command(exchange, "member remove",
                                       {{"member", exchange.visit->signed_in->person.email}, {"org", slug}})}},
                 nullptr);
}

Json rename_form(const Exchange& exchange, const core::Area& area, const Refused* refused) {
  return as_json(exchange,
                 {.name = "rename",
                  .action = path_of(area) + "/name",
                  .button = "organization.rename_submit",
                  .summary = "organization.rename",
                  .version = area.organization.version,
                  .fields = {{.name = "name", .label = "organizations.name", .value = area.organization.name}},
                  .commands = {command(exchange, "org update", {{"organization", area.organization.slug}}, {"name"})}},
                 refused);
}

Json delete_form(const Exchange& exchange, const core::Area& area, const Refused* refused) {
  return as_json(
      exchange,
      {.name = "delete",
       .action = path_of(area) + "/delete",
       .button = "organization.delete_submit",
       .style = "danger",
       .lead = "organization.delete_lead",
       .summary = "organization.delete",
       .version = area.organization.version,
       .fields = {{.name = "confirm", .label = "organization.confirm", .autocomplete = "off"}},
       .commands = {command(exchange, "org delete", {{"organization", area.organization.slug}}, {"confirm"})}},
      refused);
}

Response show_organization(Exchange& exchange, const core::Area& area, const Refused* refused) {
  const auto owners = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<std::vector<std::string>> {
    return core::owners_of(view, area.organization.id);
  });
  if (!owners) return show_problem(exchange, owners.error());
  Json data = area_data(exchange, area, "overview", "organization");
  data["hash_id"] = area.organization.id.hash_id();
  data["owners"] = *owners;
  data["any_owners"] = !owners->empty();
  data["created"] = day_text(exchange, area.organization.created_at);
  data["created_at"] = to_rfc3339(area.organization.created_at);
  data["forms"] = Json::array();
  if (area.is_admin()) data["forms"].push_back(rename_form(exchange, area, refused));
  data["forms"].push_back(forms_of_member(exchange, area));
  if (area.is_owner()) data["forms"].push_back(delete_form(exchange, area, refused));
  return show_portal(exchange, "organization", std::move(data), refused);
}

// Runs an operation on the organization of the path and leads on, or shows its page again.
Response changed(Exchange& exchange, const std::string& form_name, std::string_view operation, const char* field,
                 const std::string& onward) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const auto& [form, area] = *posted;
  const Result<Json> done = run_as_visitor(
      exchange, operation, {{"organization", area.organization.id.text()}, {field, sent(form, field)}}, &form);
  if (done) return redirect_to(exchange, onward.empty() ? path_of(area) + "?done=renamed" : onward);
  if (!is_form_error(done.error())) return show_problem(exchange, done.error());
  const Refused refused{form_name, form, done.error()};
  return show_organization(exchange, area, &refused);
}

// Names need not be unique here, so that somebody else may take the short name in between (decisions-week-one.md 12).
Result<Json> make_organization(Exchange& exchange, const std::string& name) {
  Result<Json> made = Json();
  for (int i = 0; i < times_to_try; ++i) {
    const Result<std::string> slug = exchange.hub().read(
        exchange.call(), [&](core::View& view) -> Result<std::string> { return core::free_slug(view, name); });
    if (!slug) return slug.error();
    made = run_as_visitor(exchange, "org create", {{"name", name}, {"slug", *slug}});
    if (made || !(made.error().code == codes::exists)) break;
  }
  return made;
}

}  // namespace

Response organizations_page(Exchange& exchange) { return show_organizations(exchange, nullptr); }

Response create_own_organization(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const Result<Json> made = make_organization(exchange, sent(*form, "name"));
  if (made) {
    return redirect_to(exchange, "/id/organizations/" + (*made)["hash_id"].get<std::string>() + "?done=created");
  }
  if (!is_form_error(made.error())) return show_problem(exchange, made.error());
  const Refused refused{"new-organization", *form, made.error()};
  return show_organizations(exchange, &refused);
}

Response accept_invitation(Exchange& exchange) {
  const std::string person = exchange.visit->signed_in->person.id.text();
  const Result<Json> done = run_as_visitor(exchange, "member accept",
                                           {{"member", person}, {"org", exchange.segments.front()}}, nullptr, true);
  if (!done) return show_problem(exchange, done.error());
  return redirect_to(exchange, place(exchange) + "?done=joined");
}

Response leave_organization(Exchange& exchange) {
  const std::string person = exchange.visit->signed_in->person.id.text();
  const Result<Json> done =
      run_as_visitor(exchange, "member remove", {{"member", person}, {"org", exchange.segments.front()}});
  if (!done) return show_problem(exchange, done.error());
  return redirect_to(exchange, "/id/organizations?done=left");
}

Response organization_page(Exchange& exchange) {
  const Result<core::Area> area = enter(exchange);
  return area ? show_organization(exchange, *area, nullptr) : show_problem(exchange, area.error());
}

Response rename_organization(Exchange& exchange) { return changed(exchange, "rename", "org update", "name", ""); }

Response delete_organization(Exchange& exchange) {
  return changed(exchange, "delete", "org delete", "confirm", "/id/organizations?done=deleted");
}

}  // namespace hub::http
