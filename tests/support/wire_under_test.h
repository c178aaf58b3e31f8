#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "support/raw_client.h"
#include "wire/wire.h"

namespace hub::testing {

// A front door with a handler that tells what reached it.
class WireUnderTest {
 public:
  using Handler = std::function<http::Response(const http::Request&)>;

  explicit WireUnderTest(http::wire::Options options = {}, Handler handler = echo) : handler_(std::move(handler)) {
    if (options.listen.empty()) options.listen.push_back({.host = "127.0.0.1"});
    http::wire::Callbacks callbacks;
    callbacks.handle = [this](const http::Request& request) {
      ++handled;
      return handler_(request);
    };
    callbacks.body_limit = [](std::string_view path) -> std::size_t {
      return path == "/large" ? 1024 * 1024 : 16 * 1024;
    };
    callbacks.refuse = [](const http::Request&, int status, const Error& error) {
      http::Response response;
      response.status = status;
      response.content_type = "text/plain";
      response.body = std::string(error.code.name) + ": " + error.message;
      return response;
    };
    callbacks.done = [this](const http::Request& request, const http::Response& response, std::int64_t,
                            bool delivered) {
      const std::lock_guard lock(mutex_);
      done_.push_back(request.id + " " + std::to_string(response.status) + (delivered ? "" : " lost"));
      changed_.notify_all();
    };
    Result<std::unique_ptr<http::wire::Wire>> opened = open(std::move(options), std::move(callbacks));
    if (!opened) throw std::runtime_error(opened.error().message);
    wire = std::move(*opened);
    thread_ = std::thread([this] { drained = wire->run(); });
  }
  ~WireUnderTest() {
    wire->stop();
    wire->stop();
    if (thread_.joinable()) thread_.join();
    wire.reset();  // its threads use the rest
  }

  RawClient client(std::size_t listener = 0) const { return RawClient::to(wire->urls()[listener]); }
  // Waits for the end of the server; whether it was drained.
  bool wait() {
    thread_.join();
    return drained;
  }
  // The lines "id status" or "id status lost" of the exchanges that ended, once there are `count`.
  std::vector<std::string> done(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return done_.size() >= count; });
    return done_;
  }
  // Until the condition holds, at most ten seconds.
  template <class Condition>
  static bool eventually(Condition&& condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::yield();
    }
    return true;
  }

  static http::Response echo(const http::Request& request) {
    http::Response response;
    response.content_type = "text/plain";
    response.body = std::string(name(request.method)) + " " + request.path + " [" + request.query + "] " + request.body;
    return response;
  }

  std::unique_ptr<http::wire::Wire> wire;
  std::atomic<int> handled{0};
  std::atomic<bool> drained{false};

 private:
  Handler handler_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> done_;
};

}  // namespace hub::testing
