#pragma once
#include <optional>
#include <string>

#include "hub/core/admin_token.h"
#include "hub/core/authenticate.h"
#include "hub/core/client_grant.h"
#include "hub/core/code.h"
#include "hub/core/delegate.h"
#include "hub/core/introspect.h"
#include "hub/core/service_account.h"
#include "token_hub.h"

namespace hub::testing {

// Of RFC 7636 appendix B.
constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

// A TokenHub whose apps are asked as clients ask: by secret, by code and by token.
class ClientHub : public TokenHub {
 public:
  ClientHub() {
    must(run(as_operator(), &core::update_app, {.app = "shop", .redirects = Texts{"https://shop.test/cb"}}));
    secret_ = *must(run(as_operator(), &core::rotate_credential, {shown("shop").client_id})).object->client_secret;
  }

  static Call as_nobody() {
    Call call;
    call.principal = Principal::unknown();
    return call;
  }
  const Secret& secret() const { return secret_; }
  std::string client_id() { return shown("shop").client_id; }
  Result<core::Client> client(const std::optional<Secret>& secret) {
    return core::authenticate_client(hub(), as_nobody(), client_id(), secret);
  }
  core::Client client() { return must(client(secret_)); }
  Secret key_of(const std::string& app) {
    return *must(list(as_operator(), &core::list_authorization_keys, {.app = app, .show_secrets = true}))
                .front()
                .client_secret;
  }

  Result<core::GrantRequest> asked_grant(const core::Client& client, const std::string& scope,
                                         core::TokenStyle style = core::TokenStyle::hub) {
    return hub().read(as_nobody(),
                      [&](core::View& view) { return core::client_credentials_grant(view, client, scope, style); });
  }
  Result<core::Issued> client_credentials(const core::Client& client, const std::string& scope,
                                          core::TokenStyle style = core::TokenStyle::hub) {
    const Result<core::GrantRequest> grant = asked_grant(client, scope, style);
    if (!grant) return grant.error();
    return core::issue(hub(), as_nobody(), {.grant = *grant, .style = style});
  }
  Result<core::Caller> bearer(const Secret& token) { return core::authenticate_bearer(hub(), as_nobody(), token); }
  Result<core::Caller> bearer(const core::Issued& issued) { return bearer(*issued.access_token); }

  Secret code(core::CreateCode request) {
    if (request.app.empty()) request.app = "shop";
    return *must(run(as_operator(), &core::create_code, request)).object->code;
  }
  core::RedeemCode redemption(const Secret& code, CodeDialect dialect = CodeDialect::hub) {
    return {.code = code, .dialect = dialect, .credential_id = client().credential.id};
  }
  Result<core::Issued> redeemed(const core::RedeemCode& request) {
    return core::redeem_code(hub(), as_nobody(), request);
  }
  Result<core::Issued> redeemed(const Secret& code) { return redeemed(redemption(code)); }
  Result<Secret> redeemed_nexus(const Secret& code) {
    return core::redeem_nexus_code(hub(), as_nobody(), redemption(code, CodeDialect::nexus));
  }
  Secret nexus_token(const std::string& member) {
    return must(redeemed_nexus(code({.dialect = "nexus", .profile = member})));
  }

  Json introspected(const Secret& token) {
    Json answer;
    must(core::introspect_token(hub(), as_nobody(), client_id(), secret_, token, answer));
    return answer;
  }
  bool active(const Secret& token) { return introspected(token)["active"].get<bool>(); }
  std::size_t count(const std::string& sql) {
    std::size_t rows = 0;
    must(hub().read(as_operator(), [&](core::View& view) -> Result<void> {
      view.db().query(sql, {}, [&](const store::Row&) { return ++rows > 0; });
      return {};
    }));
    return rows;
  }

 private:
  Secret secret_;
};

}  // namespace hub::testing
