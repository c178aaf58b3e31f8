#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/form.h"
#include "hub/operations/operation.h"
#include "hub/operations/query.h"

// The table over HTTP. Method and path of an operation follow from its name, effect and arguments; a request is read
// from its parts by the server and written into them by the remote command line, both here.
namespace hub::operations {

inline constexpr std::string_view rest_prefix = "/admin/v1";
// In the place of a path parameter: the field stands in the query or the body. For references with a slash, which no
// segment can hold (claim TN-06).
inline constexpr std::string_view elsewhere = "-";

struct RestRoute {
  const Operation* operation = nullptr;
  std::string_view method;               // "GET", "POST", "PATCH", "DELETE"
  std::string path;                      // "/admin/v1/orgs/{organization}"; placeholders are names of fields
  std::vector<std::string_view> placed;  // those fields, in order
  bool has_body = false;                 // fields stand in a JSON body, else in the query
  std::vector<FieldInfo> parameters;     // of the query besides: what accompanies the call; a field of the same name
                                         // is the field
};

// list, show: GET; create, add: POST on the plural noun; update: PATCH; delete, remove: DELETE; any other verb is the
// last segment, after the target if the operation names one: GET if it only reads, else POST. What takes a secret is
// never a GET.
RestRoute rest_route(const Operation& operation);
const std::vector<RestRoute>& rest_routes();  // of all operations, in their order

// Parameters of the query that every list takes.
const std::vector<FieldInfo>& list_parameters();

// One request as it came.
struct RestParts {
  std::vector<std::string> placed;  // decoded segments, as RestRoute::placed
  std::string_view query;           // raw
  std::string_view body;            // raw; empty is no fields
  std::optional<std::string> if_match = {};
};
// What it asks for. `call` has no principal.
struct RestRequest {
  Json* fields;
  Call call = {};
  std::optional<std::string> actor = {};
  ListQuery query = {};               // without limit
  std::int64_t limit = 0;             // rows of the page
  std::optional<std::string> cursor;  // of the page before
};
// Fills `fields`. Errors: invalid_request for a parameter that is doubled, of the wrong form, or a secret in the query;
// unknown_field; invalid_query; malformed_json.
Result<RestRequest> read_rest(const RestRoute& route, const RestParts& parts, Json& fields);

// One request as the remote command line sends it.
struct RestMessage {
  std::string target;  // path and query
  std::string body;    // "" without one
};
// Of a list also filter, sort, limit and cursor, as they are typed.
RestMessage write_rest(const RestRoute& route, const Json& fields, const Call& call,
                       const std::optional<std::string>& actor, const std::vector<Parameter>& others);

// One page of a list: {"items":[...],"next":cursor or null}. The next page begins behind the row that ended this one,
// wherever that row stands by then; behind as many rows if it is gone.
Result<void> run_page(const Operation& operation, core::Hub* hub, const Call& call, const RestRequest& request,
                      Json& answer);

}  // namespace hub::operations
