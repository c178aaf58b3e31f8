#pragma once
#include <string_view>
#include <vector>

#include "fields.h"
#include "hub/base/json.h"
#include "hub/core/consent.h"
#include "hub/core/scope.h"

namespace hub::http {

// For templates/scopes.mustache: apps' own words; the hub's own scopes in the visitor's language.
Json as_json(const std::vector<core::ScopeInWords>& scopes, std::string_view language);

// One to choose, with its name below.
Option scope_option(const core::ScopeAnswer& scope, std::string_view language);

}  // namespace hub::http
