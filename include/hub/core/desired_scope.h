#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/scope.h"
#include "hub/core/work.h"

// The scopes an app may ever ask for (zaikio-hub.md section 1.1 "Desired scope"). Adding one widens no grant that is
// there, but the one a private app has from its owner; removing one acts at the next request (claim SC-05).
namespace hub::core {

struct DesiredScopesAnswer {
  std::string app;
  std::vector<std::string> desired;  // all of them, sorted
  std::string id;                    // of the app
  Instant updated_at;
  std::int64_t version = 1;  // of the app
};

struct ListDesiredScopes {
  std::string app;
};
Result<void> list_desired_scopes(View& view, const ListDesiredScopes& request,
                                 const std::function<bool(const ScopeAnswer&)>& each);

struct SetDesiredScopes {
  std::string app;
  std::optional<std::vector<std::string>> scopes;  // must be there; may be empty
};
struct ChangeDesiredScopes {
  std::string app;
  std::vector<std::string> scopes;  // at least one
};
// unknown_scope for what no app provides, wrong_state for a deprecated one that was not desired before. Adding what is
// in the list and removing what is not changes nothing.
Result<Changed<DesiredScopesAnswer>> set_desired_scopes(Work& work, const SetDesiredScopes& request);
Result<Changed<DesiredScopesAnswer>> add_desired_scopes(Work& work, const ChangeDesiredScopes& request);
Result<Changed<DesiredScopesAnswer>> remove_desired_scopes(Work& work, const ChangeDesiredScopes& request);

}  // namespace hub::core
