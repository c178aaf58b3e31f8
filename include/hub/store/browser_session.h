#pragma once
#include <functional>
#include <optional>
#include <string_view>

#include "hub/domain/session.h"
#include "hub/store/session.h"

// Browsers in which people are signed in: the table `session`. (The class Session of this layer is a snapshot.)
namespace hub::store {

void insert_browser_session(WriteSession& session, const hub::Session& browser, std::string_view secret_hash);
std::optional<hub::Session> find_browser_session(Session& session, std::string_view secret_hash);  // ended ones too
std::optional<hub::Session> find_browser_session(Session& session, const SessionId& id);
void note_browser_session(WriteSession& session, const SessionId& id, Instant now);  // was here; never backwards
bool end_browser_session(WriteSession& session, const SessionId& id, Instant now);   // false: it had ended before
void end_browser_sessions_of(WriteSession& session, const PersonId& person, const std::optional<SessionId>& except,
                             Instant now);
// Those not ended, newest first; the first for all people, by age.
void each_browser_session(Session& session, const std::function<bool(const hub::Session&)>& visit);
void each_browser_session_of(Session& session, const PersonId& person,
                             const std::function<bool(const hub::Session&)>& visit);
void delete_browser_sessions_of(WriteSession& session, const PersonId& person);

}  // namespace hub::store
