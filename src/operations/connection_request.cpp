#include "hub/core/connection_request.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::ApproveConnectionRequest;
using core::ConnectionRequestAnswer;
using core::DeclineConnectionRequest;
using core::ListConnectionRequests;
using core::RequestConnection;

constexpr std::string_view which_request = "Request, by its id.";

Fields<ConnectionRequestAnswer> request_fields() {
  return {
      {"app", &ConnectionRequestAnswer::app, "App that is to be installed or to do more.", {.show = Show::column}},
      {"org", &ConnectionRequestAnswer::org, "Organization it is to act for.", {.show = Show::column}},
      {"person", &ConnectionRequestAnswer::person, "Member who asks.", {.show = Show::column}},
      {"scopes", &ConnectionRequestAnswer::scopes, "Scopes that are asked for.", {.show = Show::column}},
      {"state", &ConnectionRequestAnswer::state, "open, approved or declined.", {.show = Show::column}},
      {"created_at", &ConnectionRequestAnswer::created_at, "When it was made.", {.show = Show::column}},
      {"decided_by",
       &ConnectionRequestAnswer::decided_by,
       "Who decided; none: nobody yet, or an operator.",
       {.show = Show::wide}},
      {"decided_at", &ConnectionRequestAnswer::decided_at, "When it was decided.", {.show = Show::wide}},
      {"id", &ConnectionRequestAnswer::id, "Identifier.", {.show = Show::column}},
      {"hash_id", &ConnectionRequestAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"updated_at", &ConnectionRequestAnswer::updated_at, "Last change."},
      {"version", &ConnectionRequestAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<RequestConnection> make_fields() {
  return {
      {"app", &RequestConnection::app, "App to ask for.", {.reference = "app"}},
      {"org", &RequestConnection::org, "Organization whose admins are asked.", {.reference = "org"}},
      {"scope", &RequestConnection::scopes, "Scopes to ask for.", {.reference = "scope"}},
      {"person", &RequestConnection::person, "Member who asks; default the caller.", {.reference = "person"}},
  };
}

Fields<ListConnectionRequests> list_fields() {
  return {
      {"org", &ListConnectionRequests::org, "Only those of this organization.", {.reference = "org"}},
      {"decided", &ListConnectionRequests::decided, "The decided ones instead of the open ones."},
  };
}

Fields<ApproveConnectionRequest> approve_fields() {
  return {{"request", &ApproveConnectionRequest::request, which_request, {.reference = "request"}}};
}

Fields<DeclineConnectionRequest> decline_fields() {
  return {{"request", &DeclineConnectionRequest::request, which_request, {.reference = "request"}}};
}

}  // namespace

std::vector<Operation> connection_request_operations() {
  return {
      operation({.name = "connection request",
                 .summary = "Ask the admins of an organization to install an app",
                 .details = "For members who may not install it themselves, and where it is installed for more scopes. "
                            "The admins get a mail, and see the request at /id/requests.",
                 .access = Access::people,
                 .kind = "connection-request",
                 .examples = {"hubctl connection request --app caresuite --org north211 --scope "
                              "zaikio.organization.r --person clerk@north211.test"},
                 .errors = {codes::unknown_application, codes::not_found, codes::role_required, codes::wrong_state,
                            codes::access_denied, codes::exists, codes::already_authorized,
                            codes::scope_is_not_included_in_desired_scopes, codes::unknown_scope},
                 .ensure = true},
                make_fields(), request_fields(), &core::request_connection),
      operation({.name = "connection requests",
                 .summary = "List what members ask the admins of their organizations for",
                 .access = Access::people,
                 .examples = {"hubctl connection requests", "hubctl connection requests --org north211 --decided"},
                 .errors = {codes::not_found, codes::role_required}},
                list_fields(), request_fields(), &core::list_connection_requests),
      operation(
          {.name = "connection approve",
           .summary = "Approve a member's request",
           .details = "Installs the app, or widens its connection, with what was asked for.",
           .access = Access::people,
           .kind = "connection-request",
           .arguments = {"request"},
           .examples = {"hubctl connection approve 019b76da-a800-7000-8000-000c00000001"},
           .errors = {codes::not_found, codes::role_required, codes::wrong_state, codes::access_denied, codes::stale},
           .if_version = true},
          approve_fields(), request_fields(), &core::approve_connection_request),
      operation({.name = "connection decline",
                 .summary = "Decline a member's request",
                 .access = Access::people,
                 .kind = "connection-request",
                 .arguments = {"request"},
                 .examples = {"hubctl connection decline 019b76da-a800-7000-8000-000c00000001 --reason 'not needed'"},
                 .errors = {codes::not_found, codes::role_required, codes::wrong_state, codes::stale},
                 .if_version = true},
                decline_fields(), request_fields(), &core::decline_connection_request),
  };
}

}  // namespace hub::operations
