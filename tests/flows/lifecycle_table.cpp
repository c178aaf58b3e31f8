#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "support/lifecycle_door.h"

// The lifecycle table of nexus211.md section 6: each event, made to happen through every door there is for it, changes
// what the row says and nothing else, at the next request and in every process.
namespace hub::testing {
namespace {

constexpr const char *bad_client = "401 invalid_client", *bad_token = "401 invalid_token";
constexpr const char* organizations = "organizations";
constexpr const char* both = "organizations profiles";

struct Row {
  Event event;
  const char* what;
  std::vector<Event> before;  // what happens first, by the API
  State changes;              // all that differs afterwards
  Texts events;               // about authorizations
  Texts doors = {"operation", "api", "page"};
};

std::vector<Row> rows_about_scopes() {
  return {
      {.event = Event::scope_removed,
       .what = "a scope is removed: narrower at once everywhere",
       .changes = {{"own secret", "nothing"},
                   {"key of county", "nothing"},
                   {"key of borough", "nothing"},
                   {"keys listed", "borough: nothing; county: nothing"},
                   {"user token of acme", "nothing"},
                   {"user token of county", "nothing"},
                   {"service token of acme", "nothing"},
                   {"service token of county", "nothing"},
                   {"hub token of county", "nothing"}}},
      {.event = Event::scope_added,
       .what = "a scope is added: wider for the own secret and pending for everybody else",
       .changes = {{"own secret", both},
                   {"service token of acme", both},
                   {"rows of county", "active pending profile.r"}}},
      {.event = Event::scope_desired_again,
       .what = "a scope that is still granted is desired again: back at once",
       .before = {Event::scope_removed},
       .changes = {{"own secret", organizations},
                   {"key of county", organizations},
                   {"key of borough", organizations},
                   {"keys listed", "borough: organizations; county: organizations"},
                   {"user token of acme", organizations},
                   {"user token of county", organizations},
                   {"service token of acme", organizations},
                   {"service token of county", organizations},
                   {"hub token of county", organizations}}},
      {.event = Event::scopes_approved,
       .what = "what is pending is approved: wider for the key of whoever approved",
       .before = {Event::scope_added},
       .changes = {{"key of county", both},
                   {"keys listed", "borough: organizations; county: organizations profiles"},
                   {"service token of county", both},
                   {"rows of county", "active"}}},
  };
}

std::vector<Row> rows_about_sign_in() {
  return {
      {.event = Event::sign_in_set_up,
       .what = "sign-in is set up: possible for every organization",
       .before = {Event::sign_in_removed},
       .changes = {{"tenancy", "multi"},
                   {"sign-in", "possible"},
                   {"code of acme", "invalid_grant"},  // ended before, and for good
                   {"code of county", "invalid_grant"}}},
      {.event = Event::audience_own,
       .what = "the audience becomes the own organization: all others are signed out",
       .changes = {{"tenancy", "single"}, {"user token of county", bad_token}, {"code of county", "invalid_grant"}}},
      {.event = Event::audience_list,
       .what = "the audience becomes a list: whoever is not on it is signed out",
       .changes = {{"user token of county", bad_token}, {"code of county", "invalid_grant"}}},
      {.event = Event::sign_in_removed,
       .what = "sign-in is removed: everybody is signed out and service accounts live on",
       .changes = {{"tenancy", "single"},
                   {"sign-in", "oauth_not_enabled"},
                   {"user token of acme", bad_token},
                   {"user token of county", bad_token},
                   {"code of acme", "invalid_grant"},
                   {"code of county", "invalid_grant"}}},
      {.event = Event::consent_revoked,
       .what = "a user takes back their consent: their tokens for this application end",
       .changes = {{"user token of county", bad_token},
                   {"code of county", "invalid_grant"},
                   {"consent of county", "none"}},
       .doors = {"page"}},
  };
}

std::vector<Row> rows_about_secrets() {
  const State key_rotated{{"key of county", bad_client},
                          {"key listed of county", "the same, rotated"},
                          {"service token of county", bad_token}};
  return {
      {.event = Event::own_secret_rotated,
       .what = "the own secret is rotated: the old one is dead with what it made for service accounts",
       .changes = {{"own secret", bad_client},
                   {"new own secret", organizations},
                   {"service token of acme", bad_token}}},
      {.event = Event::key_rotated_by_application,
       .what = "a key is rotated by the application: the old secret is dead with what it made",
       .changes = key_rotated},
      {.event = Event::key_rotated_by_organization,
       .what = "a key is rotated by who granted it: the old secret is dead with what it made",
       .changes = key_rotated},
  };
}

const State no_authorization_of_county{{"key of county", bad_client},
                                       {"keys listed", "borough: organizations"},
                                       {"key listed of county", "none"},
                                       {"service token of county", bad_token},
                                       {"hub token of county", bad_token}};

std::vector<Row> rows_about_authorizations() {
  State revoked = no_authorization_of_county;
  revoked.insert({{"rows of county", "ended/revoked"}, {"history of tool", "revoked"}});
  return {
      {.event = Event::authorization_granted,
       .what = "an organization authorizes: its key is listed at once",
       .changes = {{"keys listed", "borough: organizations; county: organizations; valley: organizations"}},
       .events = {"authorization.granted"}},
      {.event = Event::authorization_revoked,
       .what = "an authorization is revoked: its key ends and users stay signed in",
       .changes = revoked,
       .events = {"authorization.revoked"}},
      {.event = Event::granted_again,
       .what = "it is granted again: a new row with a new key and the old secret stays dead",
       .before = {Event::authorization_revoked},
       .changes = {{"keys listed", "borough: organizations; county: organizations"},
                   {"key listed of county", "another"},
                   {"rows of county", "ended/revoked, active"}},
       .events = {"authorization.granted"}},
      {.event = Event::granting_admin_leaves,
       .what = "the admin who granted leaves: the organization granted and not the person",
       .changes = {{"admin who granted", "401"}}},
      {.event = Event::granting_admin_demoted,
       .what = "the admin who granted is an admin no more: the same",
       .changes = {{"admin who granted", "403"}}},
  };
}

const State no_user_of_county{
    {"user token of county", bad_token}, {"code of county", "invalid_grant"}, {"consent of county", "none"}};

std::vector<Row> rows_about_ends() {
  const State no_application{{"own secret", bad_client},
                             {"sign-in", "unknown_application"},
                             {"tenancy", "404"},
                             {"hub token of county", bad_token},
                             {"key of county", bad_client},
                             {"key of borough", bad_client},
                             {"keys listed", "401"},
                             {"key listed of county", "none"},
                             {"user token of acme", bad_token},
                             {"user token of county", bad_token},
                             {"service token of acme", bad_token},
                             {"service token of county", bad_token},
                             {"code of acme", "invalid_client"},
                             {"code of county", "invalid_client"},
                             {"consent of acme", "none"},
                             {"consent of county", "none"},
                             {"rows of county", "ended/application_deleted"},
                             {"history of tool", "no application"}};
  State no_county = no_authorization_of_county, no_owner = no_application;
  no_county.insert(no_user_of_county.begin(), no_user_of_county.end());
  no_county.insert({{"rows of county", "401"},
                    {"first granted by", "401"},
                    {"admin who granted", "401"},
                    {"history of tool", "organization_deleted"}});
  no_owner["tenancy"] = "401";
  no_owner["key of acme for shop"] = bad_client;
  return {
      {.event = Event::profile_deleted,
       .what = "a profile is deleted: its tokens and codes and consents end",
       .changes = no_user_of_county},
      {.event = Event::role_changed,
       .what = "a role is changed: it applies at the next request",
       .changes = {{"user token of county", "nothing"}},
       .doors = {"operation", "api"}},  // pages make nobody a contact
      {.event = Event::application_deleted,
       .what = "the application is deleted: nothing of it works",
       .changes = no_application,
       .events = {"authorization.revoked", "authorization.revoked"}},
      {.event = Event::granting_organization_deleted,
       .what = "an organization that granted is deleted: its key and its people's tokens end",
       .changes = no_county,
       .events = {"authorization.revoked"}},
      {.event = Event::owning_organization_deleted,
       .what = "the organization that owns it is deleted: as if each application was and what it granted ends too",
       .changes = no_owner,
       .events = {"authorization.revoked", "authorization.revoked", "authorization.revoked"}},
  };
}

std::vector<Row> table() {
  std::vector<Row> all;
  for (const auto& part : {rows_about_scopes(), rows_about_sign_in(), rows_about_secrets(), rows_about_authorizations(),
                           rows_about_ends()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

void check_row(const Row& row, const NamedDoor& door) {
  LifecycleHub hub;
  for (const Event event : row.before) api_door().at(event)(hub, Seconds(0));
  hub.begin();
  const State before = hub.seen_before();
  State expected = before;
  for (const auto& [name, value] : row.changes) expected[name] = value;
  door.door.at(row.event)(hub, Seconds(0));
  for (const std::size_t process : {0U, 1U}) {
    CAPTURE(process);
    const State after = hub.seen(process);
    const State wrong = difference(expected, after);
    CHECK_MESSAGE(wrong.empty(), text_of(wrong));
    for (const auto& change : row.changes) CHECK_MESSAGE(after.contains(change.first), change.first);
  }
  CHECK(hub.authorization_events() == row.events);
}

TEST_CASE("lifecycle: each event has its effects and no others through every door and in every process") {
  for (const Row& row : table()) {
    CAPTURE(std::string(row.what));
    Texts through;
    for (const NamedDoor& door : doors()) {
      if (!door.door.contains(row.event)) continue;
      CAPTURE(door.name);
      through.push_back(door.name);
      check_row(row, door);
    }
    CHECK(through == row.doors);
  }
}

TEST_CASE("lifecycle: a replaced secret goes on working for an overlap and no longer") {
  struct Case {
    Event event;
    const char* old;
  };
  for (const Case& one :
       {Case{Event::own_secret_rotated, "own secret"}, Case{Event::key_rotated_by_application, "key of county"},
        Case{Event::key_rotated_by_organization, "key of county"}}) {
    for (const NamedDoor& door : doors()) {
      if (!door.door.contains(one.event)) continue;
      CAPTURE(door.name);
      CAPTURE(std::string(one.old));
      LifecycleHub hub;
      hub.begin();
      door.door.at(one.event)(hub, some_overlap);
      hub.clock().advance(some_overlap - Seconds(1));
      CHECK(hub.seen(0).at(one.old) == organizations);
      hub.clock().advance(Seconds(2));
      for (const std::size_t process : {0U, 1U}) CHECK(hub.seen(process).at(one.old) == bad_client);
    }
  }
}

TEST_CASE("lifecycle: of grants at the same time in two processes one is made with one key") {
  LifecycleHub hub;
  const Ask grant = ask(Method::post, "/authorized-applications", hub.console("admin@valley.test", "valley"),
                        {{"application", hub.tool_id()}});
  std::atomic<int> granted = 0, refused = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    http::Services& at = i % 2 == 0 ? hub.services() : hub.other_process();
    threads.emplace_back([&, services = &at] {
      const int status = hub.send(*services, grant).status;
      granted += status == 201 ? 1 : 0;
      refused += status == 409 ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(granted == 1);
  CHECK(refused == 7);
  CHECK(hub.column("/keys?organization=" + hub.org_hash("valley"), hub.tool(), "id").size() == 1);
}

}  // namespace
}  // namespace hub::testing
