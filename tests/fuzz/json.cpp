#include "hub/base/json.h"

#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

// What the gate lets in is written again and read again as the same value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hub::Result<hub::Json> value = hub::parse_json({reinterpret_cast<const char*>(data), size});
  if (!value) return 0;
  const hub::Result<hub::Json> again = hub::parse_json(hub::to_line(*value));
  if (!again || *again != *value) std::abort();
  return 0;
}
