#include "hub/core/account.h"

#include <doctest/doctest.h>

#include "hub/core/membership.h"
#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/connection.h"
#include "hub/store/membership.h"
#include "hub/store/token.h"
#include "support/account_hub.h"

namespace hub::core {
namespace {

using testing::AccountHub;
using testing::code_of;
using testing::must;

const Secret new_password("another horse");

SignUp filled(const std::string& email) {
  return {.email = email,
          .first_name = "Ann",
          .last_name = "Lee",
          .password = Secret("a good password"),
          .language = "en",
          .return_path = "/grant?request=abc"};
}

// So that mails have an order.
void a_moment_later(AccountHub& hub) { hub.clock().advance(std::chrono::milliseconds(1)); }

Result<SignedUp> signed_up(AccountHub& hub, const SignUp& request) {
  a_moment_later(hub);
  return sign_up(hub.hub(), AccountHub::visitor(), request);
}

Person person_of(AccountHub& hub, const std::string& email) {
  const PersonId id = hub.person_id(email);
  return hub.read([&](View& view) -> Result<Person> { return *store::find_person(view.db(), id); });
}

Result<FollowedLink> follow(AccountHub& hub, const Secret& link, const std::string& as = "ann@acme.test") {
  const PersonId who = hub.person_id(as);
  return hub.hub().write(AccountHub::visitor(), [&](Work& work) { return verify_by_link(work, link, who); });
}

void ask_reset(AccountHub& hub, const std::string& email) {
  a_moment_later(hub);
  must(request_reset(hub.hub(), AccountHub::visitor(), {.email = email, .language = "en"}));
}

Result<Person> reset(AccountHub& hub, const Secret& link, const Secret& password = new_password) {
  a_moment_later(hub);
  return reset_password(hub.hub(), AccountHub::visitor(), link, password);
}

Result<void> change(AccountHub& hub, const std::string& current, std::optional<SessionId> kept = std::nullopt,
                    const Secret& password = new_password) {
  return change_password(
      hub.hub(), hub.as(AccountHub::jane),
      {.person = hub.person_id(AccountHub::jane), .current = Secret(current), .password = password, .kept = kept});
}

// A token with which Jane speaks, of an app she connected.
TokenId token_of_jane(AccountHub& hub) {
  return hub.write([&](Work& work) -> Result<TokenId> {
    const PersonId jane = *store::find_person_by_email(work.db(), AccountHub::jane);
    Connection connection;
    connection.id = ConnectionId::make(work.now(), work.random());
    connection.app_id = *AppId::parse("00000000-0000-7000-8000-00000000000a");
    connection.person_id = jane;
    connection.granted_at = connection.created_at = connection.updated_at = work.now();
    store::insert_connection(work.db(), connection);
    Token token;
    token.id = TokenId::make(work.now(), work.random());
    token.family_id = FamilyId::make(work.now(), work.random());
    token.app_id = connection.app_id;
    token.connection_id = connection.id;
    token.person_id = jane;
    token.issued_at = work.now();
    token.expires_at = work.now() + Seconds(3600);
    token.refresh_expires_at = work.now() + lifetimes::refresh_token;
    store::insert_token(work.db(), token, "hash of " + token.id.text());
    return token.id;
  });
}

bool has_ended(AccountHub& hub, const TokenId& id) {
  return hub.read([&](View& view) -> Result<bool> {
    return store::find_token(view.db(), id)->revoked_at && !store::find_refresh_hash(view.db(), id);
  });
}

}  // namespace

TEST_CASE("who signs up is a person whose address is not verified yet") {
  AccountHub hub;
  const SignedUp made = must(signed_up(hub, filled("Ann@acme.test")));
  REQUIRE(made.person);
  const Person ann = person_of(hub, "ann@acme.test");
  CHECK(*made.person == ann.id);
  CHECK(ann.email == "Ann@acme.test");
  CHECK(ann.full_name() == "Ann Lee");
  CHECK(ann.locale == "en");
  CHECK(ann.has_password);
  CHECK_FALSE(ann.email_verified_at);
  const auto mails = hub.mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().kind == "verify_email");
  CHECK(mails.front().recipient == "Ann@acme.test");
  CHECK(mails.front().text.find("http://127.0.0.1:4000/id/verify-email?link=hlk_") != std::string::npos);
  CHECK(hub.sign_in("ann@acme.test", "a good password"));
}

