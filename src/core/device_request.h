#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/device.h"
#include "hub/core/work.h"
#include "hub/domain/device_authorization.h"

// What starting, deciding and polling of devices share.
namespace hub::core {

// What the two codes are found by: keyed hashes.
Result<Bytes> hash_device_code(View& view, const Secret& code);
Result<Bytes> hash_user_code(View& view, std::string_view code);  // in the form of parse_user_code

// Within a transaction.
Result<DeviceStarted> start_device(Work& work, const StartDevice& request);

// Of the standard route where scopes of OpenID Connect are among them.
CodeDialect dialect_of(std::string_view scope);

}  // namespace hub::core
