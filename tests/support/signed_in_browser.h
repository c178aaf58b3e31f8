#pragma once
#include <string>

#include "browser.h"
#include "hub/core/session.h"

namespace hub::testing {

// A browser in which this person has just signed in.
inline Browser signed_in_browser(OauthHub& hub, const std::string& email) {
  hub.clock().advance(std::chrono::milliseconds(1));
  Call nobody;
  nobody.principal = Principal::unknown();
  const PersonId id = hub.person_id(email);
  const core::NewSession session = must(hub.hub().write(
      nobody, [&](core::Work& work) { return core::begin_session(work, id, "Test/1.0", "127.0.0.1"); }));
  Browser browser(hub);
  browser.cookies()["hub_session"] = session.secret.reveal();
  return browser;
}

// The value of the control with this id; "" when there is none.
inline std::string value_of(const Browser& browser, const std::string& id) {
  const std::string& page = browser.page().body;
  const std::size_t at = page.find("id=\"" + id + "\"");
  if (at == std::string::npos) return "";
  const std::size_t begin = page.find("value=\"", at) + 7;
  return page.substr(begin, page.find('"', begin) - begin);
}

}  // namespace hub::testing
