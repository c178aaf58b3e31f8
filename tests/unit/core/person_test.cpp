#include "hub/core/person.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "hub/core/hub.h"
#include "hub/crypto/password.h"
#include "hub/store/connection.h"
#include "hub/store/token.h"
#include "support/test_hub.h"

namespace hub::core {
namespace {

using testing::code_of;
using testing::must;
using testing::TestHub;

const Secret long_enough("correct horse battery");

Result<Changed<PersonAnswer>> create(TestHub& hub, const Call& call, const CreatePerson& request) {
  return hub.run(call, &prepare_create_person, &create_person, request);
}

PersonAnswer shown(TestHub& hub, const std::string& email) {
  return must(hub.run(hub.as_operator(), &show_person, {.person = email}));
}

// The built-in app stands for any: what ends does not depend on whose it is.
Connection connect(TestHub& hub, const PersonId& person) {
  return must(hub.hub().write(hub.as_operator(), [&](Work& work) -> Result<Connection> {
    Connection connection;
    connection.id = ConnectionId::make(work.now(), work.random());
    connection.app_id = *AppId::parse("00000000-0000-7000-8000-00000000000a");
    connection.person_id = person;
    connection.granted_at = connection.created_at = connection.updated_at = work.now();
    store::insert_connection(work.db(), connection);
    return connection;
  }));
}

TokenId issue(TestHub& hub, const Connection& connection, const PersonId& person) {
  return must(hub.hub().write(hub.as_operator(), [&](Work& work) -> Result<TokenId> {
    Token token;
    token.id = TokenId::make(work.now(), work.random());
    token.family_id = FamilyId::make(work.now(), work.random());
    token.app_id = connection.app_id;
    token.connection_id = connection.id;
    token.person_id = person;
    token.issued_at = work.now();
    token.expires_at = work.now() + Seconds(3600);
    token.refresh_expires_at = work.now() + Seconds(7 * 24 * 3600);
    store::insert_token(work.db(), token, "hash of " + token.id.text());
    return token.id;
  }));
}

bool revoked(TestHub& hub, const TokenId& id) {
  return must(hub.hub().read(hub.as_operator(), [&](View& view) -> Result<bool> {
    return store::find_token(view.db(), id)->revoked_at.has_value() &&
           !store::find_refresh_hash(view.db(), id).has_value();
  }));
}

}  // namespace

TEST_CASE("a person needs an address only") {
  TestHub hub;
  const auto made = must(create(hub, hub.as_operator(), {.email = "Jane@Acme.test"}));
  CHECK(made.changed);
  CHECK(made.name == "Jane@Acme.test");
  CHECK(made.object->name == "Jane@Acme.test");
  CHECK_FALSE(made.object->verified);
  CHECK_FALSE(made.object->has_password);
  CHECK(shown(hub, "jane@acme.TEST").email == "Jane@Acme.test");
  CHECK(shown(hub, "person:jane@acme.test").id == made.object->id);
  CHECK(shown(hub, made.object->hash_id).id == made.object->id);
}

TEST_CASE("an address is taken whatever its case") {
  TestHub hub;
  Call call = hub.as_operator();
  must(create(hub, call, {.email = "jane@acme.test", .first_name = "Jane"}));
  CHECK(code_of(create(hub, call, {.email = "JANE@acme.test"})) == "email_taken");
  call.ensure = true;
  const auto same = must(create(hub, call, {.email = "JANE@acme.test", .first_name = "Jane"}));
  CHECK_FALSE(same.changed);
  CHECK(same.object->email == "jane@acme.test");
  CHECK(code_of(create(hub, call, {.email = "jane@acme.test", .first_name = "June"})) == "email_taken");
  CHECK(code_of(create(hub, call, {.email = "jane@acme.test", .last_name = "Miller"})) == "email_taken");
  CHECK(code_of(create(hub, call, {.email = "jane@acme.test", .verified = true})) == "email_taken");
  CHECK(code_of(create(hub, call, {.email = "jane@acme.test", .password = long_enough})) == "email_taken");
  CHECK(must(hub.list(call, &list_people, {})).size() == 1);
}

TEST_CASE("unicode look-alikes of an address are other addresses or none") {
  TestHub hub;
  hub.person("kim@acme.test");
  // KELVIN SIGN folds to k in Unicode but not here
  CHECK(code_of(create(hub, hub.as_operator(), {.email = "\u212Aim@acme.test"})) != "email_taken");
}

TEST_CASE("what is no address and what is no name is refused") {
  TestHub hub;
  for (const std::string email : {"", "jane", "@acme.test", "jane@", "ja ne@acme.test", "jane@acme@test"}) {
    CAPTURE(email);
    CHECK(code_of(create(hub, hub.as_operator(), {.email = email})) == "invalid_request");
  }
  CHECK(code_of(create(hub, hub.as_operator(), {.email = "j@acme.test", .first_name = "J\u200Bane"})) ==
        "invalid_request");
  CHECK(code_of(create(hub, hub.as_operator(), {.email = "j@acme.test", .last_name = " "})) == "invalid_request");
}

TEST_CASE("a password has ten to 1024 bytes of clean text and is kept as a hash") {
  TestHub hub;
  const Call call = hub.as_operator();
  for (const std::string& bad : {std::string(9, 'x'), std::string(1025, 'x'), std::string("1234567890\xff")}) {
    const auto refused = create(hub, call, {.email = "jane@acme.test", .password = Secret(bad)});
    REQUIRE(code_of(refused) == "invalid_request");
    CHECK(refused.error().field == "password");
    CHECK(refused.error().message.find(bad) == std::string::npos);
  }
  CHECK(must(create(hub, call, {.email = "jane@acme.test", .password = long_enough})).object->has_password);
  Call ensure = call;
  ensure.ensure = true;
  CHECK_FALSE(must(create(hub, ensure, {.email = "jane@acme.test", .password = long_enough})).changed);
}

TEST_CASE("a password is hashed before the transaction and can be verified") {
  TestHub hub;
  const NewPerson prepared = must(prepare_person({.email = "jane@acme.test", .password = long_enough}, hub.random()));
  REQUIRE(prepared.password_hash.has_value());
  CHECK(crypto::verify_password(crypto::PasswordPlace(), long_enough, *prepared.password_hash));
  CHECK_FALSE(crypto::verify_password(crypto::PasswordPlace(), Secret("another password"), *prepared.password_hash));
}

TEST_CASE("people see only themselves") {
  TestHub hub;
  hub.person("jane@acme.test");
  const PersonAnswer kim = hub.person("kim@acme.test");
  const Call jane = hub.as("jane@acme.test");
  const auto rows = must(hub.list(jane, &list_people, {}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].email == "jane@acme.test");
  CHECK(must(hub.list(hub.as_operator(), &list_people, {})).size() == 2);
  CHECK(code_of(hub.run(jane, &show_person, {.person = "jane@acme.test"})) == "ok");
  const std::string missing = hub.run(jane, &show_person, {.person = "none@acme.test"}).error().hint;
  for (const std::string& reference : {kim.email, kim.id, kim.hash_id}) {
    const auto refused = hub.run(jane, &show_person, {.person = reference});
    CHECK(code_of(refused) == "not_found");
    CHECK(refused.error().hint == missing);
    CHECK(code_of(hub.run(jane, &update_person, {.person = reference, .first_name = {"K"}})) == "not_found");
    CHECK(code_of(hub.run(jane, &delete_person, {.person = reference, .confirm = kim.email})) == "not_found");
    CHECK(code_of(hub.run(jane, &prepare_password, &set_password, {.person = reference, .password = long_enough})) ==
          "not_found");
    CHECK(code_of(hub.run(jane, &verify_email, {.person = reference})) == "not_found");
  }
  CHECK(shown(hub, "kim@acme.test").version == 1);
}

TEST_CASE("an update changes what it names and tells of it") {
  TestHub hub;
  const PersonAnswer before = hub.person("jane@acme.test");
  Call call = hub.as("jane@acme.test");
  const auto named = must(
      hub.run(call, &update_person, {.person = "jane@acme.test", .first_name = {"Jane"}, .last_name = {"Miller"}}));
  CHECK(named.object->name == "Jane Miller");
  CHECK(named.object->verified);
  CHECK(named.object->version == 2);
  CHECK_FALSE(must(hub.run(call, &update_person, {.person = "jane@acme.test", .first_name = {"Jane"}})).changed);
  UpdatePerson unset{.person = "jane@acme.test"};
  unset.first_name = Patch<std::string>::unset();
  call.if_version = 1;
  CHECK(code_of(hub.run(call, &update_person, unset)) == "stale");
  call.if_version = 2;
  CHECK(must(hub.run(call, &update_person, unset)).object->name == "Miller");
  const std::vector<Event> events = hub.events();
  REQUIRE(events.size() == 2);
  CHECK(events[0].name == "zaikio.person_updated");
  CHECK(events[0].subject == "Per/" + before.id);
  CHECK(events[0].payload == "{}");
}

TEST_CASE("another address is not verified and one in other case is the same") {
  TestHub hub;
  hub.person("jane@acme.test");
  hub.person("kim@acme.test");
  const Call call = hub.as_operator();
  const auto retyped = must(hub.run(call, &update_person, {.person = "jane@acme.test", .email = "Jane@acme.test"}));
  CHECK(retyped.changed);
  CHECK(retyped.object->email == "Jane@acme.test");
  CHECK(retyped.object->verified);
  CHECK(code_of(hub.run(call, &update_person, {.person = "jane@acme.test", .email = "KIM@acme.test"})) ==
        "email_taken");
  CHECK(code_of(hub.run(call, &update_person, {.person = "jane@acme.test", .email = "nothing"})) == "invalid_request");
  const auto moved = must(hub.run(call, &update_person, {.person = "jane@acme.test", .email = "jane@new.test"}));
  CHECK_FALSE(moved.object->verified);
  CHECK(moved.object->email_verified_at == std::nullopt);
  CHECK(code_of(hub.run(call, &show_person, {.person = "jane@acme.test"})) == "not_found");
}

TEST_CASE("verifying an address hands over the memberships that wait for it") {
  TestHub hub;
  hub.organization("acme");
  hub.person("jane@acme.test", false);
  must(hub.run(hub.as_operator(), &invite_member, {.email = "JANE@acme.test", .org = "acme", .role = {"admin"}}));
  const Call jane = hub.as("jane@acme.test");
  CHECK(must(hub.list(jane, &list_memberships, {.person = "jane@acme.test"})).empty());
  Call call = hub.as_operator();
  CHECK(must(hub.run(call, &verify_email, {.person = "jane@acme.test"})).object->verified);
  CHECK(hub.event_names() == std::vector<std::string>{"zaikio.person_updated"});
  const auto rows = must(hub.list(jane, &list_memberships, {.person = "jane@acme.test"}));
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].state == "invited");  // linked; still to be accepted
  CHECK(rows[0].roles == std::vector<std::string>{"admin"});
  CHECK(code_of(hub.run(call, &verify_email, {.person = "jane@acme.test"})) == "wrong_state");
  call.ensure = true;
  CHECK_FALSE(must(hub.run(call, &verify_email, {.person = "jane@acme.test"})).changed);
}

