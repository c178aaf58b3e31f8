#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "hub/base/json.h"
#include "support/http_client.h"
#include "support/server_process.h"
#include "support/temporary_directory.h"

// `serve --dev`: what it makes, what it says, what it leaves behind.
namespace hub::testing {
namespace {

constexpr const char* caresuite = "019b76da-a800-7000-8000-000500000001";
constexpr const char* caresuite_secret = "development-only-secret-of-caresuite-000000";
constexpr const char* north211_secret = "development-only-caresuite-for-north211-000";
constexpr const char* north211 = "019b76da-a800-7000-8000-000100000002";

std::vector<std::string> lines_of(const std::string& text, const std::string& start) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with(start)) out.push_back(line);
  }
  return out;
}

// What a shell says to a line, as pasted.
std::string pasted(const std::string& line) {
  std::string out;
  FILE* const pipe = ::popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  char part[4096];
  for (std::size_t got = 0; (got = std::fread(part, 1, sizeof part, pipe)) > 0;) out.append(part, got);
  CHECK(::pclose(pipe) == 0);
  return out;
}

Json json_of(const std::string& text) {
  Result<Json> json = parse_json(text);
  REQUIRE_MESSAGE(json.has_value(), text);
  return std::move(*json);
}

TEST_CASE("the lines of the banner work as pasted") {
  const TemporaryDirectory directory;
  ServerProcess server(directory.file("hub.db"), {"--dev"});
  const std::vector<std::string> lines = lines_of(server.log(), "curl ");
  REQUIRE(lines.size() == 5);
  const Json token = json_of(pasted(lines[0]));
  CHECK(token["token_type"] == "bearer");
  CHECK(token["scope"] == "zaikio.organization.r");
  const Json introspected = json_of(pasted(lines[1]));
  CHECK(introspected["active"] == true);
  CHECK(introspected["iss"] == server.url());
  CHECK(json_of(pasted(lines[2]))["keys"].size() == 1);
  const Json keys = json_of(pasted(lines[3]));
  REQUIRE(keys.size() == 1);
  CHECK(keys[0]["secret"] == north211_secret);
  CHECK(json_of(pasted(lines[4]))["items"].size() == 3);
  CHECK(server.stop().status == 0);
}

// Of the section of README.md, moved from the default port to another.
TEST_CASE("the lines of the readme work as pasted") {
  const TemporaryDirectory directory;
  const ServerProcess server(directory.file("hub.db"), {"--dev"});
  std::ifstream readme(HUBCTL_SOURCE_DIR "/README.md");
  const std::string text{std::istreambuf_iterator<char>(readme), {}};
  const std::vector<std::string> lines = lines_of(text, "curl ");
  REQUIRE(lines.size() == 8);
  std::vector<std::string> said;
  for (std::string line : lines) {
    constexpr std::string_view here = "http://127.0.0.1:4000";
    const std::size_t at = line.find(here);
    REQUIRE(at != std::string::npos);
    line.replace(at, here.size(), server.url());
    said.push_back(pasted("cd " + directory.path() + " && " + line));
  }
  CHECK(said[0].empty());
  CHECK(json_of(said[1])["active"] == true);
  CHECK(json_of(said[2])["id"] == north211);
  CHECK(json_of(said[3])["keys"].size() == 1);
  CHECK(json_of(said[4])[0]["secret"] == north211_secret);
  // Each secret opens the organization that gave it, and nothing of any other.
  REQUIRE(json_of(said[5]).size() == 1);
  CHECK(json_of(said[5])[0]["name"] == "North County 211");
  REQUIRE(json_of(said[6]).size() == 1);
  CHECK(json_of(said[6])[0]["name"] == "Acme Print");
  CHECK(json_of(said[7])["items"].size() == 3);
}

TEST_CASE("a development hub has fixed ids and is the same when it is served again") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  const auto dump = [&] {
    std::string all;
    for (const std::string noun : {"org", "person", "app", "credential", "connection", "authorization"}) {
      const Ended listed = run_hubctl({noun, "list", "--store", store, "-o", "jsonl"});
      REQUIRE_MESSAGE(listed.status == 0, listed.err);
      all += listed.out;
    }
    return all;
  };
  {
    ServerProcess server(store, {"--dev"});
    HttpClient client(server.url());
    const HttpAnswer token =
        client.post_form("/oauth/access_token",
                         "grant_type=client_credentials&scope=Org/" + std::string(north211) + ".zaikio.organization.r",
                         {{"Authorization", basic(caresuite, north211_secret)}});
    CHECK(token.status == 200);
    CHECK(server.stop().status == 0);
  }
  const std::string first = dump();
  CHECK(first.find(caresuite) != std::string::npos);
  CHECK(first.find(north211) != std::string::npos);
  {
    ServerProcess server(store, {"--dev"});
    CHECK(server.stop().status == 0);
  }
  CHECK(dump() == first);
}

