#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/nexus_actor.h"
#include "hub/store/list_filter.h"

// Applications: the apps of the organization a caller acts in, as the Nexus surface knows them (nexus211.md
// sections 1.3 and 4.8). Their name is the app's title; the technical name is made from it.
namespace hub::core {

using store::ApplicationColumn;
using store::Page;
using store::Sought;
using ApplicationRequest = store::ListRequest<ApplicationColumn>;

struct ApplicationAnswer {
  App app;
  std::optional<Instant> secret_rotated_at;
  std::optional<Secret> client_secret;      // only where it has just been made
  std::vector<std::string> scopes() const;  // names of this surface's own scopes are short
  bool has_oauth() const { return app.audience != Audience::none; }
  bool multi_tenant() const { return app.audience == Audience::any || app.audience == Audience::list; }
};
using EachApplication = std::function<bool(const ApplicationAnswer&)>;

// The names of section 3.1 for scopes: `profile.r` instead of nexus211.profile.r.
std::vector<std::string> nexus_scope_names(const std::vector<ScopeName>& scopes);

// A page, or all that may be sought. The value: with a page, how many there are in all.
Result<std::int64_t> list_applications(View& view, const Caller& caller, const ApplicationRequest& request,
                                       const EachApplication& each);
Result<ApplicationAnswer> show_application(View& view, const Caller& caller, const std::string& application);

struct CreateApplication {
  std::string name;
  std::optional<std::string> description;
  std::vector<std::string> scopes;
};
// With its own secret. unknown_scope.
Result<ApplicationAnswer> create_application(Work& work, const Caller& caller, const CreateApplication& request);

struct OauthSetup {
  std::optional<std::vector<std::string>> redirects;      // none: what they were
  std::optional<std::string> audience;                    // any, own, list; none: what it was, or any
  std::optional<std::vector<std::string>> organizations;  // with list
};
struct UpdateApplication {
  std::string application;
  std::optional<std::string> name;
  Patch<std::string> description;
  std::optional<std::vector<std::string>> scopes;  // all of them from now on
  bool oauth_touched = false;
  std::optional<OauthSetup> oauth;          // touched without one: the setup is removed
  std::optional<std::string> organization;  // transfer_not_supported unless it is the owner
};
Result<ApplicationAnswer> update_application(Work& work, const Caller& caller, const UpdateApplication& request);
// A new own secret; the old one works for the overlap longer.
Result<ApplicationAnswer> rotate_application_secret(Work& work, const Caller& caller, const std::string& application,
                                                    const std::optional<Seconds>& overlap);
Result<void> delete_application(Work& work, const Caller& caller, const std::string& application);

}  // namespace hub::core
