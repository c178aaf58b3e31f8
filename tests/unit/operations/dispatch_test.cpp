#include "hub/operations/dispatch.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "fake_operations.h"
#include "hub/base/codes.h"
#include "hub/store/event.h"
#include "support/manual_clock.h"
#include "support/seeded_random.h"
#include "support/temporary_directory.h"

using namespace hub;
using namespace hub::operations;
using namespace hub::testing;

namespace {

struct Named {
  std::string name;
};
Fields<Named> named_fields() { return {{"name", &Named::name, "Name of the thing."}}; }

// The name of what is asked for says how it goes.
Error refusal_of(const std::string& name) {
  if (name == "theirs") return {codes::role_required, "It is theirs."};
  return {codes::not_found, "There is none."};
}
bool is_refused(const std::string& name) { return name == "theirs" || name == "missing"; }

Result<core::Changed<Thing>> create(core::Work& work, const Everything& request) {
  if (is_refused(request.name)) return refusal_of(request.name);
  if (request.name == "there") return core::Changed<Thing>{false, "there", Thing{"there", 1}};
  if (request.name == "gone") return core::Changed<Thing>{false, "gone", std::nullopt};
  work.emit("thing.created", "Org/1");
  return core::Changed<Thing>{true, request.name, Thing{request.name, request.count}};
}

Result<Thing> show(core::View&, const Named& request) {
  if (is_refused(request.name)) return refusal_of(request.name);
  return Thing{request.name, request.name == "negative" ? -1 : 1};
}

Result<std::vector<Thing>> pure_list(const Named&) { return std::vector<Thing>{{"a", 1}, {"b", 2}}; }
Result<Thing> pure(const Named& request) { return Thing{request.name, 1}; }

// Ages in an order that is neither up nor down, each several times.
constexpr int crowd_size = 5000, ages = 997;
Result<std::vector<Thing>> crowd(const Named&) {
  std::vector<Thing> out;
  for (int i = 0; i < crowd_size; ++i) out.push_back({std::to_string(i), (i * 619) % ages});
  return out;
}

int rows_made = 0;
Result<void> list(core::View&, const Named& request, const std::function<bool(const Thing&)>& each) {
  if (is_refused(request.name)) return refusal_of(request.name);
  rows_made = 0;
  const std::vector<Thing> things{{"c", 3}, {"a", 1}, {"d", std::nullopt}, {"b", 2}, {"e", 5}};
  for (const Thing& thing : things) {
    ++rows_made;
    if (!each(thing)) return {};
  }
  return {};
}

Operation create_operation(Access access = Access::people) {
  return operation({.name = "thing create",
                    .summary = "Create a thing",
                    .access = access,
                    .kind = "thing",
                    .id = "name",
                    .arguments = {"name"}},
                   everything_fields(), thing_fields(), &create);
}
Operation show_operation(Access access = Access::people) {
  return operation({.name = "thing show", .summary = "Show a thing", .access = access, .kind = "thing"}, named_fields(),
                   thing_fields(), &show);
}
Operation list_operation() {
  return operation({.name = "thing list", .summary = "List things", .access = Access::people}, named_fields(),
                   thing_fields(), &list);
}

Json request_for(const std::string& name) {
  return Json{{"name", name},          {"count", 3},
              {"at", "2026-11-22"},    {"lifetime", "90s"},
              {"password", "hunter2"}, {"metadata", Json{{"note", std::string(500, 'n')}}}};
}

class Fixture {
 public:
  Fixture() : Fixture(store::OpenOptions{.create = true}) {}

  core::Hub* hub() { return hub_.get(); }
  Call as_operator() const { return {.principal = Principal::local_operator("root")}; }
  Call as_person() {
    return {.principal = Principal::person(PersonId::make(clock_.now(), random_)), .reason = "because"};
  }

  std::vector<AuditRow> audit_rows() {
    std::vector<AuditRow> rows;
    const Call call = as_operator();
    const Result<int> read = hub_->read(call, [&](core::View& view) -> Result<int> {
      store::each_audit_row(view.db(), Tenant(call.principal), [&](const AuditRow& row) {
        rows.push_back(row);
        return true;
      });
      return 0;
    });
    REQUIRE(read);
    return rows;
  }

