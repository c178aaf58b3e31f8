#pragma once
#include <string>
#include <vector>

#include "hub/core/work.h"
#include "hub/domain/app.h"
#include "hub/domain/scope.h"

// Lists of scopes in requests and answers, shared by apps, connections and tokens.
namespace hub::core {

std::vector<std::string> texts(const std::vector<ScopeName>& scopes);
// Every text may hold several scopes, separated by commas or spaces. Canonical names without duplicates;
// malformed_scope.
Result<std::vector<ScopeName>> parse_scope_list(const std::vector<std::string>& lists);
void add_scope(std::vector<ScopeName>& scopes, const ScopeName& scope);  // unless it is in

// May a connection of this kind of subject grant the scope? unknown_scope when it does not exist or does not apply to
// the subject, scope_is_not_included_in_desired_scopes when the app does not desire it.
Result<void> check_grantable(View& view, const App& app, BearerKind kind, const ScopeName& scope);

}  // namespace hub::core
