#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/core/answer.h"
#include "hub/core/hub.h"
#include "hub/domain/person.h"
#include "hub/domain/session.h"

// Signing in and out (security.md sections 11 and 12; zaikio-hub.md section 3.1).
namespace hub::core {

// Who is signed in in a browser.
struct SignedIn {
  Session session;
  Person person;
};
// A session that has just begun, with the secret its cookie carries. A new one at each sign-in (claim WB-02).
struct NewSession {
  SignedIn signed_in;
  Secret secret;
};

struct SignIn {
  std::string email;
  Secret password;
  std::string agent, address;
  bool counted = true;                  // false: wrong passwords are not counted (development only)
  std::optional<SessionId> instead_of;  // the browser's session so far, which ends
};
// invalid_credentials in the same words and after the same work for an unknown address, a wrong password and a person
// without one (claim AC-01); too_many_attempts after attempts::by_account in 15 minutes, counted before the hash
// is computed and across restarts (claim AC-02); overloaded when too many passwords are being compared (claim AC-03).
Result<NewSession> sign_in(Hub& hub, const Call& call, const SignIn& request);
// How many sign-ins may wait for their password to be compared, in the whole process: less than a server has threads.
void limit_waiting_sign_ins(int most);
// A session for somebody who proved themself otherwise: by a link they got, or, in development, by being picked.
Result<NewSession> begin_session(Work& work, const PersonId& person, const std::string& agent,
                                 const std::string& address);

// Who is signed in with this cookie; none for an unknown, ended, expired or idle session and when the person is gone.
Result<std::optional<SignedIn>> find_session(View& view, const Secret& secret);
// Notes that the browser was here, at most once a minute; a store that takes no writes is no reason to refuse.
void note_session(Hub& hub, const Call& call, const SignedIn& signed_in);
void end_session(Work& work, const Session& session);
void end_sessions_of(Work& work, const PersonId& person, const std::optional<SessionId>& except = std::nullopt);

// The operations `session list` and `session end`.
struct SessionAnswer {
  std::string person, agent, address;
  Instant authenticated_at, last_seen_at, expires_at;
  std::string id;
};
struct ListSessions {
  std::optional<std::string> person;  // a person sees their own
};
Result<void> list_sessions(View& view, const ListSessions& request,
                           const std::function<bool(const SessionAnswer&)>& each);
struct EndSession {
  std::string session;
};
Result<Changed<SessionAnswer>> end_session_by_hand(Work& work, const EndSession& request);

}  // namespace hub::core
