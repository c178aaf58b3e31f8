#include "builder.h"

#include <doctest/doctest.h>

#include "hub/base/file.h"
#include "hub/core/key.h"
#include "hub/crypto/master_key.h"
#include "hub/store/settings.h"

namespace hub::testing {

Builder::Builder(Blueprint& plan) : plan_(plan) {
  const core::HubLocation location{plan.directory.file("hub.db"), plan.directory.file("hub.db.key")};
  const Secret line = crypto::make_master_key_line(random_);
  plan.secrets["master key"] = line.reveal();
  REQUIRE(write_new_file(location.master_key_file, line.reveal() + "\n"));
  core::Keys keys(*crypto::parse_master_key_line(line));
  hub_ = std::make_unique<core::Hub>(*store::open_sqlite(location.store_path, {.create = true, .now = clock_.now()}),
                                     location, clock_, random_);
  const crypto::SigningKey key = crypto::SigningKey::generate(crypto::Algorithm::es256);
  plan.secrets["signing key"] = key.to_pem().reveal();
  REQUIRE(hub_->write(World::as_operator(), [&](core::Work& work) -> Result<void> {
    store::insert_settings(work.db(), {.issuer = "http://127.0.0.1:4000",
                                       .mode = HubMode::production,
                                       .master_key_check = keys.store_keys.check_value(),
                                       .created_at = work.now()});
    core::insert_first_key(work, key, keys);
    return {};
  }));
}

Json Builder::run(std::string_view operation, const Json& request) {
  clock_.advance(std::chrono::milliseconds(1));
  Json answer;
  const Result<int> done = operations::run(named(operation), hub_.get(), World::as_operator(), request, answer);
  REQUIRE_MESSAGE(done.has_value(), operation << ": " << (done ? "" : done.error().message));
  return answer.contains("object") ? Json(answer["object"]) : answer;
}

void Builder::organization(const std::string& org) {
  run("org create", {{"name", org}});
  for (const char* role : {"owner", "admin", "member", "contact"}) person(org, role, role);
  person(org, "clerk", "member");
  run("person create", {{"email", "guest@" + org + ".test"}});
  run("person create", {{"email", "invited@" + org + ".test"}, {"verified", true}});
  run("member invite", {{"email", "invited@" + org + ".test"}, {"org", org}, {"role", {"member"}}});
  run("member add-service", {{"name", "machine"}, {"org", org}, {"role", "member"}});
}

void Builder::apps(const std::string& org) {
  const std::string app = org + "_app";
  run("app create", {{"name", app}, {"owner", org}, {"redirect", {"https://" + org + ".test/callback"}}});
  run("app create", {{"name", org + "_spare"}, {"owner", org}});
  secret(app + " first", run("credential create", {{"app", app}}));
  secret(app + "/ci", run("credential create", {{"app", app}, {"name", "ci"}}));
  run("scope provide",
      {{"app", app}, {"name", "items"}, {"access", "rw"}, {"bearer", {"organization"}}, {"title", "Items"}});
  for (const std::string& each : {app, org + "_spare"}) {
    run("scope desired set",
        {{"app", each}, {"scopes", {"zaikio.organization.r", "zaikio.person.r", app + ".items.r"}}});
  }
  run("connection install", {{"app", app}, {"for", "org:" + org}, {"desired", true}});
  run("connection install", {{"app", app}, {"for", "person:owner@" + org + ".test"}, {"desired", true}});
}

// Gamma stands between the others: it uses their apps, and they use its.
void Builder::authorizations(const std::string& org) {
  run("authorization grant", {{"app", org + "_app"}, {"by", "gamma"}});
  run("authorization grant", {{"app", "gamma_app"}, {"by", org}});
  const Json asked = run("connection request", {{"app", "gamma_spare"},
                                                {"org", org},
                                                {"person", "clerk@" + org + ".test"},
                                                {"scope", {"zaikio.organization.r"}}});
  plan_.tenants[org].names[Spelling::name]["request"] = asked["id"];
  plan_.tenants[org].names[Spelling::hash_id]["request"] = asked["hash_id"];
  for (const Json& key : rows("authorization keys list", {{"app", org + "_app"}, {"show_secrets", true}})) {
    plan_.secrets[org + "_app key"] = key["client_secret"];
    plan_.tenants[org].names[Spelling::name]["key"] = key["id"];
    plan_.tenants[org].names[Spelling::hash_id]["key"] = key["hash_id"];
  }
}

void Builder::tokens(const std::string& org) {
  Names& names = plan_.tenants[org].names[Spelling::name];
  const Json request{{"app", org + "_app"},
                     {"credential", org + "_app/ci"},
                     {"for", "org:" + org},
                     {"scope", {"zaikio.organization.r"}}};
  names["refresh"] = issued(org, request);
  names["token"] = newest_token(org);
  issued(org, {{"app", org + "_app"},
               {"for", "org:" + org},
               {"as", "owner@" + org + ".test"},
               {"scope", {"zaikio.organization.r"}}});
  issued(org, request);
  run("token revoke", {{"jti", newest_token(org)}});
  run("connection install", {{"app", org + "_app"}, {"for", "person:clerk@" + org + ".test"}});
  const Json kept =
      run("token private create", {{"for", "org:" + org}, {"name", "Kept"}, {"scope", {"zaikio.organization.r"}}});
  plan_.secrets["private token of " + org] = kept["access_token"];
  names["secret"] = plan_.secrets[org + "_app/ci"];
  names["admin_token"] = org + "_admin";
  plan_.secrets["admin token " + org] = run("token issue-admin", {{"name", org + "_admin"}})["token"];
}

core::NewSession Builder::signed_in(const std::string& email) {
  clock_.advance(std::chrono::milliseconds(1));
  const Json person = run("person show", {{"person", email}});
  Result<core::NewSession> begun = hub_->write(World::as_operator(), [&](core::Work& work) {
    return core::begin_session(work, *PersonId::parse(person["id"].get<std::string>()), "Sweep/1.0", "192.0.2.1");
  });
  REQUIRE(begun);
  return std::move(*begun);
}

void Builder::session(const std::string& org) {
  const core::NewSession begun = signed_in("clerk@" + org + ".test");
  plan_.tenants[org].names[Spelling::name]["session"] = begun.signed_in.session.id.text();
  plan_.secrets["session of " + org] = begun.secret.reveal();
}

void Builder::devices(const std::string& org) {
  Names& names = plan_.tenants[org].names[Spelling::name];
  const Json request{{"app", org + "_app"}, {"credential", org + "_app/ci"}, {"scope", {"Org.zaikio.organization.r"}}};
  const Json allowed = run("device start", request);
  run("device approve", {{"device", allowed["user_code"]}, {"for", "org:" + org}});
  names["device_code"] = allowed["device_code"];
  const Json waiting = run("device start", request);
  names["device"] = run("device show", {{"device", waiting["user_code"]}})["id"];
  plan_.secrets["device code of " + org] = allowed["device_code"];
  plan_.secrets["second device code of " + org] = waiting["device_code"];
}

void Builder::write_down(const std::string& org) {
  Tenancy& tenancy = plan_.tenants[org];
  Names& names = tenancy.names[Spelling::name];
  names.insert({{"org", org}, {"partner", org}, {"slug", org}, {"app", org + "_app"}, {"app_name", org + "_app"}});
  names.insert({{"spare", org + "_spare"}, {"credential", org + "_app/ci"}, {"address", "clerk@" + org + ".test"}});
  names.insert({{"person", "clerk@" + org + ".test"}, {"member", "clerk@" + org + ".test"}});
  names.insert({{"guest", "guest@" + org + ".test"}, {"invitation", "invited@" + org + ".test"}});
  names.insert({{"connection", org + "_app/" + org}, {"authorization", "gamma_app/" + org}});
  names.insert({{"third_app", "gamma_spare"}, {"staged", plan_.tenants["gamma"].names[Spelling::name]["staged"]}});
  for (const auto& [spelling, member] : {std::pair{Spelling::id, "id"}, std::pair{Spelling::hash_id, "hash_id"}}) {
    Names& other = tenancy.names[spelling];
    other.insert({{"org", run("org show", {{"organization", org}})[member]}});
    other.insert({{"partner", other["org"]}});
    other.insert({{"app", run("app show", {{"app", org + "_app"}})[member]}});
    other.insert({{"spare", run("app show", {{"app", org + "_spare"}})[member]}});
    other.insert({{"credential", run("credential show", {{"credential", org + "_app/ci"}})[member]}});
    other.insert({{"person", run("person show", {{"person", names["person"]}})[member]}});
    other.insert({{"guest", run("person show", {{"person", names["guest"]}})[member]}});
    other.insert({{"member", run("member show", {{"member", names["member"]}, {"org", org}})[member]}});
    other.insert({{"invitation", run("member show", {{"member", names["invitation"]}, {"org", org}})[member]}});
    other.insert({{"connection", run("connection show", {{"connection", names["connection"]}})[member]}});
    other.insert({{"authorization", run("authorization show", {{"authorization", names["authorization"]}})[member]}});
    other.insert(names.begin(), names.end());  // what has one spelling only
  }
}

void Builder::staged_key() {
  plan_.tenants["gamma"].names[Spelling::name]["staged"] = run("key stage", {{"alg", "ES256"}})["kid"];
}
void Builder::copy_to(const TemporaryDirectory& directory) {
  const core::HubLocation location = hub_->location();
  hub_.reset();
  copy_world(plan_.directory, directory);
  hub_ = std::make_unique<core::Hub>(*store::open_sqlite(location.store_path, {}), location, clock_, random_);
}

void Builder::finish() {
  plan_.end = clock_.now();
  hub_.reset();
}

Json Builder::rows(std::string_view operation, const Json& request) {
  Json rows = Json::array();
  REQUIRE(operations::run_list(named(operation), hub_.get(), World::as_operator(), request, {}, [&](Json& row) {
    rows.push_back(row);
    return true;
  }));
  return rows;
}

void Builder::person(const std::string& org, const std::string& who, const std::string& role) {
  const std::string email = who + "@" + org + ".test";
  Json request{{"email", email}, {"verified", true}};
  if (email == "clerk@alpha.test")
    request["password"] = plan_.secrets["password of " + email] = "correct horse of " + email;
  run("person create", request);
  run("member add", {{"person", email}, {"org", org}, {"role", {role}}});
}

void Builder::secret(const std::string& what, const Json& credential) {
  plan_.secrets[what] = credential["client_secret"];
}

std::string Builder::issued(const std::string& org, const Json& request) {
  const Json answer = run("token issue", request);
  const std::string count = std::to_string(plan_.secrets.size());
  plan_.secrets["access token " + count + " of " + org] = answer["access_token"];
  plan_.secrets["refresh token " + count + " of " + org] = answer["refresh_token"];
  return answer["refresh_token"];
}

std::string Builder::newest_token(const std::string& org) {
  return rows("token list", {{"app", org + "_app"}}).front()["jti"];
}

}  // namespace hub::testing
