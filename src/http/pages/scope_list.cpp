#include "scope_list.h"

#include <nlohmann/json.hpp>

#include "hub/base/text.h"
#include "hub/domain/scope.h"
#include "sources.h"

namespace hub::http {

Json as_json(const std::vector<core::ScopeInWords>& scopes, std::string_view language) {
  Json out = Json::array();
  for (const core::ScopeInWords& scope : scopes) {
    Json one{{"scope", scope.scope},       {"title", scope.title},
             {"provider", scope.provider}, {"description", scope.description.value_or("")},
             {"is_new", scope.is_new},     {"may", false}};
    std::string key = "scope.openid." + scope.scope;
    if (const Result<ScopeName> name = parse_scope_name(scope.scope)) {
      key = "scope." + name->app + "." + name->name;
      one["may"] = "scopes.may_" + std::string(hub::name(name->permission));
    }
    if (const std::string* const text = find_text(language, key)) one["title"] = *text;
    out.push_back(std::move(one));
  }
  return out;
}

Option scope_option(const core::ScopeAnswer& scope, std::string_view language) {
  Option out{scope.scope, scope.title, scope.scope};
  const Result<ScopeName> name = parse_scope_name(scope.scope);
  if (!name) return out;
  if (const std::string* const text = find_text(language, "scope." + name->app + "." + name->name)) out.label = *text;
  const std::string* const may = find_text(language, "scopes.may_" + std::string(hub::name(name->permission)));
  if (may != nullptr) out.label += ": " + *may;
  return out;
}

}  // namespace hub::http
