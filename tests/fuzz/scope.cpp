#include "hub/domain/scope.h"

#include <cstdint>
#include <cstdlib>

// What parses is written in its wire form and parses as the same request again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto flow = static_cast<hub::Flow>(data[0] % 3);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const hub::Result<hub::RequestedScopes> requested = hub::parse_requested_scopes(text, flow);
  if (!requested || requested->scopes.empty()) return 0;
  const hub::Result<hub::RequestedScopes> again = hub::parse_requested_scopes(requested->text(), flow);
  if (!again || !(again->bearer == requested->bearer) || again->scopes != requested->scopes) std::abort();
  return 0;
}
