#include "hub/base/text.h"

#include <cstdint>
#include <cstdlib>

#include "hub/base/bytes.h"
#include "hub/base/id.h"
#include "hub/base/time.h"
#include "hub/domain/redirect_uri.h"

// The small readers: what one of them takes is written and read again as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  hub::Bytes octets;
  if (hub::decode_base64url(text, octets) && hub::base64url(octets) != text) std::abort();
  const auto uuid = hub::Uuid::parse(text);
  if (uuid && hub::Uuid::parse(uuid->text()) != uuid) std::abort();
  const auto duration = hub::parse_duration(text);
  if (duration && hub::parse_duration(hub::to_text(*duration)) != duration) std::abort();
  if (const auto at = hub::parse_rfc3339(text)) {
    const auto again = hub::parse_rfc3339(hub::to_rfc3339_ms(*at));
    if (!again || hub::unix_seconds(*again) != hub::unix_seconds(*at)) std::abort();
  }
  (void)hub::check_redirect_uri(text, hub::HubMode::sandbox);
  (void)hub::is_email(text);
  return 0;
}
