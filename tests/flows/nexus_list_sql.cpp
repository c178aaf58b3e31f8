#include <doctest/doctest.h>

#include <random>

#include "hub/core/app.h"
#include "hub/core/membership.h"
#include "hub/core/person.h"
#include "hub/operations/query.h"
#include "support/nexus_hub.h"

// What SQL selects and sorts for the Nexus lists is what the query language says of the rows as they are shown: random
// queries against the comparison of all rows in process.
namespace hub::testing {
namespace {

using operations::Condition;
using operations::FieldInfo;
using operations::SortKey;
using operations::ValueKind;

FieldInfo field(std::string_view name, ValueKind kind = ValueKind::text, bool repeated = false) {
  return {.name = name, .description = "", .kind = kind, .repeated = repeated};
}

// Compared with HashIDs only: a UUID would be taken for one.
FieldInfo id(std::string_view name) { return {.name = name, .description = "", .reference = "id"}; }

struct List {
  std::string path, authorization;  // the path ends so that parameters can follow
  std::vector<FieldInfo> fields;
};

class Differential {
 public:
  Differential(NexusHub& hub, const List& list, std::uint64_t seed) : hub_(hub), list_(list), random_(seed) {
    all_ = hub.json_of(get(list.path + "$limit=1000", list.authorization));
    for (const Json& row : all_) {
      for (const FieldInfo& one : list.fields) add_values(row[std::string(one.name)]);
    }
    values_.insert(values_.end(), {"", "null", "a%", "%25", "\\", "a\\|b", "zz", "A", "_", "é"});
  }

  void run(int queries) {
    REQUIRE(!all_.empty());
    for (int i = 0; i < queries; ++i) compare(make());
  }

 private:
  struct Query {
    std::vector<std::string> filters;
    std::vector<Condition> conditions;
    std::string order;
    std::vector<SortKey> keys;
    std::size_t skip = 0, limit = 100;
  };

  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[random_() % from.size()];
  }
  void add_values(const Json& value) {
    if (value.is_string()) values_.push_back(value.get<std::string>());
    if (value.is_array()) {
      for (const Json& item : value) add_values(item);
    }
  }
  // A value of the rows, whole or in part, in another case, or with wildcards in it.
  std::string word() {
    std::string text = pick(values_);
    if (random_() % 4 == 0) text = text.substr(0, random_() % (text.size() + 1));
    if (random_() % 6 == 0) std::ranges::transform(text, text.begin(), [](char c) { return c == 'a' ? 'A' : c; });
    return text;
  }
  std::string pattern() {
    std::string text = word().substr(0, 6);
    if (random_() % 2 == 0) text = "%" + text;
    if (random_() % 2 == 0) text += "%";
    if (random_() % 3 == 0 && !text.empty()) text[random_() % text.size()] = '_';
    if (random_() % 6 == 0) text += pick<std::string>({"\\", "\\%", "\\_", "\\x", "\\\\"});
    return text;
  }
  std::string operand(const FieldInfo& of, const std::string& modifier) {
    const bool is_own = of.kind == ValueKind::time || of.kind == ValueKind::boolean || !of.reference.empty();
    const auto one = [&] { return is_own ? own(of) : word(); };
    if (modifier == "like" || modifier == "notlike") return pattern();
    if (modifier == "bt") return one() + "," + one();
    std::string text = one();
    for (std::size_t more = random_() % 4; (modifier == "in" || modifier == "notin") && more > 0; --more) {
      text += "|" + one();
    }
    return text;
  }
  // A value of that very field, or one nearby.
  std::string own(const FieldInfo& of) {
    if (of.kind == ValueKind::boolean) return pick<std::string>({"true", "false", "1", "0"});
    const Json& value = pick(rows())[std::string(of.name)];
    if (!value.is_string() || random_() % 8 == 0) return "2026-01-01T00:00:00.0005Z";
    std::string text = value.get<std::string>();
    if (random_() % 4 == 0) text.insert(text.size() - 1, "7");
    return text;
  }
  std::vector<Json> rows() const { return {all_.begin(), all_.end()}; }

