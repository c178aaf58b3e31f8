#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/work.h"

// Scopes that apps provide (zaikio-hub.md section 2, decisions-week-one.md 19-21). They are public and never deleted:
// others may hold grants of them.
namespace hub::core {

// One permission of a provided scope.
struct ScopeAnswer {
  std::string scope;  // "warehouse.items.r"
  std::vector<std::string> bearer;
  std::string title, provider;
  std::string state;  // active, deprecated
  std::optional<std::string> description;
};

struct ListScopes {
  std::optional<std::string> provider, bearer;
};
Result<void> list_scopes(View& view, const ListScopes& request, const std::function<bool(const ScopeAnswer&)>& each);

struct ProvidedScopeAnswer {
  std::string name;                 // "warehouse.items"
  std::vector<std::string> scopes;  // "warehouse.items.r" ...
  std::vector<std::string> bearer;
  std::string title, state;
  std::optional<std::string> description;
  std::string id;
  Instant created_at, updated_at;
  std::int64_t version = 1;
};

struct ProvideScope {
  std::string app, name, access;  // rw makes .r and .w exist too
  std::vector<std::string> bearer;
  std::string title;
  std::optional<std::string> description;
};
// `exists` when the app provides one of that name; with ensure that is fine if nothing differs.
Result<Changed<ProvidedScopeAnswer>> provide_scope(Work& work, const ProvideScope& request);

struct UpdateScope {
  std::string app, name;
  std::optional<std::string> title;
  Patch<std::string> description;
  std::optional<std::string> access;  // may only widen
  std::optional<std::vector<std::string>> bearer;
  std::vector<std::string> add_bearer, remove_bearer;
};
Result<Changed<ProvidedScopeAnswer>> update_scope(Work& work, const UpdateScope& request);

struct DeprecateScope {
  std::string app, name;
};
// It stays valid where it is granted or desired, and cannot be desired anew.
Result<Changed<ProvidedScopeAnswer>> deprecate_scope(Work& work, const DeprecateScope& request);

// What a scope of a request means.
struct ExplainedScope {
  std::string scope;                  // as it was written
  std::optional<std::string> bearer;  // person, organization, on_behalf
  std::optional<std::string> provider, title;
  bool exists = false;
  std::string words, needs;
  std::optional<std::string> error;  // code, when it is no scope at all
};
struct ExplainScopes {
  std::vector<std::string> scopes;  // any form of section 2.1, and the short names of nexus211.md section 3.1
};
Result<void> explain_scopes(View& view, const ExplainScopes& request,
                            const std::function<bool(const ExplainedScope&)>& each);

}  // namespace hub::core
