#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "support/http_client.h"
#include "support/server_process.h"
#include "support/temporary_directory.h"
#include "support/tls_client.h"

// The process around the server: how it begins, what it tells whom, how it ends.
namespace hub::testing {
namespace {

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const RunningProgram::Setup json_errors{.environment = {"HUBCTL_OUTPUT=json"}};

struct Store {
  Store() {
    const Ended made = run_hubctl({"init", "--store", path()});
    REQUIRE_MESSAGE(made.status == 0, made.err);
  }
  std::string path() const { return directory.file("hub.db"); }
  TemporaryDirectory directory;
};

TEST_CASE("a server on any port tells its address and answers until SIGTERM") {
  const Store store;
  const std::string ready = store.directory.file("ready");
  ServerProcess server(store.path(), {"--ready-file", ready});
  CHECK(content(ready) == server.url() + "\n");
  CHECK(content(store.path() + ".url") == server.url() + "\n");
  HttpClient client(server.url());
  CHECK(client.get("/health/live").body == "live\n");
  const HttpAnswer answer = client.get("/health/ready");
  CHECK(answer.body == "ready\n");
  CHECK_FALSE(answer.header("X-Request-Id").empty());
  // An id of the client's own is not taken over.
  const HttpAnswer named = client.get("/health/live", {{"X-Request-Id", "chosen"}});
  CHECK(named.header("X-Request-Id") != "chosen");
  const Ended ended = server.stop();
  CHECK(ended.status == 0);
  CHECK(ended.out.empty());
  CHECK_FALSE(std::filesystem::exists(store.path() + ".url"));
}

TEST_CASE("a port that another server has is a clear error") {
  const Store store;
  const Store other;
  const ServerProcess server(store.path());
  const std::string address = "127.0.0.1:" + std::to_string(server.port());
  const Ended refused = run_hubctl({"serve", "--store", other.path(), "--listen", address}, json_errors);
  CHECK(refused.status == 6);
  CHECK(refused.err.find("\"code\":\"address_in_use\"") != std::string::npos);
  CHECK(refused.err.find(address) != std::string::npos);
}

TEST_CASE("what cannot be served is said before anything listens") {
  const Store store;
  struct {
    std::vector<std::string> arguments;
    int status;
    std::string code;
  } const cases[] = {
      {{"--listen", "nowhere"}, 7, "invalid_request"},
      {{"--listen", "0.0.0.0:0"}, 7, "invalid_request"},
      {{"--listen", "127.0.0.1:0", "--tls-cert", "x.pem"}, 7, "invalid_request"},
      {{"--listen", "127.0.0.1:0", "--issuer", "http://127.0.0.1:4000/"}, 7, "invalid_request"},
      {{"--listen", "127.0.0.1:0", "--issuer", "nonsense"}, 7, "invalid_request"},
      {{"--listen", "127.0.0.1:0", "--trust-proxy", "somewhere"}, 7, "invalid_request"},
      {{"--listen", "127.0.0.1:0", "--rate-limit", "api=0/60s"}, 7, "invalid_request"},
      {{"--listen", "127.0.0.1:0", "--seed", "demo"}, 2, "usage"},
      {{"--listen", "127.0.0.1:0", "--ready-file", "/nowhere/at/all"}, 7, "unwritable_file"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.arguments.back());
    std::vector<std::string> arguments{"serve", "--store", store.path()};
    arguments.insert(arguments.end(), one.arguments.begin(), one.arguments.end());
    const Ended refused = run_hubctl(arguments, json_errors);
    CHECK(refused.status == one.status);
    CHECK(refused.err.find("\"code\":\"" + one.code + "\"") != std::string::npos);
  }
  const Ended missing = run_hubctl({"serve", "--store", store.directory.file("no.db"), "--listen", "127.0.0.1:0"});
  CHECK(missing.status == 3);
}

TEST_CASE("the issuer of a flag is the one in documents and notices of this process") {
  const Store store;
  const ServerProcess server(store.path(), {"--issuer", "https://hub.example"});
  HttpClient client(server.url());
  const std::string body = client.get("/.well-known/oauth-authorization-server").body;
  CHECK(body.find("\"issuer\":\"https://hub.example\"") != std::string::npos);
  CHECK(body.find("127.0.0.1") == std::string::npos);
}

TEST_CASE("a socket file serves like a port and only its owner reaches it") {
  const Store store;
  const std::string path = store.directory.file("socket");
  {
    ServerProcess server(store.path(), {"--listen", "unix:" + path});
    CHECK(server.url() == "unix:" + path);
    struct stat found {};
    REQUIRE(::stat(path.c_str(), &found) == 0);
    CHECK((found.st_mode & 0777) == 0600);
    HttpClient client(server.url());
    CHECK(client.get("/health/live").status == 200);
    CHECK(server.stop().status == 0);
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("the service manager is told once requests are answered") {
  const Store store;
  const std::string path = store.directory.file("notify");
  const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  REQUIRE(path.size() < sizeof address.sun_path);
  std::memcpy(address.sun_path, path.data(), path.size());
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const ServerProcess server(store.path(), {}, {"NOTIFY_SOCKET=" + path});
  const timeval limit{10, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  char message[64] = {};
  const ssize_t length = ::recv(socket, message, sizeof message, 0);
  ::close(socket);
  REQUIRE(length > 0);
  CHECK(std::string(message, static_cast<std::size_t>(length)) == "READY=1");
}

TEST_CASE("SIGTERM under load answers what is in flight and ends with 0") {
  const Store store;
  ServerProcess server(store.path(), {"--log-requests", "off"});
  std::atomic<bool> broken = false;
  std::atomic<int> answered = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      try {
        HttpClient client(server.url());
        for (HttpAnswer answer = client.get("/.well-known/jwks.json"); answer.status != 0;
             answer = client.get("/.well-known/jwks.json")) {
          broken = broken || answer.status != 200 || answer.body.empty();
          ++answered;
        }
      } catch (const std::system_error&) {  // the listener was closed before this one came
      }
    });
  }
  while (answered < 100 && !server.program().ended_within(1)) {
  }
  const Ended ended = server.stop();
  for (std::thread& client : clients) client.join();
  CHECK(ended.status == 0);
  CHECK_FALSE(broken);
  CHECK(answered >= 100);
}

TEST_CASE("a second signal ends the server at once") {
  const Store store;
  ServerProcess server(store.path());
  HttpClient slow(server.url());
  // Half a request keeps the drain waiting; its answer to the first line shows that it was read.
  slow.send("POST /oauth/token HTTP/1.1\r\nHost: hub\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
  CHECK(slow.answer().status == 100);
  server.program().signal(SIGTERM);
  CHECK_FALSE(server.program().ended_within(300));
  server.program().signal(SIGTERM);
  const Ended ended = server.program().wait(5'000);
  CHECK(ended.status != 0);
  CHECK(ended.err.find("\"event\":\"stopped\",\"drained\":\"no\"") != std::string::npos);
}

// Until the log of the server holds the text, or it ended.
bool logs(ServerProcess& server, const std::string& text) {
  for (int waited_ms = 0; waited_ms < 10'000; waited_ms += 5) {
    if (server.log().find(text) != std::string::npos) return true;
    if (server.program().ended_within(5)) return false;
  }
  return false;
}

TEST_CASE("SIGHUP reads the certificate again") {
  const Store store;
  const TlsFiles first(store.directory.path(), "first");
  ServerProcess server(store.path(), {"--tls-cert", first.certificate, "--tls-key", first.key});
  CHECK(server.url().starts_with("https://127.0.0.1:"));
  const auto name = [&] { return TlsClient(RawClient::tcp(static_cast<std::uint16_t>(server.port()))).server_name(); };
  CHECK(name() == "first");
  const TlsFiles second(store.directory.path(), "second");
  std::filesystem::copy_file(second.certificate, first.certificate, std::filesystem::copy_options::overwrite_existing);
  server.program().signal(SIGHUP);
  REQUIRE(logs(server, "\"event\":\"not_reloaded\""));
  CHECK(name() == "first");
  std::filesystem::copy_file(second.key, first.key, std::filesystem::copy_options::overwrite_existing);
  server.program().signal(SIGHUP);
  REQUIRE(logs(server, "\"event\":\"reloaded\""));
  CHECK(name() == "second");
  CHECK(server.stop().status == 0);
}

TEST_CASE("SIGHUP without TLS changes nothing and does not end the server") {
  const Store store;
  ServerProcess server(store.path());
  server.program().signal(SIGHUP);
  HttpClient client(server.url());
  CHECK(client.get("/health/live").status == 200);
  CHECK(server.stop().status == 0);
}

TEST_CASE("what other commands change is seen at the next request") {
  const Store store;
  const ServerProcess server(store.path());
  HttpClient client(server.url());
  const std::string before = client.get("/.well-known/jwks.json").body;
  const Ended rotated = run_hubctl({"key", "rotate", "--store", store.path()});
  REQUIRE_MESSAGE(rotated.status == 0, rotated.err);
  const std::string after = client.get("/.well-known/jwks.json").body;
  CHECK(after.size() > before.size());
}

}  // namespace
}  // namespace hub::testing
