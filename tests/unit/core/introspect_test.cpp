#include "hub/core/introspect.h"

#include <doctest/doctest.h>

#include "support/client_hub.h"

using namespace hub;
using namespace hub::testing;

namespace {
const std::string inactive = R"({"active":false})";
}

TEST_CASE("Introspection tells what is known of an access token") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r", "shop.orders.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r", "shop.orders.r"});
  const Json answer = hub.introspected(*token.access_token);
  CHECK(answer["active"] == true);
  CHECK(answer["scope"] == "shop.items.r shop.orders.r");
  CHECK(answer["client_id"] == hub.client_id());
  CHECK(answer["token_type"] == "Bearer");
  CHECK(answer["sub"] == "Organization/" + hub.org_id("acme"));
  CHECK(answer["aud"] == Json::array({"shop"}));
  CHECK(answer["jti"] == hub.jti(token));
  CHECK(answer["iss"] == "http://127.0.0.1:4000");
  CHECK(answer["exp"].get<std::int64_t>() - answer["iat"].get<std::int64_t>() == 3600);
  hub.desire("shop", {"shop.items.r"});
  CHECK(hub.introspected(*token.access_token)["scope"] == "shop.items.r");
}

TEST_CASE("Introspection knows refresh tokens until they are used") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"});
  const Json answer = hub.introspected(*token.refresh_token);
  CHECK(answer["active"] == true);
  CHECK_FALSE(answer.contains("token_type"));
  CHECK(answer["exp"].get<std::int64_t>() - answer["iat"].get<std::int64_t>() == 7 * 24 * 3600);
  const core::Issued next = must(hub.refreshed(token));
  CHECK_FALSE(hub.active(*token.refresh_token));
  CHECK(hub.active(*token.access_token));
  CHECK(hub.active(*next.refresh_token));
  hub.clock().advance(7 * day);
  CHECK_FALSE(hub.active(*next.refresh_token));
}

TEST_CASE("TK-07 what is no live token of the asking app is inactive and nothing more") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::CredentialAnswer other = hub.credential("warehouse");
  const core::Issued expired = hub.issued("org:acme", {"shop.items.r"});
  hub.clock().advance(hour);
  const core::Issued revoked = hub.issued("org:acme", {"shop.items.r"});
  must(hub.run(hub.as_operator(), &core::revoke_tokens, {.jti = hub.jti(revoked)}));
  const core::Issued good = hub.issued("org:acme", {"shop.items.r"});
  const Secret code = hub.code({.subject = "org:acme", .scopes = {"shop.items.r"}});
  const std::string text = good.access_token->reveal();
  for (const std::string& token :
       Texts{expired.access_token->reveal(), revoked.access_token->reveal(), revoked.refresh_token->reveal(),
             code.reveal(), hub.secret().reveal(), "", ".", "nonsense", text + "x", text.substr(1)}) {
    CHECK(to_line(hub.introspected(Secret(token))) == inactive);
  }
  Json answer;
  must(core::introspect_token(hub.hub(), ClientHub::as_nobody(), other.client_id, other.client_secret,
                              *good.access_token, answer));
  CHECK(to_line(answer) == inactive);
  must(core::introspect_any(hub.hub(), hub.as_operator(), *good.access_token, answer));
  CHECK(answer["active"] == true);
}

TEST_CASE("TK-06 nobody asks about tokens without their secret") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"});
  Json answer;
  const auto asked = [&](const std::string& id, const std::optional<Secret>& secret) {
    return code_of(core::introspect_token(hub.hub(), ClientHub::as_nobody(), id, secret, *token.access_token, answer));
  };
  CHECK(asked(hub.client_id(), Secret("wrong")) == "invalid_client");
  CHECK(asked("nobody", hub.secret()) == "invalid_client");
  const auto spa =
      *must(hub.run(hub.as_operator(), &core::create_credential, {.app = "shop", .name = "spa", .public_ = true}))
           .object;
  CHECK(asked(spa.client_id, std::nullopt) == "invalid_client");
  CHECK(asked(hub.client_id(), hub.secret()) == "ok");
}

TEST_CASE("A key of one organization knows the tokens of no other") {
  ClientHub hub;
  hub.grant("shop", "acme");
  hub.install("shop", "org:vendor", {"shop.items.r"});
  const Secret key = hub.key_of("shop");
  const auto asked = [&](const core::Issued& token) {
    Json answer;
    must(core::introspect_token(hub.hub(), ClientHub::as_nobody(), hub.client_id(), key, *token.access_token, answer));
    return answer["active"].get<bool>();
  };
  const core::Issued own = hub.issued("org:acme", {"shop.items.r"}),
                     foreign = hub.issued("org:vendor", {"shop.items.r"});
  CHECK(asked(own));
  CHECK_FALSE(asked(foreign));
  const core::Client client = must(hub.client(key));
  must(core::revoke_presented(hub.hub(), ClientHub::as_nobody(), client, *foreign.access_token));
  CHECK(hub.active(*foreign.access_token));
}

TEST_CASE("A client ends its own tokens with what was issued beside them") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued first = hub.issued("org:acme", {"shop.items.r"});
  const core::Issued second = must(hub.refreshed(first));
  const auto revoke = [&](const core::Client& client, const Secret& token) {
    must(core::revoke_presented(hub.hub(), ClientHub::as_nobody(), client, token));
  };
  const core::CredentialAnswer other = hub.credential("warehouse");
  const core::Client foreign =
      must(core::authenticate_client(hub.hub(), ClientHub::as_nobody(), other.client_id, other.client_secret));
  const std::size_t rows = hub.audit_rows().size();
  revoke(foreign, *second.access_token);
  revoke(hub.client(), Secret("nonsense"));
  CHECK(hub.active(*second.access_token));
  CHECK(hub.audit_rows().size() == rows);
  SUBCASE("an access token with the refresh tokens of its grant") {
    revoke(hub.client(), *second.access_token);
    CHECK_FALSE(hub.active(*second.access_token));
    CHECK_FALSE(hub.active(*second.refresh_token));
    CHECK(hub.active(*first.access_token));
  }
  SUBCASE("a refresh token with the whole grant") {
    revoke(hub.client(), *second.refresh_token);
    CHECK_FALSE(hub.active(*second.access_token));
    CHECK_FALSE(hub.active(*first.access_token));
  }
  CHECK(hub.audit_rows().size() == rows + 1);
  CHECK(hub.audit_rows().back().actor.starts_with("app:"));
  CHECK(hub.audit_rows().back().action == "token revoke");
}

TEST_CASE("A bearer ends the token it came with") {
  ClientHub hub;
  hub.install("shop", "org:acme", {"shop.items.r"});
  const core::Issued token = hub.issued("org:acme", {"shop.items.r"});
  const auto revoke = [&](const Secret& text) { return core::revoke_own(hub.hub(), ClientHub::as_nobody(), text); };
  CHECK(must(revoke(*token.access_token)) == hub.jti(token));
  CHECK(code_of(revoke(*token.access_token)) == "invalid_token");
  const std::string member =
      must(hub.run(hub.as_operator(), &core::show_membership, {.member = "owner@acme.test", .org = "acme"})).id;
  const Secret opaque = hub.nexus_token(member);
  CHECK(hub.active(opaque));
  CHECK(hub.introspected(opaque)["sub"] == "Membership/" + member);
  CHECK_FALSE(must(revoke(opaque)));
  CHECK(to_line(hub.introspected(opaque)) == inactive);
  CHECK(code_of(revoke(opaque)) == "invalid_token");
}
