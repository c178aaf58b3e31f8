#include "hub/core/admin_token.h"

#include <doctest/doctest.h>

#include "support/client_hub.h"

using namespace hub;
using namespace hub::testing;

TEST_CASE("An admin token works until it is revoked or expires and is kept as a hash") {
  ClientHub hub;
  const auto issue = [&](const core::IssueAdminToken& request) {
    return hub.run(hub.as_operator(), &core::issue_admin_token, request);
  };
  const Secret token = *must(issue({.name = "ci", .role = "full", .lifetime = hour})).object->token;
  CHECK(token.reveal().starts_with("hat_"));
  const core::Caller caller = must(hub.bearer(token));
  CHECK(caller.kind == core::Caller::Kind::admin);
  CHECK(caller.principal.actor == "admin:ci");
  CHECK(caller.principal.is_operator());
  CHECK_FALSE(caller.read_only);
  CHECK(code_of(issue({.name = "ci"})) == "exists");
  const Secret reader = *must(issue({.name = "dashboard"})).object->token;
  CHECK(must(hub.bearer(reader)).read_only);
  CHECK(must(hub.list(hub.as_operator(), &core::list_admin_tokens, {})).size() == 2);
  SUBCASE("expires") {
    hub.clock().advance(hour);
    CHECK(code_of(hub.bearer(token)) == "invalid_token");
    hub.clock().advance(90 * day);
    CHECK(code_of(hub.bearer(reader)) == "invalid_token");
  }
  SUBCASE("is revoked") {
    CHECK(must(hub.run(hub.as_operator(), &core::revoke_admin_token, {"ci"})).changed);
    CHECK(code_of(hub.bearer(token)) == "invalid_token");
    CHECK(code_of(hub.run(hub.as_operator(), &core::revoke_admin_token, {"ci"})) == "not_found");
    CHECK(must(issue({.name = "ci"})).object->state == "active");  // the name is free again
  }
}

TEST_CASE("Admin tokens are made within bounds and by operators") {
  ClientHub hub;
  const auto issue = [&](const Call& call, const core::IssueAdminToken& request) {
    return code_of(hub.run(call, &core::issue_admin_token, request));
  };
  CHECK(issue(hub.as_operator(), {.name = "a", .lifetime = 366 * day}) == "ok");
  CHECK(issue(hub.as_operator(), {.name = "b", .lifetime = 366 * day + Seconds(1)}) == "invalid_request");
  CHECK(issue(hub.as_operator(), {.name = "b", .lifetime = Seconds(0)}) == "invalid_request");
  CHECK(issue(hub.as_operator(), {.name = "b", .role = "root"}) == "invalid_request");
  CHECK(issue(hub.as_operator(), {.name = ""}) == "invalid_request");
  CHECK(issue(hub.as("owner@acme.test"), {.name = "b"}) == "principal_not_allowed");
  CHECK(code_of(hub.list(hub.as("owner@acme.test"), &core::list_admin_tokens, {})) == "principal_not_allowed");
}

TEST_CASE("The use of an admin token is noted") {
  ClientHub hub;
  const Secret token = *must(hub.run(hub.as_operator(), &core::issue_admin_token, {.name = "ci"})).object->token;
  must(hub.bearer(token));
  CHECK(*must(hub.list(hub.as_operator(), &core::list_admin_tokens, {})).front().last_used_at == hub.clock().now());
}

TEST_CASE("The request that an audit row came from is part of its hash") {
  AuditRow row{.sequence = 1, .actor = "admin:ci", .action = "org create", .target = "organization:x", .result = "ok"};
  const std::string without = store::audit_hash(row, "");
  row.request_id = "0af7651916cd43dd";
  CHECK(store::audit_hash(row, "") != without);
  row.request_id = std::nullopt;
  row.reason = "";
  CHECK(store::audit_hash(row, "") != without);  // put in place of none
  ClientHub hub;
  Call call = hub.as_operator();
  call.request_id = "0af7651916cd43dd";
  must(hub.hub().write(call, [](core::Work& work) -> Result<void> {
    work.audit("test", "test", "ok", "{}");
    return {};
  }));
  CHECK(hub.audit_rows().back().request_id == "0af7651916cd43dd");
}