TEST_CASE("nothing a visitor typed is in the mail that they cause") {
  AccountHub hub;
  SignUp request = filled("ann@acme.test");
  request.first_name = "Cheap pills at evil.test";
  must(signed_up(hub, request));
  CHECK(hub.mails().front().text.find("evil.test") == std::string::npos);
}

TEST_CASE("AC-01 signing up with a taken address answers alike and tells its owner") {
  AccountHub hub;
  const SignedUp again = must(signed_up(hub, filled("JANE@acme.test")));
  CHECK_FALSE(again.person);
  const auto mails = hub.mails();
  REQUIRE(mails.size() == 1);
  CHECK(mails.front().kind == "email_taken");
  CHECK(mails.front().recipient == AccountHub::jane);
  CHECK(mails.front().text.find("hlk_") == std::string::npos);
  CHECK(hub.sign_in(AccountHub::jane, AccountHub::password));
  CHECK_FALSE(person_of(hub, AccountHub::jane).first_name);
}

TEST_CASE("signing up refuses what cannot be") {
  AccountHub hub;
  SignUp request = filled("no address");
  CHECK(signed_up(hub, request).error().field == "email");
  request = filled("ann@acme.test");
  request.password = Secret("short");
  CHECK(signed_up(hub, request).error().field == "password");
  request = filled("ann@acme.test");
  request.first_name = "A\nB";
  CHECK(signed_up(hub, request).error().field == "first_name");
  CHECK(hub.mails().empty());
}

TEST_CASE("AC-04 a verification link is good once") {
  AccountHub hub;
  must(signed_up(hub, filled("ann@acme.test")));
  const Secret link = hub.mailed_link();
  const FollowedLink followed = must(follow(hub, link));
  CHECK(followed.person.email_verified_at == hub.clock().now());
  CHECK(followed.return_path == "/grant?request=abc");
  CHECK(person_of(hub, "ann@acme.test").email_verified_at);
  CHECK(code_of(follow(hub, link)) == "invalid_link");
}

TEST_CASE("a verified address takes over the memberships that wait for it") {
  AccountHub hub;
  hub.organization("acme");
  must(hub.run(hub.as_operator(), &invite_member, {.email = "ann@acme.test", .org = "acme", .role = {"member"}}));
  must(signed_up(hub, filled("ann@acme.test")));
  const auto memberships = [&] {
    const PersonId ann = hub.person_id("ann@acme.test");
    return hub.read([&](View& view) -> Result<int> {
      int count = 0;
      store::each_membership_of(view.db(), ann, [&](const Membership&) { return ++count > 0; });
      return count;
    });
  };
  CHECK(memberships() == 0);
  must(follow(hub, hub.mailed_link()));
  CHECK(memberships() == 1);
}

