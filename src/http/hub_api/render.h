#pragma once
#include "hub/base/json.h"
#include "hub/core/hub_app.h"
#include "hub/core/hub_connection.h"
#include "hub/core/hub_organization.h"

// Things as the hub dialect writes them: snake_case, UUIDs, every key always there (zaikio-hub.md sections 5.4 to 5.6).
// What the hub knows nothing about has the value that the contract gives for nothing.
namespace hub::http::hub_api {

Json as_json(const core::HubOrganization& organization);
Json as_json(const core::HubPerson& person);
Json as_json(const core::HubMembership& membership);
Json as_json(const core::HubConnection& connection);
Json as_list_entry(const core::HubApp& app);
Json configuration_of(const core::HubApp& app);

}  // namespace hub::http::hub_api
