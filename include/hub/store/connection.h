#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/connection.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

// Ids whose UUID or HashID is `reference`, of organizations and apps the tenant may reach.
std::vector<ConnectionId> connections_named(Session& session, const Tenant& tenant, std::string_view reference);
std::optional<Connection> find_connection(Session& session, const ConnectionId& id);
std::optional<Connection> find_active_connection(Session& session, const AppId& app,
                                                 const OrganizationId& organization);
std::optional<Connection> find_active_connection(Session& session, const AppId& app, const PersonId& person);
bool insert_connection(WriteSession& session, const Connection& connection);  // false: an active one is there
void update_connection(WriteSession& session, const Connection& connection);  // scopes, end, version
void each_connection(Session& session, const Tenant& tenant, const std::function<bool(const Connection&)>& visit);
void each_connection_of_app(Session& session, const AppId& app, const std::function<bool(const Connection&)>& visit);
// Active ones of organizations that do not own the app.
void each_authorization_of_app(Session& session, const AppId& app, const OrganizationId& owner,
                               const std::function<bool(const Connection&)>& visit);
void each_connection_of_organization(Session& session, const OrganizationId& organization,
                                     const std::function<bool(const Connection&)>& visit);
void each_connection_of_person(Session& session, const PersonId& person,
                               const std::function<bool(const Connection&)>& visit);

}  // namespace hub::store
