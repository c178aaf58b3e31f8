#pragma once
#include <string>
#include <string_view>

#include "hub/base/limits.h"
#include "hub/base/result.h"
#include "hub/base/secret.h"

namespace hub {

// Whole contents of a file, pipe or "-" (standard input). unreadable_file; more than `most` bytes is invalid_request.
Result<std::string> read_file(const std::string& path, std::size_t most = limits::input_file_bytes);

// The same for key material and passwords: a regular file must belong to this user or root and have no permission for
// group or others (insecure_file); pipes, descriptors and "-" are taken as they are. One trailing line end is dropped.
Result<Secret> read_secret_file(const std::string& path);

// Creates a file of mode 0600 that must not exist yet, synced with its directory; `exists` if it does (claim CL-03).
Result<void> write_new_file(const std::string& path, std::string_view content);

// Replaces a file's content in one step: temporary name, sync, rename, sync of the directory. Mode 0600.
Result<void> replace_file(const std::string& path, std::string_view content);

}  // namespace hub
