#include "help.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"

using namespace hub;
using operations::CommandInfo;
using operations::FieldInfo;

namespace {

CommandInfo grant() {
  CommandInfo out;
  out.name = "authorization grant";
  out.summary = "Let an application act in an organization that does not own it";
  out.details = "The app reads its new secret itself.";
  out.effect = operations::Effect::change;
  FieldInfo app, by, ensure;
  app.name = "app";
  app.description = "Application that will act.";
  app.required = true;
  app.reference = "app";
  by.name = "by";
  by.description = "Organization that allows it.";
  by.required = true;
  by.reference = "org";
  ensure.name = "ensure";
  ensure.description = "Succeed if it is already so.";
  ensure.kind = operations::ValueKind::boolean;
  out.request = {app, by, ensure};
  out.examples = {"hubctl authorization grant --app caresuite --by org:north211"};
  out.errors = {codes::already_authorized, codes::unknown_application, codes::own_application, codes::role_required};
  return out;
}

}  // namespace

TEST_CASE("Help of a command looks as the contract shows it") {
  CommandInfo list;
  list.name = "authorization list";
  const std::vector<CommandInfo> all = {list, grant()};
  CHECK(cli::command_help(grant(), all) ==
        "Let an application act in an organization that does not own it\n"
        "\n"
        "Usage:  hubctl authorization grant --app APP --by ORG [flags]\n"
        "\n"
        "Examples:\n"
        "  hubctl authorization grant --app caresuite --by org:north211\n"
        "\n"
        "Which:   --app APP      Application that will act.\n"
        "         --by ORG       Organization that allows it.\n"
        "How:     --ensure       Succeed if it is already so.\n"
        "         -n, --dry-run  Check everything, change nothing.\n"
        "         --reason TEXT  Why; kept in the audit trail.\n"
        "\n"
        "The app reads its new secret itself.\n"
        "Fails with: 3 unknown_application · 5 own_application, role_required · 6 already_authorized\n"
        "See also:   hubctl authorization list · man hubctl-authorization\n");
}

TEST_CASE("A name that is too long for its column gets a line of its own") {
  CHECK(cli::two_columns({{"a", "one"}, {std::string(40, 'b'), "two"}}, "  ") ==
        "  a  one\n  " + std::string(40, 'b') + "\n     two\n");
}

TEST_CASE("Every topic has a text and nothing else has one") {
  for (const std::string_view topic : cli::topics()) CHECK(cli::topic_help(topic).size() > 100);
  CHECK(cli::topic_help("nonsense").empty());
}

TEST_CASE("The overview groups what there is and names no more") {
  CommandInfo org, init;
  org.name = "org list";
  init.name = "init";
  init.summary = "Create the store";
  const std::vector<CommandInfo> all = {org, init};
  const std::string text = cli::overview(all);
  CHECK(text.find("\nHUB\n  init  Create the store\n\nTENANTS\n  org ") != std::string::npos);
  CHECK(text.find("serve") == std::string::npos);
  CHECK(text.find("APPS") == std::string::npos);
}
