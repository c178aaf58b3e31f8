#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/secret.h"
#include "hub/core/hub.h"

// What a development hub begins with (`serve --dev --seed`): organizations, people, apps with their scopes, credentials
// and connections out of one JSON text, whose ids, client ids and secrets are fixed. They are known to everybody, so
// only hubs in sandbox mode take a seed.
namespace hub::core {

std::string_view demo_seed();  // src/core/seed/demo.json, whose shape is the shape of all

// What the text says about secrets, for those who show how to use them.
struct SeedKey {
  std::string app, client_id;
  std::string scope;                          // one that the app may ask for
  std::string organization, organization_id;  // slug and id: where the secret acts
  Secret secret;
  bool third_party = false;  // of an organization that authorized the app of another
};
struct SeedKeys {
  std::vector<SeedKey> keys;
  std::optional<std::string> admin_token_name;
  std::optional<Secret> admin_token;  // the whole text of it
};
// invalid_request when the text is none of that shape.
Result<SeedKeys> read_seed_keys(std::string_view text);

// Fills a hub that has no organization, in one write through the functions every door uses; false if it has one, and
// nothing was changed. Nobody may have the hub open. Errors: those of the functions, with the entry at fault; invalid_
// request for a text of another shape and for a hub in production mode.
Result<bool> seed_hub(const HubLocation& location, std::string_view text, Clock& clock, Random& random);

}  // namespace hub::core
