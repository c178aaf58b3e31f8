#include <nlohmann/json.hpp>

#include "admission.h"
#include "handlers.h"
#include "hub/core/hub_person.h"
#include "json_answer.h"
#include "render.h"

// Members and invitations of one of a person's organizations (zaikio-hub.md section 5.6).
namespace hub::http::hub_api {
namespace {

std::string zone_of(Exchange& exchange, core::View& view) { return core::time_zone_of(view, *exchange.caller); }

Result<core::Caller> member_of_it(Exchange& exchange, core::View& view) {
  return core::for_own_organization(view, *exchange.caller, exchange.segments.front(), false);
}
Result<core::Caller> admin_of_it(Exchange& exchange, core::View& view) {
  return core::for_own_organization(view, *exchange.caller, exchange.segments.front(), true);
}

Response answer(Exchange& exchange, const Result<Json>& found) {
  if (!found) return exchange.refuse(found.error());
  return json_response(200, *found);
}

Result<core::InviteToOrganization> read_invitation(const Request& body) {
  const Result<Json> attributes = read_attributes(body, "membership_invitation");
  if (!attributes) return attributes.error();
  core::InviteToOrganization request{.email = text_member(*attributes, "email").value_or(""),
                                     .roles = {},
                                     .first_name = text_member(*attributes, "first_name"),
                                     .last_name = text_member(*attributes, "name")};
  if (request.email.empty()) return invalid_field("email", "can't be blank");
  for (std::optional<std::string>* const name : {&request.first_name, &request.last_name}) {
    if (*name && (*name)->empty()) *name = std::nullopt;
  }
  const auto roles = read_texts(*attributes, "roles");
  if (!roles) return roles.error();
  request.roles = roles->value_or(std::vector<std::string>());
  return request;
}

}  // namespace

Response list_members(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const Result<core::Caller> caller = member_of_it(exchange, view);
    if (!caller) return caller.error();
    Json rows = Json::array();
    const std::string zone = zone_of(exchange, view);
    const Result<void> listed = core::list_hub_memberships(view, *caller, [&](const core::HubMembership& membership) {
      rows.push_back(short_membership(membership, zone));
      return true;
    });
    if (!listed) return listed.error();
    return rows;
  }));
}

Response show_member(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const Result<core::Caller> caller = member_of_it(exchange, view);
    if (!caller) return caller.error();
    const auto found = core::show_hub_membership(view, *caller, exchange.segments[1]);
    if (!found) return found.error();
    return short_membership(*found, zone_of(exchange, view));
  }));
}

Response update_member(Exchange& exchange) {
  const Result<Json> attributes = read_attributes(exchange.request, "membership");
  if (!attributes) return exchange.refuse(attributes.error());
  const auto roles = read_texts(*attributes, "roles");
  if (!roles) return exchange.refuse(roles.error());
  return answer(exchange, write_as_caller(exchange, [&](core::Work& work) -> Result<Json> {
                  const Result<core::Caller> caller = admin_of_it(exchange, work);
                  if (!caller) return caller.error();
                  const auto changed =
                      core::update_hub_membership(work, *caller, {.membership = exchange.segments[1], .roles = *roles});
                  if (!changed) return changed.error();
                  return short_membership(*changed, zone_of(exchange, work));
                }));
}

Response delete_member(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) -> Result<void> {
    const Result<core::Caller> caller = admin_of_it(exchange, work);
    if (!caller) return caller.error();
    return core::delete_hub_membership(work, *caller, exchange.segments[1]);
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

Response list_invitations(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const Result<core::Caller> caller = admin_of_it(exchange, view);
    if (!caller) return caller.error();
    Json rows = Json::array();
    const std::string zone = zone_of(exchange, view);
    const Result<void> listed = core::list_hub_invitations(view, *caller, [&](const Membership& invitation) {
      rows.push_back(invitation_as_json(invitation, zone));
      return true;
    });
    if (!listed) return listed.error();
    return rows;
  }));
}

Response list_own_sites(Exchange& exchange) {
  return answer(exchange, exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Json> {
    const Result<core::Caller> caller = member_of_it(exchange, view);
    if (!caller) return caller.error();
    return Json::array();
  }));
}

// 200, although something was made: so the contract has it.
Response create_invitation(Exchange& exchange) {
  const Result<core::InviteToOrganization> request = read_invitation(exchange.request);
  if (!request) return exchange.refuse(request.error());
  return answer(exchange, write_as_caller(exchange, [&](core::Work& work) -> Result<Json> {
                  const Result<core::Caller> caller = admin_of_it(exchange, work);
                  if (!caller) return caller.error();
                  const Result<Membership> invited = core::create_hub_invitation(work, *caller, *request);
                  if (!invited) return invited.error();
                  return invitation_as_json(*invited, zone_of(exchange, work));
                }));
}

Response delete_invitation(Exchange& exchange) {
  const Result<void> deleted = write_as_caller(exchange, [&](core::Work& work) -> Result<void> {
    const Result<core::Caller> caller = admin_of_it(exchange, work);
    if (!caller) return caller.error();
    return core::delete_hub_invitation(work, *caller, exchange.segments[1]);
  });
  if (!deleted) return exchange.refuse(deleted.error());
  return no_content();
}

}  // namespace hub::http::hub_api
