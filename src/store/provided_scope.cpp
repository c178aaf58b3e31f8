#include "hub/store/provided_scope.h"

#include "rows.h"

namespace hub::store {
namespace {

std::string permissions_text(const ProvidedScope& scope) {
  std::vector<std::string> names;
  for (const Permission permission : scope.permissions) names.emplace_back(name(permission));
  return join_words(names);
}

ProvidedScope read_scope(const Row& row) {
  ProvidedScope scope{.id = row.id<ScopeId>(0),
                      .app_id = row.id<AppId>(1),
                      .app_name = row.string(2),
                      .name = row.string(3),
                      .permissions = {},
                      .for_persons = row.boolean(5),
                      .for_organizations = row.boolean(6),
                      .title = row.string(7),
                      .description = row.optional_string(8),
                      .deprecated = row.boolean(9),
                      .version = row.integer(10),
                      .created_at = row.instant(11),
                      .updated_at = row.instant(12)};
  for (const std::string_view word : split_words(row.text(4))) {
    if (const auto permission = parse_permission(word)) scope.permissions.push_back(*permission);
  }
  return scope;
}

}  // namespace

std::optional<ProvidedScope> find_provided_scope(Session& session, std::string_view app_name, std::string_view name) {
  return first_row<ProvidedScope>(
      session,
      "SELECT id, app_id, app_name, name, permissions, for_persons, for_organizations, title, description, deprecated, "
      "version, created_at, updated_at FROM provided_scope WHERE app_name = $1 AND name = $2",
      {app_name, name}, read_scope);
}

bool insert_provided_scope(WriteSession& session, const ProvidedScope& scope) {
  const std::string permissions = permissions_text(scope);
  return session.execute(
             "INSERT INTO provided_scope (id, app_id, app_name, name, permissions, for_persons, for_organizations, "
             "title, description, deprecated, version, created_at, updated_at) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING",
             {scope.id, scope.app_id, scope.app_name, scope.name, permissions, scope.for_persons,
              scope.for_organizations, scope.title, scope.description, scope.deprecated, scope.version,
              scope.created_at, scope.updated_at}) == 1;
}

void update_provided_scope(WriteSession& session, const ProvidedScope& scope) {
  const std::string permissions = permissions_text(scope);
  session.execute(
      "UPDATE provided_scope SET permissions = $2, for_persons = $3, for_organizations = $4, title = $5, "
      "description = $6, deprecated = $7, version = $8, updated_at = $9 WHERE id = $1",
      {scope.id, permissions, scope.for_persons, scope.for_organizations, scope.title, scope.description,
       scope.deprecated, scope.version, scope.updated_at});
}

void each_provided_scope(Session& session, const std::function<bool(const ProvidedScope&)>& visit) {
  session.query(
      "SELECT id, app_id, app_name, name, permissions, for_persons, for_organizations, title, description, deprecated, "
      "version, created_at, updated_at FROM provided_scope ORDER BY app_name, name",
      {}, [&](const Row& row) { return visit(read_scope(row)); });
}

void each_provided_scope_of(Session& session, const AppId& app,
                            const std::function<bool(const ProvidedScope&)>& visit) {
  session.query(
      "SELECT id, app_id, app_name, name, permissions, for_persons, for_organizations, title, description, deprecated, "
      "version, created_at, updated_at FROM provided_scope WHERE app_id = $1 ORDER BY name",
      {app}, [&](const Row& row) { return visit(read_scope(row)); });
}

}  // namespace hub::store
