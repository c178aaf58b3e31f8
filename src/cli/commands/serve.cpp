#include <filesystem>

#include "builtin.h"
#include "dev_hub.h"
#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/http/server.h"
#include "location.h"
#include "open_hub.h"
#include "process_signals.h"
#include "ready.h"
#include "request.h"
#include "terminal.h"

namespace hub::cli {
namespace {

struct Serve {
  std::vector<std::string> listen, admin_listen, trust_proxy, rate_limit;
  std::optional<std::string> issuer, tls_cert, tls_key, ready_file, log, log_requests, seed, mail_dir, smtp, mail_from;
  std::optional<std::int64_t> ready_fd;
  bool insecure_public = false, dev = false, ephemeral = false;
};

operations::Fields<Serve> fields() {
  return {
      {"listen", &Serve::listen, "HOST:PORT or unix:/path to listen on; default 127.0.0.1:4000. Port 0: any free one."},
      {"admin_listen", &Serve::admin_listen,
       "Where the admin API and the metrics are; default: every loopback address, but none with --trust-proxy."},
      {"issuer", &Serve::issuer, "Public base URL instead of the stored one, for this process."},
      {"tls_cert", &Serve::tls_cert, "Certificate chain, PEM; read again on SIGHUP.", {.reference = "file"}},
      {"tls_key", &Serve::tls_key, "Its private key, PEM.", {.reference = "file"}},
      {"trust_proxy", &Serve::trust_proxy, "Network (CIDR, or unix) whose X-Forwarded-For is believed."},
      {"insecure_public", &Serve::insecure_public, "Listen on a public address without TLS or a trusted proxy."},
      {"mail_dir",
       &Serve::mail_dir,
       "Directory that gets a file for each mail; without it and --smtp mails wait.",
       {.reference = "file"}},
      {"smtp", &Serve::smtp, "HOST:PORT of a mail server; beyond this machine it has to speak TLS."},
      {"mail_from", &Serve::mail_from, "Address that mails come from; default hub@ the issuer's host."},
      {"rate_limit", &Serve::rate_limit,
       "api=600/60s, token=6000/60s, address=6000/60s, failures=300/60s or pages=600/60s, which are the defaults; one "
       "of "
       "them off; or "
       "off."},
      {"ready_file", &Serve::ready_file, "Written with the URL once requests are answered.", {.reference = "file"}},
      {"ready_fd", &Serve::ready_fd, "File descriptor that gets the URL then."},
      {"log",
       &Serve::log,
       "Shape of the log on standard error; default json, with --dev text.",
       {.choices = {"json", "text"}}},
      {"log_requests",
       &Serve::log_requests,
       "Whether each request gets a line; default on.",
       {.choices = {"on", "off"}}},
      {"dev", &Serve::dev, "Make a hub for development unless there is one, and say what to type first."},
      {"seed",
       &Serve::seed,
       "What it begins with: demo, or a file of that shape; default demo.",
       {.reference = "file"}},
      {"ephemeral", &Serve::ephemeral, "A hub of its own for --dev, gone when the server ends."},
  };
}

http::ServeOptions options_of(const Serve& request) {
  http::ServeOptions out;
  if (!request.listen.empty()) out.listen = request.listen;
  out.admin_listen = request.admin_listen;
  out.issuer = request.issuer;
  out.tls_certificate = request.tls_cert;
  out.tls_key = request.tls_key;
  out.trusted_proxies = request.trust_proxy;
  out.rate_limits = request.rate_limit;
  out.mail_directory = request.mail_dir;
  out.smtp = request.smtp;
  out.mail_from = request.mail_from;
  out.insecure_public = request.insecure_public;
  out.dev = request.dev;
  out.log_as_text = request.log ? *request.log == "text" : request.dev;
  out.log_requests = request.log_requests != "off";
  out.version = HUBCTL_VERSION;
  return out;
}

// Says where the server of a store answers, beside the store, for as long as it does.
class UrlFile {
 public:
  UrlFile(const std::string& store, const std::string& url) : path_(store + ".url"), line_(url + "\n") {
    // A convenience: who cannot write here can serve all the same.
    (void)replace_file(path_, line_);
  }
  UrlFile(const UrlFile&) = delete;
  UrlFile& operator=(const UrlFile&) = delete;
  ~UrlFile() {
    // Another server of the same store may have written it since.
    const Result<std::string> there = read_file(path_);
    std::error_code ignored;
    if (there && *there == line_) std::filesystem::remove(path_, ignored);
  }