TEST_CASE("a person made with a verified address takes over what waits for it and an unverified one does not") {
  TestHub hub;
  hub.organization("acme");
  for (const std::string email : {"jane@acme.test", "kim@acme.test"}) {
    must(hub.run(hub.as_operator(), &invite_member, {.email = email, .org = "acme", .role = {"member"}}));
  }
  hub.person("jane@acme.test", true);
  hub.person("kim@acme.test", false);
  CHECK(must(hub.list(hub.as_operator(), &list_memberships, {.person = "jane@acme.test"})).size() == 1);
  CHECK(must(hub.list(hub.as_operator(), &list_memberships, {.person = "kim@acme.test"})).empty());
}

TEST_CASE("another password ends the tokens of the person and a first one does not") {
  TestHub hub;
  const PersonAnswer jane = hub.person("jane@acme.test");
  hub.person("kim@acme.test");
  const PersonId id = hub.person_id("jane@acme.test");
  const PersonId other = hub.person_id("kim@acme.test");
  const TokenId token = issue(hub, connect(hub, id), id);
  const TokenId kept = issue(hub, connect(hub, other), other);
  const Call call = hub.as_operator();
  const SetPassword request{.person = "jane@acme.test", .password = long_enough};
  const auto first = must(hub.run(call, &prepare_password, &set_password, request));
  CHECK(first.object->has_password);
  CHECK(first.object->version == jane.version + 1);
  CHECK_FALSE(revoked(hub, token));
  must(hub.run(call, &prepare_password, &set_password, request));
  CHECK(revoked(hub, token));
  CHECK_FALSE(revoked(hub, kept));
  CHECK(hub.event_names() == std::vector<std::string>{"zaikio.revoked_access_token"});
  CHECK(code_of(hub.run(call, &prepare_password, &set_password,
                        {.person = "jane@acme.test", .password = Secret("short")})) == "invalid_request");
}

