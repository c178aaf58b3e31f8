#pragma once
#include <cstdint>

// What the 64 bits of an event of epoll mean.
namespace hub::http::wire::events {

inline constexpr std::uint64_t alarm = std::uint64_t{1} << 63;
inline constexpr std::uint64_t listener = std::uint64_t{1} << 62;  // below: its index
inline constexpr std::uint64_t crowd = alarm | listener;  // the connections, when the loop looks after them too

constexpr std::uint64_t connection(std::uint32_t slot, std::uint32_t number) {
  return std::uint64_t{number} << 32 | slot;
}
constexpr std::uint32_t slot_of(std::uint64_t event) { return static_cast<std::uint32_t>(event); }
constexpr std::uint32_t number_of(std::uint64_t event) { return static_cast<std::uint32_t>(event >> 32); }

// Adds or changes what is waited for.
bool watch(int poll, int descriptor, std::uint32_t what, std::uint64_t meaning);
bool change(int poll, int descriptor, std::uint32_t what, std::uint64_t meaning);
void ring(int descriptor, std::uint64_t times = 1);

}  // namespace hub::http::wire::events
