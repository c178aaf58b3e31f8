#include "hub/core/migrate.h"

#include <nlohmann/json.hpp>

#include "builtin.h"
#include "hub/base/codes.h"
#include "location.h"
#include "request.h"

namespace hub::cli {
namespace {

using core::MigrateAnswer;
using core::MigrateRequest;
using core::MigrationAnswer;
using operations::Fields;
using operations::Show;

Fields<MigrationAnswer> migration_fields() {
  return {
      {"number", &MigrationAnswer::number, "Number of the schema.", {.show = Show::column}},
      {"name", &MigrationAnswer::name, "What brings it.", {.show = Show::column}},
      {"state", &MigrationAnswer::state, "applied or due.", {.show = Show::column}},
      {"applied_at", &MigrationAnswer::applied_at, "When it was applied.", {.show = Show::column}},
  };
}

Fields<MigrateRequest> request_fields() {
  return {{"backup", &MigrateRequest::backup, "File for the backup; default <store>.schema-N.backup."}};
}

Fields<MigrateAnswer> answer_fields() {
  return {
      {"store", &MigrateAnswer::store, "File of the store.", {.show = Show::column}},
      {"from", &MigrateAnswer::from, "Schema it had.", {.show = Show::column}},
      {"to", &MigrateAnswer::to, "Schema it has.", {.show = Show::column}},
      {"backup", &MigrateAnswer::backup, "Backup of the store as it was.", {.show = Show::column}},
  };
}

Result<core::HubLocation> location_of(const Invocation& invocation) {
  if (invocation.options.actor) {
    return Error{codes::principal_not_allowed, "Only an operator looks after the store.", "run it without --actor"};
  }
  return find_hub(invocation.options.store, invocation.options.master_key_file, invocation.around);
}

Result<int> list(const Invocation& invocation, bool due_only) {
  const Result<core::HubLocation> location = location_of(invocation);
  if (!location) return location.error();
  Json rows = Json::array();
  const Result<void> listed = core::list_migrations(*location, [&](const MigrationAnswer& migration) {
    if (due_only && migration.state != "due") return true;
    Json row = Json::object();
    operations::write_answer(migration_fields(), migration, row);
    rows.push_back(std::move(row));
    return true;
  });
  if (!listed) return listed.error();
  const std::unique_ptr<Writer> writer =
      make_writer(invocation.options.format, invocation.options.layout, invocation.out);
  for (const Json& row : rows) writer->row(row);
  writer->finish();
  return 0;
}

Result<int> run_status(const Invocation& invocation) { return list(invocation, false); }
Result<int> run_plan(const Invocation& invocation) { return list(invocation, true); }

Result<int> run_up(const Invocation& invocation) {
  const Result<MigrateRequest> request = request_of(invocation, request_fields());
  if (!request) return request.error();
  const Result<core::HubLocation> location = location_of(invocation);
  if (!location) return location.error();
  const std::unique_ptr<Random> random = core::system_random();
  const Result<MigrateAnswer> done =
      core::migrate_up(*location, local_call(invocation.options), *request, invocation.clock, *random);
  if (!done) return done.error();
  Json answer = Json::object();
  answer["changed"] = done->changed;
  answer["kind"] = "store";
  answer["name"] = done->store;
  operations::write_answer(answer_fields(), *done, answer["object"] = Json::object());
  print_object(invocation, answer);
  return 0;
}

operations::CommandInfo described(std::string_view name, std::string_view summary) {
  operations::CommandInfo info;
  info.name = name;
  info.summary = summary;
  info.access = operations::Access::operators;
  info.errors = {codes::store_missing, codes::store_newer, codes::store_damaged};
  return info;
}

}  // namespace

Builtin migrate_status_command() {
  operations::CommandInfo info = described("migrate status", "List the migrations of the store, applied and due");
  info.effect = operations::Effect::list;
  info.answer = operations::infos(migration_fields());
  info.examples = {"hubctl migrate status"};
  return {std::move(info), "number", &run_status, true};
}

Builtin migrate_plan_command() {
  operations::CommandInfo info = described("migrate plan", "List the migrations that \"migrate up\" would apply");
  info.effect = operations::Effect::list;
  info.answer = operations::infos(migration_fields());
  info.examples = {"hubctl migrate plan"};
  return {std::move(info), "number", &run_plan, true};
}

Builtin migrate_up_command() {
  operations::CommandInfo info = described("migrate up", "Bring a store of an older hubctl up to date");
  info.details =
      "A backup is written and checked first; the master key is not in it. Stop hubs of the older version before: they "
      "do not know the new schema. Each migration is applied wholly or not at all.";
  info.effect = operations::Effect::change;
  info.request = operations::infos(request_fields());
  info.request.front().reference = "file";
  info.answer = operations::infos(answer_fields());
  info.examples = {"hubctl migrate up", "hubctl migrate up --backup /var/backups/hub-before.db"};
  info.errors.push_back(codes::exists);
  return {std::move(info), "to", &run_up};
}

}  // namespace hub::cli
