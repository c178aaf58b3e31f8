#include "builder.h"

namespace hub::testing {
namespace {

// Names in the same shape that mean nothing. What is public, an app's name, is beta's.
Tenancy nowhere(const Tenancy& beta) {
  const auto renamed = [](std::string text) {
    for (std::size_t at = text.find("beta"); at != std::string::npos; at = text.find("beta", at)) {
      text.replace(at, 4, "nope");
    }
    return text;
  };
  Tenancy out;
  for (const auto& [spelling, names] : beta.names) {
    for (const auto& [placeholder, name] : names) {
      const bool is_uuid = Uuid::parse(name).has_value();
      std::string& missing = out.names[spelling][placeholder] = is_uuid ? name : renamed(name);
      if (is_uuid) missing.replace(24, 4, missing.substr(24, 4) == "beef" ? "dead" : "beef");
      if (missing == name && !is_uuid && placeholder != "third_app" && placeholder != "staged") {
        std::swap(missing[1], missing[2]);
        missing[3] = missing[3] == 'x' ? 'y' : 'x';
      }
    }
    Names& theirs = out.names[spelling];
    if (spelling == Spelling::name) theirs["connection"] = "beta_app/nope";
  }
  return out;
}

}  // namespace

const Blueprint& blueprint() {
  static const std::unique_ptr<Blueprint> plan = [] {
    auto made = std::make_unique<Blueprint>();
    Builder builder(*made);
    builder.staged_key();
    for (const char* org : {"alpha", "beta", "gamma"}) builder.organization(org);
    builder.run("person create", {{"email", "foreign@nowhere.test"}, {"verified", true}});
    for (const char* org : {"alpha", "beta", "gamma"}) builder.apps(org);
    for (const char* org : {"alpha", "beta"}) builder.authorizations(org);
    builder.run("scope desired add", {{"app", "gamma_app"}, {"scopes", {"zaikio.organization_members.r"}}});
    for (const char* org : {"alpha", "beta"}) {
      builder.tokens(org);
      builder.session(org);
      builder.devices(org);
      builder.write_down(org);
    }
    builder.finish();
    made->tenants["nowhere"] = nowhere(made->tenants["beta"]);
    return made;
  }();
  return *plan;
}

}  // namespace hub::testing
