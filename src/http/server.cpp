#include "hub/http/server.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "dispatch.h"
#include "hub/base/codes.h"
#include "hub/core/open.h"
#include "hub/core/status.h"
#include "listen.h"
#include "wire/wire.h"

namespace hub::http {
namespace {

constexpr std::chrono::seconds maintenance_interval{1};

// What has to happen now and then beside the requests: moving the write-ahead log into the store (rule L-12).
class Maintenance {
 public:
  explicit Maintenance(core::Hub& hub) : thread_([this, &hub] { run(hub); }) {}
  Maintenance(const Maintenance&) = delete;
  Maintenance& operator=(const Maintenance&) = delete;
  ~Maintenance() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    wake_.notify_one();
    thread_.join();
  }

 private:
  void run(core::Hub& hub) {
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, maintenance_interval, [this] { return over_; })) {
      lock.unlock();
      core::checkpoint_if_due(hub);
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  std::thread thread_;
};

class HubServer final : public Server {
 public:
  HubServer(core::Hub& hub, std::string issuer, const ServeOptions& options, LogLine log)
      : services_{.hub = hub, .issuer = std::move(issuer), .dev = options.dev}, log_(std::move(log)) {}

  Result<void> open(wire::Options options) {
    wire::Callbacks callbacks;
    callbacks.handle = [this](const Request& request) { return answer(request); };
    callbacks.body_limit = &body_limit;
    callbacks.refuse = &refuse_framing;
    Result<std::unique_ptr<wire::Wire>> opened = wire::open(std::move(options), std::move(callbacks));
    if (!opened) return opened.error();
    wire_ = std::move(*opened);
    return {};
  }

  const std::vector<std::string>& urls() const override { return wire_->urls(); }
  bool run() override {
    const Maintenance maintenance(services_.hub);
    return wire_->run();
  }
  void stop() override { wire_->stop(); }
  Result<void> reload_tls() override { return wire_->reload_tls(); }

 private:
  Response answer(const Request& request) {
    Response response = serve_request(services_, request);
    response.add("X-Request-Id", request.id).add("X-Content-Type-Options", "nosniff");
    return response;
  }

  Services services_;
  LogLine log_;
  std::unique_ptr<wire::Wire> wire_;
};

Result<std::vector<wire::Listen>> listeners_of(const ServeOptions& options) {
  std::vector<wire::Listen> out;
  for (const std::string& text : options.listen) {
    Result<wire::Listen> listen = parse_listen(text, Door::open);
    if (!listen) return listen.error();
    // Without a door of its own the admin API is behind those that only this machine reaches.
    if (options.admin_listen.empty() && is_loopback(*listen)) listen->door = Door::admin;
    out.push_back(std::move(*listen));
  }
  for (const std::string& text : options.admin_listen) {
    Result<wire::Listen> listen = parse_listen(text, Door::admin);
    if (!listen) return listen.error();
    out.push_back(std::move(*listen));
  }
  return out;
}

// Nobody's secrets travel in the clear by mistake (claim HT-08).
Result<void> check_exposure(const std::vector<wire::Listen>& listeners, const ServeOptions& options) {
  const bool local = std::all_of(listeners.begin(), listeners.end(), &is_loopback);
  if (local) return {};
  if (options.dev) {
    return Error{codes::invalid_request, "A development hub listens on loopback addresses only.", "leave --dev out",
                 "listen"};
  }
  if (options.tls_certificate || options.insecure_public || !options.trusted_proxies.empty()) return {};
  return Error{codes::invalid_request, "A public address needs TLS or a trusted proxy before it.",
               "--tls-cert and --tls-key, --trust-proxy, or --insecure-public", "listen"};
}

}  // namespace

Result<std::unique_ptr<Server>> open_server(core::Hub& hub, const ServeOptions& options, LogLine log) {
  if (Result<void> checked = check_routes(all_routes()); !checked) return checked.error();
  Result<std::vector<wire::Listen>> listeners = listeners_of(options);
  if (!listeners) return listeners.error();
  if (Result<void> checked = check_exposure(*listeners, options); !checked) return checked.error();
  if (options.tls_certificate.has_value() != options.tls_key.has_value()) {
    return Error{codes::invalid_request, "TLS needs a certificate and its key.", "--tls-cert and --tls-key"};
  }
  if (options.issuer) hub.serve_as(*options.issuer);
  Call call;
  call.principal = Principal::unknown();
  const Result<core::About> about = hub.read(call, [](core::View& view) { return core::about(view); });
  if (!about) return about.error();

  wire::Options wired;
  wired.listen = std::move(*listeners);
  if (options.tls_certificate) wired.tls = wire::TlsFiles{*options.tls_certificate, *options.tls_key};
  wired.workers = options.workers;
  auto server = std::make_unique<HubServer>(hub, about->issuer, options, std::move(log));
  if (Result<void> opened = server->open(std::move(wired)); !opened) return opened.error();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace hub::http
