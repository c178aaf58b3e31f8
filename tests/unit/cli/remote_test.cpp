#include "remote.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "context.h"
#include "executor.h"
#include "fake_surroundings.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "support/temporary_directory.h"

using namespace hub;
using namespace hub::cli;

namespace {

std::string shown(const std::string& url) {
  const Result<RemoteUrl> read = parse_remote_url(url);
  if (!read) return std::string(read.error().code.name);
  if (!read->socket_file.empty()) return "socket " + read->socket_file;
  return std::string(read->tls ? "tls " : "plain ") + read->host + " " + std::to_string(read->port) + " " +
         read->prefix;
}

// Variables of a user with two contexts, of which the second is current.
class Home {
 public:
  Home() {
    around_.variables["XDG_CONFIG_HOME"] = directory_.path();
    Contexts contexts;
    contexts.all = {{"test", "http://127.0.0.1:4000", Secret("one")}, {"prod", "https://hub.example", Secret("two")}};
    contexts.current = "prod";
    REQUIRE(write_contexts(contexts, around()));
  }
  Surroundings around() const { return around_.around(); }
  void set(const std::string& name, const std::string& value) { around_.variables[name] = value; }
  std::string file(const std::string& name) const { return directory_.file(name); }

  // "URL token", "local", or the code of the refusal.
  std::string chosen(const Options& options) const {
    const Result<std::optional<RemoteHub>> hub = remote_hub(options, around());
    if (!hub) return std::string(hub.error().code.name);
    if (!*hub) return "local";
    return (*hub)->url + " " + ((*hub)->token ? (*hub)->token->reveal() : "-");
  }

 private:
  testing::TemporaryDirectory directory_;
  testing::FakeSurroundings around_;
};

}  // namespace

TEST_CASE("remote: addresses of hubs are read and others refused") {
  CHECK(shown("https://hub.example") == "tls hub.example 443 ");
  CHECK(shown("https://hub.example:8443/prefix/") == "tls hub.example 8443 /prefix");
  CHECK(shown("http://127.0.0.1:4000") == "plain 127.0.0.1 4000 ");
  CHECK(shown("http://[::1]:4000/") == "plain ::1 4000 ");
  CHECK(shown("http://localhost") == "plain localhost 80 ");
  CHECK(shown("unix:/run/hubctl.sock") == "socket /run/hubctl.sock");
  for (const std::string url :
       {"", "hub.example", "ftp://hub.example", "unix:relative", "https://", "https://:80", "https://hub:0",
        "https://hub:70000", "https://hub:8o", "https://user@hub.example", "https://hub.example?a=b", "https://[::1",
        "https://[::1]x", "https://hub .example", "http://127.0.0.1.evil.example"}) {
    CAPTURE(url);
    CHECK(shown(url) == "usage");
  }
}

TEST_CASE("remote: a token goes nowhere by plain http but to this machine") {
  CHECK(shown("http://hub.example") == "usage");
  CHECK(shown("http://10.0.0.1:4000") == "usage");
}

TEST_CASE("remote: flags come before variables and these before the current context") {
  Home home;
  CHECK(home.chosen({}) == "https://hub.example two");
  CHECK(home.chosen({.context = "local"}) == "local");
  CHECK(home.chosen({.context = "test"}) == "http://127.0.0.1:4000 one");
  CHECK(home.chosen({.remote = "test"}) == "http://127.0.0.1:4000 one");
  CHECK(home.chosen({.remote = "https://hub.example"}) == "https://hub.example two");
  CHECK(home.chosen({.remote = "https://other.example"}) == "https://other.example -");
  CHECK(home.chosen({.context = "nothing"}) == "not_found");
  CHECK(home.chosen({.store = "hub.db"}) == "local");
  CHECK(home.chosen({.store = "hub.db", .remote = "test"}) == "usage");
  CHECK(home.chosen({.remote = "test", .context = "prod"}) == "usage");
  home.set("HUBCTL_STORE", "hub.db");
  CHECK(home.chosen({}) == "local");
  home.set("HUBCTL_CONTEXT", "test");
  CHECK(home.chosen({}) == "http://127.0.0.1:4000 one");
  home.set("HUBCTL_REMOTE", "https://other.example");
  CHECK(home.chosen({}) == "https://other.example -");
  REQUIRE(write_new_file(home.file("token"), "three\n"));
  home.set("HUBCTL_TOKEN_FILE", home.file("token"));
  CHECK(home.chosen({}) == "https://other.example three");
  CHECK(home.chosen({.context = "prod"}) == "https://hub.example two");
  CHECK(home.chosen({.store = "hub.db"}) == "local");
}

TEST_CASE("remote: the file of contexts is closed to others and not trusted when it is not") {
  Home home;
  const std::string path = home.file("hubctl/contexts");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(read_contexts(home.around())->find("test")->token.reveal() == "one");
  ::chmod(path.c_str(), 0644);
  CHECK(read_contexts(home.around()).error().code == codes::insecure_file);
  ::chmod(path.c_str(), 0600);
  REQUIRE(replace_file(path, "{\"contexts\":3}"));
  CHECK(read_contexts(home.around()).error().code == codes::malformed_json);
}

TEST_CASE("remote: a refusal keeps the code of the hub and others get one by their status") {
  const RemoteAnswer told{409, 0, R"({"error":{"code":"last_owner","message":"No.","hint":"look","request_id":"r"}})"};
  const Error error = remote_error(told, "https://hub.example");
  CHECK(error.code == codes::last_owner);
  CHECK(error.message == "No.");
  CHECK(error.hint == "look");
  CHECK(error.cause == "request r");
  CHECK(remote_error({404, 0, "<html>"}, "u").code == codes::not_found);
  CHECK(remote_error({503, 0, "{}"}, "u").code.failure == Failure::unavailable);
  CHECK(remote_error({502, 0, ""}, "u").code.failure == Failure::internal);
  CHECK(remote_error({409, 0, R"({"error":{"code":"of_the_future","message":"No."}})"}, "u").code.failure ==
        Failure::conflict);
}
