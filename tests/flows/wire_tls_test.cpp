#include <doctest/doctest.h>

#include <filesystem>

#include "hub/base/codes.h"
#include "support/temporary_directory.h"
#include "support/tls_client.h"
#include "support/wire_under_test.h"

namespace hub::testing {
namespace {

const std::string get = "GET / HTTP/1.1\r\nHost: hub\r\n\r\n";
const std::string close_after = "GET / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n";

http::wire::Options with_tls(const TlsFiles& files) {
  http::wire::Options options;
  options.tls = http::wire::TlsFiles{files.certificate, files.key};
  return options;
}

void copy(const TlsFiles& from, const TlsFiles& to) {
  for (const auto& [source, target] : {std::pair(from.certificate, to.certificate), std::pair(from.key, to.key)})
    std::filesystem::copy_file(source, target, std::filesystem::copy_options::overwrite_existing);
}

TEST_CASE("HT-09: requests are served over TLS 1.2 and 1.3 and the connection is kept") {
  const TemporaryDirectory directory;
  WireUnderTest hub(with_tls(TlsFiles(directory.path(), "hub")));
  CHECK(hub.wire->urls().front().starts_with("https://127.0.0.1:"));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(hub.client(), {.least_version = version, .most_version = version});
    REQUIRE(client.shaken());
    CHECK(client.version() == (version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3"));
    for (int i = 0; i < 3; ++i) {
      REQUIRE(client.send(get));
      CHECK(client.read_until("GET / [] ").starts_with("HTTP/1.1 200 OK\r\n"));
    }
    REQUIRE(client.send(close_after));
    client.read_until("never");
    CHECK(client.ended());
  }
}

TEST_CASE("HT-09: what is too old or speaks another protocol is refused") {
  const TemporaryDirectory directory;
  WireUnderTest hub(with_tls(TlsFiles(directory.path(), "hub")));
  CHECK_FALSE(TlsClient(hub.client(), {.least_version = TLS1_1_VERSION, .most_version = TLS1_1_VERSION}).shaken());
  CHECK_FALSE(TlsClient(hub.client(), {.protocols = "\x02h2"}).shaken());
  TlsClient client(hub.client(), {.protocols = "\x02h2\x08http/1.1"});
  REQUIRE(client.shaken());
  CHECK(client.protocol() == "http/1.1");
  TlsClient renegotiates(hub.client(), {.most_version = TLS1_2_VERSION});
  REQUIRE(renegotiates.shaken());
  CHECK_FALSE(renegotiates.renegotiate());
  RawClient plain = hub.client();
  plain.send(get);
  CHECK(plain.rest().find("HTTP/1.1") == std::string::npos);
  CHECK(hub.handled == 0);
}

TEST_CASE("HT-09: large bodies and answers and requests in pieces pass through TLS") {
  const TemporaryDirectory directory;
  const std::string large(8 * 1024 * 1024, 'x');
  WireUnderTest hub(with_tls(TlsFiles(directory.path(), "hub")), [&](const http::Request& request) {
    http::Response response;
    response.content_type = "text/plain";
    response.body = large + std::to_string(request.body.size()) + ".";
    return response;
  });
  TlsClient client(hub.client());
  const std::string head = "POST /large HTTP/1.1\r\nHost: hub\r\nContent-Length: 1000000\r\n\r\n";
  for (const char octet : head) REQUIRE(client.send({&octet, 1}));
  REQUIRE(client.send(std::string(1'000'000, 'y') + close_after));
  CHECK(client.read_until("1000000.").ends_with(large + "1000000."));
  const std::string last = client.read_until("never");
  CHECK(last.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(last.ends_with("x0."));
  CHECK(client.ended());
}

TEST_CASE("HT-09: handshakes that do not go on end in time") {
  const TemporaryDirectory directory;
  http::wire::Options options = with_tls(TlsFiles(directory.path(), "hub"));
  options.header_timeout_ms = 200;
  WireUnderTest hub(options);
  TlsClient idle(hub.client());
  REQUIRE(idle.shaken());
  RawClient silent = hub.client();
  RawClient half = hub.client();
  half.send("\x16\x03\x01\x02");
  CHECK(silent.ends(3000));
  CHECK(half.ends(3000));
  CHECK(idle.read_until("never").empty());
  CHECK(idle.ended());  // one that went well is told
}

TEST_CASE("HT-09: certificates are read again for new connections and old ones stay when the new do not fit") {
  const TemporaryDirectory directory;
  const TlsFiles used(directory.path(), "first");
  const TlsFiles other(directory.path(), "second");
  WireUnderTest hub(with_tls(used));
  TlsClient before(hub.client());
  CHECK(before.server_name() == "first");
  copy(other, used);
  REQUIRE(hub.wire->reload_tls());
  CHECK(TlsClient(hub.client()).server_name() == "second");
  REQUIRE(before.send(get));
  CHECK(before.read_until("GET / [] ").starts_with("HTTP/1.1 200 OK\r\n"));

  const TlsFiles third(directory.path(), "third");
  std::filesystem::copy_file(third.certificate, used.certificate, std::filesystem::copy_options::overwrite_existing);
  const Result<void> reloaded = hub.wire->reload_tls();
  REQUIRE_FALSE(reloaded);
  CHECK(reloaded.error().message == "The certificate and the private key do not belong together.");
  CHECK(TlsClient(hub.client()).server_name() == "second");
}

TEST_CASE("HT-09: files that cannot be used are refused with the reason") {
  const TemporaryDirectory directory;
  const TlsFiles good(directory.path(), "good");
  const TlsFiles other(directory.path(), "other");
  const auto error_with = [](const std::string& certificate, const std::string& key) {
    http::wire::Options options;
    options.listen = {{.host = "127.0.0.1"}};
    options.tls = http::wire::TlsFiles{certificate, key};
    const auto opened = http::wire::open(options, {});
    return opened ? Error{} : opened.error();
  };
  CHECK(error_with(good.certificate, other.key).code == codes::invalid_request);
  CHECK(error_with(good.key, good.key).message.find("holds no certificate") != std::string::npos);
  CHECK(error_with(good.certificate, good.certificate).code == codes::insecure_file);
  CHECK(error_with(directory.path() + "/none", good.key).code == codes::unreadable_file);
  std::filesystem::permissions(good.certificate, std::filesystem::perms::owner_read);
  CHECK(error_with(good.certificate, good.certificate).message.find("holds no private key") != std::string::npos);
  std::filesystem::permissions(good.key, std::filesystem::perms::group_read, std::filesystem::perm_options::add);
  CHECK(error_with(good.certificate, good.key).code == codes::insecure_file);
}

}  // namespace
}  // namespace hub::testing