  // Later writes fail.
  void reopen_read_only() { open({.read_only = true}); }

 private:
  explicit Fixture(const store::OpenOptions& options) { open(options); }
  void open(const store::OpenOptions& options) {
    hub_.reset();
    Result<std::unique_ptr<store::Store>> store = store::open_sqlite(directory_.file("hub.db"), options);
    REQUIRE(store);
    hub_ = std::make_unique<core::Hub>(std::move(*store), core::HubLocation{}, clock_, random_);
  }

  TemporaryDirectory directory_;
  ManualClock clock_;
  SeededRandom random_;
  std::unique_ptr<core::Hub> hub_;
};

std::string listed(Fixture& fixture, const ListQuery& query) {
  std::string names;
  const Result<void> done =
      run_list(list_operation(), fixture.hub(), fixture.as_operator(), Json{{"name", "x"}}, query, [&](Json& row) {
        names += row["name"].get<std::string>();
        return true;
      });
  REQUIRE(done);
  return names;
}

ListQuery query_of(const std::vector<std::string>& conditions, const std::string& sort = "") {
  ListQuery query;
  for (const std::string& text : conditions) query.conditions.push_back(*parse_condition(text, infos(thing_fields())));
  if (!sort.empty()) query.sort = *parse_sort(sort, infos(thing_fields()));
  return query;
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "dispatch: a change answers with its envelope and leaves one audit row") {
  Json answer;
  const Result<int> status = run(create_operation(), hub(), as_operator(), request_for("drum"), answer);
  REQUIRE(status);
  CHECK(*status == 0);
  CHECK(to_line(answer) == R"({"changed":true,"kind":"thing","name":"drum","object":{"name":"drum","age":3}})");
  const std::vector<AuditRow> rows = audit_rows();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].action == "thing create");
  CHECK(rows[0].target == "thing:drum");
  CHECK(rows[0].result == "ok");
  CHECK(rows[0].actor == "local:root");
}

TEST_CASE_FIXTURE(Fixture, "dispatch: an audit row holds the request without secrets and with long texts cut") {
  Json answer;
  REQUIRE(run(create_operation(), hub(), as_operator(), request_for("drum"), answer));
  const AuditRow row = audit_rows().at(0);
  CHECK(row.detail.find("hunter2") == std::string::npos);
  const Json detail = *parse_json(row.detail);
  CHECK_FALSE(detail.contains("password"));
  CHECK(detail["count"] == 3);
  CHECK(detail["metadata"].get<std::string>().size() < 220);
}

TEST_CASE_FIXTURE(Fixture, "dispatch: what changed nothing leaves no audit row") {
  Json answer;
  REQUIRE(run(create_operation(), hub(), as_operator(), request_for("there"), answer));
  CHECK(answer["changed"] == false);
  CHECK(answer["object"]["name"] == "there");
  REQUIRE(run(create_operation(), hub(), as_operator(), request_for("gone"), answer));
  CHECK(answer["object"].is_null());
  CHECK(audit_rows().empty());
}

TEST_CASE_FIXTURE(Fixture, "dispatch: a dry run answers like the real one and leaves nothing") {
  Call call = as_operator();
  call.dry_run = true;
  Json answer;
  REQUIRE(run(create_operation(), hub(), call, request_for("drum"), answer));
  CHECK(answer["changed"] == true);
  CHECK(audit_rows().empty());
  Call person = as_person();
  person.dry_run = true;
  CHECK_FALSE(run(create_operation(), hub(), person, request_for("theirs"), answer));
  CHECK(audit_rows().empty());
}

