#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/core/free_name.h"
#include "page.h"
#include "pending.h"
#include "portal.h"
#include "scope_list.h"
#include "shown_secret.h"
#include "when.h"

// /id/organizations/{organization}/applications: those of the organization, and those of others that it authorized.
namespace hub::http {
namespace {

constexpr Seconds lately{24 * 3600};
constexpr int times_to_try = 8;

std::string tab_path(const core::Area& area) { return path_of(area) + "/applications?tab=authorized"; }

void add_moment(const Exchange& exchange, Json& out, const std::string& name, const std::optional<Instant>& at) {
  out[name] = at ? Json(moment_text(exchange, *at)) : Json(false);
  out[name + "_at"] = at ? Json(to_rfc3339(*at)) : Json(false);
}

Json own_as_json(const Exchange& exchange, const core::Area& area, const core::OwnApplication& one) {
  return {{"app_title", one.app.title},
          {"app_name", one.app.name},
          {"asking", asking_as_json(one.app.title, "")},
          {"path", path_of(area) + "/applications/" + one.app.id.hash_id()},
          {"client_id", one.app.client_id},
          {"tenancy", tenancy_of(one.app)},
          {"scopes", names_of(one.app.desired_scopes)},
          {"any_scopes", !one.app.desired_scopes.empty()},
          {"created", day_text(exchange, one.app.created_at)},
          {"created_at", to_rfc3339(one.app.created_at)}};
}

Json creation_form(const Exchange& exchange, const core::Area& area, const Refused* refused) {
  const std::string slug = area.organization.slug;
  return as_json(
      exchange,
      {.name = "new-application",
       .action = path_of(area) + "/applications",
       .button = "own_applications.create_submit",
       .style = "primary",
       .summary = "own_applications.create",
       .fields =
           {{.name = "title", .label = "own_applications.name", .autocomplete = "off"},
            {.name = "description", .label = "own_applications.description", .autocomplete = "off", .required = false}},
       .commands = {command(exchange, "app create", {{"owner", slug}, {"audience", "none"}}, {"name", "title"}),
                    command(exchange, "credential create", Json::object(), {"app"}, true)}},
      refused);
}

Response show_own(Exchange& exchange, const core::Area& area, const Refused* refused) {
  const auto apps =
      exchange.hub().read(exchange.call(), [&](core::View& view) { return core::applications_of(view, area); });
  if (!apps) return show_problem(exchange, apps.error());
  Json data = area_data(exchange, area, "applications", "own_applications");
  data["own_tab"] = true;
  data["applications"] = Json::array();
  for (const core::OwnApplication& one : *apps) data["applications"].push_back(own_as_json(exchange, area, one));
  data["none"] = apps->empty();
  data["create"] = area.is_admin() ? creation_form(exchange, area, refused) : Json(false);
  return show_portal(exchange, "own_applications", std::move(data), refused);
}

PortalForm form_of(const Exchange& exchange, const core::Area& area, const core::Authorized& one,
                   const std::string& what, std::vector<std::string_view> open = {}) {
  const std::string hash = one.connection.id.hash_id();
  const Json request{{"authorization", one.name + "/" + area.organization.slug}};
  return {.name = what + "-" + hash,
          .action = path_of(area) + "/authorizations/" + hash + "/" + what,
          .button = "authorized." + what,
          .version = one.connection.version,
          .commands = {command(exchange, "authorization " + what, request, std::move(open))}};
}

bool used_lately(const Exchange& exchange, const core::Authorized& one) {
  return one.last_used_at && exchange.hub().clock().now() < *one.last_used_at + lately;
}

// Who ends what is in use types its name (what works today stops working at once).
Json forms_of(const Exchange& exchange, const core::Area& area, const core::Authorized& one, const Refused* refused) {
  Json out = Json::array();
  if (!one.pending.empty()) {
    PortalForm approve = form_of(exchange, area, one, "approve");
    approve.style = "primary";
    approve.hidden = {shown_scopes(one.pending_names)};
    out.push_back(as_json(exchange, std::move(approve), refused));
  }
  PortalForm rotate = form_of(exchange, area, one, "rotate", {"overlap"});
  rotate.lead = "authorized.rotate_lead";
  rotate.summary = "authorized.rotate_summary";
  rotate.fields = {overlap_field(exchange)};
  out.push_back(as_json(exchange, std::move(rotate), refused));
  PortalForm revoke = form_of(exchange, area, one, "revoke");
  revoke.style = "danger";
  revoke.lead = used_lately(exchange, one) ? "authorized.revoke_in_use" : "authorized.revoke_lead";
  revoke.summary = "authorized.revoke_summary";
  if (used_lately(exchange, one)) {
    revoke.fields = {{.name = "confirm", .label = "authorized.confirm", .autocomplete = "off"}};
  }
  out.push_back(as_json(exchange, std::move(revoke), refused));
  return out;
}

Json authorized_as_json(const Exchange& exchange, const core::Area& area, const core::Authorized& one,
                        const Refused* refused) {
  const std::string& language = exchange.visit->language;
  const Connection& connection = one.connection;
  Json out{{"hash_id", connection.id.hash_id()},
           {"app_title", one.title},
           {"app_name", one.name},
           {"asking", asking_as_json(one.title, one.owner)},
           {"granted_by", one.granted_by},
           {"granted", day_text(exchange, connection.granted_at)},
           {"granted_at", to_rfc3339(connection.granted_at)},
           {"scopes", as_json(one.granted, language)},
           {"any_scopes", !one.granted.empty()},
           {"pending", one.pending.empty() ? Json(false) : Json{{"scopes", as_json(one.pending, language)}}},
           {"active", connection.active()},
           {"reason", connection.ended_reason ? "authorized." + std::string(name(*connection.ended_reason)) : ""},
           {"forms", Json::array()}};
  add_moment(exchange, out, "used", one.last_used_at);
  add_moment(exchange, out, "ended", connection.ended_at);
  if (connection.active() && area.is_admin()) out["forms"] = forms_of(exchange, area, one, refused);
  return out;
}

Response show_authorized(Exchange& exchange, const core::Area& area, const Refused* refused) {
  const core::Part part = part_of(exchange, 20);
  const bool ended = !query_text(exchange, "ended").empty();
  const auto all = exchange.hub().read(exchange.call(),
                                       [&](core::View& view) { return core::authorized_of(view, area, ended, part); });
  if (!all) return show_problem(exchange, all.error());
  Json data = area_data(exchange, area, "applications", "authorized");
  data["own_tab"] = false;
  data["ended_ones"] = ended;
  data["authorizations"] = Json::array();
  for (const core::Authorized& one : all->rows) {
    data["authorizations"].push_back(authorized_as_json(exchange, area, one, refused));
  }
  data["none"] = all->rows.empty();
  add_parts(exchange, path_of(area) + "/applications", part, all->more, data);
  return show_portal(exchange, "authorized", std::move(data), refused);
}

// What one of the forms of an authorization does: "approve", "rotate" or "revoke".
Response changed(Exchange& exchange, const std::string& what) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const core::Area& area = posted->area;
  const std::string& id = exchange.segments.back();
  const Result<core::Authorized> one =
      exchange.hub().read(exchange.call(), [&](core::View& view) { return core::find_authorized(view, area, id); });
  if (!one) return show_problem(exchange, one.error());
  Result<Json> done = not_confirmed(one->name);
  const bool confirmed =
      what != "revoke" || !used_lately(exchange, *one) || sent(posted->fields, "confirm") == one->name;
  Json request{{"authorization", id}};
  if (const std::string overlap = sent(posted->fields, "overlap"); !overlap.empty()) request["overlap"] = overlap;
  if (what == "approve") add_shown_scopes(posted->fields, request);
  if (confirmed) done = run_as_visitor(exchange, "authorization " + what, request, &posted->fields);
  if (done) return redirect_to(exchange, with_part(exchange, tab_path(area) + "&done=" + what));
  if (!is_form_error(done.error())) return show_problem(exchange, done.error());
  const Refused refused{what + "-" + id, posted->fields, done.error()};
  return show_authorized(exchange, area, &refused);
}

// Somebody else may take the technical name in between.
Result<Json> make_application(Exchange& exchange, const core::Area& area, const Parameters& form) {
  const std::string title = sent(form, "title");
  Json request{{"owner", area.organization.id.text()}, {"title", title}, {"audience", "none"}};
  if (const std::string* const description = form.find("description")) request["description"] = *description;
  Result<Json> made = Json();
  for (int i = 0; i < times_to_try; ++i) {
    const Result<std::string> name = exchange.hub().read(
        exchange.call(), [&](core::View& view) -> Result<std::string> { return core::free_app_name(view, title); });
    if (!name) return name.error();
    request["name"] = *name;
    made = run_as_visitor(exchange, "app create", request);
    if (made || !(made.error().code == codes::exists)) break;
  }
  return made;
}

}  // namespace

