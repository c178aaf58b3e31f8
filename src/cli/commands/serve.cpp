#include <nlohmann/json.hpp>

#include "builtin.h"
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
  std::vector<std::string> listen, admin_listen, trust_proxy;
  std::optional<std::string> issuer, tls_cert, tls_key, ready_file, log;
  std::optional<std::int64_t> ready_fd;
  bool insecure_public = false;
};

operations::Fields<Serve> fields() {
  return {
      {"listen", &Serve::listen, "HOST:PORT or unix:/path to listen on; default 127.0.0.1:4000. Port 0: any free one."},
      {"admin_listen", &Serve::admin_listen,
       "Where the admin API and the metrics are; default: every loopback address."},
      {"issuer", &Serve::issuer, "Public base URL instead of the stored one, for this process."},
      {"tls_cert", &Serve::tls_cert, "Certificate chain, PEM; read again on SIGHUP.", {.reference = "file"}},
      {"tls_key", &Serve::tls_key, "Its private key, PEM.", {.reference = "file"}},
      {"trust_proxy", &Serve::trust_proxy, "Network (CIDR) whose X-Forwarded-For is believed."},
      {"insecure_public", &Serve::insecure_public, "Listen on a public address without TLS or a trusted proxy."},
      {"ready_file", &Serve::ready_file, "Written with the URL once requests are answered.", {.reference = "file"}},
      {"ready_fd", &Serve::ready_fd, "File descriptor that gets the URL then."},
      {"log", &Serve::log, "Shape of the log on standard error; default json.", {.choices = {"json", "text"}}},
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
  out.insecure_public = request.insecure_public;
  out.log_as_text = request.log == "text";
  return out;
}

Result<int> serve(const Invocation& invocation, core::Hub& hub, const Serve& request) {
  if (const Result<core::Keys*> keys = hub.keys(); !keys) return keys.error();
  // Blocked before any thread starts, so that they reach the one that waits for them.
  ProcessSignals signals;
  const http::LogLine log = [](std::string_view line) { write_error(std::string(line) + "\n"); };
  Result<std::unique_ptr<http::Server>> server = http::open_server(hub, options_of(request), log);
  if (!server) return server.error();
  const std::string url = (*server)->urls().front();
  if (Result<void> told = tell_ready(url, request.ready_file, request.ready_fd); !told) return told.error();
  notice(invocation, "Listening on " + url + "\n");
  signals.watch({.stop = [&] { (*server)->stop(); },
                 .reload =
                     [&] {
                       if (const Result<void> reloaded = (*server)->reload_tls(); !reloaded) {
                         write_error(error_text(reloaded.error(), false, false));
                       }
                     }});
  const bool drained = (*server)->run();
  signals.end();
  core::checkpoint_if_due(hub);
  return drained ? 0 : Result<int>(Error{codes::overloaded, "Some requests were not answered before the end."});
}

Result<int> run_serve(const Invocation& invocation) {
  const auto shape = fields();
  Json body;
  const Result<Request> built = build_request(invocation.command, operations::infos(shape), invocation.arguments,
                                              invocation.options, invocation.around, body);
  if (!built) return built.error();
  const Result<Serve> request = operations::read_request(shape, body);
  if (!request) return request.error();
  if (invocation.options.actor) {
    return Error{codes::principal_not_allowed, "Only an operator serves a hub.", "run it without --actor"};
  }
  Result<OpenHub> opened = open_hub(invocation, false);
  if (!opened) return opened.error();
  return serve(invocation, *opened->hub, *request);
}

}  // namespace

Builtin serve_command() {
  operations::CommandInfo info;
  info.name = "serve";
  info.summary = "Serve the hub over HTTP";
  info.details =
      "Runs until SIGTERM or SIGINT and answers what is in flight before it ends; a second signal ends it at once. "
      "What "
      "other commands change in the store is seen at the next request.";
  info.access = operations::Access::operators;
  info.effect = operations::Effect::change;
  info.request = operations::infos(fields());
  info.examples = {
      "hubctl serve", "hubctl serve --listen 127.0.0.1:0 --ready-file hub.url",
      "hubctl serve --listen 0.0.0.0:443 --tls-cert hub.pem --tls-key hub.key --admin-listen 127.0.0.1:4001"};
  info.errors = {codes::address_in_use, codes::invalid_request, codes::store_missing, codes::master_key};
  return {std::move(info), "", &run_serve};
}

}  // namespace hub::cli
