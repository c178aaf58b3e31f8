#include <sys/stat.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/file.h"
#include "hub/base/json.h"
#include "support/server_process.h"
#include "support/temporary_directory.h"
#include "support/test_hub.h"

// The command line against a served hub: what the transcripts, which are played against one too, do not see.
namespace hub::testing {
namespace {

class RemoteHubTest {
 public:
  explicit RemoteHubTest(std::vector<std::string> serve = {}) {
    REQUIRE(here({"init", "-q"}).status == 0);
    token_ = here({"token", "issue-admin", "ci", "--role", "full", "-o", "raw"}).out;
    must(write_new_file(file("token"), token_));
    server_ = std::make_unique<ServerProcess>(file("hub.db"), std::move(serve));
  }

  std::string file(const std::string& name) const { return directory_.file(name); }
  const std::string& url() const { return server_->url(); }
  ServerProcess& server() { return *server_; }

  // In the store of this machine.
  Ended here(std::vector<std::string> words, const std::string& input = "") {
    return run_hubctl(words, {.environment = {"HUBCTL_STORE=" + file("hub.db"), "HOME=" + directory_.path(),
                                              "XDG_CONFIG_HOME=", "HUBCTL_REMOTE=", "HUBCTL_CONTEXT="},
                              .input = input});
  }
  // At the served hub.
  Ended there(std::vector<std::string> words, const std::string& input = "") {
    return run_hubctl(
        words, {.environment = {"HUBCTL_STORE=" + file("hub.db"), "HOME=" + directory_.path(),
                                "XDG_CONFIG_HOME=", "HUBCTL_REMOTE=" + url(), "HUBCTL_TOKEN_FILE=" + file("token")},
                .input = input});
  }
  // With what `login` left behind and nothing else.
  Ended logged_in(std::vector<std::string> words, const std::string& input = "") {
    return run_hubctl(words, {.environment = {"HUBCTL_STORE=", "HOME=" + directory_.path(),
                                              "XDG_CONFIG_HOME=", "HUBCTL_REMOTE=", "HUBCTL_CONTEXT="},
                              .input = input});
  }
  const std::string& token() const { return token_; }

