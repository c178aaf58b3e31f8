#include "hub/store/browser_session.h"

#include "rows.h"

namespace hub::store {
namespace {

hub::Session read_session(const Row& row) {
  return {.id = row.id<SessionId>(0),
          .person_id = row.id<PersonId>(1),
          .agent = row.string(2),
          .address = row.string(3),
          .authenticated_at = row.instant(4),
          .created_at = row.instant(5),
          .last_seen_at = row.instant(6),
          .expires_at = row.instant(7),
          .ended_at = row.optional_instant(8)};
}

}  // namespace

void insert_browser_session(WriteSession& session, const hub::Session& browser, std::string_view secret_hash) {
  session.execute(
      "INSERT INTO session (id, person_id, secret_hash, agent, address, authenticated_at, created_at, last_seen_at, "
      "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {browser.id, browser.person_id, Octets{secret_hash}, browser.agent, browser.address, browser.authenticated_at,
       browser.created_at, browser.last_seen_at, browser.expires_at});
}

std::optional<hub::Session> find_browser_session(Session& session, std::string_view secret_hash) {
  return first_row<hub::Session>(
      session,
      "SELECT id, person_id, agent, address, authenticated_at, created_at, last_seen_at, expires_at, ended_at "
      "FROM session WHERE secret_hash = $1",
      {Octets{secret_hash}}, read_session);
}

std::optional<hub::Session> find_browser_session(Session& session, const SessionId& id) {
  return first_row<hub::Session>(
      session,
      "SELECT id, person_id, agent, address, authenticated_at, created_at, last_seen_at, expires_at, ended_at "
      "FROM session WHERE id = $1",
      {id}, read_session);
}

void note_browser_session(WriteSession& session, const SessionId& id, Instant now) {
  session.execute("UPDATE session SET last_seen_at = $2 WHERE id = $1 AND ended_at IS NULL AND last_seen_at < $2",
                  {id, now});
}

bool end_browser_session(WriteSession& session, const SessionId& id, Instant now) {
  return session.execute("UPDATE session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", {id, now}) == 1;
}

void end_browser_sessions_of(WriteSession& session, const PersonId& person, const std::optional<SessionId>& except,
                             Instant now) {
  session.execute(
      "UPDATE session SET ended_at = $3 WHERE person_id = $1 AND ended_at IS NULL AND ($2 IS NULL OR id <> $2)",
      {person, except, now});
}

void each_browser_session(Session& session, const std::function<bool(const hub::Session&)>& visit) {
  session.query(
      "SELECT id, person_id, agent, address, authenticated_at, created_at, last_seen_at, expires_at, ended_at "
      "FROM session WHERE ended_at IS NULL ORDER BY id",
      {}, [&](const Row& row) { return visit(read_session(row)); });
}

void each_browser_session_of(Session& session, const PersonId& person,
                             const std::function<bool(const hub::Session&)>& visit) {
  session.query(
      "SELECT id, person_id, agent, address, authenticated_at, created_at, last_seen_at, expires_at, ended_at "
      "FROM session WHERE person_id = $1 AND ended_at IS NULL ORDER BY id DESC",
      {person}, [&](const Row& row) { return visit(read_session(row)); });
}

void delete_browser_sessions_of(WriteSession& session, const PersonId& person) {
  session.execute("DELETE FROM session WHERE person_id = $1", {person});
}

}  // namespace hub::store
