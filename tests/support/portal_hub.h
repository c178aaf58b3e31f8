#pragma once
#include <memory>
#include <string>

#include "browser.h"
#include "hub/core/form_token.h"
#include "hub/core/mail.h"
#include "hub/core/session.h"
#include "nexus_hub.h"

namespace hub::testing {

// acme with one person per role and its app tool, vendor with its app shop, and browsers in which they are signed in.
class PortalHub : public NexusHub {
 public:
  static constexpr const char* owner_of_acme = "owner@acme.test";
  static constexpr const char* admin_of_acme = "admin@acme.test";
  static constexpr const char* member_of_acme = "member@acme.test";
  static constexpr const char* contact_of_acme = "contact@acme.test";
  static constexpr const char* loner = "loner@nowhere.test";

  PortalHub() { person(loner); }

  // A browser in which this person has just signed in.
  Browser browser_of(const std::string& email) {
    clock().advance(std::chrono::milliseconds(1));
    Call nobody;
    nobody.principal = Principal::unknown();
    const PersonId id = person_id(email);
    const core::NewSession session = must(
        hub().write(nobody, [&](core::Work& work) { return core::begin_session(work, id, "Test/1.0", "127.0.0.1"); }));
    Browser browser(*this);
    browser.cookies()["hub_session"] = session.secret.reveal();
    return browser;
  }
  std::string area(const std::string& slug = "acme") { return "/id/organizations/" + org_hash(slug); }
  std::string app_path(const std::string& name = "tool", const std::string& slug = "acme") {
    return area(slug) + "/applications/" + must(run(as_operator(), &core::show_app, {.app = name})).hash_id;
  }
  // A form as that browser could have been given it, whatever its pages show.
  Form with_token(Form form, Browser& browser) {
    const Secret session(browser.cookies()["hub_session"]);
    return form.set("csrf", core::form_token(session, form.action, clock().now()));
  }
  Form bare_form(const std::string& action, Browser& browser, const Fields& fields = {}) {
    return with_token({.action = action, .method = "post", .fields = fields, .choices = {}, .buttons = {}}, browser);
  }
  // The actions of the rows of the audit trail, oldest first.
  Texts audited() {
    return must(hub().read(as_operator(), [](core::View& view) -> Result<Texts> {
      Texts out;
      store::each_audit_row(view.db(), Tenant(view.principal()), [&](const AuditRow& row) {
        out.push_back(row.action + " " + row.result);
        return true;
      });
      return out;
    }));
  }
  std::vector<core::Mail> mails() {
    return must(hub().read(as_operator(), [](core::View& view) { return core::recent_mails(view, 20); }));
  }
};

}  // namespace hub::testing