 private:
  std::string path_, line_;
};

Result<int> serve(const Invocation& invocation, core::Hub& hub, const Serve& request, const std::string& seed,
                  ProcessSignals& signals) {
  if (const Result<core::Keys*> keys = hub.keys(); !keys) return keys.error();
  const http::LogLine log = [](std::string_view line) { write_error(std::string(line) += '\n'); };
  Result<std::unique_ptr<http::Server>> server = http::open_server(hub, options_of(request), log);
  if (!server) return server.error();
  const std::string url = (*server)->urls().front();
  // Among lines that a program reads there are none for people.
  if (request.dev && request.log != "json") notice(invocation, dev_banner(hub, url, seed));
  const UrlFile beside(hub.location().store_path, url);
  const Waiting waiting{request.ready_file, request.ready_fd, invocation.around.variable("NOTIFY_SOCKET")};
  if (Result<void> told = tell_ready(url, waiting); !told) return told.error();
  // What goes wrong with a reload is in the log.
  signals.watch({.stop = [&] { (*server)->stop(); }, .reload = [&] { (void)(*server)->reload_tls(); }});
  const bool drained = (*server)->run();
  signals.end();
  core::checkpoint_if_due(hub);
  return drained ? 0 : Result<int>(Error{codes::overloaded, "Some requests were not answered before the end."});
}

Result<Serve> read_flags(const Invocation& invocation) {
  Result<Serve> request = request_of(invocation, fields());
  if (!request) return request;
  if (!request->dev && (request->seed || request->ephemeral)) {
    return usage_error("--seed and --ephemeral are for development.", "add --dev");
  }
  if (request->ephemeral && invocation.options.store) {
    return usage_error("An ephemeral hub has a store of its own.", "leave --store or --ephemeral out");
  }
  if (invocation.options.actor) {
    return Error{codes::principal_not_allowed, "Only an operator serves a hub.", "run it without --actor"};
  }
  return request;
}

Result<int> serve_dev(const Invocation& invocation, const Serve& request, ProcessSignals& signals) {
  // Asked before anything is made (claim HT-08).
  if (Result<void> listens = http::check_doors(options_of(request)); !listens) return listens.error();
  const Result<std::string> seed = read_seed_text(request.seed);
  if (!seed) return seed.error();
  std::unique_ptr<EphemeralDirectory> directory;
  if (request.ephemeral) {
    Result<std::unique_ptr<EphemeralDirectory>> made = EphemeralDirectory::make(invocation.around);
    if (!made) return made.error();
    directory = std::move(*made);
  }
  const Result<core::HubLocation> location =
      directory ? Result<core::HubLocation>(directory->hub())
                : find_hub(invocation.options.store, invocation.options.master_key_file, invocation.around);
  if (!location) return location.error();
  const std::unique_ptr<Random> random = core::system_random();
  if (Result<void> ready = prepare_dev_hub(*location, *seed, invocation, *random); !ready) return ready.error();
  Result<std::unique_ptr<core::Hub>> hub = core::open_hub(*location, false, invocation.clock, *random);
  if (!hub) return hub.error();
  return serve(invocation, **hub, request, *seed, signals);
}

Result<int> run_serve(const Invocation& invocation) {
  const Result<Serve> request = read_flags(invocation);
  if (!request) return request.error();
  // Blocked before any thread starts, so that they reach the one that waits for them, and before anything is made that
  // has to go at the end.
  ProcessSignals signals;
  if (request->dev) return serve_dev(invocation, *request, signals);
  Result<OpenHub> opened = open_hub(invocation, false);
  if (!opened) return opened.error();
  return serve(invocation, *opened->hub, *request, "", signals);
}

}  // namespace

Builtin serve_command() {
  operations::CommandInfo info;
  info.name = "serve";
  info.summary = "Serve the hub over HTTP";
  info.details =
      "Runs until SIGTERM or SIGINT and answers what is in flight before it ends; a second signal ends it at once. "
      "What "
      "other commands change in the store is seen at the next request. SIGHUP reads the certificate again.";
  info.access = operations::Access::operators;
  info.effect = operations::Effect::change;
  info.request = operations::infos(fields());
  info.examples = {
      "hubctl serve", "hubctl serve --dev --ephemeral", "hubctl serve --listen 127.0.0.1:0 --ready-file hub.url",
      "hubctl serve --listen 0.0.0.0:443 --tls-cert hub.pem --tls-key hub.key --admin-listen 127.0.0.1:4001"};
  info.errors = {codes::address_in_use, codes::invalid_request, codes::store_missing, codes::master_key};
  return {std::move(info), "", &run_serve};
}

}  // namespace hub::cli
