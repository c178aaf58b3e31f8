#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/authenticate.h"
#include "hub/store/page.h"

// Apps and their configuration as their vendor sees and changes them in the hub dialect (zaikio-hub.md section 5.6).
namespace hub::core {

using store::Page;

struct HubApp {
  App app;
  std::string further = "{}";  // settings that no rule asks for, the text of a JSON object
  std::vector<ProvidedScope> provided;
};

// Of the organization of a bearer. The value: how many there are in all.
Result<std::int64_t> list_hub_apps(View& view, const Caller& caller, const Page& page,
                                   const std::function<bool(const HubApp&)>& each);
// By id or technical name; without one, the app whose secret was presented.
Result<HubApp> show_hub_app(View& view, const Caller& caller, const std::optional<std::string>& app);

struct OfferedScope {
  std::string name, access;  // r, w or rw
  std::optional<std::string> title, description;
};
struct ConfigureApp {
  std::optional<std::string> app;
  std::optional<std::string> title;
  std::optional<std::vector<std::string>> redirects, desired_scopes;  // all of them from now on
  std::vector<OfferedScope> scopes;                                   // added or changed; none ever goes
  ObjectText further;                                                 // members to set
};
// What is left out stays. Errors name the member of the configuration as their field.
Result<HubApp> configure_app(Work& work, const Caller& caller, const ConfigureApp& request);

}  // namespace hub::core
