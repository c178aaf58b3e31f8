#include "hub/store/list_filter.h"

#include <algorithm>
#include <array>
#include <utility>

#include "list_statement.h"

// What the columns of each list are in SQL. Times are shown in milliseconds, so they are compared and sorted so.
namespace hub::store {
namespace {

std::int64_t count_of(Session& session, const ListStatement& statement) {
  std::int64_t out = 0;
  run(session, statement, [&](const Row& row) {
    out = row.integer(0);
    return false;
  });
  return out;
}

// The index of ids has the rows in the order of creation, as an id begins with the millisecond of it, but for those of
// one millisecond: these are put right here.
struct Known {
  std::string id, hash_id;

  explicit Known(const Row& row) : id(row.string(0)), hash_id(row.string(1)) {}
  std::string_view time() const { return std::string_view(id).substr(0, std::string_view("01234567-89ab").size()); }
  bool operator<(const Known& other) const {
    return std::pair(time(), std::string_view(hash_id)) < std::pair(other.time(), std::string_view(other.hash_id));
  }
};

// From the first of its first row's millisecond to the last of its last one's.
std::vector<Known> plain_page(Session& session, const ListTable& table, const std::string& tenant, const Page& page) {
  std::vector<Known> ends;
  run(session, page_by_id(table, tenant, page), [&](const Row& row) {
    if (ends.size() == 2) ends.pop_back();
    ends.emplace_back(row);
    return true;
  });
  if (ends.empty()) return {};
  std::vector<Known> rows;
  std::ptrdiff_t before = 0;
  const std::string from(ends.front().time()), end = std::string(ends.back().time()) + "~";
  run(session, between_ids(table, tenant, from, end), [&](const Row& row) {
    rows.emplace_back(row);
    if (rows.back().id < ends.front().id) ++before;
    return true;
  });
  std::ranges::sort(rows, std::less<>());
  rows.erase(rows.begin(), rows.begin() + before);
  if (rows.size() > static_cast<std::size_t>(page.limit))
    rows.resize(static_cast<std::size_t>(page.limit), rows.back());
  return rows;
}

template <class IdType>
void each_of_all(Session& session, const ListStatement& by_id, const std::function<bool(const IdType&)>& visit) {
  std::vector<Known> group;
  bool wants_more = true;
  const auto give = [&] {
    std::ranges::sort(group, std::less<>());
    for (std::size_t i = 0; i < group.size() && wants_more; ++i) wants_more = visit(*IdType::parse(group[i].id));
    group.clear();
  };
  run(session, by_id, [&](const Row& row) {
    Known known(row);
    if (!group.empty() && group.back().time() != known.time()) give();
    group.push_back(std::move(known));
    return wants_more;
  });
  give();
}

template <class IdType>
std::int64_t each(Session& session, const ListTable& table, const std::string& tenant, const ListFilter& filter,
                  const std::optional<Page>& page, const std::function<bool(const IdType&)>& visit) {
  if (!page) {
    each_of_all(session, all_by_id(table, tenant, filter), visit);
    return 0;
  }
  std::int64_t seen = 0;
  if (filter.conditions.empty() && filter.order.empty()) {
    for (const Known& known : plain_page(session, table, tenant, *page)) {
      if (!visit(*IdType::parse(known.id))) break;
    }
  } else {
    run(session, page_statement(table, tenant, filter, *page), [&](const Row& row) {
      ++seen;
      return visit(row.id<IdType>(0));
    });
  }
  // A page that is not full is the last one and tells how many there are.
  if (seen > 0 && seen < page->limit) return page->skip + seen;
  return count_of(session, count_statement(table, tenant, filter));
}

// A user is shown once it has joined; its names show where the profile has none, unless it is a contact there: none of
// the nine roles that have a bit.
constexpr std::array<std::string_view, 11> profile_columns{
    "hash_id",
    "(SELECT organization.hash_id FROM organization WHERE organization.id = membership.organization_id)",
    "(SELECT person.hash_id FROM person WHERE person.id = membership.person_id AND membership.joined_at IS NOT NULL)",
    "coalesce(email, (SELECT person.email FROM person WHERE person.id = membership.person_id AND "
    "membership.joined_at IS NOT NULL))",
    "coalesce(first_name, (SELECT person.first_name FROM person WHERE person.id = membership.person_id AND "
    "membership.joined_at IS NOT NULL AND membership.roles % 512 <> 0))",
    "coalesce(last_name, (SELECT person.last_name FROM person WHERE person.id = membership.person_id AND "
    "membership.joined_at IS NOT NULL AND membership.roles % 512 <> 0))",
    "(CASE WHEN kind = 'service' THEN 1 ELSE 0 END)",
    "(invited_at - invited_at % 1000)",
    "(joined_at - joined_at % 1000)",
    "(created_at - created_at % 1000)",
    "(updated_at - updated_at % 1000)",
};
static_assert(profile_columns.size() == static_cast<std::size_t>(ProfileColumn::updated_at) + 1);

constexpr ListTable profiles{
    .page_head = "SELECT id, hash_id FROM membership WHERE organization_id = $1",
    .count_head = "SELECT count(*) FROM membership WHERE organization_id = $1",
    .creation = "(created_at - created_at % 1000)",
    .columns = profile_columns,
};

constexpr std::array<std::string_view, 9> application_columns{
    "hash_id",
    "(SELECT organization.hash_id FROM organization WHERE organization.id = app.owner_organization_id)",
    "client_id",
    "title",
    "description",
    "(CASE WHEN audience IN ('any', 'list') THEN 'multi' ELSE 'single' END)",
    "(created_at - created_at % 1000)",
    "(updated_at - updated_at % 1000)",
    "(SELECT credential.rotated_at - credential.rotated_at % 1000 FROM credential WHERE "
    "credential.client_id = app.client_id AND credential.connection_id IS NULL AND credential.revoked_at IS NULL)",
};
static_assert(application_columns.size() == static_cast<std::size_t>(ApplicationColumn::secret_rotated_at) + 1);

constexpr ListTable applications{
    .page_head = "SELECT id, hash_id FROM app WHERE owner_organization_id = $1",
    .count_head = "SELECT count(*) FROM app WHERE owner_organization_id = $1",
    .creation = "(created_at - created_at % 1000)",
    .columns = application_columns,
};

// An app that is gone shows in the key that it was given.
constexpr std::array<std::string_view, 8> authorization_columns{
    "hash_id",
    "(SELECT organization.hash_id FROM organization WHERE organization.id = connection.organization_id)",
    "coalesce((SELECT app.client_id FROM app WHERE app.id = connection.app_id), (SELECT credential.client_id FROM "
    "credential WHERE credential.connection_id = connection.id))",
    "(SELECT app.title FROM app WHERE app.id = connection.app_id)",
    "(CASE WHEN ended_at IS NULL THEN 'active' ELSE 'ended' END)",
    "(granted_at - granted_at % 1000)",
    "(ended_at - ended_at % 1000)",
    "ended_reason",
};
static_assert(authorization_columns.size() == static_cast<std::size_t>(AuthorizationColumn::ended_reason) + 1);

// Of the organization's own apps there are none; of apps that are gone, only foreign ones had a key.
constexpr ListTable authorizations{
    .page_head =
        "SELECT id, hash_id FROM connection WHERE organization_id = $1 AND CASE WHEN EXISTS (SELECT 1 FROM app WHERE "
        "app.id = connection.app_id) THEN NOT EXISTS (SELECT 1 FROM app WHERE app.id = connection.app_id AND "
        "app.owner_organization_id = connection.organization_id) ELSE EXISTS (SELECT 1 FROM credential WHERE "
        "credential.connection_id = connection.id) END",
    .count_head =
        "SELECT count(*) FROM connection WHERE organization_id = $1 AND CASE WHEN EXISTS (SELECT 1 FROM app "
        "WHERE app.id = connection.app_id) THEN NOT EXISTS (SELECT 1 FROM app WHERE app.id = "
        "connection.app_id AND app.owner_organization_id = connection.organization_id) ELSE EXISTS (SELECT 1 "
        "FROM credential WHERE credential.connection_id = connection.id) END",
    .creation = "(created_at - created_at % 1000)",
    .columns = authorization_columns,
};

constexpr std::array<std::string_view, 4> key_columns{
    "hash_id",
    "(SELECT organization.hash_id FROM organization WHERE organization.id = credential.organization_id)",
    "(created_at - created_at % 1000)",
    "(rotated_at - rotated_at % 1000)",
};
static_assert(key_columns.size() == static_cast<std::size_t>(KeyColumn::rotated_at) + 1);

// The app stands for its owner here: core has found it by the caller's own secret.
ListTable keys_of_app() {
  return {
      .page_head =
          "SELECT id, hash_id FROM credential WHERE app_id = $1 AND connection_id IS NOT NULL AND revoked_at IS NULL",
      .count_head =
          "SELECT count(*) FROM credential WHERE app_id = $1 AND connection_id IS NOT NULL AND "
          "revoked_at IS NULL",
      .creation = "(created_at - created_at % 1000)",
      .columns = key_columns,
  };
}

}  // namespace

std::int64_t each_profile(Session& session, const OrganizationId& organization, const FilterOn<ProfileColumn>& filter,
                          const std::optional<Page>& page, const std::function<bool(const MembershipId&)>& visit) {
  return each(session, profiles, organization.text(), filter, page, visit);
}

std::int64_t each_application(Session& session, const OrganizationId& owner, const FilterOn<ApplicationColumn>& filter,
                              const std::optional<Page>& page, const std::function<bool(const AppId&)>& visit) {
  return each(session, applications, owner.text(), filter, page, visit);
}

std::int64_t each_authorization(Session& session, const OrganizationId& organization,
                                const FilterOn<AuthorizationColumn>& filter, const std::optional<Page>& page,
                                const std::function<bool(const ConnectionId&)>& visit) {
  return each(session, authorizations, organization.text(), filter, page, visit);
}

std::int64_t each_key(Session& session, const AppId& app, const FilterOn<KeyColumn>& filter,
                      const std::optional<Page>& page, const std::function<bool(const CredentialId&)>& visit) {
  return each(session, keys_of_app(), app.text(), filter, page, visit);
}

}  // namespace hub::store
