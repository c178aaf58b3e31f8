#include "hub/core/credential.h"

#include "client_secret.h"
#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/credential.h"
#include "list_edit.h"
#include "rules.h"

namespace hub::core {
namespace {

CredentialAnswer answer_of(View& view, const Credential& credential) {
  CredentialAnswer answer{.client_id = credential.client_id,
                          .app = app_name(view, credential.app_id),
                          .name = credential.name,
                          .kind = credential.confidential ? "confidential" : "public",
                          .last_used_at = credential.last_used_at,
                          .created_at = credential.created_at,
                          .id = credential.id.text(),
                          .hash_id = credential.id.hash_id(),
                          .state = credential.revoked_at ? "revoked" : "active",
                          .rotated_at = credential.rotated_at,
                          .revoked_at = credential.revoked_at,
                          .updated_at = credential.updated_at,
                          .version = credential.version};
  if (credential.previous_until && *credential.previous_until > view.now()) {
    answer.previous_until = credential.previous_until;
    answer.previous_last_used_at = credential.previous_last_used_at;
  }
  return answer;
}

// As it is in the store now.
Changed<CredentialAnswer> done(View& view, bool changed, const CredentialId& id) {
  CredentialAnswer answer = answer_of(view, *store::find_credential(view.db(), id));
  const std::string shown = answer.name ? answer.app + "/" + *answer.name : answer.client_id;
  return {changed, shown, std::move(answer)};
}

// A key of a foreign organization is as if it were not there: it has operations of its own.
Result<Credential> find_own(View& view, const std::string& reference, Need need) {
  Result<Credential> credential = find_credential(view, reference);
  if (!credential) return credential;
  if (credential->connection_id) {
    return Error{codes::not_found, "This is no credential of an app itself.", "hubctl authorization keys list"};
  }
  if (Result<void> may = require_role(view, credential->organization_id, need); !may) return may.error();
  return credential;
}

// What a dry run made works nowhere.
void show_secret(const Work& work, Changed<CredentialAnswer>& answer, const Secret& secret) {
  if (!work.call().dry_run) answer.object->client_secret = secret;
}

Error revoked_already() { return {codes::wrong_state, "This credential is revoked already."}; }

Result<void> check_request(const CreateCredential& request) {
  if (request.public_ && request.confidential) {
    return Error{codes::invalid_request, "A credential is either confidential or public.", "", "public"};
  }
  if (request.name && !is_credential_name(*request.name)) {
    return Error{codes::invalid_request, "The name of a credential is 1 to 4 of a-z and 0-9.",
                 "it shows in tokens, as app/name", "name"};
  }
  return {};
}

// What --ensure accepts in place of a new one: the one of that name, or any without a name.
std::optional<Credential> find_like(View& view, const App& app, const CreateCredential& request) {
  if (request.name) return store::find_credential_by_name(view.db(), app.id, *request.name);
  std::optional<Credential> found;
  store::each_credential_of_app(view.db(), app.id, [&](const Credential& credential) {
    const bool own = !credential.connection_id && !credential.name;
    if (own && credential.confidential != request.public_) found = credential;
    return !found;
  });
  return found;
}

// Every client id that secrets of this app can stand under.
std::vector<std::string> client_ids_of(View& view, const App& app) {
  std::vector<std::string> out{app.client_id};
  store::each_credential_of_app(view.db(), app.id, [&](const Credential& credential) {
    add_once(out, credential.client_id);
    return true;
  });
  return out;
}

void describe_match(View& view, const store::SecretMatch& match, VerifyAnswer& answer) {
  const Credential credential = *store::find_credential(view.db(), match.id);
  answer.valid = true;
  answer.organization = organization_name(view, credential.organization_id);
  answer.client_id = credential.client_id;
  answer.name = credential.name;
  answer.id = credential.id.text();
  answer.third_party = credential.connection_id.has_value();
  answer.previous = match.previous;
  if (match.previous) answer.previous_until = credential.previous_until;
}

}  // namespace

Result<void> list_credentials(View& view, const ListCredentials& request,
                              const std::function<bool(const CredentialAnswer&)>& each) {
  const auto emit = [&](const Credential& credential) {
    return credential.connection_id ? true : each(answer_of(view, credential));
  };
  if (request.app) {
    const Result<App> app = find_own_app(view, *request.app);
    if (!app) return app.error();
    if (Result<void> may = require_role(view, *app->owner_id, Need::member); !may) return may;
    store::each_credential_of_app(view.db(), app->id, emit);
    return {};
  }
  store::each_credential(view.db(), view.tenant(), [&](const Credential& credential) {
    return require_role(view, credential.organization_id, Need::member) ? emit(credential) : true;
  });
  return {};
}

Result<CredentialAnswer> show_credential(View& view, const ShowCredential& request) {
  const Result<Credential> credential = find_own(view, request.credential, Need::member);
  if (!credential) return credential.error();
  return answer_of(view, *credential);
}

Result<Changed<CredentialAnswer>> create_credential(Work& work, const CreateCredential& request) {
  const Result<App> app = find_own_app(work, request.app);
  if (!app) return app.error();
  if (Result<void> may = require_role(work, *app->owner_id, Need::admin); !may) return may.error();
  if (Result<void> valid = check_request(request); !valid) return valid.error();
  const std::optional<Credential> there = find_like(work, *app, request);
  if (there && (request.name || work.call().ensure)) {
    return exists_already(work, there->confidential != request.public_,
                          "The credential " + app->name + "/" + request.name.value_or("without a name"),
                          done(work, false, there->id));
  }
  const bool first = !store::find_own_credential(work.db(), app->client_id);
  const Credential credential{.id = CredentialId::make(work.now(), work.random()),
                              .app_id = app->id,
                              .organization_id = *app->owner_id,
                              .connection_id = std::nullopt,
                              .client_id = first ? app->client_id : Uuid::make(work.now(), work.random()).text(),
                              .name = request.name,
                              .confidential = !request.public_,
                              .created_at = work.now(),
                              .updated_at = work.now()};
  std::optional<NewSecret> secret;
  if (credential.confidential) {
    Result<NewSecret> made = make_own_secret(work);
    if (!made) return made.error();
    secret = std::move(*made);
  }
  if (!store::insert_credential(work.db(), credential, secret ? std::optional(secret->forms) : std::nullopt)) {
    return Error{codes::exists, "The name or client id of this credential is taken."};
  }
  work.concerns(*app->owner_id);
  Changed<CredentialAnswer> answer = done(work, true, credential.id);
  if (secret) show_secret(work, answer, secret->text);
  return answer;
}

Result<Changed<CredentialAnswer>> rotate_credential(Work& work, const RotateCredential& request) {
  const Result<Credential> credential = find_own(work, request.credential, Need::admin);
  if (!credential) return credential.error();
  if (Result<void> current = work.check_version(credential->version); !current) return current.error();
  if (credential->revoked_at) return revoked_already();
  if (!credential->confidential) {
    return Error{codes::wrong_state, "A public credential has no secret to rotate."};
  }
  const Seconds overlap = request.overlap.value_or(Seconds{0});
  if (overlap > lifetimes::secret_overlap_most) {
    return Error{codes::invalid_request, "The previous secret works at most 30 days longer.", "", "overlap"};
  }
  const Result<NewSecret> secret = make_own_secret(work);
  if (!secret) return secret.error();
  store::rotate_secret(work.db(), credential->id, secret->forms,
                       overlap > Seconds{0} ? std::optional(work.now() + overlap) : std::nullopt, work.now());
  secret_replaced(work, credential->id);
  work.concerns(credential->organization_id);
  Changed<CredentialAnswer> answer = done(work, true, credential->id);
  show_secret(work, answer, secret->text);
  return answer;
}

Result<Changed<CredentialAnswer>> revoke_credential(Work& work, const RevokeCredential& request) {
  const Result<Credential> credential = find_own(work, request.credential, Need::admin);
  if (!credential) return gone_already<CredentialAnswer>(work, credential.error(), request.credential);
  if (Result<void> current = work.check_version(credential->version); !current) return current.error();
  work.concerns(credential->organization_id);
  if (credential->revoked_at) {
    if (work.call().ensure) return done(work, false, credential->id);
    return revoked_already();
  }
  end_credential(work, *credential);
  return done(work, true, credential->id);
}

Result<VerifyAnswer> verify_credential(View& view, const VerifyCredential& request) {
  const Result<App> app = find_own_app(view, request.app);
  if (!app) return app.error();
  if (Result<void> may = require_role(view, *app->owner_id, Need::member); !may) return may.error();
  std::optional<CredentialId> only;
  if (request.credential) {
    const Result<Credential> credential = find_own(view, *request.credential, Need::member);
    if (!credential) return credential.error();
    if (!(credential->app_id == app->id)) {
      return Error{codes::not_found, "This is no credential of " + app->name + ".", "", "credential"};
    }
    only = credential->id;
  }
  const Result<Bytes> hash = hash_client_secret(view, request.secret);
  if (!hash) return hash.error();
  // Every client id is looked at whatever an earlier one gave, so that a right secret takes as long as a wrong one.
  std::optional<store::SecretMatch> match;
  for (const std::string& client_id : client_ids_of(view, *app)) {
    const auto found = store::find_secret(view.db(), client_id, *hash, view.now());
    if (found && (!only || found->id == *only)) match = found;
  }
  VerifyAnswer answer;
  if (match) describe_match(view, *match, answer);
  return answer;
}

}  // namespace hub::core
