#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace hub::domain {

// Names of the enumerators of E in their order; E counts up from 0 without gaps.
template <std::size_t N>
using Names = std::array<std::string_view, N>;

template <class E, std::size_t N>
constexpr std::string_view name_in(const Names<N>& names, E value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : std::string_view{};
}

template <class E, std::size_t N>
constexpr std::optional<E> parse_in(const Names<N>& names, std::string_view text) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == text) return static_cast<E>(i);
  return std::nullopt;
}

}  // namespace hub::domain
