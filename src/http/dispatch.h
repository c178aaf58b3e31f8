#pragma once
#include <cstddef>
#include <string_view>

#include "route.h"

// From a request to its answer through the route table: no sockets, no threads.
namespace hub::http {

struct Served {
  Response response;
  const Route* route = nullptr;  // none: there is nothing at the path
};
Served serve(Services& services, const Request& request);
Response serve_request(Services& services, const Request& request);

// What the wire asks for: the most bytes of a body, and the answer to what is no proper request.
std::size_t body_limit(std::string_view path);
Response refuse_framing(const Request& request, int status, const Error& error);

// Why the table cannot be served: a route without access, dialect or handler, or two for one method and path.
Result<void> check_routes(std::span<const Route> routes);

}  // namespace hub::http