 private:
  TemporaryDirectory directory_;
  std::string token_;
  std::unique_ptr<ServerProcess> server_;
};

}  // namespace

TEST_CASE("remote: login keeps a context that commands act on until logout") {
  RemoteHubTest hub;
  const Ended login = hub.logged_in({"login", hub.url(), "--name", "prod", "-o", "json"}, hub.token());
  CHECK(login.status == 0);
  CHECK(login.out.find("admin:ci") != std::string::npos);
  CHECK(login.out.find("hat_") == std::string::npos);
  struct stat status {};
  REQUIRE(::stat(hub.file(".config/hubctl/contexts").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);

  CHECK(hub.logged_in({"org", "create", "acme", "-q"}).status == 0);
  CHECK(hub.here({"org", "list", "--fields", "slug"}).out == "acme\n");
  CHECK(hub.logged_in({"org", "list", "--fields", "slug"}).out == "acme\n");
  CHECK(hub.logged_in({"context", "current", "-q"}).out == "prod\n");
  CHECK(hub.logged_in({"whoami", "--fields", "context,actor,role"}).out == "prod\tadmin:ci\tfull\n");
  CHECK(hub.logged_in({"context", "use", "local"}).status == 0);
  CHECK(hub.logged_in({"org", "list", "--context", "prod", "--fields", "slug"}).out == "acme\n");
  CHECK(hub.logged_in({"--store", hub.file("hub.db"), "whoami", "--fields", "context,role"}).out ==
        "local\toperator\n");
  CHECK(hub.logged_in({"context", "list", "--fields", "name,current"}).out == "prod\tfalse\n");
  CHECK(hub.logged_in({"logout", "--context", "prod"}).status == 0);
  CHECK(hub.logged_in({"org", "list", "--context", "prod"}).status == 3);

  const Ended refused = hub.logged_in({"login", hub.url()}, "hat_wrong");
  CHECK(refused.status == 4);
  CHECK(refused.err.find("hat_wrong") == std::string::npos);
  CHECK(hub.logged_in({"context", "list"}).out.empty());
}

TEST_CASE("remote: what keeps a command from its hub is told by the exit status") {
  RemoteHubTest hub;
  CHECK(hub.logged_in({"org", "list", "--remote", hub.url()}).status == 4);
  CHECK(hub.logged_in({"org", "list", "--remote", "http://127.0.0.1:1"}).status == 4);
  CHECK(hub.there({"org", "list", "--remote", "http://127.0.0.1:1"}).status == 9);
  CHECK(hub.there({"org", "list", "--remote", "http://hub.example"}).status == 2);
  CHECK(hub.there({"org", "list", "--remote", "ftp://127.0.0.1"}).status == 2);
  CHECK(hub.there({"org", "list", "--remote", hub.url(), "--store", hub.file("hub.db")}).status == 2);
  CHECK(hub.there({"org", "list", "--remote", "nowhere"}).status == 3);
  CHECK(hub.there({"org", "show", "nobody"}).status == 3);
  const Ended json = hub.there({"org", "show", "nobody", "-o", "json"});
  CHECK(json.out.empty());
  CHECK(json.err == hub.here({"org", "show", "nobody", "-o", "json"}).err);
  // The store of the flag is the one that counts, whatever the variable says.
  CHECK(hub.there({"--store", hub.file("none.db"), "org", "list"}).status == 3);
  hub.server().stop();
  CHECK(hub.there({"org", "list"}).status == 9);
}

TEST_CASE("remote: a list longer than a page is whole") {
  RemoteHubTest hub;
  REQUIRE(hub.here({"org", "create", "acme", "-q"}).status == 0);
  REQUIRE(hub.here({"app", "create", "billing", "--owner", "acme", "-q"}).status == 0);
  REQUIRE(hub.here({"credential", "create", "--app", "billing", "--name", "ci", "-o", "json"}).status == 0);
  std::string rows;
  for (int i = 0; i < 1100; ++i) rows += "billing/ci\n";
  REQUIRE(hub.here({"credential", "rotate", "-", "-o", "jsonl"}, rows).status == 0);
  const Ended here = hub.here({"audit", "list", "-q"});
  CHECK(std::count(here.out.begin(), here.out.end(), '\n') > 1100);
  CHECK(hub.there({"audit", "list", "-q"}).out == here.out);
  const Ended some = hub.there({"audit", "list", "-q", "--skip", "5", "--limit", "1050"});
  CHECK(some.out == hub.here({"audit", "list", "-q", "--skip", "5", "--limit", "1050"}).out);
  CHECK(std::count(some.out.begin(), some.out.end(), '\n') == 1050);
}

TEST_CASE("remote: a refresh proves to be the client") {
  RemoteHubTest hub;
  const std::string secret = hub.file("secret"), session = hub.file("session");
  REQUIRE(hub.there({"org", "create", "acme", "-q"}).status == 0);
  REQUIRE(hub.there({"app", "create", "billing", "--owner", "acme", "-q"}).status == 0);
  REQUIRE(hub.there({"credential", "create", "--app", "billing", "--secret-out", secret, "-q"}).status == 0);
  REQUIRE(hub.there({"scope", "desired", "add", "billing", "zaikio.organization.r", "-q"}).status == 0);
  REQUIRE(hub.there({"connection", "install", "--app", "billing", "--for", "org:acme", "--desired", "-q"}).status == 0);
  const Ended issued = hub.there(
      {"token", "issue", "--app", "billing", "--for", "org:acme", "--scope", "zaikio.organization.r", "-o", "json"});
  REQUIRE(issued.status == 0);
  must(write_new_file(session, issued.out));
  CHECK(hub.there({"token", "refresh", "--session", session, "-q"}).status == 4);
  CHECK(
      hub.there({"token", "refresh", "--session", session, "--app", "billing", "--secret-file", secret, "-q"}).status ==
      0);
  CHECK(must(read_file(session)) != issued.out);
  const std::string access = must(parse_json(must(read_file(session))))["access_token"].get<std::string>();
  CHECK(hub.there({"token", "verify", "-q"}, access).status == 0);
  CHECK(hub.there({"token", "verify", "-q", "--aud", "other"}, access).status == 14);
  CHECK(hub.there({"token", "introspect", "--check", "-q"}, access).status == 0);
  CHECK(hub.there({"token", "introspect", "--check", "-q"}, "nonsense").status == 10);
  CHECK(hub.here({"token", "introspect", "--check", "-q"}, access).status == 0);
}

TEST_CASE("remote: a hub on a socket file is asked like any other") {
  const TemporaryDirectory directory;
  const std::string socket = "unix:" + directory.file("hub.sock");
  RemoteHubTest hub({"--listen", socket});
  CHECK(hub.url() == socket);
  CHECK(hub.there({"org", "create", "acme", "--fields", "name"}).out == "acme\n");
  CHECK(hub.there({"api", "GET", "orgs?limit=1"}).out.starts_with("{\"items\":[{\"name\":\"acme\""));
  CHECK(hub.there({"api", "GET", "/health/live"}).out == "live\n");
  const Ended missing = hub.there({"api", "GET", "orgs/nobody"});
  CHECK(missing.status == 3);
  CHECK(missing.out.find("not_found") != std::string::npos);
  CHECK(hub.there({"api", "POST", "orgs", "--data", "{\"name\":\"beta\"}"}).status == 0);
}

}  // namespace hub::testing
