#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/issue.h"

namespace hub::core {

// What a person writes to ask for a token, before references are resolved.
struct SubjectRequest {
  std::string app;
  std::optional<std::string> credential, subject, acting;
  std::vector<std::string> scopes;
};
Result<GrantRequest> resolve_token_request(View& view, const SubjectRequest& request);

// Would a token be issued with each of the scopes, and if not which rule says no?
struct ScopeCheck {
  std::vector<std::string> granted;
  std::vector<ObjectText> refused;  // {"scope","rule","hint"}
  int exit_status() const { return refused.empty() ? 0 : 10; }
};
Result<ScopeCheck> check_scopes(View& view, const SubjectRequest& request);

}  // namespace hub::core
