#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/consent.h"
#include "hub/core/work.h"
#include "hub/domain/membership.h"
#include "hub/domain/organization.h"
#include "hub/domain/person.h"

// What people see of themselves on the pages of the hub, and what they can end there.
namespace hub::core {

// The app behind a pending request, in words.
struct AskingApp {
  std::string name, title, owner;
};
std::optional<AskingApp> asking_app(View& view, const LoginRequest& request);

struct MyOrganization {
  Organization organization;
  Membership membership;
  std::int64_t installed = 0;  // apps
};
// By name.
std::vector<MyOrganization> my_organizations(View& view, const PersonId& person);

// What an app may do for a person in one place: for themself (organization empty), in the name of an organization, or
// signed in as its member.
struct AppAccess {
  std::string organization;
  std::vector<ScopeInWords> scopes;
  Instant since;
  std::optional<Instant> last_used;  // when a token was issued last
};
struct MyApplication {
  App app;
  std::string owner;
  std::vector<AppAccess> accesses;
};
std::vector<MyApplication> my_applications(View& view, const PersonId& person);

struct DisconnectApp {
  std::string person, app;
};
struct DisconnectAnswer {
  std::string person, app;
  std::int64_t tokens = 0;  // access tokens that were usable until now
  std::string id;           // of the app
};
// Ends whatever the app holds for the person, at once: their connection, what they agreed to, and every token that
// speaks for them. What an organization granted stays. not_found when it holds nothing.
Result<Changed<DisconnectAnswer>> disconnect_app(Work& work, const DisconnectApp& request);

// Everybody with their roles, for who develops and picks whom to sign in as.
struct KnownPerson {
  Person person;
  std::vector<MyOrganization> organizations;
};
std::vector<KnownPerson> known_people(View& view, std::size_t most);

}  // namespace hub::core
