#pragma once
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/http/message.h"

namespace hub::http {

// The parameters of one request out of its body and its query, as one list (zaikio-hub.md section 0.2). Of a JSON body
// the members of its object; those that are objects or arrays have no value here.
class Parameters {
 public:
  struct Entry {
    std::string name;
    std::optional<std::string> value;  // none: null, or an object or array
    bool in_query = false;
    bool text = true;  // false: a JSON number, boolean, object or array
  };

  // What was sent under the name, the body before the query; nullptr when it is absent, null or empty.
  const std::string* find(std::string_view name) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  friend Result<Parameters> read_parameters(const Request& request, std::span<const std::string_view> texts);
  std::vector<Entry> entries_;
};

// "application/json" out of "Application/JSON; charset=utf-8"; "" when the request says none.
std::string media_type(const Request& request);

// The content type decides the parser; without one a body is a form. `texts` are the names that hold one text each.
// Errors: invalid_request for a body that does not parse, for a name twice in one place (claim AZ-05; names ending in
// [] may repeat) and for one of `texts` sent as anything else; malformed_json; unsupported_media_type.
Result<Parameters> read_parameters(const Request& request, std::span<const std::string_view> texts = {});

// The same for routes that take secrets: invalid_request when a secret, code or token is in the query, where it would
// reach logs (claim CA-02, decisions-week-one.md 35).
Result<Parameters> read_token_parameters(const Request& request, std::span<const std::string_view> texts);

}  // namespace hub::http