TEST_CASE("AC-04 links are over after their time and for another address and when the last one was used") {
  AccountHub hub;
  must(signed_up(hub, filled("ann@acme.test")));
  const Secret first = hub.mailed_link();
  SUBCASE("too old") {
    hub.clock().advance(lifetimes::verification_link);
    CHECK(code_of(follow(hub, first)) == "invalid_link");
  }
  SUBCASE("another address") {
    must(hub.run(hub.as_operator(), &update_person, {.person = "ann@acme.test", .email = "anna@acme.test"}));
    CHECK(code_of(follow(hub, first, "anna@acme.test")) == "invalid_link");
  }
  SUBCASE("another link was followed") {
    a_moment_later(hub);
    hub.write([&](Work& work) { return send_verification(work, person_of(hub, "ann@acme.test"), "de", {}); });
    CHECK(hub.mails().front().subject.starts_with("Best"));
    must(follow(hub, hub.mailed_link()));
    CHECK(code_of(follow(hub, first)) == "invalid_link");
  }
  SUBCASE("of the other kind") {
    CHECK(code_of(reset(hub, first)) == "invalid_link");
    ask_reset(hub, AccountHub::jane);
    CHECK(code_of(follow(hub, hub.mailed_link(), AccountHub::jane)) == "invalid_link");
  }
  SUBCASE("somebody else") {
    CHECK(code_of(follow(hub, first, AccountHub::jane)) == "invalid_link");
    CHECK(follow(hub, first));  // which did not use it up
  }
  SUBCASE("not the whole of it") {
    CHECK(code_of(follow(hub, Secret(first.reveal().substr(0, first.reveal().size() - 1)))) == "invalid_link");
    CHECK(code_of(follow(hub, Secret(""))) == "invalid_link");
  }
}

TEST_CASE("WB-06 only local paths are kept for the way back") {
  AccountHub hub;
  int count = 0;
  for (const std::string path : {"https://evil.test", "//evil.test", "/\\evil.test", "/a\nb", "evil"}) {
    CAPTURE(path);
    const std::string email = "p" + std::to_string(++count) + "@acme.test";
    SignUp request = filled(email);
    request.return_path = path;
    must(signed_up(hub, request));
    CHECK_FALSE(must(follow(hub, hub.mailed_link(), email)).return_path);
  }
}

TEST_CASE("AC-01 asking for another password answers alike for an unknown address and leaves nothing") {
  AccountHub hub;
  ask_reset(hub, "unknown@acme.test");
  ask_reset(hub, "");
  CHECK(hub.mails().empty());
  ask_reset(hub, "Jane@ACME.test");
  REQUIRE(hub.mails().size() == 1);
  CHECK(hub.mails().front().recipient == AccountHub::jane);
}

TEST_CASE("nobody is flooded with mails that others ask for") {
  AccountHub hub;
  for (int i = 0; i < 2 * attempts::mails_per_recipient; ++i) ask_reset(hub, AccountHub::jane);
  CHECK(hub.mails().size() == attempts::mails_per_recipient);
  hub.clock().advance(attempts::mail_window);
  ask_reset(hub, AccountHub::jane);
  CHECK(hub.mails().size() == attempts::mails_per_recipient + 1);
}

TEST_CASE("AC-04 a reset by mail ends sessions and tokens and all other links") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  const TokenId token = token_of_jane(hub);
  ask_reset(hub, AccountHub::jane);
  const Secret first = hub.mailed_link();
  ask_reset(hub, AccountHub::jane);
  const Secret second = hub.mailed_link();
  const auto look = [&](const Secret& link) {
    return hub.hub().read(AccountHub::visitor(), [&](View& view) { return look_at_reset(view, link); });
  };
  CHECK(must(look(second)).email == AccountHub::jane);
  CHECK(must(look(second)).email == AccountHub::jane);
  CHECK(must(reset(hub, second)).email == AccountHub::jane);
  CHECK(code_of(reset(hub, second)) == "invalid_link");
  CHECK(code_of(look(first)) == "invalid_link");
  CHECK(code_of(reset(hub, first)) == "invalid_link");
  CHECK_FALSE(hub.found(session.secret));
  CHECK(has_ended(hub, token));
  CHECK(code_of(hub.sign_in(AccountHub::jane, AccountHub::password)) == "invalid_credentials");
  CHECK(hub.sign_in(AccountHub::jane, new_password.reveal()));
  CHECK(hub.mails().front().kind == "password_changed");
}

