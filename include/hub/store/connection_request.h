#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/connection_request.h"
#include "hub/domain/tenant.h"
#include "hub/store/session.h"

namespace hub::store {

// Ids whose UUID or HashID is `reference`, of organizations the tenant may reach.
std::vector<ConnectionRequestId> connection_requests_named(Session& session, const Tenant& tenant,
                                                           std::string_view reference);
std::optional<ConnectionRequest> find_connection_request(Session& session, const ConnectionRequestId& id);
std::optional<ConnectionRequest> find_open_connection_request(Session& session, const OrganizationId& organization,
                                                              const AppId& app, const PersonId& person);
bool insert_connection_request(WriteSession& session,
                               const ConnectionRequest& request);  // false: that person has an open one
void update_requested_scopes(WriteSession& session, const ConnectionRequest& request);
bool decide_connection_request(WriteSession& session,
                               const ConnectionRequest& request);  // false: it was decided (G-01)
void each_connection_request(Session& session, const Tenant& tenant,
                             const std::function<bool(const ConnectionRequest&)>& visit);  // by age

// Each forgets requests, open or decided.
void forget_connection_requests_of_app(WriteSession& session, const AppId& app);
void forget_connection_requests_in(WriteSession& session, const OrganizationId& organization);
void forget_connection_requests_of(WriteSession& session, const PersonId& person);
void forget_connection_requests(WriteSession& session, const OrganizationId& organization, const PersonId& person);

}  // namespace hub::store
