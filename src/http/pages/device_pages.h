#pragma once
#include <string>

#include "hub/base/json.h"
#include "hub/domain/login_request.h"
#include "route.h"

// What the pages of consent need where a device waits for the answer (LoginRequest::device_id).
namespace hub::http {

// For templates/device_facts.mustache: data["device"] gets the code to compare, where and when the device asked (claim
// DV-01). Nothing for other requests; invalid_link when it waits no more.
Result<void> add_device_facts(Exchange& exchange, const LoginRequest& request, Json& data);

// Where the browser goes once somebody has decided: the page that says to return to the device.
std::string device_end_path(bool allowed);

}  // namespace hub::http