TEST_CASE("a person goes with their connections and memberships and leaves their id to nobody") {
  TestHub hub;
  hub.organization("acme");
  const PersonAnswer before = hub.person("jane@acme.test");
  hub.person("kim@acme.test");
  hub.member("jane@acme.test", "acme", {"owner"});
  hub.member("kim@acme.test", "acme", {"owner"});
  const PersonId id = hub.person_id("jane@acme.test");
  const Connection connection = connect(hub, id);
  const TokenId token = issue(hub, connection, id);
  const Call call = hub.as_operator();
  CHECK(code_of(hub.run(call, &delete_person, {.person = "jane@acme.test", .confirm = "kim@acme.test"})) ==
        "invalid_request");
  const auto gone = must(hub.run(call, &delete_person, {.person = "jane@acme.test", .confirm = "jane@acme.test"}));
  CHECK(gone.changed);
  CHECK(gone.object->id == before.id);
  CHECK(revoked(hub, token));
  const auto ended = must(hub.hub().read(
      call, [&](View& view) -> Result<Connection> { return *store::find_connection(view.db(), connection.id); }));
  CHECK(ended.ended_reason == EndedReason::person_deleted);
  CHECK(must(hub.list(call, &list_memberships, {.org = "acme"})).size() == 1);
  const std::vector<std::string> names = hub.event_names();
  CHECK(std::count(names.begin(), names.end(), "zaikio.member_left") == 1);
  CHECK(std::count(names.begin(), names.end(), "zaikio.revoked_connection") == 1);
  CHECK(std::count(names.begin(), names.end(), "zaikio.revoked_access_token") == 1);
  CHECK(hub.person("jane@acme.test").id != before.id);
  CHECK(must(hub.list(call, &list_memberships, {.person = "jane@acme.test"})).empty());
}

