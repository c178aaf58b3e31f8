#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "world.h"

// Nobody learns anything about another tenant, and nobody changes anything of it (claims G-07, TN-01 and TN-02).
namespace hub::testing {

using operations::Access;
using operations::all_operations;
using operations::Operation;

namespace {

const std::vector<std::string>& everybody() {
  static const std::vector<std::string> people{"owner@alpha.test", "admin@alpha.test", "member@alpha.test",
                                               "contact@alpha.test", "foreign@nowhere.test"};
  return people;
}

// What is public, or another's to use by design: the placeholder of an example and why.
struct Exception {
  std::string_view operation, placeholder, reason;
};
constexpr Exception exceptions[] = {
    {"app create", "partner", "sign-in is opened to a partner by its id, which nobody guesses"},
    {"app update", "partner", "sign-in is opened to a partner by its id, which nobody guesses"},
    {"connection install", "spare", "every organization may connect to every public app, so names of apps are public"},
    {"connection request", "spare", "every member may ask for every public app, so names of apps are public"},
    {"code create", "app", "everybody may sign in to a public app, so names of apps are public"},
    {"scope list", "app", "the scopes of all apps are a public catalogue"},
    {"scope explain", "app_name", "the scopes of all apps are a public catalogue"},
};
bool is_exception(const Operation& one, const std::string& placeholder) {
  return std::any_of(std::begin(exceptions), std::end(exceptions), [&](const Exception& exception) {
    return exception.operation == one.info.name && exception.placeholder == placeholder;
  });
}

// Every name of the tenant by its placeholder, so that texts about two tenants can be compared.
std::string without_names(std::string text, const Names& names) {
  std::vector<std::pair<std::string, std::string>> longest_first(names.begin(), names.end());
  std::ranges::stable_sort(longest_first,
                           [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
  for (const auto& [placeholder, name] : longest_first) {
    if (placeholder == "staged") continue;  // the same for all
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
      text.replace(at, name.size(), "$");
    }
  }
  return text;
}

std::string in_words(const Said& said, const Names& names) {
  std::string text = said.code();
  if (said.error) text += " | " + said.error->message + " | " + said.error->hint + " | " + said.error->field;
  if (!said.error) text += " | " + to_line(said.answer);
  return without_names(text, names);
}

// Everything that changed but the audit trail, in which refusals leave rows.
std::string changed(World& world, const Dump& before) {
  const std::string tables = changed_tables(before, world.dump());
  return tables == "audit" ? "" : tables;
}

// All ids, hash ids, names and addresses of beta's things.
std::set<std::string> marks_of_beta(World& world) {
  std::set<std::string> marks;
  const std::string ours = "(SELECT id FROM organization WHERE slug = 'beta')";
  const std::string apps = "(SELECT id FROM app WHERE owner_organization_id IN " + ours + ")";
  const std::string people = "(SELECT id FROM person WHERE email_key LIKE '%@beta.test')";
  for (const std::string& sql : std::vector<std::string>{
           "SELECT %s FROM organization WHERE id IN " + ours, "SELECT %s FROM app WHERE id IN " + apps,
           "SELECT %s FROM person WHERE id IN " + people, "SELECT %s FROM membership WHERE organization_id IN " + ours,
           "SELECT %s FROM connection WHERE app_id IN " + apps + " OR organization_id IN " + ours,
           "SELECT %s FROM credential WHERE app_id IN " + apps + " OR organization_id IN " + ours}) {
    for (const char* column : {"id", "hash_id"}) {
      std::string query = sql;
      query.replace(query.find("%s"), 2, column);
      for (const std::string& mark : world.column(query)) marks.insert(mark);
    }
  }
  for (const std::string& jti : world.column("SELECT id FROM token WHERE app_id IN " + apps)) marks.insert(jti);
  for (const std::string& id : world.column("SELECT client_id FROM app WHERE id IN " + apps)) marks.insert(id);
  marks.insert({"\"beta\"", "beta_app", "beta_spare", "@beta.test", "beta/", "/beta"});
  return marks;
}

// Runs an example of alpha's where one thing, or all, are beta's, and the same with things that do not exist.
void check_alike(World& world, const Operation& one, const Call& call, Spelling spelling,
                 const std::vector<std::string>& foreign) {
  const auto& tenants = blueprint().tenants;
  Names with_beta = tenants.at("alpha").names.at(spelling);
  Names with_nothing = with_beta;
  for (const std::string& placeholder : foreign) {
    with_beta[placeholder] = tenants.at("beta").names.at(spelling).at(placeholder);
    with_nothing[placeholder] = tenants.at("nowhere").names.at(spelling).at(placeholder);
  }
  const Json& example = *find_example(one.info.name);
  const std::string request = to_line(filled(example, with_beta));
  CAPTURE(request);
  const Said about_beta = world.run(call, one, filled(example, with_beta));
  const Said about_nothing = world.run(call, one, filled(example, with_nothing));
  CHECK(in_words(about_beta, tenants.at("beta").names.at(spelling)) ==
        in_words(about_nothing, tenants.at("nowhere").names.at(spelling)));
  if (is_change(one)) CHECK(about_beta.code() != "ok");
}

}  // namespace

TEST_CASE("what another tenant has looks like what nobody has") {
  World world;
  const Dump before = world.dump();
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    std::vector<std::string> placeholders = placeholders_in(*find_example(one.info.name));
    std::erase_if(placeholders, [&](const std::string& each) {
      return is_exception(one, each) || each == "staged" || each == "third_app" || each == "slug" ||
             each == "address" || (each == "app_name" && one.info.name != "scope explain");
    });
    if (placeholders.empty()) continue;
    const bool hashes_password = one.info.name == "person set-password";
    for (const std::string& who : everybody()) {
      CAPTURE(who);
      const Call call = world.as(who);
      for (const Spelling spelling : {Spelling::name, Spelling::id, Spelling::hash_id}) {
        if (hashes_password && spelling != Spelling::name) continue;  // each takes its time
        for (const std::string& placeholder : placeholders) check_alike(world, one, call, spelling, {placeholder});
        if (placeholders.size() > 1) check_alike(world, one, call, spelling, placeholders);
        REQUIRE(changed(world, before) == "");
      }
    }
  }
}

TEST_CASE("with ensure another tenant's things are as gone as what nobody has") {
  World world;
  const Dump before = world.dump();
  const auto& tenants = blueprint().tenants;
  for (const Operation& one : all_operations()) {
    if (!one.info.ensure || one.info.access == Access::operators) continue;
    CAPTURE(one.info.name);
    for (const std::string& who : everybody()) {
      CAPTURE(who);
      Call call = world.as(who);
      call.ensure = true;
      Names beta = tenants.at("alpha").names.at(Spelling::name);
      Names nowhere = beta;
      const std::vector<std::string> placeholders = placeholders_in(*find_example(one.info.name));
      if (placeholders.empty()) continue;
      for (const std::string& each : placeholders) {
        if (is_exception(one, each)) continue;
        beta[each] = tenants.at("beta").names.at(Spelling::name).at(each);
        nowhere[each] = tenants.at("nowhere").names.at(Spelling::name).at(each);
      }
      const Said about_beta = world.run(call, one, filled(*find_example(one.info.name), beta));
      const Said about_nothing = world.run(call, one, filled(*find_example(one.info.name), nowhere));
      CHECK(in_words(about_beta, tenants.at("beta").names.at(Spelling::name)) ==
            in_words(about_nothing, tenants.at("nowhere").names.at(Spelling::name)));
      CHECK(changed(world, before) == "");
    }
  }
}

TEST_CASE("no list and no answer about alpha holds anything of beta") {
  World world;
  const std::set<std::string> marks = marks_of_beta(world);
  REQUIRE(marks.size() > 40);
  for (const Operation& one : all_operations()) {
    const bool is_catalogue = one.info.name == "scope list";
    if (is_change(one) || one.info.access != Access::people || is_catalogue) continue;
    CAPTURE(one.info.name);
    for (const std::string& who : everybody()) {
      CAPTURE(who);
      std::vector<Json> requests{example_for(one.info.name)};
      const bool has_required =
          std::any_of(one.request.begin(), one.request.end(), [](const auto& f) { return f.required; });
      if (!has_required) requests.push_back(Json::object());
      for (const Json& request : requests) {
        const Said said = world.run(world.as(who), one, request);
        const std::string text = said.error ? said.error->message + said.error->hint : to_line(said.answer);
        for (const std::string& mark : marks) CHECK_MESSAGE(text.find(mark) == std::string::npos, mark);
      }
    }
  }
}

TEST_CASE("only operators run what is theirs") {
  World world;
  const Dump before = world.dump();
  for (const Operation& one : all_operations()) {
    if (one.info.access != Access::operators) continue;
    CAPTURE(one.info.name);
    for (const std::string& who : everybody()) {
      CHECK(world.run(world.as(who), one, example_for(one.info.name)).code() == "principal_not_allowed");
    }
  }
  CHECK(changed(world, before) == "");
}

TEST_CASE("every operation says who may run it") {
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    CHECK(one.info.access != Access::nobody);
    if (one.info.access == Access::everybody) CHECK(one.effect == operations::Effect::none);
  }
}

