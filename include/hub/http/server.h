#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "hub/core/hub.h"
#include "hub/http/message.h"

namespace hub::http {

// Takes one finished line of the log, a JSON object or a text, without the line feed. Called from several threads.
using LogLine = std::function<void(std::string_view line)>;

struct ServeOptions {
  std::vector<std::string> listen = {"127.0.0.1:4000"};  // HOST:PORT, [::1]:PORT, unix:/path
  std::vector<std::string> admin_listen;  // admin API and metrics; none: on loopback listeners without a proxy
  std::optional<std::string> issuer;      // instead of the stored one, for this process
  std::optional<std::string> tls_certificate, tls_key;  // PEM files
  std::vector<std::string> trusted_proxies;             // networks whose X-Forwarded-For is believed
  std::vector<std::string> rate_limits;                 // "api=300/60s", "off": changes of the default
  // Where mails go: files of a directory, or a mail server, HOST:PORT. Neither: they wait in the outbox.
  std::optional<std::string> mail_directory, smtp;
  std::optional<std::string> mail_from;  // address they come from; default hub@ the issuer's host
  bool insecure_public = false;          // a public address without TLS or a trusted proxy (claim HT-08)
  bool dev = false;
  bool log_as_text = false;
  bool log_requests = true;
  int workers = 64;
  std::string version;  // of the product, for the log and the metrics
};

// A hub on its sockets.
class Server {
 public:
  virtual ~Server() = default;
  virtual const std::vector<std::string>& urls() const = 0;  // as bound, those of listen first
  // Serves until stop(); true when everything in flight was answered in time.
  virtual bool run() = 0;
  virtual void stop() = 0;  // from any thread; a second call ends at once
  virtual Result<void> reload_tls() = 0;
};

// Whether the addresses are some and may be listened on, without doing so (claim HT-08).
Result<void> check_doors(const ServeOptions& options);

// Binds all listeners. A development hub without an issuer in the options is its own: its first URL. Errors:
// address_in_use; invalid_request for addresses, files and combinations that cannot be; internal when a route declares
// no access (claim G-08).
Result<std::unique_ptr<Server>> open_server(core::Hub& hub, const ServeOptions& options, LogLine log);

// The route table, for `commands --routes` and for sweeps: {"method","path","name","dialect","access",...} each.
Json routes_as_json();

// What is served as an OpenAPI 3.1 document: the admin API whole, the routes of the contracts by name.
Json openapi_as_json();

}  // namespace hub::http
