#pragma once
#include <string>
#include <vector>

#include "hub/core/account.h"
#include "hub/core/mail.h"
#include "hub/core/session.h"
#include "test_hub.h"

namespace hub::testing {

// A hub with Jane, who has a password that is cheap to compare.
class AccountHub : public TestHub {
 public:
  static constexpr const char* jane = "jane@acme.test";
  static constexpr const char* password = "correct horse";
  static constexpr const char* cheap_hash =
      "$scrypt$ln=10,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$RBjCXYboo4yjHH0P1K75vrL4xGciLt6io-o2v0yqSlo";

  AccountHub() {
    person(jane);
    give_password(jane);
  }

  template <class F>
  auto write(F&& job) {
    return must(hub().write(visitor(), std::forward<F>(job)));
  }
  template <class F>
  auto read(F&& job) {
    return must(hub().read(visitor(), std::forward<F>(job)));
  }

  void give_password(const std::string& email) {
    const PersonId id = person_id(email);
    write([&](core::Work& work) -> Result<void> {
      store::set_password_hash(work.db(), id, cheap_hash, work.now());
      return {};
    });
  }

  // Of nobody yet, as it is before a sign-in.
  static Call visitor() {
    Call call;
    call.principal = Principal::unknown();
    return call;
  }
  Result<core::NewSession> sign_in(const std::string& email, const std::string& with,
                                   const std::string& address = "192.0.2.1") {
    return core::sign_in(hub(), visitor(),
                         {.email = email, .password = Secret(with), .agent = "Test/1.0", .address = address});
  }
  core::NewSession signed_in() { return must(sign_in(jane, password)); }
  std::optional<core::SignedIn> found(const Secret& secret) {
    return must(hub().read(visitor(), [&](core::View& view) { return core::find_session(view, secret); }));
  }

  // Newest first.
  std::vector<core::Mail> mails() {
    return read([](core::View& view) { return core::recent_mails(view, 100); });
  }
  // The secret of the link in the newest mail.
  Secret mailed_link() {
    const std::vector<core::Mail> all = mails();
    REQUIRE_FALSE(all.empty());
    const std::string& text = all.front().text;
    const std::size_t at = text.find("hlk_");
    REQUIRE(at != std::string::npos);
    return Secret(text.substr(at, text.find('\n', at) - at));
  }
};

}  // namespace hub::testing
