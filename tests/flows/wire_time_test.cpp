#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>

#include <cstdio>

#include "support/wire_under_test.h"

// Clients that are slow, silent, many, or take no answers; and a server that has too much to do.
namespace hub::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

const std::string get = "GET / HTTP/1.1\r\nHost: hub\r\n\r\n";

template <class Action>
double milliseconds_of(Action&& action) {
  const auto begun = steady_clock::now();
  action();
  return std::chrono::duration<double, std::milli>(steady_clock::now() - begun).count();
}

// A handler that waits until it is let go.
class Gate {
 public:
  http::Response wait(const http::Request& request) {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    return WireUnderTest::echo(request);
  }
  bool reached(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return waiting_ >= count; });
  }
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  bool open_ = false;
};

TEST_CASE("HT-02 L-01: deadlines of the head and of the whole request are kept") {
  WireUnderTest hub({.header_timeout_ms = 150, .request_timeout_ms = 400, .idle_timeout_ms = 5000});
  RawClient half_head = hub.client();
  RawClient half_body = hub.client();
  RawClient silent = hub.client();
  half_head.send("GET / HTTP/1.1\r\nHo");
  half_body.send("POST / HTTP/1.1\r\nHost: hub\r\nContent-Length: 10\r\n\r\n12345");
  double waited = milliseconds_of([&] {
    const auto answer = half_head.answer();
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(answer->header("Connection") == "close");
  });
  CHECK(waited < 2000);
  waited += milliseconds_of([&] {
    const auto answer = half_body.answer();
    REQUIRE(answer);
    CHECK(answer->status == 408);
  });
  CHECK(waited > 300);
  CHECK(silent.ends(2000));  // who never said anything is told nothing
  CHECK(hub.handled == 0);
}

TEST_CASE("HT-02: octets that trickle do not move a deadline") {
  WireUnderTest hub({.header_timeout_ms = 200, .request_timeout_ms = 200, .idle_timeout_ms = 5000});
  RawClient client = hub.client();
  const double waited = milliseconds_of([&] {
    const std::string head = "GET / HTTP/1.1\r\nHost: hub\r\nX: ";
    client.send(head);
    std::optional<RawAnswer> answer;
    for (int i = 0; i < 100 && !answer; ++i) {
      client.send("y");
      answer = client.answer(false, 20);
    }
    REQUIRE(answer);
    CHECK(answer->status == 408);
  });
  CHECK(waited < 1500);
}

TEST_CASE("an idle connection is closed in time and a used one is kept") {
  WireUnderTest hub({.header_timeout_ms = 5000, .request_timeout_ms = 5000, .idle_timeout_ms = 300});
  RawClient idle = hub.client();
  RawClient used = hub.client();
  REQUIRE(idle.ask(get));
  const auto until = steady_clock::now() + milliseconds(900);
  while (steady_clock::now() < until) {
    REQUIRE(used.ask(get));
    CHECK_FALSE(used.answer(false, 50));
  }
  CHECK(idle.ends(0));
  CHECK(hub.wire->connections() == 1);
}

TEST_CASE("a client that takes no answer is given up") {
  const std::string large(24 * 1024 * 1024, 'x');
  WireUnderTest hub({.request_timeout_ms = 200}, [&](const http::Request&) {
    http::Response response;
    response.content_type = "text/plain";
    response.body = large;
    return response;
  });
  RawClient client = hub.client();
  client.send(get);
  CHECK(hub.done(1).front().ends_with(" 200 lost"));
  CHECK(WireUnderTest::eventually([&] { return hub.wire->connections() == 0; }));
}

double cpu_ms() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto in_ms = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
  };
  return in_ms(used.ru_utime) + in_ms(used.ru_stime);
}

