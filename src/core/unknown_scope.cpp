#include "unknown_scope.h"

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/store/provided_scope.h"

namespace hub::core {
namespace {

std::vector<std::string> scopes_in_use(View& view) {
  std::vector<std::string> out;
  store::each_provided_scope(view.db(), [&](const ProvidedScope& scope) {
    if (scope.deprecated) return true;
    for (const Permission permission : scope.permissions) {
      out.push_back(ScopeName{scope.app_name, scope.name, permission}.text());
    }
    return true;
  });
  return out;
}

}  // namespace

std::optional<ProvidedScope> find_known_scope(View& view, const ScopeName& scope) {
  std::optional<ProvidedScope> provided = store::find_provided_scope(view.db(), scope.app, scope.name);
  if (provided && !provided->has(scope.permission)) provided.reset();
  return provided;
}

Error unknown_scope(View& view, const ScopeName& scope) {
  const std::string text = scope.text();
  const std::vector<std::string> known = scopes_in_use(view);
  const std::string_view near = nearest(text, {known.begin(), known.end()});
  return {codes::unknown_scope, "There is no scope " + text + ".",
          near.empty() ? "hubctl scope list" : "did you mean " + std::string(near) + "?", "scopes"};
}

}  // namespace hub::core
