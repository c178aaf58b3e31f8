#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// One request and its answer, whole and checked: no reader of these ever sees a socket.
namespace hub::http {

enum class Method { get, head, post, put, patch, delete_, options, other };
std::string_view name(Method method);  // "GET"; "OTHER" has no spelling that could be sent back

struct Header {
  std::string name;  // of a request in lower case
  std::string value;
};

// Which of the server's doors a request came through.
enum class Door { open, admin };

struct Request {
  Method method = Method::get;
  std::string path;   // raw, from "/" up to "?"
  std::string query;  // raw, after "?"
  std::vector<Header> headers;
  std::string body;
  std::string peer;  // address without port: "127.0.0.1", "::1"; "unix" for a socket file
  std::string id;    // names this request in the answer's X-Request-Id, in the log and in the audit trail
  Door door = Door::open;

  const std::string* header(std::string_view lower_case_name) const;  // the first; nullptr when missing
  std::size_t count(std::string_view lower_case_name) const;
};

// What the log and the metrics say of an answer beside itself. Never sent.
struct Trace {
  int route = -1;               // place in the table of routes; -1: nothing is at the path
  std::string_view error = {};  // code of a refusal
  std::string client_id = {};   // of the caller that was let in
  std::string token_id = {};    // jti of the caller's token
  std::string address = {};     // of the client behind a trusted proxy
};

struct Response {
  int status = 200;
  std::string content_type;  // "": no body
  std::string body;
  std::vector<Header> headers;
  Trace trace = {};

  Response& add(std::string name, std::string value);
};

}  // namespace hub::http
