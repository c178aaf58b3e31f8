#include "dev_hub.h"

#include <stdlib.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/core/authenticate.h"
#include "hub/core/seed.h"

namespace hub::cli {
namespace {

const core::SeedKey* first_key(const core::SeedKeys& seed, bool third_party) {
  const auto found = std::find_if(seed.keys.begin(), seed.keys.end(),
                                  [&](const core::SeedKey& key) { return key.third_party == third_party; });
  return found == seed.keys.end() ? nullptr : &*found;
}

Call by_nobody() {
  Call call;
  call.principal = Principal::unknown();
  return call;
}

// A secret that was rotated since is not shown; neither is one of another store.
bool works(core::Hub& hub, const core::SeedKey& key) {
  return hub
      .read(by_nobody(), [&](core::View& view) { return core::authenticate_client(view, key.client_id, key.secret); })
      .has_value();
}

std::string curl(const std::string& url, const core::SeedKey& key, const std::string& path) {
  return "curl -s -u " + key.client_id + ":" + key.secret.reveal() + " " + url + path;
}

std::string client_lines(const std::string& url, const core::SeedKey& key) {
  const std::string token = curl(url, key, "/oauth/access_token") + " -d grant_type=client_credentials -d scope=Org/" +
                            key.organization_id + "." + key.scope;
  return "# a token of " + key.app + " for " + key.organization + "\n" + token + "\n# whether it is still good\n" +
         curl(url, key, "/oauth/introspect") + " -d token=\"$(" + token +
         " | jq -r .access_token)\"\n# the keys it is signed with\ncurl -s " + url + "/api/v1/jwt_public_keys\n";
}

}  // namespace

Result<std::unique_ptr<EphemeralDirectory>> EphemeralDirectory::make(const Surroundings& around) {
  std::string path = around.variable("TMPDIR").value_or("/tmp") + "/hubctl-XXXXXX";
  if (::mkdtemp(path.data()) != nullptr) return std::make_unique<EphemeralDirectory>(path);
  return Error{codes::unwritable_file, "No directory can be made for the ephemeral hub.", "TMPDIR names another place",
               "ephemeral", std::system_category().message(errno)};
}

EphemeralDirectory::~EphemeralDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Result<std::string> read_seed_text(const std::optional<std::string>& seed) {
  if (!seed || *seed == "demo") return std::string(core::demo_seed());
  return read_file(*seed);
}

Result<void> prepare_dev_hub(const core::HubLocation& location, const std::string& seed, const Invocation& invocation,
                             Random& random) {
  if (!std::filesystem::exists(location.store_path)) {
    const Result<core::InitAnswer> made =
        core::init_hub(location, local_call(invocation.options), {.mode = "sandbox"}, invocation.clock, random);
    if (!made) return made.error();
  }
  const Result<bool> seeded = core::seed_hub(location, seed, invocation.clock, random);
  if (!seeded) return seeded.error();
  return {};
}

std::string dev_banner(core::Hub& hub, const std::string& url, const std::string& seed) {
  constexpr std::string_view socket_file = "unix:";
  const std::string base =
      url.starts_with(socket_file) ? "--unix-socket " + url.substr(socket_file.size()) + " http://localhost" : url;
  std::string out = "A hub for development at " + url + ", store " + hub.location().store_path +
                    "\nIts ids, client ids and secrets are known to everybody. Lines to paste:\n";
  const Result<core::SeedKeys> keys = core::read_seed_keys(seed);
  if (!keys) return out;
  if (const core::SeedKey* const own = first_key(*keys, false); own != nullptr && works(hub, *own)) {
    out += client_lines(base, *own);
  }
  if (const core::SeedKey* const foreign = first_key(*keys, true); foreign != nullptr && works(hub, *foreign)) {
    out += "# the same app with the secret that " + foreign->organization + " gave it\n" +
           curl(base, *foreign, "/keys") + "\n";
  }
  if (keys->admin_token && core::authenticate_bearer(hub, by_nobody(), *keys->admin_token)) {
    out += "# the admin API\ncurl -s -H 'Authorization: Bearer " + keys->admin_token->reveal() + "' " + base +
           "/admin/v1/orgs\n";
  }
  return out;
}

}  // namespace hub::cli
