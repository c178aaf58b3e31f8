#pragma once
#include <memory>
#include <string>

#include "hub/core/form_token.h"
#include "hub/core/mail.h"
#include "nexus_hub.h"
#include "signed_in_browser.h"

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

  Browser browser_of(const std::string& email) { return signed_in_browser(*this, email); }
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
