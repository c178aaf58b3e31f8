#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/form.h"
#include "hub/domain/login_request.h"

// The query of an authorization request.
namespace hub::http {

// An empty value counts as absent (claim AZ-05).
class QueryParameters {
 public:
  // invalid_request for what is no query.
  static Result<QueryParameters> read(std::string_view query);

  bool has(std::string_view name) const;  // empty ones too
  std::optional<std::string> text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
  bool is_set(std::string_view name) const;  // "1", "true", whatever does not mean no
  bool is_repeated(std::string_view name) const;
  // Some name that is there twice; those that end in [] may be.
  std::optional<std::string> repeated() const;

 private:
  std::vector<Parameter> all_;
};

// What the app said about the person and the pages beside the request proper (zaikio-hub.md section 3.1, OpenID Connect
// Core section 3.1.2.1). Values that mean nothing are left out.
LoginHints read_hints(const QueryParameters& query);

// What is wrong with the parameters of OpenID Connect, in a request that has one of its scopes: prompt=none beside
// another word, a max_age that is no number, request objects and response modes that are not known here.
std::optional<Error> openid_problem(const QueryParameters& query);

}  // namespace hub::http
