#include <nlohmann/json.hpp>

#include "builtin.h"
#include "request.h"

namespace hub::cli {
namespace {

struct Version {
  std::string version = HUBCTL_VERSION;
  std::string commit = HUBCTL_COMMIT;
  std::int64_t schema = 0;
  std::string sqlite, openssl;
};

operations::Fields<Version> fields() {
  using operations::Show;
  return {
      {"version", &Version::version, "Version of hubctl.", {.show = Show::column}},
      {"commit", &Version::commit, "Commit it was built from, if known.", {.show = Show::column}},
      {"schema", &Version::schema, "Schema of stores it makes.", {.show = Show::column}},
      {"sqlite", &Version::sqlite, "Version of SQLite.", {.show = Show::column}},
      {"openssl", &Version::openssl, "Version of OpenSSL.", {.show = Show::column}},
  };
}

Result<int> run_version(const Invocation& invocation) {
  Json body;
  const Result<Request> request = build_request(invocation.command, invocation.command.request, invocation.arguments,
                                                invocation.options, invocation.around, body);
  if (!request) return request.error();
  const core::Versions parts = core::versions();
  Version version;
  version.schema = parts.schema;
  version.sqlite = parts.sqlite;
  version.openssl = parts.openssl;
  Json answer = Json::object();
  operations::write_answer(fields(), version, answer);
  print_object(invocation, answer);
  return 0;
}

}  // namespace

std::string version_line() { return "hubctl " HUBCTL_VERSION "\n"; }

Builtin version_command() {
  operations::CommandInfo info;
  info.name = "version";
  info.summary = "Show the version of hubctl and of what it is built on";
  info.answer = operations::infos(fields());
  info.examples = {"hubctl version", "hubctl version -o json"};
  return {std::move(info), "version", &run_version};
}

}  // namespace hub::cli
