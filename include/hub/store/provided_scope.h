#pragma once
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/domain/app.h"
#include "hub/store/session.h"

namespace hub::store {

std::optional<ProvidedScope> find_provided_scope(Session& session, std::string_view app_name, std::string_view name);
bool insert_provided_scope(WriteSession& session, const ProvidedScope& scope);  // false: it exists
void update_provided_scope(WriteSession& session,
                           const ProvidedScope& scope);  // permissions, bearers, texts, deprecated
void each_provided_scope(Session& session, const std::function<bool(const ProvidedScope&)>& visit);  // by app and name
void each_provided_scope_of(Session& session, const AppId& app, const std::function<bool(const ProvidedScope&)>& visit);

}  // namespace hub::store
