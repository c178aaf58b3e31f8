#include "hub/core/desired_scope.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::ChangeDesiredScopes;
using core::DesiredScopesAnswer;
using core::ListDesiredScopes;
using core::SetDesiredScopes;

Fields<DesiredScopesAnswer> desired_fields() {
  return {
      {"app", &DesiredScopesAnswer::app, "App that desires them.", {.show = Show::column}},
      {"desired", &DesiredScopesAnswer::desired, "All scopes it may ask for.", {.show = Show::column}},
      {"id", &DesiredScopesAnswer::id, "Identifier of the app."},
      {"updated_at", &DesiredScopesAnswer::updated_at, "Last change of the app."},
      {"version", &DesiredScopesAnswer::version, "Number of the app's current state, for --if-version."},
  };
}

Fields<ListDesiredScopes> list_fields() {
  return {{"app", &ListDesiredScopes::app, "App, by name, client id or id.", {.reference = "app"}}};
}

Fields<SetDesiredScopes> set_fields() {
  return {
      {"app", &SetDesiredScopes::app, "App, by name, client id or id.", {.reference = "app"}},
      {"scopes", &SetDesiredScopes::scopes, "All scopes it may ask for from now on.", {.reference = "scope"}},
  };
}

Fields<ChangeDesiredScopes> add_fields() {
  return {
      {"app", &ChangeDesiredScopes::app, "App, by name, client id or id.", {.reference = "app"}},
      {"scopes", &ChangeDesiredScopes::scopes, "Scopes it may ask for besides.", {.reference = "scope"}},
  };
}

Fields<ChangeDesiredScopes> remove_fields() {
  return {
      {"app", &ChangeDesiredScopes::app, "App, by name, client id or id.", {.reference = "app"}},
      {"scopes", &ChangeDesiredScopes::scopes, "Scopes it may no longer ask for.", {.reference = "scope"}},
  };
}

}  // namespace

std::vector<Operation> desired_scope_operations() {
  return {
      operation({.name = "scope desired list",
                 .summary = "List the scopes that an app may ask for",
                 .access = Access::people,
                 .id = "scope",
                 .arguments = {"app"},
                 .examples = {"hubctl scope desired list billing"},
                 .errors = {codes::unknown_application, codes::role_required}},
                list_fields(), scope_fields(), &core::list_desired_scopes),
      operation({.name = "scope desired set",
                 .summary = "Replace the scopes that an app may ask for",
                 .details = "Short names of the Nexus dialect are accepted: profile.r is nexus211.profile.r.",
                 .access = Access::people,
                 .kind = "app",
                 .arguments = {"app", "scopes"},
                 .examples = {"hubctl scope desired set billing zaikio.organization.r warehouse.items.r"},
                 .errors = {codes::unknown_application, codes::role_required, codes::unknown_scope,
                            codes::malformed_scope, codes::wrong_state, codes::stale},
                 .ensure = true,
                 .if_version = true},
                set_fields(), desired_fields(), &core::set_desired_scopes),
      operation({.name = "scope desired add",
                 .summary = "Let an app ask for more scopes",
                 .details = "What is granted does not grow by this: each organization and person has to approve. Only "
                            "a private app's owner grants it at once.",
                 .access = Access::people,
                 .kind = "app",
                 .arguments = {"app", "scopes"},
                 .examples = {"hubctl scope desired add billing warehouse.items.r"},
                 .errors = {codes::unknown_application, codes::role_required, codes::unknown_scope,
                            codes::malformed_scope, codes::wrong_state, codes::stale},
                 .ensure = true,
                 .if_version = true},
                add_fields(), desired_fields(), &core::add_desired_scopes),
      operation({.name = "scope desired remove",
                 .summary = "Take scopes away from an app",
                 .details = "Acts at the next request, whatever is granted.",
                 .access = Access::people,
                 .kind = "app",
                 .arguments = {"app", "scopes"},
                 .examples = {"hubctl scope desired remove billing warehouse.items.r"},
                 .errors = {codes::unknown_application, codes::role_required, codes::malformed_scope, codes::stale},
                 .ensure = true,
                 .if_version = true},
                remove_fields(), desired_fields(), &core::remove_desired_scopes),
  };
}

}  // namespace hub::operations
