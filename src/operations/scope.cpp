#include "hub/core/scope.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::DeprecateScope;
using core::ExplainedScope;
using core::ExplainScopes;
using core::ListScopes;
using core::ProvidedScopeAnswer;
using core::ProvideScope;
using core::ScopeAnswer;
using core::UpdateScope;

using Choices = std::vector<std::string_view>;
Choices bearers() { return {"person", "organization"}; }
Choices accesses() { return {"r", "w", "rw"}; }

Fields<ListScopes> list_fields() {
  return {
      {"provider", &ListScopes::provider, "Only those of this app.", {.reference = "app"}},
      {"bearer", &ListScopes::bearer, "Only those for this kind of bearer.", {.choices = bearers()}},
  };
}

Fields<ProvidedScopeAnswer> provided_fields() {
  return {
      {"name", &ProvidedScopeAnswer::name, "App and name.", {.show = Show::column}},
      {"scopes", &ProvidedScopeAnswer::scopes, "The scopes that exist.", {.show = Show::column}},
      {"bearer", &ProvidedScopeAnswer::bearer, "Whom tokens with it may speak for.", {.show = Show::column}},
      {"title", &ProvidedScopeAnswer::title, "Name that people see.", {.show = Show::column}},
      {"state", &ProvidedScopeAnswer::state, "active or deprecated.", {.show = Show::column}},
      {"description", &ProvidedScopeAnswer::description, "What it allows."},
      {"id", &ProvidedScopeAnswer::id, "Identifier."},
      {"created_at", &ProvidedScopeAnswer::created_at, "When it was created."},
      {"updated_at", &ProvidedScopeAnswer::updated_at, "Last change."},
      {"version", &ProvidedScopeAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<ProvideScope> provide_fields() {
  return {
      {"app", &ProvideScope::app, "App that provides it.", {.reference = "app"}},
      {"name", &ProvideScope::name, "Name without the app: a lower-case letter, then 2-99 of a-z and _."},
      {"access", &ProvideScope::access, "Permissions that exist; rw makes r and w too.", {.choices = accesses()}},
      {"bearer", &ProvideScope::bearer, "Whom tokens with it may speak for; may be repeated.", {.choices = bearers()}},
      {"title", &ProvideScope::title, "Name that people see."},
      {"description", &ProvideScope::description, "What it allows."},
  };
}

Fields<UpdateScope> update_fields() {
  return {
      {"app", &UpdateScope::app, "App that provides it.", {.reference = "app"}},
      {"name", &UpdateScope::name, "Name without the app."},
      {"title", &UpdateScope::title, "New name that people see."},
      {"description", &UpdateScope::description, "What it allows."},
      {"access", &UpdateScope::access, "Permissions that exist; only more than before.", {.choices = accesses()}},
      {"bearer", &UpdateScope::bearer, "Whom tokens with it may speak for from now on.", {.choices = bearers()}},
      {"add_bearer", &UpdateScope::add_bearer, "One more kind of bearer.", {.choices = bearers()}},
      {"remove_bearer", &UpdateScope::remove_bearer, "Kind of bearer to give up.", {.choices = bearers()}},
  };
}

Fields<DeprecateScope> deprecate_fields() {
  return {
      {"app", &DeprecateScope::app, "App that provides it.", {.reference = "app"}},
      {"name", &DeprecateScope::name, "Name without the app."},
  };
}

Fields<ExplainScopes> explain_fields() {
  return {{"scopes",
           &ExplainScopes::scopes,
           "Scopes as a request would name them, quoted if they hold a >.",
           {.reference = "scope"}}};
}

Fields<ExplainedScope> explained_fields() {
  return {
      {"scope", &ExplainedScope::scope, "The scope as it was written.", {.show = Show::column}},
      {"bearer", &ExplainedScope::bearer, "Whom the token would speak for.", {.show = Show::column}},
      {"provider", &ExplainedScope::provider, "App that provides it.", {.show = Show::column}},
      {"title", &ExplainedScope::title, "Name that people see.", {.show = Show::column}},
      {"exists", &ExplainedScope::exists, "Whether there is such a scope.", {.show = Show::column}},
      {"words", &ExplainedScope::words, "What it means.", {.show = Show::column}},
      {"needs", &ExplainedScope::needs, "What a grant would need.", {.show = Show::column}},
      {"error", &ExplainedScope::error, "Error code, if it is no scope at all.", {.show = Show::column}},
  };
}

}  // namespace

Fields<core::ScopeAnswer> scope_fields() {
  return {
      {"scope", &ScopeAnswer::scope, "The scope, as apps desire it.", {.show = Show::column}},
      {"bearer", &ScopeAnswer::bearer, "Whom tokens with it may speak for.", {.show = Show::column}},
      {"title", &ScopeAnswer::title, "Name that people see.", {.show = Show::column}},
      {"provider", &ScopeAnswer::provider, "App that provides it.", {.show = Show::column}},
      {"state", &ScopeAnswer::state, "active, deprecated, or gone with its app.", {.show = Show::column}},
      {"description", &ScopeAnswer::description, "What it allows.", {.show = Show::wide}},
  };
}

std::vector<Operation> scope_operations() {
  return {
      operation({.name = "scope list",
                 .summary = "List the scopes that apps provide",
                 .access = Access::people,
                 .id = "scope",
                 .examples = {"hubctl scope list", "hubctl scope list --provider zaikio --bearer person -q"},
                 .errors = {codes::unknown_application}},
                list_fields(), scope_fields(), &core::list_scopes),
      operation({.name = "scope provide",
                 .summary = "Provide a scope to other apps",
                 .details = "A scope is never deleted, since others may hold grants of it.",
                 .access = Access::people,
                 .kind = "scope",
                 .id = "name",
                 .arguments = {"app", "name"},
                 .examples = {"hubctl scope provide warehouse items --access rw --bearer organization --title Items"},
                 .errors = {codes::unknown_application, codes::role_required, codes::exists, codes::invalid_request},
                 .ensure = true},
                provide_fields(), provided_fields(), &core::provide_scope),
      operation({.name = "scope update",
                 .summary = "Change a provided scope",
                 .details = "Permissions can be added and never be taken back. Giving up a kind of bearer acts at the "
                            "next request.",
                 .access = Access::people,
                 .kind = "scope",
                 .id = "name",
                 .arguments = {"app", "name"},
                 .examples = {"hubctl scope update warehouse items --access rw --add-bearer person"},
                 .errors = {codes::unknown_application, codes::not_found, codes::role_required, codes::wrong_state,
                            codes::stale, codes::invalid_request},
                 .if_version = true},
                update_fields(), provided_fields(), &core::update_scope),
      operation({.name = "scope deprecate",
                 .summary = "Let no app desire a scope anew",
                 .details = "It stays valid where it is desired or granted.",
                 .access = Access::people,
                 .kind = "scope",
                 .id = "name",
                 .arguments = {"app", "name"},
                 .examples = {"hubctl scope deprecate warehouse items"},
                 .errors = {codes::unknown_application, codes::not_found, codes::role_required, codes::wrong_state,
                            codes::stale},
                 .ensure = true,
                 .if_version = true},
                deprecate_fields(), provided_fields(), &core::deprecate_scope),
      operation({.name = "scope explain",
                 .summary = "Say in words what scopes mean and what a grant would need",
                 .access = Access::people,
                 .id = "scope",
                 .arguments = {"scopes"},
                 .examples = {"hubctl scope explain Org.zaikio.organization.r profile.r",
                              "hubctl scope explain 'Per>Org.warehouse.items.rw'"}},
                explain_fields(), explained_fields(), &core::explain_scopes),
  };
}

}  // namespace hub::operations