TEST_CASE("a password that cannot be leaves the reset link good") {
  AccountHub hub;
  ask_reset(hub, AccountHub::jane);
  const Secret link = hub.mailed_link();
  CHECK(reset(hub, link, Secret("short")).error().field == "password");
  CHECK(reset(hub, link));
}

TEST_CASE("a reset verifies the address and opens a locked account") {
  AccountHub hub;
  must(signed_up(hub, filled("ann@acme.test")));
  for (int i = 0; i < attempts::sign_in_failures_per_account; ++i) (void)hub.sign_in("ann@acme.test", "wrong horse");
  CHECK(code_of(hub.sign_in("ann@acme.test", "a good password")) == "too_many_attempts");
  ask_reset(hub, "ann@acme.test");
  CHECK(must(reset(hub, hub.mailed_link())).email_verified_at);
  CHECK(hub.sign_in("ann@acme.test", new_password.reveal()));
}

TEST_CASE("AC-04 another password ends the other sessions and the tokens") {
  AccountHub hub;
  const NewSession mine = hub.signed_in(), other = hub.signed_in();
  const TokenId token = token_of_jane(hub);
  must(change(hub, AccountHub::password, mine.signed_in.session.id));
  CHECK(hub.found(mine.secret));
  CHECK_FALSE(hub.found(other.secret));
  CHECK(has_ended(hub, token));
  CHECK(hub.sign_in(AccountHub::jane, new_password.reveal()));
  CHECK(code_of(hub.sign_in(AccountHub::jane, AccountHub::password)) == "invalid_credentials");
}

TEST_CASE("AC-02 guesses of the current password are counted") {
  AccountHub hub;
  const NewSession other = hub.signed_in();
  hub.give_password(AccountHub::jane);
  CHECK(change(hub, AccountHub::password, {}, Secret("short")).error().field == "password");
  for (int i = 0; i < attempts::sign_in_failures_per_account; ++i) {
    CHECK(code_of(change(hub, "wrong horse")) == "invalid_credentials");
  }
  CHECK(code_of(change(hub, AccountHub::password)) == "too_many_attempts");
  CHECK(hub.found(other.secret));
}

TEST_CASE("a password set by an operator ends sessions and links") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  ask_reset(hub, AccountHub::jane);
  must(hub.run(hub.as_operator(), &prepare_password, &set_password, {AccountHub::jane, new_password}));
  CHECK_FALSE(hub.found(session.secret));
  CHECK(code_of(reset(hub, hub.mailed_link())) == "invalid_link");
}

TEST_CASE("a person who is deleted leaves no session and no link") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  ask_reset(hub, AccountHub::jane);
  const Secret link = hub.mailed_link();
  must(hub.run(hub.as_operator(), &delete_person, {AccountHub::jane, AccountHub::jane}));
  CHECK_FALSE(hub.found(session.secret));
  CHECK(code_of(reset(hub, link)) == "invalid_link");
}

TEST_CASE("an operator makes a reset link by hand") {
  AccountHub hub;
  const LinkAnswer made = *must(hub.run(hub.as_operator(), &make_reset_link, {AccountHub::jane})).object;
  CHECK(made.person == AccountHub::jane);
  CHECK(made.expires_at == hub.clock().now() + lifetimes::reset_link);
  const std::string url = made.url->reveal();
  CHECK(url.starts_with("http://127.0.0.1:4000/id/reset-password?link=hlk_"));
  CHECK(hub.mails().empty());
  CHECK(reset(hub, Secret(url.substr(url.find("hlk_")))));
  CHECK(code_of(hub.run(hub.as(AccountHub::jane), &make_reset_link, {AccountHub::jane})) == "principal_not_allowed");
  Call dry = hub.as_operator();
  dry.dry_run = true;
  CHECK_FALSE(must(hub.run(dry, &make_reset_link, {AccountHub::jane})).object->url);
}

}  // namespace hub::core
