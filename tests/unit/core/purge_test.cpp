#include "hub/core/purge.h"

#include <doctest/doctest.h>

#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/authorization_code.h"
#include "hub/store/nexus_token.h"
#include "hub/store/token.h"
#include "support/account_hub.h"

namespace hub::core {
namespace {

using testing::AccountHub;
using testing::must;

std::int64_t rows(AccountHub& hub, std::string_view table) {
  return hub.read([&](View& view) -> Result<std::int64_t> {
    std::int64_t count = 0;
    const auto visit = [&](const store::Row& row) {
      count = row.integer(0);
      return false;
    };
    if (table == "session") view.db().query("SELECT count(*) FROM session", {}, visit);
    if (table == "mail_link") view.db().query("SELECT count(*) FROM mail_link", {}, visit);
    if (table == "mail") view.db().query("SELECT count(*) FROM mail", {}, visit);
    if (table == "failed_attempt") view.db().query("SELECT count(*) FROM failed_attempt", {}, visit);
    if (table == "authorization_code") view.db().query("SELECT count(*) FROM authorization_code", {}, visit);
    return count;
  });
}

void purge(AccountHub& hub) {
  PurgeProgress progress;
  int steps = 0;
  while (must(purge_expired(hub.hub(), AccountHub::visitor(), progress))) REQUIRE(++steps < 100);
}

// A code, used or not, with the token that came of it.
struct Code {
  AuthorizationCode code;
  std::optional<TokenId> token;
};
Code code_of(AccountHub& hub, bool used) {
  return hub.write([&](Work& work) -> Result<Code> {
    Code made;
    made.code.id = CodeId::make(work.now(), work.random());
    made.code.created_at = work.now();
    made.code.expires_at = work.now() + lifetimes::authorization_code;
    store::insert_authorization_code(work.db(), made.code, "hash of " + made.code.id.text());
    if (!used) return made;
    Token token;
    token.id = TokenId::make(work.now(), work.random());
    token.family_id = FamilyId::make(work.now(), work.random());
    token.connection_id = ConnectionId::make(work.now(), work.random());
    token.issued_at = work.now();
    token.expires_at = work.now() + lifetimes::access_token;
    token.refresh_expires_at = work.now() + lifetimes::refresh_token;
    store::insert_token(work.db(), token, "refresh of " + token.id.text());
    store::use_authorization_code(work.db(), made.code.id, work.now(), token.id, {});
    made.token = token.id;
    return made;
  });
}

}  // namespace

TEST_CASE("sessions go when they are over and not before") {
  AccountHub hub;
  const NewSession session = hub.signed_in();
  hub.clock().advance(lifetimes::session_idle - Seconds(1));
  note_session(hub.hub(), AccountHub::visitor(), *hub.found(session.secret));
  purge(hub);
  CHECK(hub.found(session.secret));
  hub.clock().advance(lifetimes::session_most);
  CHECK(rows(hub, "session") == 1);
  purge(hub);
  CHECK(rows(hub, "session") == 0);
}

TEST_CASE("links go when they are over and mails a week after they were made") {
  AccountHub hub;
  must(request_reset(hub.hub(), AccountHub::visitor(), {.email = AccountHub::jane, .language = "en"}));
  purge(hub);
  CHECK(rows(hub, "mail_link") == 1);
  hub.clock().advance(lifetimes::reset_link + Seconds(1));
  purge(hub);
  CHECK(rows(hub, "mail_link") == 0);
  CHECK(rows(hub, "mail") == 1);
  hub.clock().advance(lifetimes::mail_kept);
  purge(hub);
  CHECK(rows(hub, "mail") == 0);
}

TEST_CASE("AC-02 counted failures stay for as long as they count") {
  AccountHub hub;
  for (int i = 0; i < attempts::sign_in_failures_per_account; ++i) (void)hub.sign_in(AccountHub::jane, "wrong horse");
  hub.clock().advance(attempts::sign_in_window - Seconds(1));
  purge(hub);
  CHECK(testing::code_of(hub.sign_in(AccountHub::jane, AccountHub::password)) == "too_many_attempts");
  hub.clock().advance(attempts::longest_window + Seconds(1));
  purge(hub);
  CHECK(rows(hub, "failed_attempt") == 0);
}

TEST_CASE("a code that nobody used goes after a day") {
  AccountHub hub;
  code_of(hub, false);
  hub.clock().advance(lifetimes::ended_code_kept);
  purge(hub);
  CHECK(rows(hub, "authorization_code") == 1);
  hub.clock().advance(lifetimes::authorization_code + Seconds(1));
  purge(hub);
  CHECK(rows(hub, "authorization_code") == 0);
}

TEST_CASE("RF-08 a used code stays until a week after what came of it has ended") {
  AccountHub hub;
  const Code code = code_of(hub, true);
  SUBCASE("by time") { hub.clock().advance(lifetimes::refresh_token + lifetimes::spent_refresh_token_kept); }
  SUBCASE("by a revocation") {
    hub.write([&](Work& work) -> Result<void> {
      store::revoke_family(work.db(), *store::find_token(work.db(), *code.token), work.now(), [](const Token&) {});
      return {};
    });
    hub.clock().advance(lifetimes::access_token + lifetimes::spent_refresh_token_kept);
  }
  hub.clock().advance(-Seconds(1));
  purge(hub);
  CHECK(rows(hub, "authorization_code") == 1);
  hub.clock().advance(Seconds(2));
  purge(hub);
  CHECK(rows(hub, "authorization_code") == 0);
}

TEST_CASE("many rows go in several short steps") {
  AccountHub hub;
  const PersonId jane = hub.person_id(AccountHub::jane);
  hub.write([&](Work& work) -> Result<void> {
    for (int i = 0; i < 450; ++i) {
      if (const auto begun = begin_session(work, jane, "", ""); !begun) return begun.error();
    }
    return {};
  });
  hub.clock().advance(lifetimes::session_most + Seconds(1));
  PurgeProgress progress;
  CHECK(must(purge_expired(hub.hub(), AccountHub::visitor(), progress)));
  CHECK(rows(hub, "session") == 250);
  CHECK(must(purge_expired(hub.hub(), AccountHub::visitor(), progress)));
  CHECK_FALSE(must(purge_expired(hub.hub(), AccountHub::visitor(), progress)));
  CHECK(rows(hub, "session") == 0);
}

}  // namespace hub::core
