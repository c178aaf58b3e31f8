#pragma once
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/core/consent.h"

namespace hub::http {

// For templates/scopes.mustache: apps' own words; the hub's own scopes in the visitor's language.
Json as_json(const std::vector<core::ScopeInWords>& scopes, std::string_view language);

}  // namespace hub::http
