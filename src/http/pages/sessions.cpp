#include <algorithm>
#include <nlohmann/json.hpp>

#include "account_pages.h"
#include "hub/core/session.h"
#include "page.h"
#include "portal_form.h"
#include "when.h"

namespace hub::http {
namespace {

// What a browser is, out of what it calls itself: a family and a system that people know.
std::string first_found(const std::string& agent,
                        std::initializer_list<std::pair<std::string_view, std::string_view>> marks) {
  for (const auto& [mark, name] : marks) {
    if (agent.find(mark) != std::string::npos) return std::string(name);
  }
  return "";
}

std::string browser_of(const std::string& agent) {
  return first_found(
      agent,
      {{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}});
}

std::string system_of(const std::string& agent) {
  return first_found(agent, {{"Android", "Android"},
                             {"iPhone", "iPhone"},
                             {"iPad", "iPad"},
                             {"Windows", "Windows"},
                             {"Mac OS", "macOS"},
                             {"Linux", "Linux"}});
}

Response show_sessions(Exchange& exchange, bool ended) {
  const core::SignedIn& who = *exchange.visit->signed_in;
  Json list = Json::array();
  const Result<void> listed = exchange.hub().read(exchange.call(), [&](core::View& view) {
    list = Json::array();
    return core::list_sessions(view, {.person = who.person.id.text()}, [&](const core::SessionAnswer& session) {
      const std::string browser = browser_of(session.agent), system = system_of(session.agent);
      list.push_back({{"id", session.id},
                      {"browser", browser},
                      {"system", system},
                      {"unknown", browser.empty() && system.empty()},
                      {"agent", session.agent},
                      {"address", session.address},
                      {"since", moment_text(exchange, session.authenticated_at)},
                      {"since_at", to_rfc3339(session.authenticated_at)},
                      {"seen", moment_text(exchange, session.last_seen_at)},
                      {"seen_at", to_rfc3339(session.last_seen_at)},
                      {"commands", commands_as_json({command(exchange, "session end", {{"session", session.id}})})},
                      {"this_one", session.id == who.session.id.text()}});
      return true;
    });
  });
  if (!listed) return show_problem(exchange, listed.error());
  return show_page(exchange, "sessions", {{"wide", true}, {"sessions", std::move(list)}, {"ended", ended}});
}

}  // namespace

Response sessions_page(Exchange& exchange) { return show_sessions(exchange, !query_text(exchange, "ended").empty()); }

Response end_own_session(Exchange& exchange) {
  const core::SignedIn& who = *exchange.visit->signed_in;
  const std::string id = exchange.segments.front();
  const Result<Json> ended = run_as_visitor(exchange, "session end", {{"session", id}});
  if (!ended) return show_problem(exchange, ended.error());
  if (id != who.session.id.text()) return redirect_to(exchange, "/id/account/sessions?ended=yes");
  Response response = redirect_to(exchange, "/id/signed-out");
  forget_session(exchange, response);
  return response;
}

}  // namespace hub::http