Response own_applications_page(Exchange& exchange) {
  const Result<core::Area> area = enter_as_member(exchange);
  if (!area) return show_problem(exchange, area.error());
  const bool authorized = query_text(exchange, "tab") == "authorized";
  return authorized ? show_authorized(exchange, *area, nullptr) : show_own(exchange, *area, nullptr);
}

Response create_application(Exchange& exchange) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const auto& [form, area] = *posted;
  const Result<Json> made = make_application(exchange, area, form);
  if (!made && !is_form_error(made.error())) return show_problem(exchange, made.error());
  if (!made) {
    const Refused refused{"new-application", form, made.error()};
    return show_own(exchange, area, &refused);
  }
  const std::string path = path_of(area) + "/applications/" + (*made)["hash_id"].get<std::string>();
  // Should this fail, the page of the application offers to make the secret.
  const Result<Json> credential = run_as_visitor(exchange, "credential create", {{"app", (*made)["id"]}});
  if (!credential) return redirect_to(exchange, path);
  return show_secret_at(exchange, path, (*made)["id"].get<std::string>(), *credential);
}

Response approve_authorized(Exchange& exchange) { return changed(exchange, "approve"); }
Response rotate_authorized(Exchange& exchange) { return changed(exchange, "rotate"); }
Response revoke_authorized(Exchange& exchange) { return changed(exchange, "revoke"); }

}  // namespace hub::http
