#pragma once
#include <cstddef>
#include <cstdint>

// Every bound of the product that is not a lifetime (those are in domain/lifetimes.h).
namespace hub::limits {

inline constexpr int json_depth = 32;
inline constexpr int json_members = 1000;
inline constexpr std::size_t token_bytes = 16 * 1024;  // longest token that is looked at
inline constexpr std::size_t secret_bytes = 256;       // longest client secret (nexus211.md section 2.1)
inline constexpr std::size_t password_bytes_least = 10;
inline constexpr std::size_t password_bytes_most = 1024;
inline constexpr std::size_t input_file_bytes = 8 * 1024 * 1024;
inline constexpr std::size_t secret_file_bytes = 64 * 1024;  // key material, passwords
inline constexpr std::size_t name_bytes = 200;               // display names (nexus211.md section 1.3)
inline constexpr std::size_t text_bytes = 2000;              // descriptions, reasons
inline constexpr std::size_t metadata_bytes = 16 * 1024;
inline constexpr std::size_t scopes_per_request = 100;  // claim SC-02
inline constexpr std::size_t scope_bytes = 256;
inline constexpr std::size_t redirects_per_app = 20;
inline constexpr std::size_t app_name_bytes = 63;  // with the next, a scope with two bearer ids fits into scope_bytes
inline constexpr std::size_t scope_name_bytes = 100;
inline constexpr std::size_t desired_scopes_per_app = 1000;
inline constexpr std::size_t write_queue = 4096;                   // jobs waiting for the writer before `overloaded`
inline constexpr std::size_t write_group = 128;                    // jobs committed together
inline constexpr int busy_timeout_ms = 5000;                       // waiting for another process's transaction
inline constexpr std::int64_t checkpoint_bytes = 4 * 1024 * 1024;  // write-ahead log a command may leave behind
inline constexpr int list_page = 1000;  // rows of a page over HTTP, rows measured for a table

}  // namespace hub::limits
