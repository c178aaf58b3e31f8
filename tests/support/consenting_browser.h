#pragma once
#include <string>

#include "browser.h"
#include "hub/core/membership.h"
#include "hub/core/person.h"

namespace hub::testing {

// An OauthHub whose people have a password and sign in at their browsers. Jane owns acme, which installed shop; zeta
// has an admin and a member and has installed nothing.
class ConsentPages : public OauthHub {
 public:
  static constexpr const char* password = "correct horse battery";
  static constexpr const char* zeta_admin = "admin@zeta.test";
  static constexpr const char* zeta_member = "member@zeta.test";

  ConsentPages() {
    organization("zeta");
    for (const auto& [email, role] : {std::pair{zeta_admin, "admin"}, {zeta_member, "member"}}) {
      person(email);
      member(email, "zeta", {role});
    }
  }
  void give_password(const std::string& email) {
    must(run(as_operator(), &core::prepare_password, &core::set_password,
             {.person = email, .password = Secret(password)}));
  }

  std::string authorize_target(Fields more = {}) {
    Fields all{{"client_id", client_id()}, {"redirect_uri", redirect}, {"state", "xyz"}};
    for (auto& one : more) {
      std::erase_if(all, [&](const auto& there) { return there.first == one.first; });
      all.push_back(one);
    }
    return "/oauth/authorize?" + form_of(all);
  }
  std::string nexus_target() {
    return "/oauth/authorize?" +
           form_of({{"application", shown("shop").client_id}, {"redirect", redirect}, {"state", "xyz"}});
  }
};

// A browser in which somebody signs in on the way.
class ConsentingBrowser : public Browser {
 public:
  ConsentingBrowser(ConsentPages& hub, std::string email) : Browser(hub), email_(std::move(email)) {
    hub.give_password(email_);
  }
  // Opens the address and signs in if it is asked to.
  Answer arrive(const std::string& target) {
    Answer answer = open(target);
    if (left_for().empty() && has_form("/id/sign-in")) {
      answer = submit(form("/id/sign-in").set("email", email_).set("password", ConsentPages::password));
    }
    return answer;
  }
  Answer decide(const std::string& decision, const std::string& organization = "", const std::string& at = "/grant") {
    Form one = form(at);
    if (!organization.empty()) one.set("organization", organization);
    return submit(one, "decision", decision);
  }

 private:
  std::string email_;
};

}  // namespace hub::testing
