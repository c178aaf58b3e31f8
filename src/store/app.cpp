#include "hub/store/app.h"

#include "rows.h"

namespace hub::store {
namespace {

App read_app(const Row& row) {
  App app{.id = row.id<AppId>(0),
          .name = row.string(1),
          .title = row.string(2),
          .description = row.optional_string(3),
          .owner_id = row.optional_id<OrganizationId>(4),
          .client_id = row.string(5),
          .kind = parse_app_kind(row.text(6)).value_or(AppKind::private_),
          .audience = parse_audience(row.text(7)).value_or(Audience::none),
          .audience_organizations = {},
          .state = parse_app_state(row.text(9)).value_or(AppState::inactive),
          .refresh_reuse = parse_refresh_reuse(row.text(10)).value_or(RefreshReuse::standard),
          .pkce_plain = row.boolean(16),
          .redirects = words_of(row.text(11)),
          .desired_scopes = parse_stored_scopes(row.text(12)),
          .version = row.integer(13),
          .created_at = row.instant(14),
          .updated_at = row.instant(15)};
  for (const std::string_view id : split_words(row.text(8))) {
    if (const auto parsed = OrganizationId::parse(id)) app.audience_organizations.push_back(*parsed);
  }
  return app;
}

std::string audience_text(const App& app) {
  std::vector<std::string> ids;
  for (const OrganizationId& id : app.audience_organizations) ids.push_back(id.text());
  return join_words(ids);
}

}  // namespace

std::vector<AppId> apps_named(Session& session, std::string_view reference) {
  return all_ids<AppId>(session,
                        "SELECT id FROM app WHERE id = $1 OR hash_id = $2 OR name = $2 OR client_id = $1 ORDER BY id",
                        {comparison_form(reference), reference});
}

std::vector<AppId> own_apps_named(Session& session, const Tenant& tenant, std::string_view reference) {
  return all_ids<AppId>(
      session,
      "SELECT id FROM app WHERE (id = $1 OR hash_id = $2 OR name = $2 OR client_id = $1) AND ($3 IS NULL OR "
      "owner_organization_id IN (SELECT organization_id FROM membership WHERE person_id = $3 AND joined_at IS NOT "
      "NULL)) AND ($4 IS NULL OR owner_organization_id = $4) ORDER BY id",
      {comparison_form(reference), reference, tenant.person_id(), tenant.organization_id()});
}

std::optional<App> find_app(Session& session, const AppId& id) {
  return first_row<App>(
      session,
      "SELECT id, name, title, description, owner_organization_id, client_id, kind, audience, audience_organizations, "
      "state, refresh_reuse, redirects, desired_scopes, version, created_at, updated_at, pkce_plain FROM app WHERE id "
      "= $1",
      {id}, read_app);
}

std::optional<AppId> find_app_by_name(Session& session, std::string_view name) {
  return first_row<AppId>(session, "SELECT id FROM app WHERE name = $1", {name},
                          [](const Row& row) { return row.id<AppId>(0); });
}

bool insert_app(WriteSession& session, const App& app) {
  if (name_or_client_id_taken(session, app.client_id) || name_or_client_id_taken(session, app.name)) return false;
  const std::string audience = audience_text(app);
  const std::string redirects = join_words(app.redirects);
  return session.execute(
             "INSERT INTO app (id, hash_id, name, title, description, owner_organization_id, client_id, kind, "
             "audience, "
             "audience_organizations, state, refresh_reuse, redirects, desired_scopes, version, created_at, "
             "updated_at, pkce_plain) "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) "
             "ON CONFLICT DO NOTHING",
             {app.id, app.id.hash_id(), app.name, app.title, app.description, app.owner_id, app.client_id,
              name(app.kind), name(app.audience), audience, name(app.state), name(app.refresh_reuse), redirects,
              join_scopes(app.desired_scopes, " "), app.version, app.created_at, app.updated_at, app.pkce_plain}) == 1;
}

void update_app(WriteSession& session, const App& app) {
  const std::string audience = audience_text(app);
  const std::string redirects = join_words(app.redirects);
  session.execute(
      "UPDATE app SET title = $2, description = $3, kind = $4, audience = $5, audience_organizations = $6, state = $7, "
      "refresh_reuse = $8, redirects = $9, desired_scopes = $10, version = $11, updated_at = $12, pkce_plain = $14 "
      "WHERE id = $1 AND owner_organization_id = $13",
      {app.id, app.title, app.description, name(app.kind), name(app.audience), audience, name(app.state),
       name(app.refresh_reuse), redirects, join_scopes(app.desired_scopes, " "), app.version, app.updated_at,
       app.owner_id, app.pkce_plain});
}

