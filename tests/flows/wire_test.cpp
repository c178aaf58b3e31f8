#include <doctest/doctest.h>
#include <sys/stat.h>

#include <set>

#include "hub/base/codes.h"
#include "support/temporary_directory.h"
#include "support/wire_under_test.h"

// What a well-meaning client may rely on: order, keep-alive, methods, bodies, names.
namespace hub::testing {
namespace {

const std::string get = "GET / HTTP/1.1\r\nHost: hub\r\n\r\n";

std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: hub\r\n" + std::string(more) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

http::Response answer_with(int status, std::string_view body = "") {
  http::Response response;
  response.status = status;
  response.body = body;
  if (!body.empty()) response.content_type = "text/plain";
  return response;
}

TEST_CASE("a request reaches the handler as it was sent and the answer carries what every answer has") {
  WireUnderTest hub({}, [](const http::Request& request) {
    http::Response response = WireUnderTest::echo(request);
    response.add("Cache-Control", "no-store").add("Set-Cookie", "a=1").add("Set-Cookie", "b=2");
    response.body += " from " + request.peer + " saying '" + *request.header("x-word") + "'";
    return response;
  });
  RawClient client = hub.client();
  const auto answer = client.ask(
      "POST /a%2Fb/c?state=abc==&x=%zz?y HTTP/1.1\r\nHost: hub:80\r\nX-WORD: \t  two  words \t\r\n"
      "Content-Length: 5\r\n\r\nh\nllo");
  REQUIRE(answer);
  CHECK(answer->head.starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(answer->body == "POST /a%2Fb/c [state=abc==&x=%zz?y] h\nllo from 127.0.0.1 saying 'two  words'");
  CHECK(answer->header("Content-Type") == "text/plain");
  CHECK(answer->header("Cache-Control") == "no-store");
  CHECK(answer->head.find("Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n") != std::string::npos);
  CHECK(answer->header("X-Request-Id").value_or("").size() == 16);
  CHECK(answer->header("Date").value_or("").ends_with(" GMT"));
  CHECK(answer->header("Date").value_or("").size() == 29);
  for (const char* absent : {"Keep-Alive", "Connection", "Server", "Content-Encoding", "Accept-Ranges"}) {
    CAPTURE(absent);
    CHECK_FALSE(answer->header(absent));
  }
}

TEST_CASE("connections are kept and requests sent together are answered in order") {
  WireUnderTest hub;
  RawClient client = hub.client();
  std::string many;
  constexpr int count = 300;
  for (int i = 0; i < count; ++i) many += i % 2 == 0 ? post("/" + std::to_string(i), "body") : get;
  REQUIRE(client.send(many));
  for (int i = 0; i < count; ++i) {
    const auto answer = client.answer();
    REQUIRE(answer);
    CHECK(answer->body == (i % 2 == 0 ? "POST /" + std::to_string(i) + " [] body" : "GET / [] "));
  }
  CHECK(hub.wire->connections() == 1);
  const std::vector<std::string> done = hub.done(count);
  CHECK(std::set<std::string>(done.begin(), done.end()).size() == count);  // no id twice
}

TEST_CASE("a request may come octet by octet") {
  WireUnderTest hub;
  RawClient client = hub.client();
  for (const std::string& text :
       {post("/slow", "x=1"),
        "POST /c HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0a\r\n0123456789"
        "\r\n0\r\nX-Trailer: gone\r\n\r\n" +
            get}) {
    for (const char octet : text) REQUIRE(client.send({&octet, 1}));
  }
  CHECK(client.answer().value_or(RawAnswer{}).body == "POST /slow [] x=1");
  CHECK(client.answer().value_or(RawAnswer{}).body == "POST /c [] abc0123456789");
  CHECK(client.answer().value_or(RawAnswer{}).body == "GET / [] ");
}

TEST_CASE("HT-04: a POST without body and length is answered at once") {
  WireUnderTest hub;
  RawClient client = hub.client();
  const auto begun = std::chrono::steady_clock::now();
  CHECK(client.ask("POST /p HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "POST /p [] ");
  CHECK(client.ask("DELETE /p HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "DELETE /p [] ");
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(2));
}

TEST_CASE("HT-04: expectations and unknown methods and ranges") {
  WireUnderTest hub;
  RawClient client = hub.client();
  client.send("POST /e HTTP/1.1\r\nHost: hub\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n");
  const auto go_ahead = client.answer(true);
  REQUIRE(go_ahead);
  CHECK(go_ahead->head == "HTTP/1.1 100 Continue\r\n");
  CHECK(client.ask("abc").value_or(RawAnswer{}).body == "POST /e [] abc");
  // Who sends the body without waiting is not told to go ahead.
  CHECK(client.ask(post("/e", "abc", "Expect: 100-continue\r\n")).value_or(RawAnswer{}).status == 200);
  CHECK(client.ask("BREW /pot HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "OTHER /pot [] ");
  CHECK(client.ask("get / HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "OTHER / [] ");
  const auto whole = client.ask("GET / HTTP/1.1\r\nHost: hub\r\nRange: bytes=0-1\r\nAccept-Encoding: gzip\r\n\r\n");
  REQUIRE(whole);
  CHECK(whole->status == 200);
  CHECK(whole->body == "GET / [] ");
  CHECK_FALSE(whole->header("Content-Encoding"));
  CHECK(client.ask(post("/", "", "Expect: miracles\r\n")).value_or(RawAnswer{}).status == 417);
  CHECK(client.ends());
}

TEST_CASE("HEAD and statuses without content have no body and nothing that looks like one") {
  WireUnderTest hub({}, [](const http::Request& request) {
    if (request.path == "/204") return answer_with(204);
    if (request.path == "/304") return answer_with(304);
    if (request.path == "/empty") return answer_with(200);
    return answer_with(200, "twelve bytes");
  });
  RawClient client = hub.client();
  client.send("HEAD / HTTP/1.1\r\nHost: hub\r\n\r\n");
  auto answer = client.answer(true);
  REQUIRE(answer);
  CHECK(answer->header("Content-Length") == "12");
  for (const char* status : {"204", "304"}) {
    CAPTURE(status);
    answer = client.ask("GET /" + std::string(status) + " HTTP/1.1\r\nHost: hub\r\n\r\n");
    REQUIRE(answer);
    CHECK(std::to_string(answer->status) == status);
    CHECK_FALSE(answer->header("Content-Length"));
    CHECK_FALSE(answer->header("Content-Type"));
  }
  answer = client.ask("GET /empty HTTP/1.1\r\nHost: hub\r\n\r\n");
  REQUIRE(answer);
  CHECK(answer->header("Content-Length") == "0");
  CHECK_FALSE(answer->header("Content-Type"));
  CHECK(client.ask(get).value_or(RawAnswer{}).body == "twelve bytes");
}

TEST_CASE("a connection ends when either side says so") {
  WireUnderTest hub;
  for (const char* text : {"GET / HTTP/1.1\r\nHost: hub\r\nConnection: TE, Close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
    RawClient client = hub.client();
    const auto answer = client.ask(text);
    REQUIRE(answer);
    CHECK(answer->header("Connection") == "close");
    CHECK(client.ends(2000));
  }
  RawClient old = hub.client();
  for (int i = 0; i < 2; ++i) {
    const auto answer = old.ask("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->header("Connection") == "keep-alive");
  }
  RawClient half = hub.client();
  half.send(get);
  half.end_sending();
  CHECK(half.answer().value_or(RawAnswer{}).status == 200);
  CHECK(half.ends(2000));
  CHECK(WireUnderTest::eventually([&] { return hub.wire->connections() == 1; }));
}

TEST_CASE("targets with an address name the path after it") {
  WireUnderTest hub;
  RawClient client = hub.client();
  CHECK(client.ask("GET http://hub:1/x?y HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "GET /x [y] ");
  CHECK(client.ask("GET HTTPS://hub?y HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "GET / [y] ");
  CHECK(client.ask("GET http://hub HTTP/1.1\r\nHost: hub\r\n\r\n").value_or(RawAnswer{}).body == "GET / [] ");
}

TEST_CASE("L-07: no header of a client changes who it is") {
  WireUnderTest hub({}, [](const http::Request& request) { return answer_with(200, request.peer); });
  RawClient client = hub.client();
  CHECK(client.ask("GET / HTTP/1.1\r\nHost: hub\r\nREMOTE_ADDR: 1.2.3.4\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n")
            .value_or(RawAnswer{})
            .body == "127.0.0.1");
}

TEST_CASE("HT-06 L-07: what a handler throws stays inside") {
  WireUnderTest hub({}, [](const http::Request& request) -> http::Response {
    if (request.path == "/number") throw 42;
    throw std::runtime_error("SELECT secret FROM /var/lib/hub");
  });
  RawClient client = hub.client();
  for (const std::string path : {"/", "/number"}) {
    const auto answer = client.ask("GET " + path + " HTTP/1.1\r\nHost: hub\r\n\r\n");
    REQUIRE(answer);
    CHECK(answer->status == 500);
    CHECK(answer->head.find("EXCEPTION") == std::string::npos);
    CHECK((answer->head + answer->body).find("SELECT") == std::string::npos);
  }
}

TEST_CASE("HT-05: an answer with a line break in a header is a 500 and never loses the header silently") {
  const std::string breaks[] = {"/a\r\nSet-Cookie: x=1", "/a\nb", "/a\rb", std::string("/a\0b", 4)};
  for (const std::string& value : breaks) {
    WireUnderTest hub({}, [&](const http::Request&) { return answer_with(303).add("Location", value); });
    const auto answer = hub.client().ask(get);
    REQUIRE(answer);
    CHECK(answer->status == 500);
    CHECK_FALSE(answer->header("Location"));
    CHECK_FALSE(answer->header("Set-Cookie"));
    CHECK(hub.done(1).front().ends_with(" 500"));
  }
  WireUnderTest hub({}, [&](const http::Request&) { return answer_with(303).add("Location:", "/"); });
  CHECK(hub.client().ask(get).value_or(RawAnswer{}).status == 500);
}

TEST_CASE("an answer larger than the socket's buffers arrives whole while others are served") {
  const std::string large(24 * 1024 * 1024, 'x');
  WireUnderTest hub({.workers = 1}, [&](const http::Request& request) {
    return answer_with(200, request.path == "/large" ? std::string_view(large) : "small");
  });
  RawClient reader = hub.client();
  reader.send("GET /large HTTP/1.1\r\nHost: hub\r\n\r\n" + get);
  RawClient other = hub.client();
  CHECK(other.ask(get).value_or(RawAnswer{}).body == "small");  // the only worker does not wait for the reader
  const auto answer = reader.answer();
  REQUIRE(answer);
  CHECK(answer->body == large);
  CHECK(reader.answer().value_or(RawAnswer{}).body == "small");
  CHECK(hub.done(3).size() == 3);
}

TEST_CASE("an exchange whose client went away is reported as lost") {
  const std::string large(24 * 1024 * 1024, 'x');
  WireUnderTest hub({}, [&](const http::Request&) { return answer_with(200, large); });
  {
    RawClient client = hub.client();
    client.send(get);
  }
  CHECK(hub.done(1).front().ends_with(" 200 lost"));
}

TEST_CASE("a socket file is for its owner only and goes with the server") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/hub.sock";
  struct stat facts {};
  {
    WireUnderTest hub({.listen = {{.socket_path = path}, {.door = http::Door::admin, .host = "127.0.0.1"}}},
                      [](const http::Request& request) {
                        return answer_with(200,
                                           request.peer + (request.door == http::Door::admin ? " admin" : " open"));
                      });
    CHECK(hub.wire->urls().front() == "unix:" + path);
    REQUIRE(::stat(path.c_str(), &facts) == 0);
    CHECK((facts.st_mode & 0777) == 0600);
    CHECK(hub.client().ask(get).value_or(RawAnswer{}).body == "unix open");
    CHECK(hub.client(1).ask(get).value_or(RawAnswer{}).body == "127.0.0.1 admin");
    CHECK_THROWS_WITH(WireUnderTest({.listen = {{.socket_path = path}}}), doctest::Contains("is in use"));
  }
  CHECK(::stat(path.c_str(), &facts) != 0);
}

TEST_CASE("a socket file that a dead process left is replaced and other files are not") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/hub.sock";
  {
    const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    REQUIRE(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    ::close(left);
  }
  WireUnderTest hub({.listen = {{.socket_path = path}}});
  CHECK(hub.client().ask(get).value_or(RawAnswer{}).status == 200);
  const std::string file = directory.path() + "/file";
  std::fclose(std::fopen(file.c_str(), "w"));
  CHECK_THROWS_WITH(WireUnderTest({.listen = {{.socket_path = file}}}), doctest::Contains("no socket"));
  CHECK_THROWS_WITH(WireUnderTest({.listen = {{.socket_path = "/" + std::string(200, 'x')}}}),
                    doctest::Contains("too long"));
}

TEST_CASE("a port that another server has is a clear error") {
  WireUnderTest hub;
  const std::string url = hub.wire->urls().front();
  CHECK(url.starts_with("http://127.0.0.1:"));
  std::uint16_t port = 0;
  std::from_chars(url.data() + url.rfind(':') + 1, url.data() + url.size(), port);
  http::wire::Options options;
  options.listen = {{.host = "127.0.0.1", .port = port}};
  const auto second = http::wire::open(options, {});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == codes::address_in_use);
  CHECK(second.error().message == "127.0.0.1:" + std::to_string(port) + " is in use by another process.");
  options.listen = {{.host = "not an address"}};
  CHECK(http::wire::open(options, {}).error().code == codes::invalid_request);
}

}  // namespace
}  // namespace hub::testing
