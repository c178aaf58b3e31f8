#pragma once
#include <string_view>

#include "hub/base/json.h"
#include "hub/core/hub_app.h"
#include "hub/core/hub_connection.h"
#include "hub/core/hub_person.h"

// Things as the hub dialect writes them: snake_case, UUIDs, every key always there (zaikio-hub.md sections 5.4 to 5.6).
// What the hub knows nothing about has the value that the contract gives for nothing.
namespace hub::http::hub_api {

// Times carry the offset of the zone; "" is UTC (section 0.2 rule 10).
Json as_json(const core::HubOrganization& organization, std::string_view zone = "");
Json as_json(const core::HubPerson& person, std::string_view zone = "");
Json as_json(const core::OwnHubPerson& person, std::string_view zone);  // with memberships and apps
Json as_json(const core::OwnMembership& membership, std::string_view zone);
Json as_json(const core::HubMembership& membership);
Json as_json(const core::HubConnection& connection);
// A membership with the little that fellow members see of a person.
Json short_membership(const core::HubMembership& membership, std::string_view zone);
Json invitation_as_json(const Membership& invitation, std::string_view zone);
Json as_list_entry(const core::HubApp& app);
Json configuration_of(const core::HubApp& app);

}  // namespace hub::http::hub_api
