#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/core/app.h"
#include "hub/core/credential.h"
#include "hub/core/desired_scope.h"
#include "hub/core/scope.h"
#include "test_hub.h"

namespace hub::testing {

// A hub with two organizations: vendor, with an admin, a member and a contact, and acme, with an owner.
class AppHub : public TestHub {
 public:
  AppHub() {
    organization("vendor");
    organization("acme");
    joined("admin@vendor.test", "vendor", "admin");
    joined("member@vendor.test", "vendor", "member");
    joined("contact@vendor.test", "vendor", "contact");
    joined("owner@acme.test", "acme", "owner");
  }

  Call ensuring() const {
    Call call = as_operator();
    call.ensure = true;
    return call;
  }
  Call at_version(std::int64_t version) const {
    Call call = as_operator();
    call.if_version = version;
    return call;
  }

  core::AppAnswer app(const std::string& name, const std::string& owner = "vendor",
                      const std::optional<std::string>& kind = std::nullopt) {
    return *must(run(as_operator(), &core::create_app, {.name = name, .owner = owner, .kind = kind})).object;
  }
  core::AppAnswer shown(const std::string& name) { return must(run(as_operator(), &core::show_app, {name})); }
  core::CredentialAnswer credential(const std::string& app, const std::optional<std::string>& name = std::nullopt) {
    return *must(run(as_operator(), &core::create_credential, {.app = app, .name = name})).object;
  }
  core::VerifyAnswer verified(const std::string& app, const Secret& secret,
                              const std::optional<std::string>& credential = std::nullopt) {
    return must(run(as_operator(), &core::verify_credential, {.app = app, .credential = credential, .secret = secret}));
  }
  // Provides app.name for both kinds of bearer.
  core::ProvidedScopeAnswer scope(const std::string& app, const std::string& name, const std::string& access = "rw") {
    return *must(run(as_operator(), &core::provide_scope,
                     {.app = app,
                      .name = name,
                      .access = access,
                      .bearer = {"person", "organization"},
                      .title = "Scope " + name}))
                .object;
  }
  core::DesiredScopesAnswer desire(const std::string& app, const std::vector<std::string>& scopes) {
    return *must(run(as_operator(), &core::set_desired_scopes, {app, scopes})).object;
  }

 private:
  void joined(const std::string& email, const std::string& org, const std::string& role) {
    person(email);
    member(email, org, {role});
  }
};

using Texts = std::vector<std::string>;

}  // namespace hub::testing
