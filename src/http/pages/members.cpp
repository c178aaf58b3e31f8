#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "language.h"
#include "page.h"
#include "portal.h"
#include "when.h"

// /id/organizations/{organization}/members
namespace hub::http {
namespace {

// Those a person can have besides owner, the plainest first.
std::vector<Role> roles_to_give() {
  std::vector<Role> out{Role::member, Role::admin};
  for (const Role role : all_roles()) {
    const bool apart = role == Role::owner || role == Role::contact;
    if (!apart && std::ranges::find(out, role) == out.end()) out.push_back(role);
  }
  return out;
}

std::vector<Option> role_options(const Exchange& exchange, bool with_owner) {
  std::vector<Option> out;
  for (const Role role : roles_to_give()) {
    out.push_back({std::string(name(role)), role_in_words(role, exchange.visit->language)});
  }
  if (with_owner) out.push_back({"owner", role_in_words(Role::owner, exchange.visit->language)});
  return out;
}

std::string member_path(const core::Area& area, const Membership& membership) {
  return path_of(area) + "/members/" + membership.id.hash_id();
}

Json request_about(const core::Area& area, const Membership& membership) {
  return {{"member", membership.id.text()}, {"org", area.organization.slug}};
}

// Only an owner gives and takes the role owner (nexus211.md section 4.7). A contact without an account stays one.
bool may_change_roles(const core::Area& area, const Membership& membership) {
  const bool stays = membership.roles.has(Role::contact) && !membership.person_id;
  return area.is_admin() && !stays && (area.is_owner() || !membership.roles.has(Role::owner));
}

bool may_remove(const core::Area& area, const Membership& membership) {
  return area.is_admin() || membership.roles.has(Role::contact);
}

Json roles_form(const Exchange& exchange, const core::Area& area, const Membership& membership,
                const Refused* refused) {
  const std::string hash = membership.id.hash_id();
  const bool owner = area.is_owner() && membership.joined_at && membership.person_id;
  std::vector<Option> options = role_options(exchange, owner);
  if (membership.kind == MembershipKind::service) options.resize(2);  // member and admin
  return as_json(exchange,
                 {.name = "roles-" + hash,
                  .action = member_path(area, membership) + "/roles",
                  .button = "members.roles_submit",
                  .version = membership.version,
                  .fields = {{.name = "role",
                              .label = "members.roles",
                              .type = "checkbox",
                              .options = std::move(options),
                              .chosen = membership.roles.names()}},
                  .commands = {command(exchange, "member update", request_about(area, membership), {"role"})}},
                 refused);
}

Json remove_form(const Exchange& exchange, const core::Area& area, const Membership& membership,
                 const Refused* refused) {
  return as_json(exchange,
                 {.name = "remove-" + membership.id.hash_id(),
                  .action = member_path(area, membership) + "/remove",
                  .button = membership.joined_at ? "members.remove" : "members.withdraw",
                  .style = "danger",
                  .lead = membership.joined_at ? "members.remove_lead" : "members.withdraw_lead",
                  .commands = {command(exchange, "member remove", request_about(area, membership))}},
                 refused);
}

Json row_of(const Exchange& exchange, const core::Area& area, const core::Member& member, const Refused* refused) {
  const Membership& membership = member.membership;
  Json roles = Json::array();
  for (const Role role : membership.roles.roles()) roles.push_back(role_in_words(role, exchange.visit->language));
  Json out{{"hash_id", membership.id.hash_id()},
           {"name", member.name.empty() ? member.email : member.name},
           {"email", member.name.empty() ? "" : member.email},
           {"roles", std::move(roles)},
           {"service", membership.kind == MembershipKind::service},
           {"unlinked", !membership.person_id && membership.kind != MembershipKind::service && membership.joined_at},
           {"joined", membership.joined_at.has_value()},
           {"is_you", membership.person_id == area.membership.person_id},
           {"forms", Json::array()},
           {"unfolded", false}};
  if (out["name"] == "") out["name"] = membership.id.hash_id();
  const Instant since = membership.joined_at.value_or(membership.invited_at.value_or(membership.created_at));
  out["day"] = day_text(exchange, since);
  out["day_at"] = to_rfc3339(since);
  const bool is_over = !membership.joined_at && membership.invitation_expires_at &&
                       *membership.invitation_expires_at <= exchange.hub().clock().now();
  out["is_over"] = is_over;
  if (may_change_roles(area, membership)) out["forms"].push_back(roles_form(exchange, area, membership, refused));
  if (may_remove(area, membership)) out["forms"].push_back(remove_form(exchange, area, membership, refused));
  out["any_forms"] = !out["forms"].empty();
  out["unfolded"] = refused != nullptr && refused->form.ends_with(membership.id.hash_id());
  return out;
}

Json invitation_form(const Exchange& exchange, const core::Area& area, const Refused* refused) {
  return as_json(
      exchange,
      {.name = "invite",
       .action = path_of(area) + "/members",
       .button = "members.invite_submit",
       .style = "primary",
       .summary = "members.invite",
       .fields =
           {{.name = "email", .label = "field.email", .type = "email", .autocomplete = "off"},
            {.name = "role", .label = "members.role", .value = "member", .options = role_options(exchange, false)},
            {.name = "first_name", .label = "field.first_name", .autocomplete = "off", .required = false},
            {.name = "last_name", .label = "field.last_name", .autocomplete = "off", .required = false}},
       .commands = {command(exchange, "member invite", {{"org", area.organization.slug}}, {"email", "role"})}},
      refused);
}

Response show_members(Exchange& exchange, const core::Area& area, const Refused* refused) {
  const core::Part part = part_of(exchange);
  const auto members = exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<core::Rows<core::Member>> {
    return core::members_of(view, area, part);
  });
  if (!members) return show_problem(exchange, members.error());
  Json data = area_data(exchange, area, "members", "members");
  data["members"] = Json::array();
  for (const core::Member& member : members->rows) data["members"].push_back(row_of(exchange, area, member, refused));
  data["none"] = members->rows.empty();
  data["only_you"] = !area.is_member();
  add_parts(exchange, path_of(area) + "/members", part, members->more, data);
  data["invite"] = area.is_admin() ? invitation_form(exchange, area, refused) : Json(false);
  return show_portal(exchange, "members", std::move(data), refused);
}

// What a form of the page came to.
Response answered(Exchange& exchange, const core::Area& area, const std::string& form_name, const Parameters& form,
                  const Result<Json>& done, std::string_view what) {
  if (done) return redirect_to(exchange, with_part(exchange, path_of(area) + "/members?done=" + std::string(what)));
  if (!is_form_error(done.error())) return show_problem(exchange, done.error());
  const Refused refused{form_name, form, done.error()};
  return show_members(exchange, area, &refused);
}

}  // namespace

