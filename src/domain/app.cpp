#include "hub/domain/app.h"

#include <algorithm>

#include "names.h"

namespace hub {
namespace {
constexpr domain::Names<3> kind_names{"public", "addon", "private"};
constexpr domain::Names<4> audience_names{"any", "own", "list", "none"};
constexpr domain::Names<4> state_names{"draft", "in_review", "active", "inactive"};
constexpr domain::Names<3> reuse_names{"standard", "refuse", "end_family"};
}  // namespace

std::string_view name(AppKind kind) { return domain::name_in(kind_names, kind); }
std::string_view name(Audience audience) { return domain::name_in(audience_names, audience); }
std::string_view name(AppState state) { return domain::name_in(state_names, state); }
std::string_view name(RefreshReuse reuse) { return domain::name_in(reuse_names, reuse); }

std::optional<AppKind> parse_app_kind(std::string_view name) { return domain::parse_in<AppKind>(kind_names, name); }
std::optional<Audience> parse_audience(std::string_view name) {
  return domain::parse_in<Audience>(audience_names, name);
}
std::optional<AppState> parse_app_state(std::string_view name) { return domain::parse_in<AppState>(state_names, name); }
std::optional<RefreshReuse> parse_refresh_reuse(std::string_view name) {
  return domain::parse_in<RefreshReuse>(reuse_names, name);
}

bool App::admits(const OrganizationId& organization) const {
  if (audience == Audience::any) return true;
  if (audience == Audience::none) return false;
  return owner_id == organization ||
         (audience == Audience::list &&
          std::ranges::find(audience_organizations, organization) != audience_organizations.end());
}

bool ProvidedScope::has(Permission permission) const {
  return std::ranges::find(permissions, permission) != permissions.end();
}

}  // namespace hub
