#include "hub/base/error.h"

#include <doctest/doctest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "hub/base/codes.h"
#include "hub/base/result.h"

using namespace hub;

TEST_CASE("each kind of failure has its exit status and HTTP status and OAuth name") {
  struct Row {
    Failure failure;
    int exit;
    int http;
    std::string_view oauth;
  };
  const Row rows[] = {
      {Failure::internal, 1, 500, "server_error"},   {Failure::usage, 2, 400, "invalid_request"},
      {Failure::not_found, 3, 404, "invalid_grant"}, {Failure::unauthenticated, 4, 401, "invalid_client"},
      {Failure::forbidden, 5, 403, "access_denied"}, {Failure::conflict, 6, 409, "invalid_grant"},
      {Failure::invalid, 7, 400, "invalid_request"}, {Failure::pending, 8, 400, "authorization_pending"},
      {Failure::limited, 9, 429, "slow_down"},       {Failure::unavailable, 9, 503, "temporarily_unavailable"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.exit);
    CHECK(exit_status(row.failure) == row.exit);
    CHECK(http_status(row.failure) == row.http);
    CHECK(oauth_error(Code{row.failure, "no_name_of_oauth"}) == row.oauth);
  }
}

TEST_CASE("codes that are OAuth names keep them and scope codes become invalid_scope") {
  const std::pair<Code, std::string_view> rows[] = {
      {codes::invalid_grant, "invalid_grant"},
      {codes::unauthorized_client, "unauthorized_client"},
      {codes::access_denied, "access_denied"},
      {codes::invalid_client, "invalid_client"},
      {codes::authorization_pending, "authorization_pending"},
      {codes::slow_down, "slow_down"},
      {codes::rate_limited, "slow_down"},
      {codes::unknown_application, "invalid_grant"},
      {codes::insufficient_scope, "access_denied"},
      {codes::malformed_json, "invalid_request"},
      {codes::store_busy, "temporarily_unavailable"},
      {codes::malformed_scope, "invalid_scope"},
      {codes::different_bearer_types, "invalid_scope"},
      {codes::different_bearer_ids, "invalid_scope"},
      {codes::unpermitted_bearer_id, "invalid_scope"},
      {codes::scope_is_not_included_in_desired_scopes, "invalid_scope"},
      {codes::ungranted_scope, "invalid_scope"},
      {codes::bearer_does_not_exist, "invalid_scope"},
      {codes::scope_was_not_granted_in_parent, "invalid_scope"},
      {codes::delegation_access_token_cannot_delegate, "invalid_scope"},
      {codes::parent_has_no_delegation_permission, "invalid_scope"},
      {codes::unknown_scope, "invalid_scope"},
      {Code{Failure::invalid, "unsupported_grant_type"}, "unsupported_grant_type"},
      {Code{Failure::invalid, "expired_token"}, "expired_token"},
  };
  for (const auto& row : rows) {
    const auto& code = row.first;
    const auto& name = row.second;
    CAPTURE(code.name);
    CHECK(oauth_error(code) == name);
  }
}

TEST_CASE("all_codes lists every code of the header once and in its order") {
  std::ifstream header(HUBCTL_SOURCE_DIR "/include/hub/base/codes.h");
  REQUIRE(header);
  std::vector<std::string> declared;
  const std::string start = "inline constexpr Code ";
  for (std::string line; std::getline(header, line);) {
    if (line.rfind(start, 0) == 0) declared.push_back(line.substr(start.size(), line.find('{') - start.size()));
  }
  std::vector<std::string> listed;
  for (const Code& code : all_codes()) listed.emplace_back(code.name);
  CHECK(listed.size() > 40);
  CHECK(listed == declared);
  CHECK(std::set<std::string>(listed.begin(), listed.end()).size() == listed.size());
}

TEST_CASE("a result holds either a value or the error") {
  Result<std::string> good(std::string("yes"));
  REQUIRE(good);
  CHECK(*good == "yes");
  CHECK(good->size() == 3);
  const std::string taken = *std::move(good);
  CHECK(taken == "yes");

  const Result<std::string> bad(Error{codes::not_found, "There is no such thing."});
  REQUIRE_FALSE(bad);
  CHECK(bad.error().code == codes::not_found);

  const Result<void> done;
  CHECK(done.has_value());
  const Result<void> failed(Error{codes::stale, "Somebody was faster."});
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().code == codes::stale);
}
