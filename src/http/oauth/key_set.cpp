#include <array>
#include <charconv>
#include <functional>

#include "hub/core/key.h"
#include "json_answer.h"
#include "oauth/handlers.h"

namespace hub::http {
namespace {

// Short beside the day that a new key is published before it signs (zaikio-hub.md section 4.2), so that a revoked key
// is soon gone from caches too.
constexpr std::string_view cached = "public, max-age=300";

std::string tag_of(std::string_view body) {
  std::array<char, 16> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), std::hash<std::string_view>()(body), 16);
  return '"' + std::string(digits.data(), end.ptr) + '"';
}

}  // namespace

// The text is put together out of the store's at every request: that costs less than asking whether it changed, and
// the keys that another process rotated or revoked are right at once.
Response key_set(Exchange& exchange) {
  Result<std::string> keys =
      exchange.hub().read(exchange.call(), [](core::View& view) { return core::published_jwks(view); });
  if (!keys) return exchange.refuse(keys.error());
  const std::string tag = tag_of(*keys);
  Response response{.status = 200, .content_type = std::string(json_content), .body = std::move(*keys), .headers = {}};
  const std::string* const known = exchange.request.header("if-none-match");
  if (known != nullptr && known->find(tag) != std::string::npos) {
    response = {.status = 304, .content_type = {}, .body = {}, .headers = {}};
  }
  response.add("Cache-Control", std::string(cached)).add("ETag", tag);
  return response;
}

}  // namespace hub::http
