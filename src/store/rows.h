#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/text.h"
#include "hub/store/session.h"

// What the noun files of the store share: lists in one column, and looking one value up.
namespace hub::store {

inline std::string join_words(const std::vector<std::string>& words) { return join(words, " "); }

inline std::vector<std::string> words_of(std::string_view text) {
  const std::vector<std::string_view> parts = split_words(text);
  return {parts.begin(), parts.end()};
}

template <class IdType>
std::vector<IdType> all_ids(Session& session, std::string_view sql, Values values) {
  std::vector<IdType> out;
  session.query(sql, values, [&](const Row& row) {
    const IdType id = row.id<IdType>(0);
    if (out.empty() || !(out.back() == id)) out.push_back(id);
    return true;
  });
  return out;
}

// The first row, read by `read`; none when there is no row.
template <class T, class Read>
std::optional<T> first_row(Session& session, std::string_view sql, Values values, const Read& read) {
  std::optional<T> out;
  session.query(sql, values, [&](const Row& row) {
    out = read(row);
    return false;
  });
  return out;
}

inline std::int64_t count(Session& session, std::string_view sql, Values values) {
  std::int64_t out = 0;
  session.query(sql, values, [&](const Row& row) {
    out = row.integer(0);
    return false;
  });
  return out;
}

}  // namespace hub::store
