#include <algorithm>
#include <nlohmann/json.hpp>

#include "builtin.h"
#include "executor.h"
#include "hub/base/codes.h"
#include "hub/core/seed.h"
#include "request.h"
#include "secret_input.h"

namespace hub::cli {
namespace {

struct AppEnv {
  std::string app;
  std::optional<std::string> org, credential;
  std::optional<Secret> secret;
};

operations::Fields<AppEnv> request_fields() {
  return {
      {"app", &AppEnv::app, "App, by name, client id or id.", {.reference = "app"}},
      {"org", &AppEnv::org, "Organization that authorized it, whose secret is used.", {.reference = "org"}},
      {"credential", &AppEnv::credential, "Credential of the app, by name or client id; default its first."},
      {"secret", &AppEnv::secret, "Its secret, if it cannot be read from the hub."},
  };
}

// The names in a .env file are those of the fields, in capitals.
struct Environment {
  std::string hub_issuer, hub_client_id;
  std::optional<Secret> hub_client_secret;
  std::string hub_token_url, hub_jwks_url, hub_introspection_url, hub_revocation_url, hub_api_url;
};

operations::Fields<Environment> answer_fields() {
  return {
      {"hub_issuer", &Environment::hub_issuer, "Public base URL of the hub."},
      {"hub_client_id", &Environment::hub_client_id, "Client id."},
      {"hub_client_secret", &Environment::hub_client_secret, "Client secret, where it can be read."},
      {"hub_token_url", &Environment::hub_token_url, "Token endpoint."},
      {"hub_jwks_url", &Environment::hub_jwks_url, "Keys that tokens are verified with."},
      {"hub_introspection_url", &Environment::hub_introspection_url, "Introspection endpoint."},
      {"hub_revocation_url", &Environment::hub_revocation_url, "Revocation endpoint."},
      {"hub_api_url", &Environment::hub_api_url, "REST API."},
  };
}

// Asks the operations of the table, in the store or at a remote hub, with the rights that the caller has there.
class Collector {
 public:
  Collector(Executor& executor, const AppEnv& request) : executor_(executor), request_(request) {}

  Result<Environment> collect() {
    Json status, app;
    if (Result<void> done = ask("status", Json::object(), status); !done) return done.error();
    if (Result<void> done = ask("app show", {{"app", request_.app}}, app); !done) return done.error();
    Environment out;
    out.hub_issuer = status.value("issuer", "");
    out.hub_client_id = app.value("client_id", "");
    if (Result<void> named = name_credential(out); !named) return named.error();
    Result<void> found = request_.org ? take_key_of_organization(out) : take_own_secret(out);
    if (!found) return found.error();
    out.hub_token_url = out.hub_issuer + "/oauth/token";
    out.hub_jwks_url = out.hub_issuer + "/.well-known/jwks.json";
    out.hub_introspection_url = out.hub_issuer + "/oauth/introspect";
    out.hub_revocation_url = out.hub_issuer + "/oauth/revoke";
    out.hub_api_url = out.hub_issuer + "/api/v1";
    return out;
  }

 private:
  Result<void> ask(std::string_view operation, const Json& request, Json& answer) {
    const Result<int> done = executor_.run(*operations::find_operation(operation), request, answer);
    return done ? Result<void>() : Result<void>(done.error());
  }

  Result<void> name_credential(Environment& out) {
    if (!request_.credential) return {};
    const bool by_name = request_.credential->size() <= 4;  // client ids are longer
    Json answer;
    const std::string reference = by_name ? request_.app + "/" + *request_.credential : *request_.credential;
    if (Result<void> done = ask("credential show", {{"credential", reference}}, answer); !done) return done;
    out.hub_client_id = answer.value("client_id", "");
    return {};
  }

  Result<void> take_key_of_organization(Environment& out) {
    const Json asked = {{"app", request_.app}, {"by", *request_.org}, {"show_secrets", true}};
    const Result<void> listed =
        executor_.run_list(*operations::find_operation("authorization keys list"), asked, [&](Json& row) {
          out.hub_client_secret = Secret(row.value("client_secret", ""));
          out.hub_client_id = row.value("client_id", "");
          return true;
        });
    if (!listed) return listed;
    if (out.hub_client_secret && !out.hub_client_secret->empty()) return {};
    return Error{codes::not_found, "This organization has given the app no key.", "hubctl authorization grant", "org"};
  }

