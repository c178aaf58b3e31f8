#include <doctest/doctest.h>

#include <charconv>

#include "hub/base/time.h"
#include "support/http_client.h"
#include "support/server_process.h"
#include "support/temporary_directory.h"

// Limits, what proxies say, and the numbers on the admin door (zaikio-hub.md section 7).
namespace hub::testing {
namespace {

constexpr const char* caresuite = "019b76da-a800-7000-8000-000500000001";
constexpr const char* secret = "development-only-secret-of-caresuite-000000";
constexpr const char* grant =
    "grant_type=client_credentials&scope=Org/"
    "019b76da-a800-7000-8000-000100000002.zaikio.connections_and_subscriptions.r";

std::int64_t number(const std::string& text) {
  std::int64_t out = -1;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::vector<HttpHeader> as_client() { return {{"Authorization", basic(caresuite, secret)}}; }
std::vector<HttpHeader> as_wrong_client(const std::string& address) {
  return {{"Authorization", basic(caresuite, "wrong")}, {"X-Forwarded-For", address}};
}

// A counter of /metrics, 0 when it is not there.
double metric(HttpClient& client, const std::string& name) {
  const std::string text = "\n" + client.get("/metrics").body;
  const std::size_t at = text.find("\n" + name + " ");
  double out = 0;
  if (at != std::string::npos) {
    std::from_chars(text.data() + at + name.size() + 2, text.data() + text.size(), out);
  }
  return out;
}

TEST_CASE("a caller that asks too often is told when to come back") {
  const TemporaryDirectory directory;
  const ServerProcess server(directory.file("hub.db"), {"--dev", "--rate-limit", "api=2/60s"});
  HttpClient client(server.url());
  const std::string path = "/api/v1/connections";
  for (int i = 0; i < 2; ++i) CHECK(client.get(path, as_client()).status == 200);
  const HttpAnswer refused = client.get(path, as_client());
  CHECK(refused.status == 429);
  CHECK(refused.header("Content-Type").starts_with("text/plain"));
  CHECK(refused.header("RateLimit-Rule") == "2reqs/60s");
  const std::int64_t now = unix_seconds(SystemClock().now());
  CHECK(number(refused.header("RateLimit-Reset")) > now);
  CHECK(number(refused.header("RateLimit-Reset")) <= now + 61);
  CHECK(number(refused.header("Retry-After")) >= 1);
  CHECK(number(refused.header("Retry-After")) <= 30);
  CHECK(refused.header("Access-Control-Expose-Headers").find("RateLimit-Reset") != std::string::npos);
  // Others are not held up: another secret of the same app acts elsewhere, and documents are for everybody.
  const HttpAnswer other =
      client.get("/api/v1/connections", {{"Authorization", basic("019b76da-a800-7000-8000-000500000003",
                                                                 "development-only-secret-of-frontdesk-000000")}});
  CHECK(other.status == 200);
  CHECK(client.get("/api/v1/jwt_public_keys").status == 200);
  CHECK(metric(client, "hubctl_rate_limited_total{rule=\"api\"}") == 1);
}

TEST_CASE("token routes have a limit of their own per client") {
  const TemporaryDirectory directory;
  const ServerProcess server(directory.file("hub.db"), {"--dev", "--rate-limit", "token=2/60s"});
  HttpClient client(server.url());
  for (const char* const path : {"/oauth/access_token", "/oauth/token"}) {
    CHECK(client.post_form(path, grant, as_client()).status == 200);
  }
  const HttpAnswer refused = client.post_form("/oauth/token", grant, as_client());
  CHECK(refused.status == 429);
  CHECK(refused.header("RateLimit-Rule") == "2reqs/60s");
  CHECK(refused.header("Cache-Control") == "no-store");
  CHECK(client.get("/api/v1/connections", as_client()).status == 200);
}

TEST_CASE("wrong secrets of one address are limited and only a trusted proxy names addresses") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  {
    const ServerProcess server(store, {"--dev", "--rate-limit", "failures=3/60s", "--trust-proxy", "127.0.0.1"});
    HttpClient client(server.url());
    const auto status = [&](const std::string& address) {
      return client.post_form("/oauth/token", grant, as_wrong_client(address)).status;
    };
    for (int i = 0; i < 3; ++i) CHECK(status("192.0.2.1, 203.0.113.1") == 401);
    CHECK(status("192.0.2.99, 203.0.113.1") == 429);
    CHECK(status("203.0.113.1, 192.0.2.1") == 401);
    std::vector<HttpHeader> right = as_client();
    right.push_back({"X-Forwarded-For", "203.0.113.1"});
    CHECK(client.post_form("/oauth/token", grant, right).status == 429);
    CHECK(client.post_form("/oauth/token", grant, as_client()).status == 200);
    CHECK(server.log().find("peer=203.0.113.1") != std::string::npos);
    // Whoever is behind the proxy is not on this machine.
    CHECK(client.get("/metrics").status == 404);
    CHECK(client.get("/admin/v1/orgs", {{"Authorization", "Bearer hat_development-only-admin-token-00000000000000"}})
              .status == 404);
  }
  const ServerProcess server(store, {"--dev", "--rate-limit", "failures=3/60s"});
  HttpClient client(server.url());
  for (int i = 0; i < 8; ++i) {
    CHECK(client.post_form("/oauth/token", grant, as_wrong_client("203.0.113.1")).status == 401);
  }
  CHECK(server.log().find("203.0.113.1") == std::string::npos);
}

TEST_CASE("open pages are limited for each address") {
  const TemporaryDirectory directory;
  const ServerProcess server(directory.file("hub.db"),
                             {"--dev", "--rate-limit", "pages=2/60s", "--trust-proxy", "127.0.0.1"});
  HttpClient client(server.url());
  const auto status_for = [&](const std::string& address) {
    return client.get("/id/sign-in", {{"X-Forwarded-For", address}}).status;
  };
  CHECK(status_for("192.0.2.1") == 200);
  CHECK(status_for("192.0.2.1") == 200);
  CHECK(status_for("192.0.2.1") == 429);
  CHECK(status_for("192.0.2.2") == 200);
}

TEST_CASE("limits are on by default and the flag switches them off") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  { const ServerProcess made(store, {"--dev"}); }
  const auto refused = [&](std::vector<std::string> flags) {
    const ServerProcess server(store, std::move(flags));
    HttpClient client(server.url());
    int count = 0;
    for (int i = 0; i < 650; ++i) count += client.get("/keys", as_client()).status == 429 ? 1 : 0;
    return count;
  };
  CHECK(refused({"--log-requests", "off"}) > 0);
  CHECK(refused({"--log-requests", "off", "--rate-limit", "off"}) == 0);
}

TEST_CASE("the numbers on the admin door follow what happened") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  const ServerProcess server(store, {"--dev"});
  HttpClient client(server.url());
  REQUIRE(client.post_form("/oauth/access_token", grant, as_client()).status == 200);
  const HttpAnswer numbers = client.get("/metrics");
  CHECK(numbers.status == 200);
  CHECK(numbers.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(metric(client, "hubctl_tokens_issued_total{grant=\"client_credentials\"}") == 1);
  CHECK(metric(client, "hubctl_http_requests_total{method=\"POST\",route=\"/oauth/access_token\",status=\"2xx\"}") ==
        1);
  CHECK(metric(client, "hubctl_store_commits_total") >= 1);
  CHECK(metric(client, "hubctl_store_commit_seconds_total") > 0);
  CHECK(metric(client, "hubctl_http_connections") >= 1);
  CHECK(metric(client, "hubctl_up") == 1);
  CHECK(metric(client, "hubctl_signing_key_age_seconds") >= 0);
  // Nothing in it names a tenant or a client.
  CHECK(numbers.body.find("019b76da") == std::string::npos);
}

TEST_CASE("with an admin door of its own the numbers are behind it alone") {
  const TemporaryDirectory directory;
  const std::string admin = directory.file("admin");
  const ServerProcess server(directory.file("hub.db"), {"--dev", "--admin-listen", "unix:" + admin});
  HttpClient open(server.url());
  CHECK(open.get("/metrics").status == 404);
  CHECK(open.get("/admin/v1/orgs").status == 404);
  CHECK(open.get("/health/ready").status == 200);
  HttpClient inside("unix:" + admin);
  CHECK(inside.get("/metrics").status == 200);
  CHECK(inside.get("/admin/v1/orgs").status == 401);
}

}  // namespace
}  // namespace hub::testing