TEST_CASE("members and contacts change nothing of their organization") {
  // What belongs to nobody yet: an organization, and a device for whoever has its codes.
  const std::set<std::string_view> for_everybody{"org create", "device start", "device poll", "device approve",
                                                 "device deny"};
  // Of other people nobody learns anything.
  const std::set<std::string_view> about_people{"person update",     "person delete", "person set-password",
                                                "person disconnect", "session end",   "connection request"};
  for (const Operation& one : all_operations()) {
    if (!is_change(one) || one.info.access != Access::people || for_everybody.contains(one.info.name)) continue;
    CAPTURE(one.info.name);
    World world;
    const Dump before = world.dump();
    for (const std::string who : {"member@alpha.test", "contact@alpha.test"}) {
      CAPTURE(who);
      for (const Spelling spelling : {Spelling::name, Spelling::id}) {
        const Said said = world.run(world.as(who), one, example_for(one.info.name, "alpha", spelling));
        const bool hidden = about_people.contains(one.info.name) || one.info.name == "token revoke";
        const std::string own = one.info.name == "member accept" ? "principal_not_allowed" : "role_required";
        CHECK(said.code() == (hidden ? "not_found" : own));
      }
    }
    CHECK(changed(world, before) == "");
  }
}

TEST_CASE("owners and admins change what is their organization's") {
  // Only the person themself: what is theirs, and their invitation. Nobody is put into an organization unasked.
  const std::set<std::string_view> for_oneself{
      "person update",      "person delete", "person set-password", "person disconnect", "member accept", "session end",
      "connection request", "member add",    "device poll",         "device approve",    "device deny"};
  for (const Operation& one : all_operations()) {
    if (!is_change(one) || one.info.access != Access::people || for_oneself.contains(one.info.name)) continue;
    CAPTURE(one.info.name);
    for (const std::string who : {"owner@alpha.test", "admin@alpha.test"}) {
      CAPTURE(who);
      World world;
      const Said said = world.run(world.as(who), one, example_for(one.info.name));
      const bool needs_owner = one.info.name == "org delete" && who.starts_with("admin");
      CHECK(said.code() == (needs_owner ? "role_required" : "ok"));
    }
  }
}

}  // namespace hub::testing
