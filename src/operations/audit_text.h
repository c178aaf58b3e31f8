#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/operations/operation.h"

namespace hub::operations {

// What an audit row tells of a request: one line of JSON with the declared fields only, without secrets, long texts
// cut.
std::string audit_detail(const std::vector<FieldInfo>& fields, const Json& request);

// The target of an audit row: "app:billing"; the kind alone, or the operation's name, when there is no more to say.
std::string audit_target(const OperationInfo& info, std::string_view id);

// The text that the first positional field of a request holds, or "".
std::string_view first_argument(const OperationInfo& info, const Json& request);

}  // namespace hub::operations