  Query make() {
    static const std::vector<std::string> modifiers{"",    "",   "ne", "gt",    "gte",  "lt",
                                                    "lte", "bt", "in", "notin", "like", "notlike"};
    Query query;
    for (std::size_t count = random_() % 4; count > 0; --count) {
      const FieldInfo& of = pick(list_.fields);
      const std::string modifier = pick(modifiers);
      const std::string value = random_() % 8 == 0 ? "null" : operand(of, modifier);
      const std::string name = std::string(of.name) + (modifier.empty() ? "" : ":" + modifier);
      const auto condition = operations::parse_condition(name + "=" + value, list_.fields);
      if (!condition) continue;  // what does not fit is refused, which others test
      query.conditions.push_back(*condition);
      query.filters.push_back(percent_encode(name) + "=" + percent_encode(value));
    }
    for (std::size_t count = random_() % 3; count > 0; --count) {
      const FieldInfo& by = pick(list_.fields);
      if (by.repeated || by.kind == ValueKind::object) continue;
      const bool descending = random_() % 2 == 0;
      query.keys.push_back({std::string(by.name), by.kind, descending});
      query.order += (query.order.empty() ? "" : ",") + std::string(by.name) + (descending ? " desc" : "");
    }
    if (random_() % 2 == 0) query.skip = random_() % 8;
    if (random_() % 2 == 0) query.limit = random_() % 8;
    return query;
  }

  void compare(const Query& query) {
    std::vector<Json> expected;
    for (const Json& row : all_) {
      const auto holds = [&](const Condition& one) { return operations::matches(row, one); };
      if (std::ranges::all_of(query.conditions, holds)) expected.push_back(row);
    }
    if (!query.keys.empty()) {
      auto keys = query.keys;
      keys.push_back({.field = "id"});
      std::ranges::stable_sort(expected,
                               [&](const Json& a, const Json& b) { return operations::sorts_before(a, b, keys); });
    }
    std::string target = list_.path + "$skip=" + std::to_string(query.skip) + "&$limit=" + std::to_string(query.limit);
    for (const std::string& filter : query.filters) target += "&" + filter;
    if (!query.order.empty()) target += "&$order=" + percent_encode(query.order);
    CAPTURE(target);
    const Answer answer = hub_.send(get(target, list_.authorization));
    REQUIRE_MESSAGE(answer.status == 200, answer.body);
    CHECK(answer.header("X-Total-Count") == std::to_string(expected.size()));
    std::string ids, expected_ids;
    for (const Json& row : answer.json()) ids += row["id"].get<std::string>() + " ";
    for (std::size_t i = query.skip; i < expected.size() && i < query.skip + query.limit; ++i) {
      expected_ids += expected[i]["id"].get<std::string>() + " ";
    }
    CHECK(ids == expected_ids);
  }

  NexusHub& hub_;
  const List list_;
  std::mt19937_64 random_;
  Json all_;
  std::vector<std::string> values_;
};

// Rows of the same millisecond, of the next microsecond and of later ones.
class Populated : public NexusHub {
 public:
  Populated() {
    // Users whose names show, do not show, and who have not joined.
    for (const std::string role : {"member", "contact", "invited"}) {
      const std::string email = "Named." + role + "@crowd.test";
      must(run(as_operator(), &core::prepare_create_person, &core::create_person,
               {.email = email, .first_name = "User " + role, .last_name = "alan", .verified = true}));
      if (role != "invited") member(email, "acme", {role});
    }
    must(run(as_operator(), &core::invite_member,
             {.email = "named.invited@crowd.test", .org = "acme", .role = {"admin"}}));
    for (int i = 0; i < 40; ++i) {
      Json body = {{"metadata", {{"level", i % 3}}}};
      if (i % 4 != 0) body["firstName"] = names[static_cast<std::size_t>(i) % names.size()];
      if (i % 3 != 0) body["lastName"] = names[static_cast<std::size_t>(i / 2) % names.size()];
      if (i % 5 == 0) body["email"] = "P" + std::to_string(i) + "@crowd.test";
      if (i % 3 == 0) clock().advance(std::chrono::microseconds(i % 2 == 0 ? 400 : 7'000'300));
      json_of(ask(Method::post, "/profiles", tool(), body));
    }
  }