TEST_CASE("HT-02: a thousand slow and idle connections cost nobody anything") {
  WireUnderTest hub;
  std::vector<RawClient> slow;
  for (int i = 0; i < 1000; ++i) {
    slow.push_back(hub.client());
    slow.back().send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: " : get);
  }
  RawClient client = hub.client();
  for (int i = 0; i < 20; ++i) {
    for (std::size_t each = 0; each < slow.size(); each += 50) slow[each].send("h");
    CHECK(milliseconds_of([&] { REQUIRE(client.ask(get)); }) < 500);
  }
  CHECK(hub.wire->connections() == 1001);
  const double before = cpu_ms();
  CHECK_FALSE(client.answer(false, 1000));
  CHECK(cpu_ms() - before < 50);  // of a second in which nobody said anything
}

TEST_CASE("HT-02: connections of one address are limited and give their places back") {
  WireUnderTest hub({.connections_per_address = 3});
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(hub.client());
    REQUIRE(clients.back().ask(get));
  }
  CHECK(hub.client().ends(5000));
  clients.pop_back();
  CHECK(WireUnderTest::eventually([&] { return hub.wire->connections() == 2; }));
  CHECK(hub.client().ask(get));
}

TEST_CASE("DU-18: what neither workers nor queue can take is refused at once and tried again with success") {
  Gate gate;
  WireUnderTest hub({.workers = 2, .queue = 3}, [&](const http::Request& request) { return gate.wait(request); });
  std::vector<RawClient> busy;
  for (int i = 0; i < 5; ++i) {
    busy.push_back(hub.client());
    busy.back().send(get);
  }
  REQUIRE(gate.reached(2));
  CHECK(WireUnderTest::eventually([&] { return hub.wire->queued() == 3; }));
  RawClient late = hub.client();
  const double waited = milliseconds_of([&] {
    const auto answer = late.ask(get);
    REQUIRE(answer);
    CHECK(answer->status == 503);
    CHECK(answer->header("Retry-After") == "1");
    CHECK(answer->body.starts_with("overloaded"));
    CHECK_FALSE(answer->header("Connection"));
  });
  CHECK(waited < 1000);
  // Nor does a client that is merely slow stop the others from being read.
  RawClient malformed = hub.client();
  CHECK(malformed.ask("GET /\r\n\r\n").value_or(RawAnswer{}).status == 400);
  gate.open();
  for (RawClient& client : busy) CHECK(client.answer().value_or(RawAnswer{}).status == 200);
  CHECK(late.ask(get).value_or(RawAnswer{}).status == 200);
  CHECK(hub.wire->queued() == 0);
}

