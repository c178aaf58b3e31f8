#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/id.h"
#include "hub/domain/scope.h"

namespace hub {

enum class AppKind { public_, addon, private_ };             // zaikio-hub.md section 1.3
enum class Audience { any, own, list, none };                // whose people may sign in: nexus211.md section 1.3
enum class AppState { draft, in_review, active, inactive };  // zaikio-hub.md section 1.3
enum class RefreshReuse { standard, refuse, end_family };    // decisions.md 6

std::string_view name(AppKind kind);
std::string_view name(Audience audience);
std::string_view name(AppState state);
std::string_view name(RefreshReuse reuse);
std::optional<AppKind> parse_app_kind(std::string_view name);
std::optional<Audience> parse_audience(std::string_view name);
std::optional<AppState> parse_app_state(std::string_view name);
std::optional<RefreshReuse> parse_refresh_reuse(std::string_view name);

// Software that talks to the hub. The client id belongs to the app for life; its first credential carries it
// (decisions-week-one.md 13). Built-in apps have no owner.
struct App {
  AppId id;
  std::string name;  // technical, globally unique, immutable
  std::string title;
  std::optional<std::string> description;
  std::optional<OrganizationId> owner_id;
  std::string client_id;  // lower-case UUID, never reused
  AppKind kind = AppKind::public_;
  Audience audience = Audience::any;
  std::vector<OrganizationId> audience_organizations;  // with Audience::list
  AppState state = AppState::active;
  RefreshReuse refresh_reuse = RefreshReuse::standard;
  bool pkce_plain = false;                // takes challenges of the method plain too (decisions.md 7)
  std::vector<std::string> redirects;     // the first is the default
  std::vector<ScopeName> desired_scopes;  // canonical; the only scopes it may ever ask for
  std::int64_t version = 1;
  Instant created_at, updated_at;

  bool built_in() const { return !owner_id; }
  // May people of this organization sign in to it (nexus211.md section 1.3 "Application")?
  bool admits(const OrganizationId& organization) const;
};

// A scope that an app offers to others (zaikio-hub.md section 1.1 "Provided scope").
struct ProvidedScope {
  ScopeId id;
  AppId app_id;
  std::string app_name;
  std::string name;
  std::vector<Permission> permissions;  // which of r, w, rw exist
  bool for_persons = false;
  bool for_organizations = false;
  std::string title;
  std::optional<std::string> description;
  bool deprecated = false;  // still valid where granted; no longer to be desired anew
  std::int64_t version = 1;
  Instant created_at, updated_at;

  bool has(Permission permission) const;
  bool applies_to(BearerKind kind) const { return kind == BearerKind::person ? for_persons : for_organizations; }
};

}  // namespace hub