void delete_app(WriteSession& session, const App& app, Instant now) {
  // Others may hold grants of its scopes, which an app that came after it under this name must not inherit.
  session.execute(
      "INSERT INTO retired_client_id (client_id, retired_at) SELECT app_name, CAST($2 AS BIGINT) FROM provided_scope "
      "WHERE app_id = $1 GROUP BY app_name ON CONFLICT DO NOTHING",
      {app.id, now});
  session.execute("DELETE FROM provided_scope WHERE app_id = $1", {app.id});
  session.execute("INSERT INTO retired_client_id (client_id, retired_at) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                  {app.client_id, now});
  session.execute("DELETE FROM app WHERE id = $1 AND owner_organization_id = $2", {app.id, app.owner_id});
}

bool name_or_client_id_taken(Session& session, std::string_view name_or_client_id) {
  return count(session,
               "SELECT (SELECT count(*) FROM app WHERE name = $1 OR client_id = $1) + "
               "(SELECT count(*) FROM retired_client_id WHERE client_id = $1)",
               {name_or_client_id}) > 0;
}

// An app has few credentials of its own among the keys of its organizations: they are found by the index of own client
// ids, which client_id >= '' leads to. Active connections are counted on their two indexes, one for each kind of
// subject, without a look at the rows.
AppCounts count_of_app(Session& session, const AppId& id) {
  return first_row<AppCounts>(
             session,
             "SELECT (SELECT count(*) FROM credential WHERE app_id = $1 AND id IN (SELECT id FROM credential WHERE "
             "connection_id IS NULL AND revoked_at IS NULL AND client_id >= '')), "
             "(SELECT count(*) FROM connection WHERE app_id = $1 AND ended_at IS NULL AND "
             "organization_id IS NOT NULL) + (SELECT count(*) FROM connection WHERE app_id = $1 AND ended_at IS NULL "
             "AND person_id IS NOT NULL)",
             {id},
             [](const Row& row) {
               return AppCounts{row.integer(0), row.integer(1)};
             })
      .value_or(AppCounts{});
}

void each_app(Session& session, const Tenant& tenant, const std::function<bool(const App&, const AppCounts&)>& visit) {
  session.query(
      "SELECT id, name, title, description, owner_organization_id, client_id, kind, audience, audience_organizations, "
      "state, refresh_reuse, redirects, desired_scopes, version, created_at, updated_at, pkce_plain, "
      "coalesce(own.credentials, 0), "
      "(SELECT count(*) FROM connection WHERE app_id = app.id AND ended_at IS NULL AND organization_id IS NOT NULL) + "
      "(SELECT count(*) FROM connection WHERE app_id = app.id AND ended_at IS NULL AND person_id IS NOT NULL) FROM app "
      "LEFT JOIN (SELECT app_id, count(*) AS credentials FROM credential WHERE id IN (SELECT id FROM credential WHERE "
      "connection_id IS NULL AND revoked_at IS NULL AND client_id >= '') GROUP BY app_id) AS own ON own.app_id = "
      "app.id "
      "WHERE owner_organization_id IS NOT NULL AND ($1 IS NULL OR owner_organization_id IN "
      "(SELECT organization_id FROM membership WHERE person_id = $1 AND joined_at IS NOT NULL)) AND ($2 IS NULL OR "
      "owner_organization_id = $2) ORDER BY id",
      {tenant.person_id(), tenant.organization_id()}, [&](const Row& row) {
        return visit(read_app(row), {row.integer(17), row.integer(18)});
      });
}

std::vector<App> apps_owned_by(Session& session, const OrganizationId& owner) {
  std::vector<App> out;
  session.query(
      "SELECT id, name, title, description, owner_organization_id, client_id, kind, audience, audience_organizations, "
      "state, refresh_reuse, redirects, desired_scopes, version, created_at, updated_at, pkce_plain FROM app "
      "WHERE owner_organization_id = $1 ORDER BY id",
      {owner}, [&](const Row& row) {
        out.push_back(read_app(row));
        return true;
      });
  return out;
}

}  // namespace hub::store
