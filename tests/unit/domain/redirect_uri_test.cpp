#include "hub/domain/redirect_uri.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"

namespace {

using hub::check_issuer;
using hub::check_redirect_uri;
using hub::HubMode;

TEST_CASE("redirect targets that may be registered") {
  for (const auto* uri : {
           "https://app.example.com/callback",
           "https://app.example.com",
           "https://app.example.com/",
           "https://app.example.com:8443/callback?tenant=1&x=%20",
           "https://app.example.com/a/../b",
           "https://xn--mller-kva.example/cb",
           "https://192.0.2.1/cb",
           "https://[2001:db8::1]:8443/cb",
           "https://app.example.com/a@b",
           "http://localhost/cb",
           "http://localhost:3000/cb",
           "http://127.0.0.1:49152/cb",
           "http://[::1]:49152/cb",
           "http://[::1]/cb",
           "myapp://auth/zaikio",
           "myapp:///callback",
           "myapp://callback",
           "com.example.app:/oauth2redirect",
           "com.example.app://callback?x=1",
       }) {
    for (const auto mode : {HubMode::production, HubMode::sandbox}) {
      const auto result = check_redirect_uri(uri, mode);
      CHECK_MESSAGE(result, uri);
    }
  }
}

TEST_CASE("redirect targets that must not be registered") {
  struct {
    std::string_view uri, problem;
  } const cases[] = {
      {"", "is empty"},
      {"/callback", "is not absolute"},
      {"callback", "is not absolute"},
      {"//app.example.com/cb", "is not absolute"},
      {"app.example.com/cb", "is not absolute"},
      {"://app.example.com", "is not absolute"},
      {"1app://callback", "is not absolute"},
      {"my_app://callback", "is not absolute"},
      {"?code=1", "is not absolute"},
      {"localhost:3000/cb", "has no / after its scheme"},
      {"app.example.com:443/cb", "has no / after its scheme"},
      {"mailto:someone", "has no / after its scheme"},
      {"myapp:", "has no / after its scheme"},
      {"myapp:/", "names nothing but a scheme"},
      {"myapp://", "names nothing but a scheme"},
      {"https:", "has no host"},
      {"https:/app.example.com/cb", "has no host"},
      {"https:app.example.com/cb", "has no host"},
      {"https:///cb", "has no host"},
      {"https://:443/cb", "has no host"},
      {"https://?x", "has no host"},
      {"https://app..example/cb", "has a host that is no host name or address"},
      {"https://%61pp.example/cb", "has a host that is no host name or address"},
      {"https://[::1/cb", "has a host that is no host name or address"},
      {"https://[app.example]/cb", "has a host that is no host name or address"},
      {"https://app.example;x/cb", "has a host that is no host name or address"},
      {"https://app.example:/cb", "has a port that is not between 1 and 65535"},
      {"https://app.example:0/cb", "has a port that is not between 1 and 65535"},
      {"https://app.example:65536/cb", "has a port that is not between 1 and 65535"},
      {"https://app.example:443x/cb", "has a port that is not between 1 and 65535"},
      {"https://app.example:1:2/cb", "has a port that is not between 1 and 65535"},
      {"https://app.example/cb#", "contains a fragment"},
      {"https://app.example/cb#top", "contains a fragment"},
      {"https://app.example#/cb", "contains a fragment"},
      {"myapp://callback#x", "contains a fragment"},
      {"https://user@app.example/cb", "contains a user name or password"},
      {"https://user:pass@app.example/cb", "contains a user name or password"},
      {"https://@app.example/cb", "contains a user name or password"},
      {"https://app.example@evil.example/cb", "contains a user name or password"},
      {"http://localhost:80@evil.example/cb", "contains a user name or password"},
      {"myapp://user@host/cb", "contains a user name or password"},
      {"https://*.example.com/cb", "contains a wildcard"},
      {"https://app.example/*", "contains a wildcard"},
      {"https://app.example/c\nb", "contains a control character"},
      {"https://app.example/cb\r\nX: y", "contains a control character"},
      {"https://app.example/\x7f", "contains a control character"},
      {std::string_view("https://app.example/\0", 21), "contains a control character"},
      {"\thttps://app.example/", "contains a control character"},
      {"https://app.example\\cb", "contains a backslash"},
      {"https:\\\\app.example/cb", "contains a backslash"},
      {" https://app.example/cb", "contains a space"},
      {"https://app.example/c b", "contains a space"},
      {"https://m\xc3\xbcller.example/cb", "contains characters beyond ASCII"},
      {"https://app.example/\xff", "contains characters beyond ASCII"},
      {"https://app.example/<b>", "contains a character that no URI may contain"},
      {"https://app.example/\"", "contains a character that no URI may contain"},
      {"http://app.example/cb", "uses http off loopback"},
      {"HTTP://app.example/cb", "uses http off loopback"},
      {"http://localhost.evil.example/cb", "uses http off loopback"},
      {"http://127.0.0.1.evil.example/cb", "uses http off loopback"},
      {"http://127.0.0.2/cb", "uses http off loopback"},
      {"http://127.1/cb", "uses http off loopback"},
      {"http://2130706433/cb", "uses http off loopback"},
      {"http://0x7f000001/cb", "uses http off loopback"},
      {"http://[::ffff:127.0.0.1]/cb", "uses http off loopback"},
      {"http://[0:0:0:0:0:0:0:1]/cb", "uses http off loopback"},
      {"http://0.0.0.0/cb", "uses http off loopback"},
      {"javascript:alert(1)", "has a scheme that runs code or reads files"},
      {"JavaScript:alert(1)", "has a scheme that runs code or reads files"},
      {"javascript://app.example/%0aalert(1)", "has a scheme that runs code or reads files"},
      {"data:text/html,x", "has a scheme that runs code or reads files"},
      {"file:///etc/passwd", "has a scheme that runs code or reads files"},
      {"blob:https://app.example/1", "has a scheme that runs code or reads files"},
      {"about:blank", "has a scheme that runs code or reads files"},
      {"vbscript:x", "has a scheme that runs code or reads files"},
      {"view-source:https://app.example/", "has a scheme that runs code or reads files"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.uri);
    const auto result = check_redirect_uri(c.uri, HubMode::production);
    REQUIRE(!result);
    CHECK(result.error().code == hub::codes::invalid_redirect);
    CHECK(result.error().field == "redirect_uri");
    CHECK_MESSAGE(result.error().message.ends_with(" " + std::string(c.problem) + "."), result.error().message);
    CHECK(bool(check_redirect_uri(c.uri, HubMode::sandbox)) == (c.problem == "uses http off loopback"));
  }
}

TEST_CASE("a redirect target has at most 2000 characters") {
  const std::string most = "https://app.example/" + std::string(1980, 'x');
  CHECK(check_redirect_uri(most, HubMode::production));
  CHECK(!check_redirect_uri(most + "x", HubMode::production));
}

TEST_CASE("a password in a refused target is not repeated") {
  for (const auto* uri : {"https://user:hunter2@app.example/cb", "https://user:hunter2@app.example/c b"}) {
    const auto result = check_redirect_uri(uri, HubMode::production);
    REQUIRE(!result);
    CHECK(result.error().message.find("hunter2") == std::string::npos);
    CHECK(result.error().message.starts_with("The redirect target contains "));
    CHECK(check_issuer(uri).error().message.find("hunter2") == std::string::npos);
  }
  CHECK(check_redirect_uri("/cb", HubMode::production).error().message ==
        "The redirect target \"/cb\" is not absolute.");
}

TEST_CASE("nothing but the registered bytes is the registered target") {
  constexpr std::string_view registered = "https://app.example/cb";
  CHECK(hub::same_redirect_uri(registered, "https://app.example/cb"));
  for (const auto* requested : {
           "",
           "https://app.example@evil.example/cb",
           "https://user@app.example/cb",
           "https://evil.example\\@app.example/cb",
           "https://app.example\\cb",
           "HTTPS://app.example/cb",
           "https://APP.example/cb",
           "https://app.example/CB",
           "https://app.example:443/cb",
           "https://app.example:/cb",
           "https://app.example/cb/",
           "https://app.example/./cb",
           "https://app.example/x/../cb",
           "https://app.example//cb",
           "https://app.example/%63b",
           "https://%61pp.example/cb",
           "https://app.example/cb?x=1",
           "https://app.example/cb?",
           "https://app.example/cb#",
           "https://app.example/cb#x",
           "https://app.example./cb",
           "https://app.example.evil.example/cb",
           "https://evil-app.example/cb",
           "https://app.example/cb2",
           "https://app.example/c",
           "http://app.example/cb",
           " https://app.example/cb",
           "https://app.example/cb ",
           "https://app.example/cb%00",
       }) {
    CHECK_MESSAGE(!hub::same_redirect_uri(registered, requested), requested);
  }
  CHECK(!hub::same_redirect_uri(registered, std::string_view("https://app.example/cb\0", 23)));
}

TEST_CASE("one spelling of loopback is not another") {
  constexpr std::string_view registered = "http://127.0.0.1:3000/cb";
  CHECK(hub::same_redirect_uri(registered, registered));
  for (const auto* requested :
       {"http://localhost:3000/cb", "http://[::1]:3000/cb", "http://127.1:3000/cb", "http://127.0.0.1:3001/cb",
        "http://127.0.0.1/cb", "http://0177.0.0.1:3000/cb", "http://[::ffff:127.0.0.1]:3000/cb"}) {
    CHECK_MESSAGE(!hub::same_redirect_uri(registered, requested), requested);
  }
}

TEST_CASE("issuers are a scheme and a host with an optional port and path") {
  for (const auto* issuer : {"https://hub.example.com", "http://localhost:8080",
                             "https://hub.example.com:8443/tenant/a", "https://[::1]:1", "http://hub.internal"}) {
    CHECK_MESSAGE(check_issuer(issuer), issuer);
  }
  struct {
    std::string_view issuer, problem;
  } const refused[] = {
      {"", "is empty"},
      {"hub.example.com", "is not an http or https URL"},
      {"/hub", "is not an http or https URL"},
      {"ftp://hub.example.com", "is not an http or https URL"},
      {"myapp://hub", "is not an http or https URL"},
      {"https://", "has no host"},
      {"https:hub.example.com", "has no host"},
      {"https://hub_?.example", "contains a query"},
      {"https://hub..example", "has a host that is no host name or address"},
      {"https://hub.example:99999", "has a port that is not between 1 and 65535"},
      {"https://hub.example.com/", "ends with a slash"},
      {"https://hub.example.com/a/", "ends with a slash"},
      {"https://hub.example.com?x=1", "contains a query"},
      {"https://hub.example.com/?", "contains a query"},
      {"https://hub.example.com#x", "contains a fragment"},
      {"https://hub.example.com/#", "contains a fragment"},
      {"https://user@hub.example.com", "contains a user name or password"},
      {"https://hub.example.com ", "contains a space"},
      {"https://hub.example.com\n", "contains a control character"},
      {"https://h\xc3\xbc"
       "b.example",
       "contains characters beyond ASCII"},
  };
  for (const auto& c : refused) {
    CAPTURE(c.issuer);
    const auto result = check_issuer(c.issuer);
    REQUIRE(!result);
    CHECK(result.error().code == hub::codes::invalid_request);
    CHECK(result.error().field == "issuer");
    CHECK_MESSAGE(result.error().message.ends_with(" " + std::string(c.problem) + "."), result.error().message);
  }
}

TEST_CASE("modes have the names of the contract") {
  CHECK(hub::name(HubMode::production) == "production");
  CHECK(hub::name(HubMode::sandbox) == "sandbox");
}

}  // namespace
