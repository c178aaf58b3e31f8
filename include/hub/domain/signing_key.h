#pragma once
#include <optional>
#include <string>

#include "hub/base/time.h"

namespace hub {

enum class KeyState { staged, active, retired, revoked };  // published, signing, still published, gone
std::string_view name(KeyState state);

// What the hub knows of a signing key; the private half is sealed in its row. Which key signs follows from these times:
// the one with the latest signs_from that is not in the future, not retired and not revoked.
struct SigningKeyRecord {
  std::string kid;
  std::string algorithm;                   // "RS256", "ES256", "EdDSA"
  std::string public_jwk;                  // JSON text
  std::optional<Instant> signs_from;       // none: staged until it is activated
  std::optional<Instant> retired_at;       // no longer signs from then on
  std::optional<Instant> published_until;  // leaves the key set then; none while it signs
  std::optional<Instant> revoked_at;
  Instant created_at;
};

}  // namespace hub
