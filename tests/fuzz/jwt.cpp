#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "hub/core/inspect.h"

// No text makes the parser fail otherwise than with an error, and none verifies against a key set it was not signed
// for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const hub::crypto::KeySet keys = [] {
    hub::crypto::KeySet set;
    set.add(hub::crypto::SigningKey::generate(hub::crypto::Algorithm::es256).verifying_key());
    return set;
  }();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  hub::Json answer;
  if (!hub::core::inspect_token(text, answer)) return 0;
  if (hub::core::verify_token(text, keys, {}, hub::Instant(), nullptr, answer) == 0) std::abort();
  return 0;
}
