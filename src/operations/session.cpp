#include "hub/core/session.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::EndSession;
using core::ListSessions;
using core::SessionAnswer;

Fields<SessionAnswer> session_fields() {
  return {
      {"person", &SessionAnswer::person, "Who is signed in.", {.show = Show::column}},
      {"agent", &SessionAnswer::agent, "What the browser calls itself.", {.show = Show::column}},
      {"address", &SessionAnswer::address, "Where they signed in from.", {.show = Show::column}},
      {"last_seen_at", &SessionAnswer::last_seen_at, "When the browser was there last.", {.show = Show::column}},
      {"authenticated_at", &SessionAnswer::authenticated_at, "When they proved who they are.", {.show = Show::wide}},
      {"expires_at", &SessionAnswer::expires_at, "When it ends whatever happens.", {.show = Show::wide}},
      {"id", &SessionAnswer::id, "Identifier.", {.show = Show::column}},
  };
}

Fields<ListSessions> list_fields() {
  return {{"person", &ListSessions::person, "Only those of this person.", {.reference = "person"}}};
}

Fields<EndSession> end_fields() {
  return {{"session", &EndSession::session, "Session, by its id.", {.reference = "session"}}};
}

}  // namespace

std::vector<Operation> session_operations() {
  return {
      operation({.name = "session list",
                 .summary = "List the browsers in which people are signed in",
                 .details = "A person sees their own. Sessions end after eight hours without a request, after a day in "
                            "any case, and with another password.",
                 .access = Access::people,
                 .examples = {"hubctl session list", "hubctl session list --person jane@acme.test -q"},
                 .errors = {codes::not_found}},
                list_fields(), session_fields(), &core::list_sessions),
      operation({.name = "session end",
                 .summary = "Sign a browser out",
                 .details = "The applications that the person signed in to keep their tokens.",
                 .access = Access::people,
                 .kind = "session",
                 .arguments = {"session"},
                 .examples = {"hubctl session end 019b76da-a800-7000-8000-000c00000001 --reason 'lost laptop'",
                              "hubctl session list --person jane@acme.test -q | hubctl session end -"},
                 .errors = {codes::not_found},
                 .ensure = true},
                end_fields(), session_fields(), &core::end_session_by_hand),
  };
}

}  // namespace hub::operations
