#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/work.h"

// Apps: the OAuth clients that organizations own (zaikio-hub.md sections 1.1, 1.3 and 1.4, nexus211.md section 4.8).
// Changes need an admin of the owner, reading a member; what the caller may not reach is unknown_application.
namespace hub::core {

struct AppAnswer {
  std::string name, owner, client_id, audience;
  std::vector<std::string> desired;  // scopes
  std::string status;
  std::string title, kind;
  std::vector<std::string> redirects;
  std::optional<std::string> description;
  std::vector<std::string> audience_organizations;
  std::string refresh_reuse;
  bool pkce_plain = false;
  std::int64_t credentials = 0, connections = 0;
  std::string id, hash_id;
  Instant created_at, updated_at;
  std::int64_t version = 1;
};

struct ListApps {};
Result<void> list_apps(View& view, const ListApps& request, const std::function<bool(const AppAnswer&)>& each);

struct ShowApp {
  std::string app;
};
Result<AppAnswer> show_app(View& view, const ShowApp& request);

struct CreateApp {
  std::string name, owner;
  std::optional<std::string> title, description;  // title: the name
  std::vector<std::string> redirects;
  std::optional<std::string> audience;  // any, or list for a private app (decisions.md 4)
  std::vector<std::string> audience_organizations;
  std::optional<std::string> kind, state, refresh_reuse, pkce_plain;  // public, active, standard, off
};
// The hub chooses the client id, for life; no credential is made (decisions-week-one.md 13). A private app is connected
// to its owner at once. `exists` when the name is taken; with ensure that is fine if nothing differs.
Result<Changed<AppAnswer>> create_app(Work& work, const CreateApp& request);

struct UpdateApp {
  std::string app;
  std::optional<std::string> title;
  Patch<std::string> description;
  Patch<std::vector<std::string>> redirects;
  std::vector<std::string> add_redirects, remove_redirects;
  std::optional<std::string> audience;
  Patch<std::vector<std::string>> audience_organizations;
  std::vector<std::string> add_audience_organizations, remove_audience_organizations;
  std::optional<std::string> kind, state, refresh_reuse, pkce_plain;
};
// Name, owner and client id never change.
Result<Changed<AppAnswer>> update_app(Work& work, const UpdateApp& request);

struct DeleteApp {
  std::string app;
  std::string confirm;  // its name
};
// Ends its credentials, connections and tokens (nexus211.md section 6).
Result<Changed<AppAnswer>> delete_app(Work& work, const DeleteApp& request);

}  // namespace hub::core
