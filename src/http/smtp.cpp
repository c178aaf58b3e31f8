#include "smtp.h"

#include <curl/curl.h>
#include <dlfcn.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

#include "hub/base/codes.h"

namespace hub::http {
namespace {

constexpr long connect_timeout_s = 10, timeout_s = 30;

// The functions of libcurl that are used, by the names they have there.
struct Library {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;
};

template <class Function>
bool find(void* handle, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(handle, name));
  return function != nullptr;
}

// Loaded once and never unloaded: threads and exit handlers of it may live on.
const Library* library() {
  static const Library* const loaded = []() -> const Library* {
    static Library functions;
    void* const handle = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return nullptr;
    const bool complete = find(handle, "curl_global_init", functions.global_init) &&
                          find(handle, "curl_easy_init", functions.easy_init) &&
                          find(handle, "curl_easy_setopt", functions.easy_setopt) &&
                          find(handle, "curl_easy_perform", functions.easy_perform) &&
                          find(handle, "curl_easy_getinfo", functions.easy_getinfo) &&
                          find(handle, "curl_easy_strerror", functions.easy_strerror) &&
                          find(handle, "curl_easy_cleanup", functions.easy_cleanup) &&
                          find(handle, "curl_slist_append", functions.slist_append) &&
                          find(handle, "curl_slist_free_all", functions.slist_free_all);
    if (!complete || functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return nullptr;
    return &functions;
  }();
  return loaded;
}

struct Server {
  std::string host, port;
};

bool is_host_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
}

Result<Server> parse_server(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  Server server{text.substr(0, colon), colon == std::string::npos ? "" : text.substr(colon + 1)};
  std::string_view name = server.host;
  const bool brackets = name.size() > 2 && name.front() == '[' && name.back() == ']';
  if (brackets) name = name.substr(1, name.size() - 2);
  const bool named = !name.empty() &&
                     std::ranges::all_of(name, [&](char c) { return is_host_character(c) || (brackets && c == ':'); });
  unsigned port = 0;
  const char* const end = server.port.data() + server.port.size();
  const auto read = std::from_chars(server.port.data(), end, port);
  if (named && read.ec == std::errc{} && read.ptr == end && port >= 1 && port <= 65535) return server;
  return Error{codes::invalid_request, "A mail server is named by HOST:PORT.", "127.0.0.1:25", "smtp"};
}

bool is_this_machine(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string::npos;
}

// What is still to be handed over.
struct Upload {
  std::string_view rest;
};

std::size_t read_upload(char* to, std::size_t size, std::size_t count, void* from) {
  Upload& upload = *static_cast<Upload*>(from);
  const std::size_t taken = std::min(size * count, upload.rest.size());
  std::memcpy(to, upload.rest.data(), taken);
  upload.rest.remove_prefix(taken);
  return taken;
}

int is_over(void* over, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const std::atomic<bool>*>(over)->load() ? 1 : 0;
}

class CurlSmtp final : public Smtp {
 public:
  CurlSmtp(const Library& curl, Server server) : curl_(curl), server_(std::move(server)) {}

  Result<void> send(const MailMessage& message, const std::atomic<bool>& over) override {
    const std::unique_ptr<CURL, decltype(curl_.easy_cleanup)> handle(curl_.easy_init(), curl_.easy_cleanup);
    const std::string recipient = "<" + message.to + ">";
    const std::unique_ptr<curl_slist, decltype(curl_.slist_free_all)> recipients(
        curl_.slist_append(nullptr, recipient.c_str()), curl_.slist_free_all);
    if (handle == nullptr || recipients == nullptr) return Error{codes::overloaded, "There is no memory for a mail."};
    Upload upload{message.text};
    set_up(handle.get(), message, over);
    curl_.easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_.easy_setopt(handle.get(), CURLOPT_READDATA, &upload);
    const CURLcode done = curl_.easy_perform(handle.get());
    if (done == CURLE_OK) return {};
    long answer = 0;
    curl_.easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer);
    // What the server said in words may name the recipient, which is no business of a log.
    Error error{codes::server_unreachable, "The mail server did not take the mail.", "", ""};
    error.cause = curl_.easy_strerror(done);
    if (answer != 0) error.cause += " (" + std::to_string(answer) + ")";
    return error;
  }

 private:
  void set_up(CURL* handle, const MailMessage& message, const std::atomic<bool>& over) const {
    const auto set = curl_.easy_setopt;
    // The path is what the server is greeted with.
    const std::string url =
        "smtp://" + server_.host + ":" + server_.port + "/" + message.from.substr(message.from.find('@') + 1);
    const std::string sender = "<" + message.from + ">";
    set(handle, CURLOPT_URL, url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "smtp");
    set(handle, CURLOPT_PROXY, "");  // whatever the environment says
    set(handle, CURLOPT_USE_SSL, is_this_machine(server_.host) ? long{CURLUSESSL_NONE} : long{CURLUSESSL_ALL});
    set(handle, CURLOPT_MAIL_FROM, sender.c_str());
    set(handle, CURLOPT_UPLOAD, 1L);
    set(handle, CURLOPT_READFUNCTION, &read_upload);
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
    set(handle, CURLOPT_TIMEOUT, timeout_s);
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, &is_over);
    set(handle, CURLOPT_XFERINFODATA, &over);
  }

  const Library& curl_;
  Server server_;
};

}  // namespace

Result<std::unique_ptr<Smtp>> open_smtp(const std::string& server) {
  Result<Server> parsed = parse_server(server);
  if (!parsed) return parsed.error();
  const Library* const curl = library();
  if (curl == nullptr) {
    return Error{codes::invalid_request, "Mails to a server need libcurl, which is not installed.",
                 "apt-get install libcurl4", "smtp"};
  }
  return std::unique_ptr<Smtp>(std::make_unique<CurlSmtp>(*curl, std::move(*parsed)));
}

}  // namespace hub::http
