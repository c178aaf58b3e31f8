#include "hub/http/server.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "dispatch.h"
#include "gauges.h"
#include "hub/base/codes.h"
#include "hub/core/open.h"
#include "hub/core/purge.h"
#include "hub/core/session.h"
#include "hub/core/status.h"
#include "hub/domain/redirect_uri.h"
#include "listen.h"
#include "log.h"
#include "mail_delivery.h"
#include "metrics.h"
#include "proxies.h"
#include "rate_limits.h"
#include "route.h"
#include "wire/wire.h"

namespace hub::http {
namespace {

constexpr std::chrono::seconds maintenance_interval{1};

constexpr int looks_between_purges = 60, purges_at_once = 25;

// What has to happen now and then beside the requests: moving the write-ahead log into the store (rule L-12), and
// taking away what is over.
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
      purge(hub);
      lock.lock();
    }
  }
  // Once a minute, and each second while there is more. A store that takes no writes now will later.
  void purge(core::Hub& hub) {
    if (--looks_to_purge_ > 0) return;
    Call call;
    call.principal = Principal::unknown();
    bool more = true;
    for (int i = 0; i < purges_at_once && more; ++i) {
      const Result<bool> left = core::purge_expired(hub, call, purged_);
      more = left && *left;
    }
    looks_to_purge_ = more ? 1 : looks_between_purges;
  }

  std::mutex mutex_;
  std::condition_variable wake_;
  bool over_ = false;
  int looks_to_purge_ = looks_between_purges;
  core::PurgeProgress purged_;
  std::thread thread_;
};

RateRules no_limits() {
  RateRules rules;
  rules.fill(RateRule{.requests = 0});
  return rules;
}

Result<RateRules> rate_rules_of(const ServeOptions& options) {
  // Who develops is not kept waiting.
  RateRules rules = options.dev ? no_limits() : default_rate_rules;
  for (const std::string& text : options.rate_limits) {
    if (Result<void> changed = change_rate_rules(rules, text); !changed) return changed.error();
  }
  return rules;
}

class HubServer final : public Server {
 public:
  struct Parts {
    std::string issuer;
    RateRules rules;
    Proxies proxies;
    SendMail send_mail;  // none: mails wait
  };
  HubServer(core::Hub& hub, Parts parts, const ServeOptions& options, LogLine line)
      : log_(std::move(line), options.log_as_text, options.log_requests, hub.clock()),
        limits_(parts.rules, &std::chrono::steady_clock::now, hub.clock()),
        proxies_(std::move(parts.proxies)),
        send_mail_(std::move(parts.send_mail)),
        mail_from_(options.mail_from),
        version_(options.version),
        services_{.hub = hub, .issuer = std::move(parts.issuer), .dev = options.dev} {
    services_.problem = [this](const Request& request, const Error& error) { log_.problem(request, error); };
    services_.limits = &limits_;
    services_.metrics = &metrics_;
    services_.proxies = options.trusted_proxies.empty() ? nullptr : &proxies_;
    services_.metrics_text = [this] {
      return metrics_.text(gauges_of({.hub = services_.hub, .limits = limits_, .wire = *wire_, .version = version_}));
    };
  }

  Result<void> open(wire::Options options) {
    wire::Callbacks callbacks;
    callbacks.handle = [this](const Request& request) { return answer(request); };
    callbacks.body_limit = &body_limit;
    callbacks.refuse = &refuse_framing;
    callbacks.done = [this](const Request& request, const Response& response, std::int64_t microseconds,
                            bool delivered) { finish(request, response, microseconds, delivered); };
    Result<std::unique_ptr<wire::Wire>> opened = wire::open(std::move(options), std::move(callbacks));
    if (!opened) return opened.error();
    wire_ = std::move(*opened);
    take_issuer();
    for (const std::string& url : wire_->urls()) {
      log_.event("listening", {{"url", url}, {"issuer", services_.issuer}, {"version", version_}});
    }
    return {};
  }

