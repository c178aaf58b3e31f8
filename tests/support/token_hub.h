#pragma once
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app_hub.h"
#include "hub/base/json.h"
#include "hub/core/authorization.h"
#include "hub/core/connection.h"
#include "hub/core/inspect.h"
#include "hub/core/issue.h"
#include "hub/core/key.h"
#include "hub/core/token.h"
#include "hub/crypto/jwt.h"

namespace hub::testing {

// What a token says, once its signature has been checked with the published keys.
struct Decoded {
  Json header, claims;
  std::vector<std::string> scopes() const { return claims["scope"].get<std::vector<std::string>>(); }
};

// A hub with two apps of vendor that provide and desire scopes: shop, with a confidential credential, and warehouse.
// Nobody is connected to either.
class TokenHub : public AppHub {
 public:
  static constexpr const char* no_scope = "nobody.nothing.r";

  TokenHub() {
    app("shop");
    app("warehouse");
    credential("shop");
    scope("shop", "items");
    scope("warehouse", "stock");
    provide("shop", "orders", {"organization"});
    desire("shop", {"shop.items.r", "shop.items.w", "shop.items.rw", "shop.orders.r", "warehouse.stock.r",
                    "zaikio.organization.r", "zaikio.person.r"});
  }

  void provide(const std::string& app, const std::string& name, const Texts& bearer) {
    must(run(as_operator(), &core::provide_scope,
             {.app = app, .name = name, .access = "rw", .bearer = bearer, .title = "Scope " + name}));
  }
  core::ConnectionAnswer install(const std::string& app, const std::string& subject, const Texts& scopes) {
    return *must(run(as_operator(), &core::install_connection, {.app = app, .subject = subject, .scopes = scopes}))
                .object;
  }
  void uninstall(const std::string& connection) { must(run(as_operator(), &core::uninstall_connection, {connection})); }
  core::AuthorizationAnswer grant(const std::string& app, const std::string& by) {
    return *must(run(as_operator(), &core::grant_authorization, {app, by})).object;
  }
  std::string org_id(const std::string& slug) { return must(run(as_operator(), &core::show_organization, {slug})).id; }

  // Tokens by hand, as an operator; without scopes, with one that falls away.
  Result<core::Issued> asked(const std::string& subject, const Texts& scopes,
                             const std::optional<std::string>& acting = std::nullopt) {
    clock().advance(std::chrono::milliseconds(1));
    return core::issue_token(
        hub(), as_operator(),
        {.app = "shop", .subject = subject, .acting = acting, .scopes = scopes.empty() ? Texts{no_scope} : scopes});
  }
  core::Issued issued(const std::string& subject, const Texts& scopes,
                      const std::optional<std::string>& acting = std::nullopt) {
    return must(asked(subject, scopes, acting));
  }
  Result<core::Issued> refreshed(const Secret& token, const std::optional<CredentialId>& client = std::nullopt) {
    clock().advance(std::chrono::milliseconds(1));
    return core::refresh_token(hub(), as_operator(), {.refresh_token = token, .credential_id = client});
  }
  Result<core::Issued> refreshed(const core::Issued& issued) { return refreshed(*issued.refresh_token); }

  crypto::KeySet published() {
    return must(hub().read(as_operator(), [](core::View& view) { return core::published_keys(view); }));
  }
  Decoded decoded(const core::Issued& issued) {
    REQUIRE(issued.access_token);
    const crypto::DecodedJwt token = must(crypto::decode_jwt(issued.access_token->reveal()));
    REQUIRE(crypto::check_signature(token, published()) == crypto::SignatureProblem::none);
    return {*token.header, *token.claims};
  }
  std::string jti(const core::Issued& issued) { return decoded(issued).claims["jti"].get<std::string>(); }
  core::TokenAnswer row(const std::string& jti) { return must(run(as_operator(), &core::show_token, {jti})); }
  std::string state(const core::Issued& issued) { return row(jti(issued)).state; }
  // The exit status of `token verify` against this hub.
  int verified_status(const core::Issued& issued, const core::VerifyOptions& options = {}) {
    Json answer;
    return must(core::verify_against_store(hub(), as_operator(), must(core::keys_of(hub(), as_operator())),
                                           issued.access_token->reveal(), options, answer));
  }
  // "scope rule" of each scope that fell away.
  Texts dropped(const core::Issued& issued) {
    Texts out;
    for (const core::ObjectText& one : issued.dropped) {
      const Json object = must(parse_json(one.json));
      out.push_back(object["scope"].get<std::string>() + " " + object["rule"].get<std::string>());
    }
    return out;
  }

  std::vector<AuditRow> audit_rows() {
    return must(hub().read(as_operator(), [](core::View& view) -> Result<std::vector<AuditRow>> {
      std::vector<AuditRow> rows;
      store::each_audit_row(view.db(), view.tenant(), [&](const AuditRow& row) {
        rows.push_back(row);
        return true;
      });
      return rows;
    }));
  }
  // "name subject payload receiver" of the events since the last call, sorted: those of one moment have no order.
  Texts news() {
    Texts out;
    for (const Event& event : events()) {
      if (!seen_.insert(event.id.text()).second) continue;
      out.push_back(event.name + " " + event.subject + " " + event.payload + " " +
                    (event.receiver_id ? event.receiver_id->text() : "all"));
    }
    std::ranges::sort(out);
    return out;
  }
  // The same store, opened a second time.
  std::unique_ptr<core::Hub> reopened() {
    const core::HubLocation location{directory().file("hub.db"), directory().file("hub.db.key")};
    return std::make_unique<core::Hub>(must(store::open_sqlite(location.store_path, {})), location, clock(), random());
  }

 private:
  std::set<std::string> seen_;
};

inline bool has(const Texts& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

constexpr Seconds minute{60}, hour{3600}, day{24 * 3600};

}  // namespace hub::testing