TEST_CASE("app env writes what an app needs to use the hub") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  { const ServerProcess made(store, {"--dev"}); }
  const auto printed = [&](std::vector<std::string> flags) {
    std::vector<std::string> arguments{"app", "env", "caresuite", "--store", store};
    arguments.insert(arguments.end(), flags.begin(), flags.end());
    return run_hubctl(arguments);
  };
  const Ended own = printed({});
  CHECK(own.status == 0);
  CHECK(own.out == "HUB_ISSUER=http://127.0.0.1:4000\nHUB_CLIENT_ID=" + std::string(caresuite) +
                       "\nHUB_CLIENT_SECRET=" + caresuite_secret +
                       "\nHUB_TOKEN_URL=http://127.0.0.1:4000/oauth/token"
                       "\nHUB_JWKS_URL=http://127.0.0.1:4000/.well-known/jwks.json"
                       "\nHUB_INTROSPECTION_URL=http://127.0.0.1:4000/oauth/introspect"
                       "\nHUB_REVOCATION_URL=http://127.0.0.1:4000/oauth/revoke"
                       "\nHUB_API_URL=http://127.0.0.1:4000/api/v1\n");
  CHECK(printed({"--org", "north211"}).out.find(std::string("HUB_CLIENT_SECRET=") + north211_secret) !=
        std::string::npos);
  CHECK(json_of(printed({"--credential", "web", "-o", "json"}).out)["hub_client_id"] ==
        "019b76da-a800-7000-8000-000500000004");
  CHECK(printed({"--org", "vendor"}).status == 3);
  // A secret that nobody knows is left to whoever has it.
  const std::string file = directory.file("new");
  REQUIRE(run_hubctl({"credential", "rotate", caresuite, "--store", store, "--secret-out", file}).status == 0);
  const Ended rotated = printed({});
  CHECK(rotated.out.find("HUB_CLIENT_SECRET=") == std::string::npos);
  CHECK(rotated.out.find("# HUB_CLIENT_SECRET cannot be read again") != std::string::npos);
  CHECK(printed({"--secret-file", file}).out.find("HUB_CLIENT_SECRET=") != std::string::npos);
  std::ofstream(directory.file("wrong")) << "wrong\n";
  std::filesystem::permissions(directory.file("wrong"), std::filesystem::perms::owner_read);
  CHECK(printed({"--secret-file", directory.file("wrong")}).status == 4);
}

TEST_CASE("secrets that were rotated are not shown any more") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  { const ServerProcess made(store, {"--dev"}); }
  REQUIRE(
      run_hubctl({"credential", "rotate", caresuite, "--store", store, "--secret-out", directory.file("new")}).status ==
      0);
  const ServerProcess server(store, {"--dev"});
  CHECK(server.log().find(caresuite_secret) == std::string::npos);
  CHECK(server.log().find(north211_secret) != std::string::npos);
}

TEST_CASE("an ephemeral hub leaves nothing behind however it is told to end") {
  for (const int signal : {SIGTERM, SIGINT}) {
    const TemporaryDirectory directory;
    ServerProcess server("", {"--dev", "--ephemeral"}, {"TMPDIR=" + directory.path()});
    HttpClient client(server.url());
    CHECK(client.get("/health/ready").status == 200);
    CHECK_FALSE(std::filesystem::is_empty(directory.path()));
    CHECK(server.stop(signal).status == 0);
    CHECK(std::filesystem::is_empty(directory.path()));
  }
  const TemporaryDirectory directory;
  const ServerProcess other("", {"--dev", "--ephemeral"});
  const Ended refused =
      run_hubctl({"serve", "--dev", "--ephemeral", "--listen", "127.0.0.1:" + std::to_string(other.port())},
                 RunningProgram::Setup{.environment = {"TMPDIR=" + directory.path()}});
  CHECK(refused.status == 6);
  CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("a development hub is for this machine and for sandboxes alone") {
  const TemporaryDirectory directory;
  const std::string store = directory.file("hub.db");
  const Ended outside = run_hubctl({"serve", "--dev", "--store", store, "--listen", "0.0.0.0:0"});
  CHECK(outside.status == 7);
  CHECK_FALSE(std::filesystem::exists(store));
  for (const char* const way_around : {"--insecure-public", "--trust-proxy=10.0.0.0/8"}) {
    CHECK(run_hubctl({"serve", "--dev", "--store", store, "--listen", "0.0.0.0:0", way_around}).status == 7);
  }
  REQUIRE(run_hubctl({"init", "--store", store}).status == 0);
  const Ended production = run_hubctl({"serve", "--dev", "--store", store, "--listen", "127.0.0.1:0"});
  CHECK(production.status == 7);
  CHECK(production.err.find("production") != std::string::npos);
}

TEST_CASE("a seed of one's own is made whole or not at all") {
  const TemporaryDirectory directory;
  const auto write_seed = [&](const std::string& text) {
    std::ofstream(directory.file("seed.json")) << text;
    return directory.file("seed.json");
  };
  const std::string at = R"({"at": "2026-01-01T00:00:00.000Z", )";
  const std::string store = directory.file("hub.db");
  const char* const wrong[] = {
      R"("organisations": []})",
      R"("organizations": [{"slug": 7}]})",
      R"("organizations": [{"slug": "one", "name": "One"}], "apps": [{"name": "shop", "owner": "two"}]})",
      R"("organizations": [{"id": "00000000-0000-7000-8000-000000000001", "slug": "one", "name": "One"}]})",
  };
  for (const char* const rest : wrong) {
    CAPTURE(rest);
    const Ended refused =
        run_hubctl({"serve", "--dev", "--store", store, "--listen", "127.0.0.1:0", "--seed", write_seed(at + rest)});
    CHECK(refused.status != 0);
    CHECK(refused.status < 10);
    if (std::filesystem::exists(store)) CHECK(run_hubctl({"org", "list", "--store", store}).out.empty());
  }
  const std::string good = at + R"("organizations": [{"slug": "one", "name": "One"}],
      "apps": [{"name": "shop", "owner": "one", "desired": ["zaikio.organization.r"],
                "credentials": [{"secret": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}]})";
  const ServerProcess server(store, {"--dev", "--seed", write_seed(good)});
  CHECK(run_hubctl({"app", "list", "--store", store, "--fields", "name"}).out == "shop\n");
}

}  // namespace
}  // namespace hub::testing
