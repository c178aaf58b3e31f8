#include "scope_list.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/store/provided_scope.h"

namespace hub::core {

std::vector<std::string> texts(const std::vector<ScopeName>& scopes) {
  std::vector<std::string> out;
  out.reserve(scopes.size());
  for (const ScopeName& scope : scopes) out.push_back(scope.text());
  return out;
}

Result<std::vector<ScopeName>> parse_scope_list(const std::vector<std::string>& lists) {
  std::vector<ScopeName> out;
  for (const std::string& list : lists) {
    for (const std::string_view part : split_scope_list(list)) {
      const Result<ScopeName> scope = parse_scope_name_or_short(part);
      if (!scope) return scope.error();
      add_scope(out, canonical(*scope));
    }
  }
  return out;
}

void add_scope(std::vector<ScopeName>& scopes, const ScopeName& scope) {
  if (std::ranges::find(scopes, scope) == scopes.end()) scopes.push_back(scope);
}

Result<void> check_grantable(View& view, const App& app, BearerKind kind, const ScopeName& scope) {
  const auto provided = store::find_provided_scope(view.db(), scope.app, scope.name);
  if (!provided || !provided->has(scope.permission)) {
    return Error{codes::unknown_scope, "There is no scope " + scope.text() + ".", "hubctl scope list", "scope"};
  }
  if (!provided->applies_to(kind)) {
    return Error{
        codes::unknown_scope,
        scope.text() + " does not apply to " + (kind == BearerKind::organization ? "organizations." : "persons."), "",
        "scope"};
  }
  if (std::ranges::find(app.desired_scopes, scope) == app.desired_scopes.end()) {
    return Error{codes::scope_is_not_included_in_desired_scopes, app.name + " does not desire " + scope.text() + ".",
                 "hubctl scope desired add " + app.name + " " + scope.text(), "scope"};
  }
  return {};
}

}  // namespace hub::core