  const std::vector<std::string>& urls() const override { return wire_->urls(); }
  bool run() override {
    bool drained = false;
    {
      const Maintenance maintenance(services_.hub);
      const std::unique_ptr<MailDelivery> mails = deliver_mails();
      drained = wire_->run();
    }
    log_.event("stopped", {{"drained", drained ? "yes" : "no"}});
    return drained;
  }
  void stop() override {
    log_.event("stopping");
    wire_->stop();
  }
  Result<void> reload_tls() override {
    Result<void> reloaded = wire_->reload_tls();
    if (reloaded) {
      log_.event("reloaded");
    } else {
      log_.failure("not_reloaded", reloaded.error());
    }
    return reloaded;
  }

 private:
  std::unique_ptr<MailDelivery> deliver_mails() {
    if (send_mail_) {
      return std::make_unique<MailDelivery>(services_.hub, send_mail_,
                                            mail_from_.value_or(default_sender(services_.issuer)), services_.dev, log_);
    }
    // Who develops reads them on a page.
    if (!services_.dev) log_.event("mails_wait", {{"hint", "--mail-dir or --smtp delivers them"}});
    return nullptr;
  }
  // Who develops takes any port, and the links shall work.
  void take_issuer() {
    const std::string& url = wire_->urls().front();
    if (!services_.dev || services_.hub.issuer() || !url.starts_with("http")) return;
    services_.hub.serve_as(url);
    services_.issuer = url;
  }
  Response answer(const Request& request) {
    Response response = serve_request(services_, request);
    response.add("X-Request-Id", request.id).add("X-Content-Type-Options", "nosniff");
    return response;
  }
  void finish(const Request& request, const Response& response, std::int64_t microseconds, bool delivered) {
    metrics_.count_request(response, microseconds);
    const int place = response.trace.route;
    const Route* const route = place < 0 ? nullptr : &all_routes()[static_cast<std::size_t>(place)];
    log_.request(request, response, route, microseconds, delivered);
  }

  Log log_;
  RateLimits limits_;
  Metrics metrics_;
  Proxies proxies_;
  SendMail send_mail_;
  std::optional<std::string> mail_from_;
  std::string version_;
  Services services_;
  std::unique_ptr<wire::Wire> wire_;
};

}  // namespace

Result<void> check_doors(const ServeOptions& options) {
  const Result<std::vector<wire::Listen>> doors = doors_of(options);
  return doors ? Result<void>() : Result<void>(doors.error());
}

Result<std::unique_ptr<Server>> open_server(core::Hub& hub, const ServeOptions& options, LogLine log) {
  if (Result<void> checked = check_routes(all_routes()); !checked) return checked.error();
  Result<std::vector<wire::Listen>> doors = doors_of(options);
  if (!doors) return doors.error();
  if (options.tls_certificate.has_value() != options.tls_key.has_value()) {
    return Error{codes::invalid_request, "TLS needs a certificate and its key.", "--tls-cert and --tls-key"};
  }
  Result<RateRules> rules = rate_rules_of(options);
  if (!rules) return rules.error();
  Result<Proxies> proxies = Proxies::parse(options.trusted_proxies);
  if (!proxies) return proxies.error();
  Result<SendMail> send_mail = mail_transport(options);
  if (!send_mail) return send_mail.error();
  if (options.issuer) {
    if (Result<void> checked = check_issuer(*options.issuer); !checked) return checked.error();
    hub.serve_as(*options.issuer);
  }
  Call call;
  call.principal = Principal::unknown();
  const Result<core::About> about = hub.read(call, [](core::View& view) { return core::about(view); });
  if (!about) return about.error();

  core::limit_waiting_sign_ins(options.workers / 2);
  wire::Options wired;
  wired.listen = std::move(*doors);
  if (options.tls_certificate) wired.tls = wire::TlsFiles{*options.tls_certificate, *options.tls_key};
  wired.workers = options.workers;
  auto server = std::make_unique<HubServer>(
      hub, HubServer::Parts{about->issuer, *rules, std::move(*proxies), std::move(*send_mail)}, options,
      std::move(log));
  if (Result<void> opened = server->open(std::move(wired)); !opened) return opened.error();
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace hub::http
