#include <doctest/doctest.h>
#include <malloc.h>

#include "support/wire_under_test.h"

// What could be understood in two ways, or is too much of something.
namespace hub::testing {
namespace {

using namespace std::string_literals;

const std::string get = "GET / HTTP/1.1\r\nHost: hub\r\n\r\n";

// The request and a second one behind it: whatever was wrong with the first, the second must never be read.
void refuses(WireUnderTest& hub, const std::string& text, int status) {
  CAPTURE(text);
  RawClient client = hub.client();
  client.send(text + get);
  const auto answer = client.answer();
  REQUIRE(answer);
  CHECK(answer->status == status);
  CHECK(answer->header("Connection") == "close");
  CHECK(answer->header("X-Request-Id").value_or("").size() == 16);
  CHECK(client.ends(3000));
  CHECK(hub.handled == 0);
}

std::string with_header(const std::string& line, const std::string& rest = "") {
  return "POST /p HTTP/1.1\r\nHost: hub\r\n" + line + "\r\n\r\n" + rest;
}

std::string chunked(const std::string& body) { return with_header("Transfer-Encoding: chunked", body); }

TEST_CASE("HT-03: what is no clean request line is refused") {
  WireUnderTest hub;
  for (const std::string& line : {"GET /"s,
                                  "GET / HTTP/1.1 "s,
                                  "GET  / HTTP/1.1"s,
                                  " GET / HTTP/1.1"s,
                                  "GET / HTTP/1.1x"s,
                                  "GET / HTTP/2.0"s,
                                  "GET / http/1.1"s,
                                  "GET / HTTP/1.2"s,
                                  "GET /\tHTTP/1.1"s,
                                  "G(T / HTTP/1.1"s,
                                  "GET x HTTP/1.1"s,
                                  "GET * HTTP/1.1"s,
                                  "OPTIONS * HTTP/1.1"s,
                                  "CONNECT hub:80 HTTP/1.1"s,
                                  "GET /a b HTTP/1.1"s,
                                  "GET /#f HTTP/1.1"s,
                                  "GET /\xc3\xbc HTTP/1.1"s,
                                  "GET /\0 HTTP/1.1"s,
                                  "GET /\x7f HTTP/1.1"s,
                                  "GET http:// HTTP/1.1"s,
                                  "GET http://a@b/ HTTP/1.1"s,
                                  "GET ftp://hub/ HTTP/1.1"s,
                                  "\x16\x03\x01"s,
                                  "\r\n\r\nGET / HTTP/1.1"s}) {
    refuses(hub, line + "\r\nHost: hub\r\n\r\n", 400);
  }
}

TEST_CASE("HT-03: lines end with CRLF and nothing else") {
  WireUnderTest hub;
  refuses(hub, "GET / HTTP/1.1\nHost: hub\n\n", 400);
  refuses(hub, "GET / HTTP/1.1\r\nHost: hub\n\r\n", 400);
  refuses(hub, "GET / HTTP/1.1\r\nHost: hub\r\n\n", 400);
  refuses(hub, "GET / HTTP/1.1\r\nHost: hub\rX: y\r\n\r\n", 400);
  refuses(hub, "GET / HTTP/1.1\r\r\nHost: hub\r\n\r\n", 400);
  refuses(hub, "\nGET / HTTP/1.1\r\nHost: hub\r\n\r\n", 400);
}

TEST_CASE("HT-03: header fields that readers disagree on are refused") {
  WireUnderTest hub;
  for (const std::string& line : {"X-A : b"s, "X-A\t: b"s, " X-A: b"s, "X-A: b\r\n folded"s, "X-A: b\r\n\tfolded"s,
                                  "X-A"s, ": b"s, "X A: b"s, "X-A: b\0c"s, "X-\0A: b"s, "X-A: \x01"s, "X-A: \x7f"s,
                                  "X-\xc3\xbc: b"s, "X-A: \xff\xfe"s, "X-A: \xed\xa0\x80"s, "X(A): b"s, "\0"s}) {
    refuses(hub, with_header(line), 400);
  }
}

TEST_CASE("HT-03: exactly one host is named") {
  WireUnderTest hub;
  refuses(hub, "GET / HTTP/1.1\r\n\r\n", 400);
  refuses(hub, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
  refuses(hub, "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", 400);
  for (const char* host : {"", "a, b", "a/b", "u@h", "a b", "a?b"}) {
    refuses(hub, "GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n", 400);
  }
}

TEST_CASE("HT-03 L-09: the length of a body is given once and clearly") {
  WireUnderTest hub;
  for (const std::string& lines : {"Content-Length: 3\r\nContent-Length: 3"s,
                                   "Content-Length: 3\r\nContent-Length: 4"s,
                                   "Content-Length: 3, 3"s,
                                   "Content-Length: +3"s,
                                   "Content-Length: -3"s,
                                   "Content-Length: 0x3"s,
                                   "Content-Length: 3.0"s,
                                   "Content-Length: 3 3"s,
                                   "Content-Length:"s,
                                   "Content-Length: abc"s,
                                   "Content-Length: 3\r\nTransfer-Encoding: chunked"s,
                                   "Transfer-Encoding: chunked\r\nContent-Length: 3"s,
                                   "Transfer-Encoding: gzip, chunked"s,
                                   "Transfer-Encoding: gzip"s,
                                   "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"s,
                                   "Transfer-Encoding: chunked, identity"s,
                                   "Transfer-Encoding: identity"s,
                                   "Transfer-Encoding: xchunked"s,
                                   "Transfer-Encoding:"s,
                                   "Transfer-Encoding: \"chunked\""s,
                                   "Transfer-Encoding: chunked;q=1"s}) {
    refuses(hub, with_header(lines, "abc"), 400);
  }
  refuses(hub, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
}

TEST_CASE("HT-03: chunks are framed by hexadecimal digits and CRLF only") {
  WireUnderTest hub;
  for (const std::string& body :
       {"3\nabc\r\n0\r\n\r\n"s, "3\r\nabc\n0\r\n\r\n"s, "3\r\nabcd\r\n0\r\n\r\n"s, "0x3\r\nabc\r\n0\r\n\r\n"s,
        "+3\r\nabc\r\n0\r\n\r\n"s, "-3\r\nabc\r\n0\r\n\r\n"s, " 3\r\nabc\r\n0\r\n\r\n"s, "3 \r\nabc\r\n0\r\n\r\n"s,
        "3;a=b\r\nabc\r\n0\r\n\r\n"s, "\r\nabc\r\n0\r\n\r\n"s, "g\r\nabc\r\n0\r\n\r\n"s,
        "000000003\r\nabc\r\n0\r\n\r\n"s, "3\r\nabc0\r\n\r\n"s, "3\r\nabc\r\n0\r\nX : y\r\n\r\n"s,
        "3\r\nabc\r\n0\r\n folded\r\n\r\n"s, "3\r\nabc\r\n0\r\nX: \0\r\n\r\n"s, "3\r\nabc\r\n0\r\nX: y\n\r\n"s,
        "3\r\r\nabc\r\n0\r\n\r\n"s}) {
    refuses(hub, chunked(body), 400);
  }
}

TEST_CASE("HT-03: trailers are read and thrown away") {
  WireUnderTest hub({}, [](const http::Request& request) {
    http::Response response;
    response.content_type = "text/plain";
    response.body = request.body + std::to_string(request.headers.size());
    return response;
  });
  RawClient client = hub.client();
  const auto answer =
      client.ask(chunked("3\r\nabc\r\n00\r\nContent-Length: 7\r\nHost: other\r\nAuthorization: Basic x\r\n\r\n"));
  REQUIRE(answer);
  CHECK(answer->body == "abc2");
  CHECK(client.ask(get).value_or(RawAnswer{}).body == "1");
}

TEST_CASE("HT-01: the limits of the request line and of header fields hold and end the connection") {
  WireUnderTest hub;
  refuses(hub, "GET /" + std::string(9000, 'a'), 414);  // no end of the line ever comes
  refuses(hub, "GET /" + std::string(8 * 1024 - 13, 'a') + " HTTP/1.1\r\nHost: hub\r\n\r\n", 414);
  refuses(hub, "GET / HTTP/1.1\r\nHost: hub\r\nX: " + std::string(17 * 1024, 'a'), 431);
  refuses(hub, "GET / HTTP/1.1\r\nHost: hub\r\nX: " + std::string(17 * 1024, 'a') + "\r\n\r\n", 431);
  std::string many = "GET / HTTP/1.1\r\nHost: hub\r\n";
  for (int i = 0; i < 64; ++i) many += "X: y\r\n";
  refuses(hub, many + "\r\n", 431);
  std::string wide = "GET / HTTP/1.1\r\nHost: hub\r\n";
  for (int i = 0; i < 20; ++i) wide += "X: " + std::string(900, 'y') + "\r\n";
  refuses(hub, wide + "\r\n", 431);
  std::string trailers = chunked("0\r\n");
  for (int i = 0; i < 65; ++i) trailers += "X: y\r\n";
  refuses(hub, trailers + "\r\n", 431);
}

TEST_CASE("HT-01: what is just within the limits is served") {
  WireUnderTest hub;
  RawClient client = hub.client();
  CHECK(client.ask("GET /" + std::string(8 * 1024 - 14, 'a') + " HTTP/1.1\r\nHost: hub\r\n\r\n")
            .value_or(RawAnswer{})
            .status == 200);
  std::string many = "GET / HTTP/1.1\r\nHost: hub\r\n";
  for (int i = 0; i < 63; ++i) many += "X: " + std::string(100, 'y') + "\r\n";
  CHECK(client.ask(many + "\r\n").value_or(RawAnswer{}).status == 200);
  CHECK(
      client.ask("\r\n" + with_header("Content-Length: 16384", std::string(16384, 'b'))).value_or(RawAnswer{}).status ==
      200);
  CHECK(client.ask(chunked("4000\r\n" + std::string(16384, 'b') + "\r\n0\r\n\r\n")).value_or(RawAnswer{}).status ==
        200);
}

TEST_CASE("HT-01 L-02: the limit of bodies is that of their path however they are framed") {
  WireUnderTest hub;
  refuses(hub, with_header("Content-Length: 16385", std::string(16385, 'b')), 413);
  refuses(hub, with_header("Content-Length: 16385"), 413);  // before any of it came
  refuses(hub, with_header("Expect: 100-continue\r\nContent-Length: 16385"), 413);
  refuses(hub, with_header("Content-Length: 99999999999999999999999"), 413);
  refuses(hub, chunked("4001\r\n" + std::string(16385, 'b') + "\r\n0\r\n\r\n"), 413);
  refuses(hub, chunked("ffffffff\r\n"), 413);
  std::string drops;
  for (int i = 0; i < 16385; ++i) drops += "1\r\nb\r\n";
  refuses(hub, chunked(drops + "0\r\n\r\n"), 413);
  RawClient client = hub.client();
  CHECK(client.ask("POST /large HTTP/1.1\r\nHost: hub\r\nContent-Length: 16385\r\n\r\n" + std::string(16385, 'b'))
            .value_or(RawAnswer{})
            .status == 200);
}

TEST_CASE("L-10: encoded bodies are refused whatever the coding") {
  WireUnderTest hub;
  for (const char* coding : {"gzip", "identity", "br", ""}) {
    refuses(hub, with_header("Content-Encoding: " + std::string(coding) + "\r\nContent-Length: 3", "abc"), 415);
  }
}

TEST_CASE("HT-01: an answer to a body that was not read arrives before the connection ends") {
  WireUnderTest hub;
  for (int i = 0; i < 20; ++i) {
    RawClient client = hub.client();
    client.send(with_header("Content-Length: 2000000"));
    client.send(std::string(2'000'000, 'b'));
    const auto answer = client.answer();
    REQUIRE(answer);
    CHECK(answer->status == 413);
  }
}

// Under a sanitizer that keeps freed memory for a while this is 0, which proves nothing and fails nothing.
std::size_t allocated_kib() {
  const auto facts = ::mallinfo2();
  return (facts.uordblks + facts.hblkhd) / 1024;
}

TEST_CASE("HT-01: refused requests leave no memory behind") {
  WireUnderTest hub;
  const std::string large = std::string(64 * 1024, 'b');
  const auto refuse_some = [&](int count) {
    for (int i = 0; i < count; ++i) {
      RawClient client = hub.client();
      client.send(i % 2 == 0 ? "GET /" + large : chunked("10000\r\n" + large));
      CHECK(client.answer().value_or(RawAnswer{}).status == (i % 2 == 0 ? 414 : 413));
    }
  };
  refuse_some(50);
  const std::size_t before = allocated_kib();
  refuse_some(400);
  const std::size_t after = allocated_kib();
  CHECK(after < before + 1024);  // 64 KiB each would be 25 MiB
}

}  // namespace
}  // namespace hub::testing
