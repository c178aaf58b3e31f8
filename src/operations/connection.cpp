#include "hub/core/connection.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::ConnectionAnswer;
using core::InstallConnection;
using core::ListConnections;
using core::ShowConnection;
using core::UninstallConnection;
using core::UpdateConnection;

constexpr std::string_view which_connection = "Connection, by id or as app/org.";

Fields<ConnectionAnswer> connection_fields() {
  return {
      {"app", &ConnectionAnswer::app, "App that may act.", {.show = Show::column}},
      {"for", &ConnectionAnswer::subject, "Organization or person it acts for.", {.show = Show::column}},
      {"scopes", &ConnectionAnswer::scopes, "Granted scopes.", {.show = Show::column}},
      {"state", &ConnectionAnswer::state, "active or ended.", {.show = Show::column}},
      {"granted_by",
       &ConnectionAnswer::granted_by,
       "Membership that granted; none: an operator.",
       {.show = Show::column}},
      {"granted_at", &ConnectionAnswer::granted_at, "When it was granted.", {.show = Show::column}},
      {"id", &ConnectionAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &ConnectionAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"ended_at", &ConnectionAnswer::ended_at, "When it ended."},
      {"ended_reason", &ConnectionAnswer::ended_reason, "Why it ended."},
      {"updated_at", &ConnectionAnswer::updated_at, "Last change.", {.show = Show::wide}},
      {"version", &ConnectionAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<ListConnections> list_fields() {
  return {
      {"app", &ListConnections::app, "Only those of this app.", {.reference = "app"}},
      {"org", &ListConnections::organization, "Only those of this organization.", {.reference = "org"}},
      {"person", &ListConnections::person, "Only those of this person.", {.reference = "person"}},
      {"ended", &ListConnections::ended, "The ended ones instead of the active ones."},
  };
}

Fields<ShowConnection> show_fields() {
  return {{"connection", &ShowConnection::connection, which_connection, {.reference = "connection"}}};
}

Fields<InstallConnection> install_fields() {
  return {
      {"app", &InstallConnection::app, "App that will act.", {.reference = "app"}},
      {"for", &InstallConnection::subject, "Organization or person it will act for.", {.reference = "subject"}},
      {"scope", &InstallConnection::scopes, "Scopes to grant.", {.reference = "scope"}},
      {"desired", &InstallConnection::desired, "Grant every desired scope that applies."},
  };
}

Fields<UpdateConnection> update_fields() {
  return {
      {"connection", &UpdateConnection::connection, which_connection, {.reference = "connection"}},
      {"scope", &UpdateConnection::scopes, "All scopes granted from now on.", {.reference = "scope"}},
      {"add_scope", &UpdateConnection::add_scopes, "Scopes to grant as well.", {.reference = "scope"}},
      {"remove_scope", &UpdateConnection::remove_scopes, "Scopes to grant no longer.", {.reference = "scope"}},
      {"desired", &UpdateConnection::desired, "Grant every desired scope that applies as well."},
  };
}

Fields<UninstallConnection> uninstall_fields() {
  return {{"connection", &UninstallConnection::connection, which_connection, {.reference = "connection"}}};
}

std::vector<Operation> changes() {
  return {
      operation(
          {.name = "connection install",
           .summary = "Connect an app to an organization or person",
           .details = "The connection of a foreign organization is its third-party authorization as well and "
                      "carries a key of its own.",
           .access = Access::people,
           .kind = "connection",
           .examples = {"hubctl connection install --app caresuite --for org:north211 --desired",
                        "hubctl org list -q | hubctl connection install --app billing --for - --desired --ensure"},
           .errors = {codes::unknown_application, codes::not_found, codes::role_required, codes::access_denied,
                      codes::already_authorized, codes::scope_is_not_included_in_desired_scopes, codes::unknown_scope},
           .ensure = true},
          install_fields(), connection_fields(), &core::install_connection),
      operation({.name = "connection update",
                 .summary = "Change what a connection grants",
                 .access = Access::people,
                 .kind = "connection",
                 .arguments = {"connection"},
                 .examples = {"hubctl connection update caresuite/north211 --add-scope warehouse.items.r"},
                 .errors = {codes::not_found, codes::role_required, codes::stale, codes::wrong_state,
                            codes::scope_is_not_included_in_desired_scopes, codes::unknown_scope},
                 .if_version = true},
                update_fields(), connection_fields(), &core::update_connection),
      operation({.name = "connection uninstall",
                 .summary = "End a connection with its key and tokens",
                 .access = Access::people,
                 .kind = "connection",
                 .arguments = {"connection"},
                 .examples = {"hubctl connection uninstall caresuite/north211 --reason 'contract ended'"},
                 .errors = {codes::not_found, codes::role_required, codes::stale},
                 .ensure = true,
                 .if_version = true},
                uninstall_fields(), connection_fields(), &core::uninstall_connection),
  };
}

}  // namespace

std::vector<Operation> connection_operations() {
  std::vector<Operation> all{
      operation(
          {.name = "connection list",
           .summary = "List which apps are connected to which organizations and people",
           .access = Access::people,
           .examples = {"hubctl connection list --app caresuite", "hubctl connection list --org north211 --ended"},
           .errors = {codes::not_found, codes::unknown_application, codes::role_required}},
          list_fields(), connection_fields(), &core::list_connections),
      operation({.name = "connection show",
                 .summary = "Show one connection",
                 .access = Access::people,
                 .arguments = {"connection"},
                 .examples = {"hubctl connection show caresuite/north211"},
                 .errors = {codes::not_found}},
                show_fields(), connection_fields(), &core::show_connection),
  };
  for (Operation& change : changes()) all.push_back(std::move(change));
  return all;
}

}  // namespace hub::operations