  Result<bool> opens(const Environment& out, const Secret& secret) {
    Json answer;
    const Json asked = {{"app", request_.app}, {"credential", out.hub_client_id}, {"secret", secret.reveal()}};
    if (Result<void> done = ask("credential verify", asked, answer); !done) return done.error();
    return answer.value("valid", false);
  }

  // Own secrets are kept as hashes. Those of the built-in seed everybody knows.
  Result<void> take_own_secret(Environment& out) {
    if (request_.secret) {
      const Result<bool> good = opens(out, *request_.secret);
      if (!good) return good.error();
      if (!*good) return Error{codes::invalid_client, "This is not the secret of that credential.", "", "secret"};
      out.hub_client_secret = request_.secret;
      return {};
    }
    const Result<core::SeedKeys> demo = core::read_seed_keys(core::demo_seed());
    if (!demo) return demo.error();
    const auto known = std::find_if(demo->keys.begin(), demo->keys.end(), [&](const core::SeedKey& key) {
      return !key.third_party && key.client_id == out.hub_client_id;
    });
    if (known == demo->keys.end()) return {};
    const Result<bool> good = opens(out, known->secret);
    if (good && *good) out.hub_client_secret = known->secret;
    return {};
  }

  Executor& executor_;
  const AppEnv& request_;
};

void print_lines(const Invocation& invocation, const Environment& found, bool hidden) {
  Json answer = Json::object();
  operations::write_answer(answer_fields(), found, answer);
  Layout layout = invocation.options.layout;
  layout.columns = invocation.shape.fields;
  const std::unique_ptr<Writer> writer = make_writer(Format::env, layout, invocation.out);
  writer->object(answer);
  writer->finish();
  if (hidden) {
    invocation.out.write("# HUB_CLIENT_SECRET is not shown on a terminal; send the output into a file\n");
  } else if (!found.hub_client_secret) {
    invocation.out.write("# HUB_CLIENT_SECRET cannot be read again; add it with --secret-file FILE\n");
  }
}

Result<int> run_app_env(const Invocation& invocation) {
  const Result<AppEnv> request = request_of(invocation, request_fields());
  if (!request) return request.error();
  const Result<std::unique_ptr<Executor>> executor =
      open_executor(invocation.options, invocation.around, invocation.clock, operations::Effect::read);
  if (!executor) return executor.error();
  Result<Environment> found = Collector(**executor, *request).collect();
  if (!found) return found.error();
  // Never into a terminal's scrollback (claim CL-02).
  const bool hidden = found->hub_client_secret && invocation.around.output_is_terminal;
  if (hidden) found->hub_client_secret.reset();
  if (!invocation.options.format_is_chosen) {
    print_lines(invocation, *found, hidden);
    return 0;
  }
  Json answer = Json::object();
  operations::write_answer(answer_fields(), *found, answer);
  print_object(invocation, answer);
  return 0;
}

}  // namespace

Builtin app_env_command() {
  operations::CommandInfo info;
  info.name = "app env";
  info.summary = "Print what an app needs to use the hub, as lines of a .env file";
  info.details =
      "A secret of the app itself cannot be read again, so it is taken from --secret-file; the secret that an "
      "organization gave it, named by --org, and those of the demo seed are filled in.";
  info.access = operations::Access::people;
  info.request = operations::infos(request_fields());
  info.answer = operations::infos(answer_fields());
  info.arguments = {"app"};
  info.examples = {"hubctl app env caresuite --secret-file caresuite.secret > .env",
                   "hubctl app env caresuite --org north211 > .env"};
  info.errors = {codes::unknown_application, codes::not_found, codes::role_required, codes::invalid_client};
  return {std::move(info), "hub_client_id", &run_app_env};
}

}  // namespace hub::cli
