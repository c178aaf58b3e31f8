#include "hub/core/app.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::AppAnswer;
using core::CreateApp;
using core::DeleteApp;
using core::ListApps;
using core::ShowApp;
using core::UpdateApp;

using Choices = std::vector<std::string_view>;
Choices audiences() { return {"any", "own", "list", "none"}; }
Choices kinds() { return {"public", "addon", "private"}; }
Choices states() { return {"draft", "in_review", "active", "inactive"}; }
Choices reuses() { return {"standard", "refuse", "end_family"}; }

Fields<AppAnswer> app_fields() {
  return {
      {"name", &AppAnswer::name, "Technical name, unique and kept for life.", {.show = Show::column}},
      {"owner", &AppAnswer::owner, "Organization that owns it.", {.show = Show::column}},
      {"client_id", &AppAnswer::client_id, "Client id, kept for life.", {.show = Show::column}},
      {"audience", &AppAnswer::audience, "Whose people may sign in.", {.show = Show::column}},
      {"desired", &AppAnswer::desired, "Scopes it may ask for.", {.show = Show::column}},
      {"status", &AppAnswer::status, "State it is in.", {.show = Show::column}},
      {"title", &AppAnswer::title, "Name that people see.", {.show = Show::wide}},
      {"kind", &AppAnswer::kind, "Who may connect to it.", {.show = Show::wide}},
      {"redirects", &AppAnswer::redirects, "Redirect targets; the first is the default.", {.show = Show::wide}},
      {"description", &AppAnswer::description, "What it is for."},
      {"audience_organizations", &AppAnswer::audience_organizations, "Organizations of the audience list."},
      {"refresh_reuse", &AppAnswer::refresh_reuse, "What a refresh token presented twice does."},
      {"pkce_plain", &AppAnswer::pkce_plain, "Whether it may send PKCE challenges of the method plain."},
      {"credentials", &AppAnswer::credentials, "Credentials of its own that work."},
      {"connections", &AppAnswer::connections, "Active connections."},
      {"id", &AppAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &AppAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"created_at", &AppAnswer::created_at, "When it was created.", {.show = Show::wide}},
      {"updated_at", &AppAnswer::updated_at, "Last change.", {.show = Show::wide}},
      {"version", &AppAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<ListApps> list_fields() { return {}; }

Fields<ShowApp> show_fields() {
  return {{"app", &ShowApp::app, "App, by name, client id or id.", {.reference = "app"}}};
}

Fields<CreateApp> create_fields() {
  return {
      {"name", &CreateApp::name, "Technical name: a lower-case letter, then 2-62 of a-z, 0-9 and _."},
      {"owner", &CreateApp::owner, "Organization that owns it.", {.reference = "org"}},
      {"title", &CreateApp::title, "Name that people see; default the technical one."},
      {"description", &CreateApp::description, "What it is for."},
      {"redirect", &CreateApp::redirects, "Redirect target; the first is the default."},
      {"audience", &CreateApp::audience, "Whose people may sign in; default any.", {.choices = audiences()}},
      {"audience_organization",
       &CreateApp::audience_organizations,
       "Organization of the audience list.",
       {.reference = "org"}},
      {"kind", &CreateApp::kind, "Who may connect to it; default public.", {.choices = kinds()}},
      {"state", &CreateApp::state, "State it starts in; default active.", {.choices = states()}},
      {"refresh_reuse",
       &CreateApp::refresh_reuse,
       "What a refresh token presented twice does; default standard.",
       {.choices = reuses()}},
      {"pkce_plain",
       &CreateApp::pkce_plain,
       "Whether it may send PKCE challenges of the method plain; default off.",
       {.choices = {"on", "off"}}},
  };
}

Fields<UpdateApp> update_fields() {
  return {
      {"app", &UpdateApp::app, "App, by name, client id or id.", {.reference = "app"}},
      {"title", &UpdateApp::title, "New name that people see."},
      {"description", &UpdateApp::description, "What it is for."},
      {"redirect", &UpdateApp::redirects, "All redirect targets from now on."},
      {"add_redirect", &UpdateApp::add_redirects, "One more redirect target."},
      {"remove_redirect", &UpdateApp::remove_redirects, "Redirect target to give up."},
      {"audience", &UpdateApp::audience, "Whose people may sign in.", {.choices = audiences()}},
      {"audience_organization",
       &UpdateApp::audience_organizations,
       "All organizations of the audience list from now on.",
       {.reference = "org"}},
      {"add_audience_organization",
       &UpdateApp::add_audience_organizations,
       "One more organization of the audience list.",
       {.reference = "org"}},
      {"remove_audience_organization",
       &UpdateApp::remove_audience_organizations,
       "Organization to take off the audience list.",
       {.reference = "org"}},
      {"kind", &UpdateApp::kind, "Who may connect to it.", {.choices = kinds()}},
      {"state", &UpdateApp::state, "State it is in.", {.choices = states()}},
      {"refresh_reuse", &UpdateApp::refresh_reuse, "What a refresh token presented twice does.", {.choices = reuses()}},
      {"pkce_plain",
       &UpdateApp::pkce_plain,
       "Whether it may send PKCE challenges of the method plain.",
       {.choices = {"on", "off"}}},
  };
}

Fields<DeleteApp> delete_fields() {
  return {
      {"app", &DeleteApp::app, "App, by name, client id or id.", {.reference = "app"}},
      {"confirm", &DeleteApp::confirm, "Its name, repeated."},
  };
}

}  // namespace

std::vector<Operation> app_operations() {
  return {
      operation({.name = "app list",
                 .summary = "List apps",
                 .access = Access::people,
                 .examples = {"hubctl app list", "hubctl app list --filter owner=vendor -q"}},
                list_fields(), app_fields(), &core::list_apps),
      operation({.name = "app show",
                 .summary = "Show one app",
                 .access = Access::people,
                 .arguments = {"app"},
                 .examples = {"hubctl app show billing -o json"},
                 .errors = {codes::unknown_application, codes::role_required}},
                show_fields(), app_fields(), &core::show_app),
      operation({.name = "app create",
                 .summary = "Create an app",
                 .details = "The hub chooses the client id, which belongs to the app for life. The app has no secret "
                            "until \"credential create\". A private app is connected to its owner at once.",
                 .access = Access::people,
                 .kind = "app",
                 .arguments = {"name"},
                 .examples = {"hubctl app create billing --owner vendor --redirect https://billing.test/callback",
                              "hubctl app create intranet --owner acme --kind private --ensure"},
                 .errors = {codes::exists, codes::not_found, codes::role_required, codes::invalid_redirect,
                            codes::invalid_request},
                 .ensure = true},
                create_fields(), app_fields(), &core::create_app),
      operation({.name = "app update",
                 .summary = "Change an app",
                 .details = "Its name, owner and client id never change.",
                 .access = Access::people,
                 .kind = "app",
                 .arguments = {"app"},
                 .examples = {"hubctl app update billing --title Billing --unset description",
                              "hubctl app update billing --add-redirect http://localhost:8931/callback"},
                 .errors = {codes::unknown_application, codes::role_required, codes::stale, codes::invalid_redirect,
                            codes::invalid_request},
                 .if_version = true},
                update_fields(), app_fields(), &core::update_app),
      operation({.name = "app delete",
                 .summary = "Delete an app with its credentials, connections and tokens",
                 .details = "Its client id is never given out again, and neither is its name if it provided scopes.",
                 .access = Access::people,
                 .kind = "app",
                 .arguments = {"app"},
                 .examples = {"hubctl app delete billing --confirm billing"},
                 .errors = {codes::unknown_application, codes::role_required, codes::stale, codes::invalid_request},
                 .ensure = true,
                 .if_version = true},
                delete_fields(), app_fields(), &core::delete_app),
  };
}

}  // namespace hub::operations