 private:
  static constexpr std::array names{"Ada", "alan", "100%", "a|b", "é_\\", "Zoë", "ÉA", "null"};
};

TEST_CASE("nexus lists: what SQL finds of profiles is what the query language says") {
  Populated hub;
  const List list{"/profiles?",
                  hub.tool(),
                  {id("id"), id("organization"), id("user"), field("email"), field("firstName"), field("lastName"),
                   field("roles", ValueKind::text, true), field("serviceAccount", ValueKind::boolean),
                   field("invitedAt", ValueKind::time), field("joinedAt", ValueKind::time),
                   field("createdAt", ValueKind::time), field("updatedAt", ValueKind::time)}};
  Differential(hub, list, 20).run(600);
}

TEST_CASE("nexus lists: what SQL finds of applications is what the query language says") {
  NexusHub hub;
  for (int i = 0; i < 20; ++i) {
    Json body = {{"name", (i % 2 == 0 ? "Press " : "proof_%") + std::to_string(i % 5)}};
    if (i % 3 != 0) body["description"] = i % 2 == 0 ? "Prints" : "a|b";
    if (i % 4 == 0) hub.clock().advance(std::chrono::microseconds(700 + i * 100'000));
    const Json made = hub.json_of(ask(Method::post, "/applications", hub.owner(), body));
    const std::string one = "/applications/" + made["id"].get<std::string>();
    if (i % 5 == 0) hub.json_of(ask(Method::post, one + "/rotate-secret", hub.owner()));
    const Json oauth = {{"redirects", Json::array({OauthHub::redirect})}, {"audience", i % 2 == 0 ? "any" : "own"}};
    if (i % 3 == 0) hub.json_of(ask(Method::patch, one, hub.owner(), {{"oauth", oauth}}));
  }
  const List list{"/applications?",
                  hub.owner(),
                  {id("id"), id("organization"), field("clientId"), field("name"), field("description"),
                   field("tenancy"), field("scopes", ValueKind::text, true), field("createdAt", ValueKind::time),
                   field("updatedAt", ValueKind::time), field("secretRotatedAt", ValueKind::time)}};
  Differential(hub, list, 21).run(300);
}

TEST_CASE("nexus lists: what SQL finds of authorizations and keys is what the query language says") {
  NexusHub hub;
  for (int i = 0; i < 12; ++i) {
    const std::string app = "app" + std::to_string(i), org = "org" + std::to_string(i);
    if (i % 3 == 0) hub.clock().advance(std::chrono::microseconds(1'700));
    hub.app(app);
    hub.desire(app, {"nexus211.profile.r"});
    const Json granted = hub.json_of(
        ask(Method::post, "/authorized-applications", hub.admin(), {{"application", hub.shown(app).client_id}}));
    const std::string one = "/authorized-applications/" + granted["id"].get<std::string>();
    if (i % 4 == 0) CHECK(hub.told(ask(Method::delete_, one, hub.admin())) == "204");
    if (i % 5 == 1) must(hub.run(hub.as_operator(), &core::delete_app, {.app = app, .confirm = app}));
    hub.organization(org);
    hub.grant("tool", org);
  }
  for (const Json& key : hub.json_of(get("/keys?$limit=4&$skip=3", hub.tool()))) {
    hub.json_of(ask(Method::post, "/keys/" + key["id"].get<std::string>() + "/rotate", hub.tool()));
  }
  hub.app("own", "acme");
  hub.desire("own", {"zaikio.organization.r"});
  hub.install("own", "org:acme", {"zaikio.organization.r"});

  const std::vector<FieldInfo> shown{id("id"),
                                     id("organization"),
                                     field("application"),
                                     field("applicationName"),
                                     id("grantedBy"),
                                     field("grantedAt", ValueKind::time),
                                     field("endedAt", ValueKind::time),
                                     field("endedReason")};
  Differential(hub, {"/authorized-applications?", hub.admin(), shown}, 22).run(150);
  std::vector<FieldInfo> with_status = shown;
  with_status.push_back(field("status"));
  Differential(hub, {"/authorized-applications?status:ne=null&", hub.admin(), with_status}, 23).run(150);
  const std::vector<FieldInfo> of_keys{id("id"), id("organization"), field("createdAt", ValueKind::time),
                                       field("rotatedAt", ValueKind::time)};
  Differential(hub, {"/keys?", hub.tool(), of_keys}, 24).run(150);
}

TEST_CASE("nexus lists: a list without a query is ordered by creation and then by id") {
  Populated hub;
  const Json rows = hub.json_of(get("/profiles", hub.tool()));
  const auto key = [](const Json& row) {
    return row["createdAt"].get<std::string>() + " " + row["id"].get<std::string>();
  };
  Texts keys, paged;
  for (const Json& row : rows) keys.push_back(key(row));
  CHECK(std::ranges::is_sorted(keys));
  for (std::size_t skip = 0; skip < rows.size(); skip += 3) {
    for (const Json& row : hub.json_of(get("/profiles?$limit=3&$skip=" + std::to_string(skip), hub.tool()))) {
      paged.push_back(key(row));
    }
  }
  CHECK(paged == keys);
}

}  // namespace
}  // namespace hub::testing
