#include "metrics.h"

#include <doctest/doctest.h>

#include <thread>

#include "route.h"

namespace hub::http {
namespace {

Response answered(int status, int route) {
  Response response{.status = status};
  response.trace.route = route;
  return response;
}

bool has(const std::string& text, const std::string& line) {
  return ("\n" + text).find("\n" + line + "\n") != std::string::npos;
}

TEST_CASE("requests are counted by route and kind of answer") {
  Metrics metrics;
  metrics.count_request(answered(200, 0), 400);
  metrics.count_request(answered(204, 0), 400);
  metrics.count_request(answered(404, -1), 1);
  const Route& first = all_routes().front();
  const std::string text = metrics.text({});
  CHECK(has(text, "hubctl_http_requests_total{method=\"" + std::string(name(first.method)) + "\",route=\"" +
                      std::string(first.path) + "\",status=\"2xx\"} 2"));
  CHECK(has(text, "hubctl_http_requests_total{method=\"\",route=\"none\",status=\"4xx\"} 1"));
}

TEST_CASE("latencies are a histogram whose buckets hold all below them") {
  Metrics metrics;
  for (const std::int64_t us : {50, 400, 400, 9'000, 60'000'000}) metrics.count_request(answered(200, -1), us);
  const std::string text = metrics.text({});
  const std::string bucket = "hubctl_http_request_duration_seconds_bucket{family=\"none\",le=";
  CHECK(has(text, bucket + "\"0.0001\"} 1"));
  CHECK(has(text, bucket + "\"0.0005\"} 3"));
  CHECK(has(text, bucket + "\"0.01\"} 4"));
  CHECK(has(text, bucket + "\"30\"} 4"));
  CHECK(has(text, bucket + "\"+Inf\"} 5"));
  CHECK(has(text, "hubctl_http_request_duration_seconds_count{family=\"none\"} 5"));
}

TEST_CASE("tokens are counted by grant from any thread") {
  Metrics metrics;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 1000; ++n) metrics.count_issued(n % 2 == 0 ? "refresh_token" : "client_credentials");
    });
  }
  for (std::thread& thread : threads) thread.join();
  const std::string text = metrics.text({{"hubctl_up", "Ready.", "gauge", "", 1}});
  CHECK(has(text, "hubctl_tokens_issued_total{grant=\"refresh_token\"} 2000"));
  CHECK(has(text, "hubctl_tokens_issued_total{grant=\"client_credentials\"} 2000"));
  CHECK(has(text, "# TYPE hubctl_up gauge"));
  CHECK(has(text, "hubctl_up 1"));
}

}  // namespace
}  // namespace hub::http
