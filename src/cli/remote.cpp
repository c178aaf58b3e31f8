#include "remote.h"

#include <httplib.h>
#include <sys/socket.h>

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/json.h"

namespace hub::cli {
namespace {

constexpr int connect_timeout_s = 10;

Error unreachable(const std::string& url, httplib::Error reason) {
  const bool certificate = reason == httplib::Error::SSLServerVerification;
  return {codes::server_unreachable,
          certificate ? "The certificate of " + url + " is not trusted." : "The hub at " + url + " cannot be reached.",
          certificate ? "" : "is hubctl serve running there?",
          {},
          httplib::to_string(reason)};
}

// A code of this hub's own, by its name.
const Code* known_code(std::string_view name) {
  const auto all = all_codes();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Code& code) { return code.name == name; });
  return found == all.end() ? nullptr : &*found;
}

Code code_of_status(int status) {
  switch (status) {
    case 401:
      return codes::invalid_token;
    case 403:
      return codes::access_denied;
    case 404:
      return codes::not_found;
    case 409:
      return codes::wrong_state;
    case 429:
      return codes::rate_limited;
    case 503:
      return codes::overloaded;
    default:
      return status >= 500 ? codes::internal : codes::invalid_request;
  }
}

std::string text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

int exit_status_of(const httplib::Response& response) {
  const std::string text = response.get_header_value("Hubctl-Exit");
  int status = 0;
  std::from_chars(text.data(), text.data() + text.size(), status);
  return status;
}

}  // namespace

struct Remote::Connection {
  explicit Connection(const RemoteUrl& url) : prefix(url.prefix), on_socket_file(!url.socket_file.empty()) {
    if (on_socket_file) {
      client = std::make_unique<httplib::ClientImpl>(url.socket_file, 80);
      client->set_address_family(AF_UNIX);
    } else if (url.tls) {
      client = std::make_unique<httplib::SSLClient>(url.host, url.port);
      client->enable_server_certificate_verification(true);
    } else {
      client = std::make_unique<httplib::ClientImpl>(url.host, url.port);
    }
    client->set_keep_alive(true);
    client->set_follow_location(false);
    client->set_url_encode(false);  // targets are encoded already
    client->set_tcp_nodelay(true);
    client->set_connection_timeout(connect_timeout_s);
  }
  std::string prefix;
  bool on_socket_file;
  std::unique_ptr<httplib::ClientImpl> client;
};

Remote::Remote(RemoteHub hub, std::unique_ptr<Connection> connection)
    : hub_(std::move(hub)), connection_(std::move(connection)) {}
Remote::~Remote() = default;

Result<std::unique_ptr<Remote>> Remote::connect(const RemoteHub& hub) {
  const Result<RemoteUrl> url = parse_remote_url(hub.url);
  if (!url) return url.error();
  auto connection = std::make_unique<Connection>(*url);
  connection->client->set_read_timeout(hub.timeout.count());
  connection->client->set_write_timeout(hub.timeout.count());
  return std::unique_ptr<Remote>(new Remote(hub, std::move(connection)));
}

Result<RemoteAnswer> Remote::send(const std::string& method, const std::string& target, const std::string& body) {
  httplib::Request request;
  request.method = method;
  request.path = connection_->prefix + target;
  request.headers = {{"Accept", "application/json"}, {"User-Agent", "hubctl/" HUBCTL_VERSION}};
  if (connection_->on_socket_file) request.headers.emplace("Host", "localhost");
  if (hub_.token) request.headers.emplace("Authorization", "Bearer " + hub_.token->reveal());
  if (!body.empty()) request.headers.emplace("Content-Type", "application/json");
  request.body = body;
  const httplib::Result answer = connection_->client->send(request);
  if (!answer) return unreachable(hub_.url, answer.error());
  return RemoteAnswer{answer->status, exit_status_of(*answer), answer->body};
}

Result<RemoteAnswer> Remote::ask(const std::string& method, const std::string& target, const std::string& body) {
  if (!hub_.token) {
    return Error{codes::unauthenticated, "There is no admin token for " + hub_.url + ".",
                 "hubctl login " + hub_.url + ", or its file in HUBCTL_TOKEN_FILE"};
  }
  Result<RemoteAnswer> answer = send(method, target, body);
  if (answer && (answer->status < 200 || answer->status > 299)) return remote_error(*answer, hub_.url);
  return answer;
}

Error remote_error(const RemoteAnswer& answer, const std::string& url) {
  const Result<Json> body = parse_json(answer.body);
  const Json* const error = body && body->is_object() && body->contains("error") ? &(*body)["error"] : nullptr;
  if (error == nullptr || !error->is_object() || text_of(*error, "message").empty()) {
    return {code_of_status(answer.status),
            "The answer of " + url + " has the status " + std::to_string(answer.status) + " and is not a hub's.",
            "is the admin API there?"};
  }
  const Code* const code = known_code(text_of(*error, "code"));
  Error out{code != nullptr ? *code : code_of_status(answer.status), text_of(*error, "message"),
            text_of(*error, "hint"), text_of(*error, "field")};
  if (const std::string id = text_of(*error, "request_id"); !id.empty()) out.cause = "request " + id;
  return out;
}

}  // namespace hub::cli
