#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "hub/domain/device_authorization.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

// The keyed hashes of the two codes of a device.
struct DeviceHashes {
  std::string_view device_code, user_code;
};
void insert_device_authorization(WriteSession& session, const DeviceAuthorization& device, const DeviceHashes& hashes);

// Expired, decided and used ones too.
std::optional<DeviceAuthorization> find_device_authorization(Session& session, const DeviceId& id);
std::optional<DeviceAuthorization> find_device_by_code(Session& session, std::string_view device_code_hash);
std::optional<DeviceAuthorization> find_device_by_user_code(Session& session, std::string_view user_code_hash);

// Keeps `polled_at` and `interval`.
void note_poll(WriteSession& session, const DeviceAuthorization& device);
// Keeps the decision; false: there was one before, or the device has expired (claim DV-06).
bool decide_device_authorization(WriteSession& session, const DeviceAuthorization& device, Instant now);
// Uses it up for this token; false: it was used before (claim G-01).
bool use_device_authorization(WriteSession& session, const DeviceId& id, Instant now, const TokenId& token);

// Those of the tenant's apps, organizations and decisions, newest first.
void each_device_authorization(Session& session, const Tenant& tenant,
                               const std::function<bool(const DeviceAuthorization&)>& visit);

// Each forgets devices that were let in and have not fetched their token.
void end_devices(WriteSession& session, const AppId& app, const OrganizationId& organization);  // also on behalf of it
void end_devices(WriteSession& session, const AppId& app, const PersonId& person);
void end_devices_of_person(WriteSession& session, const PersonId& person);  // whoever they were let in for
void end_devices_of_app(WriteSession& session, const AppId& app);           // those that wait, too

}  // namespace hub::store
