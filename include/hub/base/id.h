#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/random.h"
#include "hub/base/time.h"

namespace hub {

// RFC 9562 UUID. New ones are version 7: time-ordered, so that indexes append.
class Uuid {
 public:
  Uuid() = default;
  static Uuid make(Instant now, Random& random);
  static std::optional<Uuid> parse(std::string_view text);          // 36 characters, either case, any version
  static std::optional<Uuid> from_octets(std::string_view octets);  // 16 of them

  std::string text() const;    // lower case, 36 characters
  std::string octets() const;  // 16
  // 12 characters [A-Za-z0-9] out of the random bits: the id of the Nexus dialect (nexus211.md section 1.3).
  std::string hash_id() const;

  friend auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  std::array<unsigned char, 16> octets_{};
};

bool is_hash_id(std::string_view text);  // has the shape of one

// A Uuid that says what it identifies: an AppId does not pass where an OrganizationId is meant.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(const Uuid& uuid) : uuid_(uuid) {}
  static Id make(Instant now, Random& random) { return Id(Uuid::make(now, random)); }
  static std::optional<Id> parse(std::string_view text) {
    const auto uuid = Uuid::parse(text);
    return uuid ? std::optional<Id>(Id(*uuid)) : std::nullopt;
  }

  const Uuid& uuid() const { return uuid_; }
  std::string text() const { return uuid_.text(); }
  std::string hash_id() const { return uuid_.hash_id(); }

  friend auto operator<=>(const Id&, const Id&) = default;

 private:
  Uuid uuid_;
};

using OrganizationId = Id<struct OrganizationTag>;
using PersonId = Id<struct PersonTag>;
using MembershipId = Id<struct MembershipTag>;
using AppId = Id<struct AppTag>;
using CredentialId = Id<struct CredentialTag>;
using ScopeId = Id<struct ScopeTag>;
using ConnectionId = Id<struct ConnectionTag>;
using TokenId = Id<struct TokenTag>;    // the jti
using FamilyId = Id<struct FamilyTag>;  // all tokens that came from one grant by refreshing
using EventId = Id<struct EventTag>;
using CodeId = Id<struct CodeTag>;
using NexusTokenId = Id<struct NexusTokenTag>;
using AdminTokenId = Id<struct AdminTokenTag>;
using SessionId = Id<struct SessionTag>;
using LoginRequestId = Id<struct LoginRequestTag>;
using DeviceId = Id<struct DeviceTag>;
using MailId = Id<struct MailTag>;
using MailLinkId = Id<struct MailLinkTag>;
using ConnectionRequestId = Id<struct ConnectionRequestTag>;

}  // namespace hub
