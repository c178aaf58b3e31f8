#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "hub/store/page.h"

// Filters and orders of the lists of the Nexus surface, as its query language asks for them (nexus211.md section 5), in
// columns that the store knows. Column and comparison choose a piece of SQL out of a table; values are always bound.
// Null is matched by is_null alone and sorts after every value, or before when descending; text is compared by octets,
// patterns ignore the case of ASCII letters, times count in microseconds and are compared in whole milliseconds.
namespace hub::store {

enum class Comparison {
  is_null,
  is_not_null,
  equal,
  not_equal,
  greater,
  greater_or_equal,
  less,
  less_or_equal,
  between,
  one_of,
  none_of,
  like,  // a pattern in lower case, where a backslash escapes the two wildcards and itself
  not_like,
};
using FilterValue = std::variant<std::int64_t, std::string>;

struct ListFilter {
  struct Condition {
    std::size_t column;
    Comparison comparison;
    std::vector<FilterValue> values = {};
  };
  struct Key {
    std::size_t column;
    bool descending = false;
  };
  // Core may add a condition of its own to those that a query is compiled to.
  static constexpr std::size_t conditions_most = 25, values_most = 25, keys_most = 21;

  std::vector<Condition> conditions;
  std::vector<Key> order;  // ends with the id; empty: creation and then the id
};

// The same in the columns of one list.
template <class Column>
struct FilterOn : ListFilter {
  void require(Column column, Comparison comparison, std::vector<FilterValue> values) {
    conditions.push_back({static_cast<std::size_t>(column), comparison, std::move(values)});
  }
};

// What a list shall give: the rows of a page, or all of them, of those that the filter leaves. With something sought,
// and no page, maybe more than the filter leaves.
template <class Column>
struct ListRequest {
  std::optional<Page> page = {};
  Sought sought = {};
  FilterOn<Column> filter = {};
};

enum class ProfileColumn {
  id,
  organization,
  user,
  email,
  first_name,
  last_name,
  service_account,
  invited_at,
  joined_at,
  created_at,
  updated_at
};
// The ids of a page, or of all that the filter leaves, in the order of creation. The value: with a page, how many there
// are in all. The same of the other lists.
std::int64_t each_profile(Session& session, const OrganizationId& organization, const FilterOn<ProfileColumn>& filter,
                          const std::optional<Page>& page, const std::function<bool(const MembershipId&)>& visit);

enum class ApplicationColumn {
  id,
  organization,
  client_id,
  name,
  description,
  tenancy,
  created_at,
  updated_at,
  secret_rotated_at
};
std::int64_t each_application(Session& session, const OrganizationId& owner, const FilterOn<ApplicationColumn>& filter,
                              const std::optional<Page>& page, const std::function<bool(const AppId&)>& visit);

// Connections of the organization to apps of others, ended ones too.
enum class AuthorizationColumn {
  id,
  organization,
  application,
  application_name,
  status,
  granted_at,
  ended_at,
  ended_reason
};
std::int64_t each_authorization(Session& session, const OrganizationId& organization,
                                const FilterOn<AuthorizationColumn>& filter, const std::optional<Page>& page,
                                const std::function<bool(const ConnectionId&)>& visit);

// Active keys that foreign organizations gave the app.
enum class KeyColumn { id, organization, created_at, rotated_at };
std::int64_t each_key(Session& session, const AppId& app, const FilterOn<KeyColumn>& filter,
                      const std::optional<Page>& page, const std::function<bool(const CredentialId&)>& visit);

}  // namespace hub::store
