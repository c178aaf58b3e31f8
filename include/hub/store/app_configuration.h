#pragma once
#include <string>
#include <string_view>

#include "hub/domain/app.h"
#include "hub/store/session.h"

namespace hub::store {

// Settings of an app that no rule of the hub asks for: the text of a JSON object.
std::string find_app_configuration(Session& session, const OrganizationId& owner, const AppId& id);
void set_app_configuration(WriteSession& session, const OrganizationId& owner, const AppId& id, std::string_view json);

}  // namespace hub::store