TEST_CASE_FIXTURE(Fixture, "dispatch: every refusal of a person is in the audit trail") {
  Json answer;
  const Call person = as_person();
  Json request = request_for("theirs");
  request["title"] = "Drum";
  const Result<int> refused = run(create_operation(), hub(), person, request, answer);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == codes::role_required);
  CHECK(refused.error().cause.empty());
  CHECK(to_line(answer) == "{}");
  REQUIRE_FALSE(run(show_operation(), hub(), person, Json{{"name", "theirs"}}, answer));
  REQUIRE_FALSE(run_list(list_operation(), hub(), person, Json{{"name", "theirs"}}, {}, [](Json&) { return true; }));
  const std::vector<AuditRow> rows = audit_rows();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].action == "thing create");
  CHECK(rows[0].target == "thing:theirs");
  CHECK(rows[0].result == "role_required");
  CHECK(rows[0].actor == person.principal.actor);
  CHECK(rows[0].reason == "because");
  CHECK(rows[0].detail.find("hunter2") == std::string::npos);
  CHECK(rows[1].action == "thing show");
  CHECK(rows[2].action == "thing list");
}

TEST_CASE_FIXTURE(Fixture, "dispatch: failures that are no refusals of a person leave no audit row") {
  Json answer;
  REQUIRE_FALSE(run(create_operation(), hub(), as_operator(), request_for("theirs"), answer));
  REQUIRE_FALSE(run(create_operation(), hub(), as_person(), request_for("missing"), answer));
  REQUIRE_FALSE(run(create_operation(), hub(), as_person(), Json{{"nmae", "x"}}, answer));
  REQUIRE_FALSE(run(create_operation(Access::nobody), hub(), as_operator(), request_for("drum"), answer));
  CHECK(audit_rows().empty());
}

TEST_CASE_FIXTURE(Fixture, "dispatch: a refusal that cannot be recorded says so in its cause") {
  reopen_read_only();
  Json answer;
  const Result<int> refused = run(create_operation(), hub(), as_person(), request_for("theirs"), answer);
  REQUIRE_FALSE(refused);
  const Result<int> shown = run(show_operation(), hub(), as_person(), Json{{"name", "theirs"}}, answer);
  REQUIRE_FALSE(shown);
  CHECK(shown.error().code == codes::role_required);
  CHECK(shown.error().cause.find("audit") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "dispatch: access decides before anything is looked at") {
  struct Case {
    Access access;
    bool for_operator, for_person;
  };
  for (const Case& one : {Case{Access::nobody, false, false}, Case{Access::everybody, true, true},
                          Case{Access::people, true, true}, Case{Access::operators, true, false}}) {
    Json answer;
    const Operation operation = show_operation(one.access);
    const Json request{{"name", "drum"}};
    CHECK(run(operation, hub(), as_operator(), request, answer).has_value() == one.for_operator);
    CHECK(run(operation, hub(), as_person(), request, answer).has_value() == one.for_person);
    if (one.for_person) continue;
    const Result<int> refused = run(operation, hub(), as_person(), Json{{"bogus", 1}}, answer);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == codes::principal_not_allowed);
  }
}

TEST_CASE_FIXTURE(Fixture, "dispatch: unknown members never reach an operation") {
  Json answer;
  const Result<int> refused = run(show_operation(), hub(), as_operator(), Json{{"name", "drum"}, {"nme", "x"}}, answer);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == codes::unknown_field);
  CHECK(run(show_operation(), hub(), as_operator(), Json::array(), answer).error().code == codes::invalid_request);
}

TEST_CASE_FIXTURE(Fixture, "dispatch: an answer may have an exit status of its own") {
  Json answer;
  CHECK(*run(show_operation(), hub(), as_operator(), Json{{"name", "negative"}}, answer) == 10);
  CHECK(answer["age"] == -1);
  CHECK(*run(show_operation(), hub(), as_operator(), Json{{"name", "drum"}}, answer) == 0);
}