Response members_page(Exchange& exchange) {
  const Result<core::Area> area = enter(exchange);
  return area ? show_members(exchange, *area, nullptr) : show_problem(exchange, area.error());
}

Response invite_member(Exchange& exchange) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const auto& [form, area] = *posted;
  Json request{{"email", sent(form, "email")},
               {"org", area.organization.id.text()},
               {"role", Json::array({sent(form, "role")})}};
  for (const char* name : {"first_name", "last_name"}) {
    if (const std::string* const value = form.find(name)) request[name] = *value;
  }
  return answered(exchange, area, "invite", form, run_as_visitor(exchange, "member invite", request), "invited");
}

Response change_roles(Exchange& exchange) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const auto& [form, area] = *posted;
  const std::string& member = exchange.segments.back();
  const std::vector<std::string> roles = sent_list(form, "role");
  if (roles.empty()) {
    const Error error{codes::invalid_request, "A member has at least one role.", "", "role"};
    return answered(exchange, area, "roles-" + member, form, error, "");
  }
  const Result<Json> done = run_as_visitor(
      exchange, "member update", {{"member", member}, {"org", area.organization.id.text()}, {"role", roles}}, &form);
  return answered(exchange, area, "roles-" + member, form, done, "changed");
}

Response remove_member(Exchange& exchange) {
  const Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return show_problem(exchange, posted.error());
  const auto& [form, area] = *posted;
  const std::string& member = exchange.segments.back();
  const Result<Json> done =
      run_as_visitor(exchange, "member remove", {{"member", member}, {"org", area.organization.id.text()}});
  const bool oneself = member == area.membership.id.hash_id() || member == area.membership.id.text();
  if (done && oneself) return redirect_to(exchange, "/id/organizations?done=left");
  return answered(exchange, area, "remove-" + member, form, done, "removed");
}

}  // namespace hub::http
