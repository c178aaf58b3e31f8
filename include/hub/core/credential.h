#pragma once
#include <functional>
#include <optional>
#include <string>

#include "hub/base/secret.h"
#include "hub/base/time.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"

// The client ids of apps with their secrets (decisions-week-one.md 13, 15 and 16). Keys of foreign organizations are
// not among them: see authorization.h.
namespace hub::core {

struct CredentialAnswer {
  std::string client_id, app;
  std::optional<std::string> name;
  std::string kind;  // confidential, public
  std::optional<Instant> last_used_at;
  Instant created_at;
  std::string id, hash_id, state;  // active, revoked
  std::optional<Instant> rotated_at;
  std::optional<Instant> previous_until, previous_last_used_at;  // while the previous secret works
  std::optional<Instant> revoked_at;
  Instant updated_at;
  std::int64_t version = 1;
  std::optional<Secret> client_secret;  // only where one has just been made
};

struct ListCredentials {
  std::optional<std::string> app;
};
Result<void> list_credentials(View& view, const ListCredentials& request,
                              const std::function<bool(const CredentialAnswer&)>& each);

struct ShowCredential {
  std::string credential;
};
Result<CredentialAnswer> show_credential(View& view, const ShowCredential& request);

struct CreateCredential {
  std::string app;
  std::optional<std::string> name;
  bool confidential = false;  // says what is the default
  bool public_ = false;       // no secret
};
// Carries the app's client id if no other live one does. `exists` when the name is taken; with ensure that is fine if
// the kind is the same, and no secret is made.
Result<Changed<CredentialAnswer>> create_credential(Work& work, const CreateCredential& request);

struct RotateCredential {
  std::string credential;
  std::optional<Seconds> overlap;  // how long the previous secret goes on working; none: not at all
};
// wrong_state for a public or revoked one.
Result<Changed<CredentialAnswer>> rotate_credential(Work& work, const RotateCredential& request);

struct RevokeCredential {
  std::string credential;
};
// Its tokens stop working with it (zaikio-hub.md section 1.1).
Result<Changed<CredentialAnswer>> revoke_credential(Work& work, const RevokeCredential& request);

struct VerifyCredential {
  std::string app;
  std::optional<std::string> credential;  // none: any under the app's client ids, foreign organizations' keys too
  Secret secret;
};
// What a secret opens. Looking does not count as using it.
struct VerifyAnswer {
  bool valid = false;
  std::optional<std::string> organization, client_id, name, id;
  bool third_party = false;  // the key of an organization that does not own the app
  bool previous = false;     // replaced, but still working
  std::optional<Instant> previous_until;
  int exit_status() const { return valid ? 0 : 10; }
};
Result<VerifyAnswer> verify_credential(View& view, const VerifyCredential& request);

}  // namespace hub::core
