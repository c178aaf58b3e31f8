#include "proxies.h"

#include <doctest/doctest.h>

namespace hub::http {
namespace {

std::string client(const std::vector<std::string>& trusted, const std::string& peer,
                   const std::vector<std::string>& forwarded) {
  const Result<Proxies> proxies = Proxies::parse(trusted);
  REQUIRE(proxies.has_value());
  Request request;
  request.peer = peer;
  for (const std::string& line : forwarded) request.headers.push_back({"x-forwarded-for", line});
  return proxies->client_of(request);
}

TEST_CASE("what a proxy says about the client is believed only of trusted proxies and only the last hop") {
  struct {
    std::vector<std::string> trusted;
    std::string peer;
    std::vector<std::string> forwarded;
    std::string client;
  } const cases[] = {
      {{}, "192.0.2.1", {"203.0.113.9"}, "192.0.2.1"},
      {{"10.0.0.0/8"}, "192.0.2.1", {"203.0.113.9"}, "192.0.2.1"},
      {{"10.0.0.0/8"}, "10.1.2.3", {"203.0.113.9"}, "203.0.113.9"},
      {{"10.0.0.0/8"}, "10.1.2.3", {}, "10.1.2.3"},
      // What a client wrote itself stands further left.
      {{"10.0.0.0/8"}, "10.1.2.3", {"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
      {{"10.0.0.0/8"}, "10.1.2.3", {"1.1.1.1", "203.0.113.9, 10.9.9.9"}, "203.0.113.9"},
      {{"10.0.0.0/8"}, "10.1.2.3", {"10.5.5.5, 10.9.9.9"}, "10.5.5.5"},
      {{"10.0.0.0/8"}, "10.1.2.3", {"nonsense, 10.9.9.9"}, "10.9.9.9"},
      {{"10.0.0.0/8"}, "10.1.2.3", {"nonsense\"}"}, "10.1.2.3"},
      {{"127.0.0.1"}, "127.0.0.1", {"2001:db8::7"}, "2001:db8::7"},
      {{"127.0.0.1"}, "127.0.0.2", {"2001:db8::7"}, "127.0.0.2"},
      {{"2001:db8::/32"}, "2001:db8:1::1", {"::ffff:203.0.113.9"}, "203.0.113.9"},
      {{"10.0.0.0/9"}, "10.128.0.1", {"203.0.113.9"}, "10.128.0.1"},
      {{"unix"}, "unix", {"203.0.113.9"}, "203.0.113.9"},
      {{"0.0.0.0/0"}, "unix", {"203.0.113.9"}, "unix"},
  };
  for (const auto& one : cases) {
    CAPTURE(one.peer);
    CAPTURE(one.client);
    CHECK(client(one.trusted, one.peer, one.forwarded) == one.client);
  }
}

TEST_CASE("what is no network is refused") {
  for (const char* const text : {"", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/-1", "10.0.0.0/8x", "localhost", "::/129"}) {
    CAPTURE(text);
    CHECK_FALSE(Proxies::parse({text}).has_value());
  }
}

}  // namespace
}  // namespace hub::http