TEST_CASE("the last owner of an organization cannot be deleted and nothing of them ends") {
  TestHub hub;
  hub.organization("acme");
  hub.organization("zeta");
  hub.person("jane@acme.test");
  hub.member("jane@acme.test", "zeta", {"member"});
  hub.member("jane@acme.test", "acme", {"owner"});
  const Connection connection = connect(hub, hub.person_id("jane@acme.test"));
  const auto refused =
      hub.run(hub.as("jane@acme.test"), &delete_person, {.person = "jane@acme.test", .confirm = "jane@acme.test"});
  REQUIRE(code_of(refused) == "last_owner");
  CHECK(refused.error().message.find("acme") != std::string::npos);
  CHECK(must(hub.list(hub.as_operator(), &list_memberships, {.person = "jane@acme.test"})).size() == 2);
  CHECK(must(hub.hub().read(hub.as_operator(), [&](View& view) -> Result<bool> {
    return store::find_connection(view.db(), connection.id)->active();
  })));
}

TEST_CASE("deleting a person who is gone is fine with ensure only") {
  TestHub hub;
  Call call = hub.as_operator();
  CHECK(code_of(hub.run(call, &delete_person, {.person = "j@acme.test", .confirm = "j@acme.test"})) == "not_found");
  call.ensure = true;
  CHECK_FALSE(must(hub.run(call, &delete_person, {.person = "j@acme.test", .confirm = "j@acme.test"})).changed);
  hub.person("jane@acme.test");
  call.if_version = 7;
  CHECK(code_of(hub.run(call, &delete_person, {.person = "jane@acme.test", .confirm = "jane@acme.test"})) == "stale");
}

}  // namespace hub::core