TEST_CASE("many clients are served by few workers that wait") {
  WireUnderTest hub({.workers = 4}, [](const http::Request& request) {
    std::this_thread::yield();
    return WireUnderTest::echo(request);
  });
  std::vector<std::thread> threads;
  std::atomic<int> answered{0};
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      std::vector<RawClient> clients;
      for (int i = 0; i < 8; ++i) clients.push_back(hub.client());
      for (int round = 0; round < 50; ++round) {
        for (RawClient& client : clients) client.send(get);
        for (RawClient& client : clients) answered += client.answer() ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(answered == 8 * 8 * 50);
}

TEST_CASE("a server without descriptors waits instead of spinning and goes on when it has some") {
  WireUnderTest hub;
  RawClient first = hub.client();
  REQUIRE(first.ask(get));
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  RawClient second = hub.client();
  REQUIRE(second.ask(get));
  // The client's own descriptor is made first; then there is none left for the server's side.
  const int next = ::dup(0);
  ::close(next);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(next) + 1;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
  RawClient third = hub.client();
  third.send(get);
  const double cpu_before = cpu_ms();
  CHECK_FALSE(third.answer(false, 600));
  CHECK(cpu_ms() - cpu_before < 100);
  CHECK(first.ask(get));
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  CHECK(third.answer().value_or(RawAnswer{}).status == 200);
}

TEST_CASE("DU-12: a drained server answers what is in flight and takes nothing more") {
  Gate gate;
  WireUnderTest hub({}, [&](const http::Request& request) {
    return request.path == "/wait" ? gate.wait(request) : WireUnderTest::echo(request);
  });
  RawClient idle = hub.client();
  RawClient waiting = hub.client();
  RawClient half = hub.client();
  REQUIRE(idle.ask(get));
  waiting.send("GET /wait HTTP/1.1\r\nHost: hub\r\n\r\n" + get);
  half.send("GET /half HTTP/1.1\r\n");
  REQUIRE(gate.reached(1));
  const std::string url = hub.wire->urls().front();
  CHECK(WireUnderTest::eventually([&] { return hub.wire->connections() == 3; }));
  hub.wire->stop();
  CHECK(idle.ends(2000));
  CHECK_THROWS(RawClient::to(url));
  half.send("Host: hub\r\n\r\n");
  const auto late = half.answer();
  REQUIRE(late);
  CHECK(late->body == "GET /half [] ");
  CHECK(late->header("Connection") == "close");
  gate.open();
  const auto answer = waiting.answer();
  REQUIRE(answer);
  CHECK(answer->body == "GET /wait [] ");
  CHECK(answer->header("Connection") == "close");
  CHECK(waiting.ends(2000));
  CHECK(hub.wait());
}

TEST_CASE("DU-12: an idle server stops at once") {
  WireUnderTest hub;
  RawClient client = hub.client();
  REQUIRE(client.ask(get));
  CHECK(milliseconds_of([&] {
          hub.wire->stop();
          CHECK(hub.wait());
        }) < 1000);
}

TEST_CASE("DU-12: requests that have only half arrived keep a stopped server waiting a moment and no longer") {
  WireUnderTest hub({.drain_timeout_ms = 60'000, .drain_receive_ms = 50});
  RawClient in_head = hub.client(), in_body = hub.client(), refused = hub.client();
  in_head.send("GET /half HTTP/1.1\r\n");
  in_body.send("POST /half HTTP/1.1\r\nHost: hub\r\nContent-Length: 10\r\n\r\nhalf");
  refused.send("GET /half HTTP/1.1\r\nHost: hub\r\nHost: hub\r\n\r\n");
  CHECK(refused.answer().value_or(RawAnswer{}).status == 400);
  CHECK(WireUnderTest::eventually([&] { return hub.wire->connections() == 3; }));
  CHECK(milliseconds_of([&] {
          hub.wire->stop();
          CHECK(hub.wait());
        }) < 5'000);
  CHECK(in_head.answer().value_or(RawAnswer{}).status == 408);
  CHECK(in_body.answer().value_or(RawAnswer{}).status == 408);
}

TEST_CASE("DU-12: the drain ends with its time or with a second stop") {
  for (const bool twice : {false, true}) {
    Gate gate;
    WireUnderTest hub({.drain_timeout_ms = twice ? 60'000 : 100},
                      [&](const http::Request& request) { return gate.wait(request); });
    RawClient client = hub.client();
    client.send(get);
    REQUIRE(gate.reached(1));
    hub.wire->stop();
    if (twice) hub.wire->stop();
    CHECK_FALSE(hub.wait());
    gate.open();
  }
}

TEST_CASE("DU-12: no answer is cut off when servers stop under load") {
  for (int round = 0; round < 10; ++round) {
    WireUnderTest hub;
    std::atomic<int> torn{0};
    std::atomic<int> answered{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&, client = hub.client()]() mutable {
        while (client.send(get)) {
          const auto answer = client.answer();
          if (!answer) {
            if (!client.rest().empty()) ++torn;
            break;
          }
          ++answered;
          if (answer->header("Connection")) break;
        }
      });
    }
    CHECK(WireUnderTest::eventually([&] { return answered > 100; }));
    hub.wire->stop();
    CHECK(hub.wait());
    for (std::thread& thread : threads) thread.join();
    CHECK(torn == 0);
    CHECK(hub.handled == answered);  // whatever a handler did was acknowledged
  }
}

}  // namespace
}  // namespace hub::testing
