#pragma once
#include <string>
#include <vector>

#include "browser.h"
#include "hub/core/mail.h"
#include "hub/core/person.h"

namespace hub::testing {

// A hub with people who can sign in on its pages.
class PageHub : public OauthHub {
 public:
  static constexpr const char* password = "correct horse battery";

  PageHub() { give_password(jane); }

  void give_password(const std::string& email) {
    must(run(as_operator(), &core::prepare_password, &core::set_password,
             {.person = email, .password = Secret(password)}));
  }
  core::Mail last_mail() {
    const std::vector<core::Mail> mails =
        must(hub().read(as_operator(), [](core::View& view) { return core::recent_mails(view, 10); }));
    REQUIRE(!mails.empty());
    return mails.front();
  }
  // The link that a mail carries, without the hub's own address in front.
  std::string mailed_link() {
    const std::string text = last_mail().text, start = services().issuer + "/id/";
    const std::size_t at = text.find(start);
    REQUIRE(at != std::string::npos);
    return text.substr(at, text.find_first_of(" \n", at) - at).substr(services().issuer.size());
  }
};

}  // namespace hub::testing
