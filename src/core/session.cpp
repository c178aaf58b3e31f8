#include "hub/core/session.h"

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/reference.h"
#include "hub/crypto/password.h"
#include "hub/crypto/random.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/browser_session.h"
#include "hub/store/password.h"
#include "hub/store/person.h"
#include "password_proof.h"
#include "rules.h"

namespace hub::core {
namespace {

constexpr std::string_view secret_prefix = "hss_";  // claim G-09
constexpr std::size_t agent_bytes = 200;
constexpr Seconds note_interval{60};

Result<Bytes> hash_session(View& view, const Secret& secret) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash("session", secret.reveal());
}

// What a browser calls itself is anybody's text: printable characters only, and not too many.
std::string shortened(std::string_view agent) {
  std::string out;
  for (const char c : agent.substr(0, agent_bytes)) {
    if (c >= ' ' && c <= '~') out += c;
  }
  return out;
}

SessionAnswer answer_of(View& view, const Session& session) {
  return {.person = person_name(view, session.person_id),
          .agent = session.agent,
          .address = session.address,
          .authenticated_at = session.authenticated_at,
          .last_seen_at = session.last_seen_at,
          .expires_at = session.expires_at,
          .id = session.id.text()};
}

}  // namespace

Result<NewSession> sign_in(Hub& hub, const Call& call, const SignIn& request) {
  const PasswordProof proof{.email_key = comparison_form(request.email),
                            .password = request.password,
                            .address = request.address,
                            .counted = request.counted};
  const Result<Proven> proven = prove_password(hub, call, proof);
  if (!proven) return proven.error();
  return hub.write(call, [&](Work& work) -> Result<NewSession> {
    if (Result<void> accepted = accept_proof(work, proof, *proven); !accepted) return accepted.error();
    if (request.instead_of) store::end_browser_session(work.db(), *request.instead_of, work.now());
    return begin_session(work, proven->person_id, request.agent, request.address);
  });
}

void limit_waiting_sign_ins(int most) { crypto::set_password_places(most); }

Result<NewSession> begin_session(Work& work, const PersonId& person, const std::string& agent,
                                 const std::string& address) {
  store::note_sign_in(work.db(), person, work.now());
  const auto found = store::find_person(work.db(), person);
  if (!found) return Error{codes::not_found, "There is no such person."};
  const Session session{.id = SessionId::make(work.now(), work.random()),
                        .person_id = person,
                        .agent = shortened(agent),
                        .address = address,
                        .authenticated_at = work.now(),
                        .created_at = work.now(),
                        .last_seen_at = work.now(),
                        .expires_at = work.now() + lifetimes::session_most,
                        .ended_at = {}};
  Secret secret(std::string(secret_prefix) + crypto::make_secret(work.random()).reveal());
  const Result<Bytes> hash = hash_session(work, secret);
  if (!hash) return hash.error();
  store::insert_browser_session(work.db(), session, *hash);
  work.audit("session begin", "session:" + session.id.text(), "ok", R"({"person":")" + person.text() + R"("})");
  return NewSession{{session, *found}, std::move(secret)};
}

Result<std::optional<SignedIn>> find_session(View& view, const Secret& secret) {
  if (!secret.reveal().starts_with(secret_prefix)) return std::optional<SignedIn>();
  const Result<Bytes> hash = hash_session(view, secret);
  if (!hash) return hash.error();
  const auto session = store::find_browser_session(view.db(), *hash);
  if (!session || !session->alive(view.now())) return std::optional<SignedIn>();
  const auto person = store::find_person(view.db(), session->person_id);
  if (!person) return std::optional<SignedIn>();
  return std::optional(SignedIn{*session, *person});
}

void note_session(Hub& hub, const Call& call, const SignedIn& signed_in) {
  if (hub.clock().now() < signed_in.session.last_seen_at + note_interval) return;
  (void)hub.write(call, [&](Work& work) -> Result<void> {
    store::note_browser_session(work.db(), signed_in.session.id, work.now());
    return {};
  });
}

void end_session(Work& work, const Session& session) {
  if (!store::end_browser_session(work.db(), session.id, work.now())) return;
  work.audit("session end", "session:" + session.id.text(), "ok", "{}");
}

void end_sessions_of(Work& work, const PersonId& person, const std::optional<SessionId>& except) {
  store::end_browser_sessions_of(work.db(), person, except, work.now());
}

Result<void> list_sessions(View& view, const ListSessions& request,
                           const std::function<bool(const SessionAnswer&)>& each) {
  const auto visit = [&](const Session& session) {
    return !session.alive(view.now()) || each(answer_of(view, session));
  };
  std::optional<PersonId> whose = view.principal().person_id;
  if (request.person) {
    const Result<Person> person = find_person(view, *request.person);
    if (!person) return person.error();
    whose = person->id;
  }
  if (whose) {
    store::each_browser_session_of(view.db(), *whose, visit);
  } else if (view.principal().is_operator()) {
    store::each_browser_session(view.db(), visit);
  }
  return {};
}

Result<Changed<SessionAnswer>> end_session_by_hand(Work& work, const EndSession& request) {
  const auto id = SessionId::parse(request.session);
  const auto session = id ? store::find_browser_session(work.db(), *id) : std::nullopt;
  const Principal& caller = work.principal();
  if (!session || !session->alive(work.now()) || !(caller.is_operator() || caller.is(session->person_id))) {
    return gone_already<SessionAnswer>(work, {codes::not_found, "There is no such session.", "hubctl session list"},
                                       request.session);
  }
  const bool ended = store::end_browser_session(work.db(), session->id, work.now());
  return Changed<SessionAnswer>{ended, session->id.text(), answer_of(work, *session)};
}

}  // namespace hub::core
