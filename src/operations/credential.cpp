#include "hub/core/credential.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::CreateCredential;
using core::CredentialAnswer;
using core::ListCredentials;
using core::RevokeCredential;
using core::RotateCredential;
using core::ShowCredential;
using core::VerifyAnswer;
using core::VerifyCredential;

Fields<CredentialAnswer> credential_fields() {
  return {
      {"client_id", &CredentialAnswer::client_id, "Client id.", {.show = Show::column}},
      {"app", &CredentialAnswer::app, "App it belongs to.", {.show = Show::column}},
      {"name", &CredentialAnswer::name, "Name, which shows in tokens as app/name.", {.show = Show::column}},
      {"kind", &CredentialAnswer::kind, "confidential, or public without a secret.", {.show = Show::column}},
      {"last_used_at", &CredentialAnswer::last_used_at, "Last use of the secret.", {.show = Show::column}},
      {"created_at", &CredentialAnswer::created_at, "When it was created.", {.show = Show::column}},
      {"id", &CredentialAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &CredentialAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"state", &CredentialAnswer::state, "active or revoked.", {.show = Show::wide}},
      {"rotated_at", &CredentialAnswer::rotated_at, "When its secret was replaced.", {.show = Show::wide}},
      {"previous_until", &CredentialAnswer::previous_until, "How long the previous secret still works."},
      {"previous_last_used_at", &CredentialAnswer::previous_last_used_at, "Last use of the previous secret."},
      {"revoked_at", &CredentialAnswer::revoked_at, "When it was revoked."},
      {"updated_at", &CredentialAnswer::updated_at, "Last change."},
      {"version", &CredentialAnswer::version, "Number of the current state, for --if-version."},
  };
}

// Of the operations that make a secret.
Fields<CredentialAnswer> fields_with_secret() {
  Fields<CredentialAnswer> fields = credential_fields();
  fields.push_back(
      Field<CredentialAnswer>("client_secret", &CredentialAnswer::client_secret, "The secret, shown this once."));
  return fields;
}

Fields<ListCredentials> list_fields() {
  return {{"app", &ListCredentials::app, "Only those of this app.", {.reference = "app"}}};
}

Fields<ShowCredential> show_fields() {
  return {{"credential",
           &ShowCredential::credential,
           "Credential: app/name, client id or id.",
           {.reference = "credential"}}};
}

Fields<CreateCredential> create_fields() {
  return {
      {"app", &CreateCredential::app, "App it is for.", {.reference = "app"}},
      {"name", &CreateCredential::name, "1-4 of a-z and 0-9, unique in the app."},
      {"confidential", &CreateCredential::confidential, "With a secret; the default."},
      {"public", &CreateCredential::public_, "Without a secret, for software that cannot keep one."},
  };
}

Fields<RotateCredential> rotate_fields() {
  return {
      {"credential",
       &RotateCredential::credential,
       "Credential: app/name, client id or id.",
       {.reference = "credential"}},
      {"overlap", &RotateCredential::overlap, "How long the previous secret goes on working; default 0s, at most 30d."},
  };
}

Fields<RevokeCredential> revoke_fields() {
  return {{"credential",
           &RevokeCredential::credential,
           "Credential: app/name, client id or id.",
           {.reference = "credential"}}};
}

Fields<VerifyCredential> verify_fields() {
  return {
      {"app", &VerifyCredential::app, "App whose secret it should be.", {.reference = "app"}},
      {"credential", &VerifyCredential::credential, "Only this one of its credentials.", {.reference = "credential"}},
      {"secret", &VerifyCredential::secret, "Secret to check."},
  };
}

Fields<VerifyAnswer> verify_answer_fields() {
  return {
      {"valid", &VerifyAnswer::valid, "Whether the secret works.", {.show = Show::column}},
      {"organization", &VerifyAnswer::organization, "Organization it opens.", {.show = Show::column}},
      {"client_id", &VerifyAnswer::client_id, "Client id it belongs to.", {.show = Show::column}},
      {"name", &VerifyAnswer::name, "Name of the credential.", {.show = Show::column}},
      {"third_party", &VerifyAnswer::third_party, "The key of an organization that does not own the app."},
      {"previous", &VerifyAnswer::previous, "Replaced by a newer one, but still working."},
      {"previous_until", &VerifyAnswer::previous_until, "How long it still works."},
      {"id", &VerifyAnswer::id, "Identifier of the credential."},
  };
}

Operation rotate_operation() {
  return operation(
      {.name = "credential rotate",
       .summary = "Replace the secret of a credential",
       .details = "The new secret is shown once. The previous one stops at once unless --overlap says otherwise.",
       .access = Access::people,
       .kind = "credential",
       .id = "client_id",
       .arguments = {"credential"},
       .examples = {"hubctl credential rotate billing/ci --secret-out billing.secret",
                    "hubctl credential rotate billing/ci --overlap 24h -o json"},
       .errors = {codes::not_found, codes::role_required, codes::wrong_state, codes::stale},
       .if_version = true},
      rotate_fields(), fields_with_secret(), &core::rotate_credential);
}

Operation verify_operation() {
  return operation({.name = "credential verify",
                    .summary = "Check whether a client secret works, and what it opens",
                    .details = "Exit status 10 when it does not. Keys of other organizations are checked too. Checking "
                               "does not count as use.",
                    .access = Access::people,
                    .examples = {"hubctl credential verify --app billing --secret-file billing.secret"},
                    .errors = {codes::unknown_application, codes::not_found}},
                   verify_fields(), verify_answer_fields(), &core::verify_credential);
}

}  // namespace

std::vector<Operation> credential_operations() {
  return {
      operation({.name = "credential list",
                 .summary = "List the credentials of apps",
                 .details = "Keys of organizations that allowed an app to act in them are not among them: see "
                            "\"authorization keys list\".",
                 .access = Access::people,
                 .id = "client_id",
                 .examples = {"hubctl credential list --app billing"},
                 .errors = {codes::unknown_application}},
                list_fields(), credential_fields(), &core::list_credentials),
      operation({.name = "credential show",
                 .summary = "Show one credential, without its secret",
                 .access = Access::people,
                 .id = "client_id",
                 .arguments = {"credential"},
                 .examples = {"hubctl credential show billing/ci"},
                 .errors = {codes::not_found, codes::role_required}},
                show_fields(), credential_fields(), &core::show_credential),
      operation({.name = "credential create",
                 .summary = "Create a credential of an app",
                 .details = "The secret is shown once. The first credential carries the client id of the app, further "
                            "ones get one of their own.",
                 .access = Access::people,
                 .kind = "credential",
                 .id = "client_id",
                 .examples = {"hubctl credential create --app billing --name main --secret-out billing.secret",
                              "hubctl credential create --app wallet --public"},
                 .errors = {codes::unknown_application, codes::role_required, codes::exists, codes::invalid_request},
                 .ensure = true},
                create_fields(), fields_with_secret(), &core::create_credential),
      rotate_operation(),
      operation({.name = "credential revoke",
                 .summary = "Revoke a credential and every token made with it",
                 .access = Access::people,
                 .kind = "credential",
                 .id = "client_id",
                 .arguments = {"credential"},
                 .examples = {"hubctl credential revoke billing/ci --reason 'leaked in CI log'"},
                 .errors = {codes::not_found, codes::role_required, codes::wrong_state, codes::stale},
                 .ensure = true,
                 .if_version = true},
                revoke_fields(), credential_fields(), &core::revoke_credential),
      verify_operation(),
  };
}

}  // namespace hub::operations