TEST_CASE("dispatch: operations without a store run without a hub") {
  const Operation one = operation({.name = "thing spell", .summary = "Spell it", .access = Access::everybody},
                                  named_fields(), thing_fields(), &pure);
  const Operation many = operation({.name = "thing spellings", .summary = "Spell it", .access = Access::everybody},
                                   named_fields(), thing_fields(), &pure_list);
  const Call call{.principal = Principal::local_operator("root")};
  Json answer;
  REQUIRE(run(one, nullptr, call, Json{{"name", "drum"}}, answer));
  CHECK(answer["name"] == "drum");
  std::string names;
  REQUIRE(run_list(many, nullptr, call, Json{{"name", "x"}}, query_of({"age:gt=1"}), [&](Json& row) {
    names += row["name"].get<std::string>();
    return true;
  }));
  CHECK(names == "b");
  const Result<int> needs_store = run(show_operation(), nullptr, call, Json{{"name", "drum"}}, answer);
  REQUIRE_FALSE(needs_store);
  CHECK(needs_store.error().code == codes::internal);
  CHECK(run(many, nullptr, call, Json{{"name", "x"}}, answer).error().code == codes::internal);
}

TEST_CASE_FIXTURE(Fixture, "dispatch: lists are filtered and sorted and cut") {
  CHECK(listed(*this, {}) == "cadbe");
  CHECK(listed(*this, query_of({"age:gt=1"})) == "cbe");
  CHECK(listed(*this, query_of({"age:gt=1", "name:ne=e"})) == "cb");
  CHECK(listed(*this, query_of({}, "name")) == "abcde");
  CHECK(listed(*this, query_of({}, "-age")) == "decba");
  CHECK(listed(*this, query_of({"age=null"})) == "d");
  ListQuery query = query_of({"age:ne=null"}, "age");
  query.skip = 1;
  query.limit = 2;
  CHECK(listed(*this, query) == "bc");
  query.skip = 9;
  CHECK(listed(*this, query).empty());
  query = {};
  query.skip = 2;
  CHECK(listed(*this, query) == "dbe");
  query.skip = 0;
  query.limit = 0;
  CHECK(listed(*this, query).empty());
}

TEST_CASE_FIXTURE(Fixture, "dispatch: a list ends as soon as its limit is reached unless it has to be sorted") {
  ListQuery query;
  query.skip = 1;
  query.limit = 2;
  CHECK(listed(*this, query) == "ad");
  CHECK(rows_made == 3);
  query.sort = query_of({}, "name").sort;
  CHECK(listed(*this, query) == "bc");
  CHECK(rows_made == 5);
}

TEST_CASE("dispatch: any part of a long sorted list is the same as of the whole") {
  const Operation many = operation({.name = "thing crowd", .summary = "List things", .access = Access::everybody},
                                   named_fields(), thing_fields(), &crowd);
  const auto names = [&](const ListQuery& query) {
    std::vector<std::string> out;
    const Emit take = [&](Json& row) {
      out.push_back(row["name"]);
      return true;
    };
    REQUIRE(run_list(many, nullptr, Call{.principal = Principal::local_operator("root")}, Json{{"name", "x"}}, query,
                     take));
    return out;
  };
  ListQuery query = query_of({}, "-age");
  const std::vector<std::string> whole = names(query);
  REQUIRE(whole.size() == crowd_size);
  for (const int skip : {0, 3, 700, crowd_size - 2, crowd_size + 1}) {
    for (const int limit : {0, 1, 10, 1500}) {
      CAPTURE(skip);
      CAPTURE(limit);
      query.skip = skip;
      query.limit = limit;
      const int first = std::min(skip, crowd_size), last = std::min(first + limit, crowd_size);
      CHECK(names(query) == std::vector<std::string>(whole.begin() + first, whole.begin() + last));
    }
  }
}

TEST_CASE_FIXTURE(Fixture, "dispatch: whoever takes the rows may stop") {
  int taken = 0;
  const Emit one = [&](Json&) { return ++taken < 1; };
  REQUIRE(run_list(list_operation(), hub(), as_operator(), Json{{"name", "x"}}, {}, one));
  CHECK(taken == 1);
  CHECK(rows_made == 1);
  taken = 0;
  REQUIRE(run_list(list_operation(), hub(), as_operator(), Json{{"name", "x"}}, query_of({}, "name"), one));
  CHECK(taken == 1);
}
