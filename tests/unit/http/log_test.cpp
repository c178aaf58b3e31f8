#include "log.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/json.h"
#include "route.h"
#include "support/manual_clock.h"

namespace hub::http {
namespace {

struct LogUnderTest {
  explicit LogUnderTest(bool as_text = false, bool requests = true)
      : log([this](std::string_view line) { lines.emplace_back(line); }, as_text, requests, clock) {}

  Json only() {
    REQUIRE(lines.size() == 1);
    const Result<Json> parsed = parse_json(lines.front());
    REQUIRE_MESSAGE(parsed.has_value(), lines.front());
    return *parsed;
  }

  testing::ManualClock clock;
  std::vector<std::string> lines;
  Log log;
};

Request asked() {
  return {.method = Method::post,
          .path = "/oauth/token",
          .query = "client_secret=the-secret",
          .headers = {{"authorization", "Basic the-secret"}, {"cookie", "the-secret"}},
          .body = "refresh_token=the-secret",
          .peer = "192.0.2.1",
          .id = "abc123"};
}

TEST_CASE("a request is one JSON object without anything it carried") {
  LogUnderTest under;
  const Route route{.method = Method::post, .path = "/oauth/token"};
  Response response{.status = 401, .content_type = "text/plain", .body = "the-secret", .headers = {}};
  response.trace.error = "invalid_client";
  response.trace.client_id = "client-1";
  under.log.request(asked(), response, &route, 1234, true);
  const Json line = under.only();
  CHECK(line["time"] == "2027-01-15T08:00:00.000Z");
  CHECK(line["level"] == "info");
  CHECK(line["method"] == "POST");
  CHECK(line["route"] == "/oauth/token");
  CHECK(line["status"] == 401);
  CHECK(line["us"] == 1234);
  CHECK(line["bytes"] == 10);
  CHECK(line["peer"] == "192.0.2.1");
  CHECK(line["door"] == "open");
  CHECK(line["client"] == "client-1");
  CHECK(line["error"] == "invalid_client");
  CHECK(line["request_id"] == "abc123");
  CHECK(under.lines.front().find("the-secret") == std::string::npos);
}

TEST_CASE("whatever a cause holds the log stays one object on one line") {
  LogUnderTest under;
  const std::string cause = "a\"b\\c\nd\x01\x7f \xff\xfe end";
  under.log.problem(asked(), {codes::internal, "It broke.", "", "", cause});
  const Json line = under.only();
  CHECK(line["level"] == "error");
  CHECK(line["error"] == "internal");
  CHECK(line["cause"] == "a\"b\\c\nd\x01\x7f ?? end");
  CHECK(under.lines.front().find('\n') == std::string::npos);
}

TEST_CASE("people get sentences and may leave the requests out") {
  LogUnderTest text(true);
  text.log.event("listening", {{"url", "http://127.0.0.1:1"}});
  CHECK(text.lines.front() == "2027-01-15T08:00:00.000Z info listening url=http://127.0.0.1:1");
  LogUnderTest silent(false, false);
  silent.log.request(asked(), {}, nullptr, 1, true);
  CHECK(silent.lines.empty());
}

TEST_CASE("an answer that did not reach its client says so") {
  LogUnderTest under;
  Response response{.status = 503};
  response.trace.address = "203.0.113.9";
  under.log.request(asked(), response, nullptr, 1, false);
  const Json line = under.only();
  CHECK(line["level"] == "error");
  CHECK(line["route"] == "-");
  CHECK(line["delivered"] == "no");
  CHECK(line["peer"] == "203.0.113.9");
}

}  // namespace
}  // namespace hub::http
