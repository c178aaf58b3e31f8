#include "in_words.h"

#include <algorithm>

#include "hub/store/app.h"
#include "hub/store/organization.h"
#include "unknown_scope.h"

namespace hub::core {

std::string owner_of(View& view, const App& app) {
  const auto owner = app.owner_id ? store::find_organization(view.db(), *app.owner_id) : std::nullopt;
  return owner ? owner->name : "";
}

ScopeInWords in_words(View& view, const ScopeName& scope, bool is_new) {
  const ScopeName stored = canonical(scope);
  ScopeInWords out{.scope = scope.text(), .title = scope.text(), .provider = stored.app, .description = {}};
  out.is_new = is_new;
  if (const auto provided = find_known_scope(view, stored)) {
    out.title = provided->title;
    out.description = provided->description;
    if (const auto provider = store::find_app(view.db(), provided->app_id)) out.provider = provider->title;
  }
  return out;
}

std::vector<ScopeName> telling(const std::vector<ScopeName>& scopes) {
  std::vector<ScopeName> out;
  for (const ScopeName& scope : scopes) {
    const bool told =
        std::ranges::any_of(scopes, [&](const ScopeName& other) { return !(other == scope) && covers(other, scope); });
    if (!told) out.push_back(scope);
  }
  return out;
}

std::string host_of(std::string_view uri) {
  const std::size_t scheme = uri.find("://");
  if (scheme == uri.npos) return std::string(uri.substr(0, std::min(uri.find(':'), uri.size()) + 1));
  if (!uri.starts_with("http://") && !uri.starts_with("https://")) return std::string(uri.substr(0, scheme + 3));
  const std::string_view rest = uri.substr(scheme + 3);
  return std::string(rest.substr(0, std::min(rest.find_first_of("/?#"), rest.size())));
}

}  // namespace hub::core
