#include <doctest/doctest.h>
#include <sys/resource.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "hub/base/json.h"
#include "support/http_client.h"
#include "support/server_process.h"
#include "support/temporary_directory.h"

// What the log says, and what it never says (claim CL-05); what becomes of requests when the disk is full (DU-04).
namespace hub::testing {
namespace {

constexpr const char* caresuite = "019b76da-a800-7000-8000-000500000001";
constexpr const char* secret = "development-only-secret-of-caresuite-000000";
constexpr const char* organization = "Org/019b76da-a800-7000-8000-000100000002";

std::string grant() {
  return std::string("grant_type=client_credentials&scope=") + organization + ".zaikio.organization.r";
}

Json json_of(const std::string& text) {
  Result<Json> json = parse_json(text);
  REQUIRE_MESSAGE(json.has_value(), text);
  return std::move(*json);
}

std::vector<Json> lines_of(const std::string& log) {
  std::vector<Json> out;
  std::istringstream in(log);
  for (std::string line; std::getline(in, line);) out.push_back(json_of(line));
  return out;
}

TEST_CASE("the log is JSON lines that name every request and hold no secret") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  ServerProcess server(store, {"--dev", "--quiet", "--log", "json"});
  HttpClient client(server.url());
  const std::string by_basic = basic(caresuite, secret);
  // Everything that is a secret in this run.
  std::vector<std::string> ledger = {secret,
                                     by_basic.substr(6),
                                     "hat_development",
                                     "a-cookie-of-somebody",
                                     "development-only-caresuite-for-north211-000",
                                     "wrong-secret-of-somebody"};
  const HttpAnswer first = client.post_form("/oauth/access_token", grant(), {{"Authorization", by_basic}});
  REQUIRE(first.status == 200);
  const std::string access = json_of(first.body)["access_token"];
  ledger.push_back(access.substr(access.rfind('.') + 1));
  client.get("/api/v1/organization", {{"Authorization", "Bearer " + access}, {"Cookie", "id=a-cookie-of-somebody"}});
  client.get("/api/v1/organization?access_token=" + access);
  client.post_form("/oauth/access_token?client_secret=wrong-secret-of-somebody", grant());
  client.post_form("/oauth/token", grant() + "&client_id=x&client_secret=wrong-secret-of-somebody");
  client.post_form("/oauth/introspect", "token=" + access, {{"Authorization", by_basic}});
  client.get("/keys", {{"Authorization", basic(caresuite, "development-only-caresuite-for-north211-000")}});
  client.get("/admin/v1/orgs", {{"Authorization", "Bearer hat_development-only-admin-token-00000000000000"}});
  client.get("/no/path/wrong-secret-of-somebody");
  client.post_form("/oauth/revoke", "token=" + access, {{"Authorization", by_basic}});
  const Ended ended = server.stop();
  REQUIRE(ended.status == 0);
  for (const std::string& each : ledger) {
    CAPTURE(each);
    CHECK(ended.err.find(each) == std::string::npos);
  }

  const std::vector<Json> lines = lines_of(ended.err);
  std::vector<Json> requests;
  std::vector<std::string> events;
  for (const Json& line : lines) {
    CHECK(line.contains("time"));
    CHECK(line.contains("level"));
    if (line["event"] == "request") {
      requests.push_back(line);
    } else {
      events.push_back(line["event"]);
    }
  }
  CHECK(events == std::vector<std::string>{"listening", "stopping", "stopped"});
  REQUIRE(requests.size() == 10);
  CHECK(requests[0]["route"] == "/oauth/access_token");
  CHECK(requests[0]["client"] == caresuite);
  CHECK(requests[0]["request_id"] == first.header("X-Request-Id"));
  CHECK(requests[1]["jti"].is_string());
  CHECK(requests[3]["error"] == "invalid_request");
  CHECK(requests[4]["error"] == "invalid_client");
  CHECK(requests[7]["client"] == "admin:development");
  CHECK(requests[8]["route"] == "-");
}

TEST_CASE("errors of the admin API carry the id of their request") {
  const TemporaryDirectory directory;
  const ServerProcess server(directory.file("hub.db"), {"--dev"});
  HttpClient client(server.url());
  const HttpAnswer refused = client.get("/admin/v1/orgs");
  CHECK(refused.status == 401);
  CHECK(json_of(refused.body)["error"]["request_id"] == refused.header("X-Request-Id"));
}

// The largest file a process may write is inherited by what it starts.
class FileLimit {
 public:
  explicit FileLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  FileLimit(const FileLimit&) = delete;
  FileLimit& operator=(const FileLimit&) = delete;
  ~FileLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

TEST_CASE("a store that takes no more writes answers 503 to them and goes on reading") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  std::string access;
  const std::vector<HttpHeader> by_client{{"Authorization", basic(caresuite, secret)}};
  {
    const ServerProcess server(store, {"--dev"});
    HttpClient client(server.url());
    access = json_of(client.post_form("/oauth/access_token", grant(), by_client).body)["access_token"];
  }
  std::optional<ServerProcess> server;
  {
    // The write-ahead log may grow up to here; its next octet fails as on a full disk.
    const FileLimit limit(256 * 1024);
    server.emplace(store, std::vector<std::string>{"--dev", "--quiet", "--log", "json"});
  }
  HttpClient client(server->url());
  HttpAnswer refused;
  for (int i = 0; i < 2000 && refused.status != 503; ++i) {
    refused = client.post_form("/oauth/access_token", grant(), by_client);
    REQUIRE((refused.status == 200 || refused.status == 503));
  }
  REQUIRE(refused.status == 503);
  CHECK_FALSE(refused.header("Retry-After").empty());
  CHECK(json_of(refused.body)["error"] == "temporarily_unavailable");
  CHECK(client.get("/api/v1/jwt_public_keys").status == 200);
  const HttpAnswer looked = client.post_form("/oauth/introspect", "token=" + access, by_client);
  CHECK(looked.status == 200);
  CHECK(json_of(looked.body)["active"] == true);
  CHECK(client.get("/keys", by_client).status == 200);
  CHECK(client.get("/health/live").status == 200);
  const Ended ended = server->stop();
  CHECK(ended.status == 0);
  CHECK(ended.err.find("\"error\":\"disk_full\"") != std::string::npos);
}

}  // namespace
}  // namespace hub::testing
