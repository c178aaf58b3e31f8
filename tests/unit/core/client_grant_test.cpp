#include "hub/core/client_grant.h"

#include <doctest/doctest.h>

#include "support/client_hub.h"

using namespace hub;
using namespace hub::testing;
using core::TokenStyle;

TEST_CASE("A client gets a token for the organization it names") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const std::string id = hub.org_id("acme");
  const core::Issued issued = must(hub.client_credentials(hub.client(), "Org/" + id + ".shop.items.r"));
  CHECK(issued.scope == "shop.items.r");
  CHECK_FALSE(issued.refresh_token);
  CHECK(hub.decoded(issued).claims["sub"] == "Organization/" + id);
  CHECK(hub.row(hub.jti(issued)).grant == "client_credentials");
  const std::string hash_id = OrganizationId::parse(id)->hash_id();
  CHECK(must(hub.client_credentials(hub.client(), "Org/" + hash_id + ".shop.items.r")).scope == "shop.items.r");
}

TEST_CASE("What a client asks for wrongly is refused by the rule it breaks") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const std::string acme = "Org/" + hub.org_id("acme") + ".", vendor = "Org/" + hub.org_id("vendor") + ".";
  struct Case {
    std::string scope, hub_code, standard_code;
  };
  for (const Case& one :
       {Case{"", "invalid_request", "bearer_does_not_exist"},
        Case{"shop.items.r", "bearer_does_not_exist", "bearer_does_not_exist"},
        Case{"Org.shop.items.r", "bearer_does_not_exist", "bearer_does_not_exist"},
        Case{"Per.zaikio.person.r", "bearer_does_not_exist", "bearer_does_not_exist"},
        Case{vendor + "shop.items.r", "bearer_does_not_exist", "bearer_does_not_exist"},
        Case{"Org/acme.shop.items.r", "bearer_does_not_exist", "bearer_does_not_exist"},
        Case{acme + "shop.items.w", "ungranted_scope", "ungranted_scope"},
        Case{acme + "shop.orders.rw", "scope_is_not_included_in_desired_scopes",
             "scope_is_not_included_in_desired_scopes"},
        Case{acme + "shop.items", "malformed_scope", "malformed_scope"},
        Case{acme + "shop.items.r," + vendor + "shop.items.r", "different_bearer_ids", "different_bearer_ids"},
        Case{acme + "shop.items.r", "ok", "ok"}}) {
    CAPTURE(one.scope);
    CHECK(code_of(hub.client_credentials(hub.client(), one.scope)) == one.hub_code);
    CHECK(code_of(hub.client_credentials(hub.client(), one.scope, TokenStyle::standard)) == one.standard_code);
  }
}

TEST_CASE("The standard route gives an app all that its own organization has granted") {
  ClientHub hub;
  hub.install("shop", "org:vendor", {"shop.items.r", "zaikio.organization.r"});
  for (const std::string& scope : Texts{"", "openid shop.items.r zaikio.organization.r"}) {
    const core::Issued issued = must(hub.client_credentials(hub.client(), scope, TokenStyle::standard));
    CHECK(issued.scope == "shop.items.r zaikio.organization.r");
    CHECK(hub.bearer(issued));
  }
}

TEST_CASE("A key of an organization asks for that organization and for no other") {
  ClientHub hub;
  hub.grant("shop", "acme");
  hub.install("shop", "org:vendor", {"shop.items.r"});
  const core::Client key = must(hub.client(hub.key_of("shop")));
  for (const TokenStyle style : {TokenStyle::hub, TokenStyle::standard}) {
    for (const std::string& scope : Texts{"shop.items.r", "Org.shop.items.r"}) {
      const core::Issued issued = must(hub.client_credentials(key, scope, style));
      CHECK(hub.decoded(issued).claims["sub"] == "Organization/" + hub.org_id("acme"));
    }
    CHECK(code_of(hub.client_credentials(key, "Org/" + hub.org_id("vendor") + ".shop.items.r", style)) ==
          "bearer_does_not_exist");
  }
  CHECK(code_of(hub.client_credentials(key, "")) == "invalid_request");
}

TEST_CASE("A public client gets no token for itself") {
  ClientHub hub;
  must(hub.run(hub.as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true}));
  const auto rows = must(hub.list(hub.as_operator(), &core::list_credentials, {.app = "shop"}));
  for (const core::CredentialAnswer& row : rows) {
    if (row.kind != "public") continue;
    const core::Client spa =
        must(core::authenticate_client(hub.hub(), ClientHub::as_nobody(), row.client_id, std::nullopt));
    CHECK(code_of(hub.asked_grant(spa, "Org/" + hub.org_id("acme") + ".shop.items.r")) == "unauthorized_client");
  }
}

TEST_CASE("A token of the standard route has the header and claims of RFC 9068") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "zaikio.organization.r"});
  const std::string acme = "Org/" + hub.org_id("acme") + ".";
  const core::Issued issued = must(hub.client_credentials(
      hub.client(), acme + "shop.items.r " + acme + "zaikio.organization.r", TokenStyle::standard));
  const Decoded token = hub.decoded(issued);
  CHECK(token.header["typ"] == "at+jwt");
  CHECK(token.claims["iss"] == "http://127.0.0.1:4000");
  CHECK(token.claims["client_id"] == hub.client_id());
  CHECK(token.claims["scope"] == "shop.items.r zaikio.organization.r");
  CHECK(token.claims["iat"] == token.claims["nbf"]);
  CHECK(token.claims["aud"] == Json::array({"shop"}));
  CHECK_FALSE(token.claims.contains("jku"));
  CHECK(issued.scope == "shop.items.r zaikio.organization.r");
  CHECK(hub.verified_status(issued, {.audience = "shop", .scopes = {"shop.items.r"}}) == 0);
  hub.hub().serve_as("https://hub.example");
  const core::Issued other = must(hub.client_credentials(hub.client(), acme + "shop.items.r", TokenStyle::standard));
  CHECK(hub.decoded(other).claims["iss"] == "https://hub.example");
  CHECK(hub.verified_status(other) == 0);
  CHECK(hub.verified_status(issued) == 14);  // of another issuer
}

TEST_CASE("A refresh keeps the style and narrows only the access token") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "zaikio.organization.r"});
  const core::Issued first = hub.issued("org:acme", {"shop.items.r", "zaikio.organization.r"});
  const auto refresh = [&](const core::Issued& issued, std::optional<std::vector<ScopeName>> scopes) {
    return core::refresh_token(hub.hub(), ClientHub::as_nobody(),
                               {.refresh_token = *issued.refresh_token,
                                .credential_id = hub.client().credential.id,
                                .style = TokenStyle::standard,
                                .scopes = std::move(scopes)});
  };
  const ScopeName items{"shop", "items", Permission::r}, orders{"shop", "orders", Permission::r};
  CHECK(code_of(refresh(first, std::vector{items, orders})) == "ungranted_scope");
  const core::Issued second = must(refresh(first, std::vector{items}));
  CHECK(second.scope == "shop.items.r");
  CHECK(hub.decoded(second).header["typ"] == "at+jwt");
  CHECK(must(refresh(second, std::nullopt)).scope == "shop.items.r zaikio.organization.r");
}

TEST_CASE("Whoever names no client may refresh only what a public client holds") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued issued = hub.issued("org:acme", {"shop.items.r"});
  const core::RefreshToken request{.refresh_token = *issued.refresh_token};
  CHECK(code_of(core::refresh_token(hub.hub(), ClientHub::as_nobody(), request)) == "invalid_client");
  CHECK(core::refresh_token(hub.hub(), hub.as_operator(), request));
}
