#pragma once
#include <algorithm>
#include <optional>
#include <vector>

// Lists in partial updates have three verbs: replace, add and remove, applied in this order (cli.md rule 6).
namespace hub::core {

template <class T>
void add_once(std::vector<T>& list, const T& item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

template <class T>
std::vector<T> without_duplicates(const std::vector<T>& list) {
  std::vector<T> out;
  for (const T& item : list) add_once(out, item);
  return out;
}

template <class T>
void edit_list(std::vector<T>& list, const std::optional<std::vector<T>>& replace, const std::vector<T>& add,
               const std::vector<T>& remove) {
  if (replace) list = without_duplicates(*replace);
  for (const T& item : add) add_once(list, item);
  std::erase_if(list, [&](const T& item) { return std::ranges::find(remove, item) != remove.end(); });
}

}  // namespace hub::core
