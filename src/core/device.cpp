#include "hub/core/device.h"

#include <algorithm>

#include "asked.h"
#include "device_decision.h"
#include "device_request.h"
#include "hub/base/codes.h"
#include "hub/core/openid_scope.h"
#include "hub/crypto/random.h"
#include "hub/domain/address.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/device_authorization.h"
#include "hub/store/failed_attempt.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

constexpr std::string_view verify_path = "/oauth/device_authorizations/verify";

Error unknown_client() { return {codes::invalid_client, "The client is unknown."}; }

// One answer for every reason (claim DV-03).
Error no_such_device() {
  return {codes::invalid_link, "This code is wrong or has expired.",
          "compare it with the device, or start there again"};
}

// What whoever opens the device is asked about.
LoginRequest as_request(const DeviceAuthorization& device, CodeDialect dialect) {
  return {.dialect = dialect,
          .app_id = device.app_id,
          .credential_id = device.credential_id,
          .scope = device.scope,
          .hints = device.hints,
          .device_id = device.id};
}

Result<DeviceAuthorization> prepared(View& view, const StartDevice& request) {
  const auto credential = store::find_own_credential(view.db(), request.client_id);
  if (!credential) return unknown_client();
  const auto app = store::find_app(view.db(), credential->app_id);
  if (!app || app->state == AppState::inactive) return unknown_client();
  DeviceAuthorization device{.app_id = app->id,
                             .credential_id = credential->id,
                             .scope = request.scope,
                             .hints = request.hints,
                             .address = request.address,
                             .proven = request.style == TokenStyle::standard && credential->confidential,
                             .interval = lifetimes::device_interval,
                             .created_at = view.now(),
                             .expires_at = view.now() + lifetimes::device_code};
  // Nobody is asked about scopes that the app may not have.
  const CodeDialect dialect = request.style == TokenStyle::standard ? CodeDialect::standard : CodeDialect::hub;
  const Result<AskedScopes> asked = check_asked(view, as_request(device, dialect), {*app, *credential});
  if (!asked) return asked.error();
  return device;
}

// A user code that no device in the store has (claim DV-04).
Result<std::string> free_user_code(Work& work) {
  constexpr int tries = 32;
  for (int i = 0; i < tries; ++i) {
    std::string code = make_user_code(work.random());
    const Result<Bytes> hash = hash_user_code(work, code);
    if (!hash) return hash.error();
    if (!store::find_device_by_user_code(work.db(), *hash)) return code;
  }
  return Error{codes::overloaded, "Too many devices are waiting.", "try again in a moment"};
}

Result<DeviceStarted> insert(Work& work, DeviceAuthorization device) {
  const Result<std::string> user_code = free_user_code(work);
  if (!user_code) return user_code.error();
  device.id = DeviceId::make(work.now(), work.random());
  Secret device_code = crypto::make_secret(work.random());
  const Result<Bytes> hash = hash_device_code(work, device_code);
  if (!hash) return hash.error();
  const Result<Bytes> user_hash = hash_user_code(work, *user_code);
  if (!user_hash) return user_hash.error();
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  store::insert_device_authorization(work.db(), device, {*hash, *user_hash});
  const std::string uri = *issuer + std::string(verify_path);
  return DeviceStarted{.device_code = std::move(device_code),
                       .user_code = Secret(*user_code),
                       .verification_uri = uri,
                       .verification_uri_complete = Secret(uri + "?code=" + *user_code),
                       .expires_in = lifetimes::device_code.count(),
                       .interval = device.interval.count()};
}

// One of the three ways that wrong user codes are counted.
struct Guess {
  std::string_view kind;
  std::string of;
  std::int64_t most;
};
std::vector<Guess> guesses(const OpenDevice& request) {
  return {{"user_code_session", request.session.text(), limits::user_code_failures_session},
          {"user_code_address", address_group(request.address), limits::user_code_failures_address},
          {"user_code_hub", "", limits::user_code_failures_hub}};
}

// Counts a wrong code, which is taken back if it was right.
class Count {
 public:
  Count(Work& work, const crypto::StoreKeys& keys, const OpenDevice& request) : work_(work) {
    for (const Guess& guess : guesses(request)) {
      const Bytes key = keys.keyed_hash("failed_attempt", guess.of);
      const store::AttemptLimit limit{guess.most, lifetimes::user_code_window};
      // Who has had their share counts for nobody else, or one visitor could shut everybody out.
      allowed_ = store::count_attempt(work.db(), guess.kind, key, limit, work.now());
      if (!allowed_) return;
      counted_.push_back({guess.kind, key});
    }
  }
  bool allowed() const { return allowed_; }
  void take_back() {
    for (const auto& [kind, key] : counted_) store::take_back_attempt(work_.db(), kind, key);
  }

 private:
  Work& work_;
  std::vector<std::pair<std::string_view, Bytes>> counted_;
  bool allowed_ = true;
};

std::optional<DeviceAuthorization> find_waiting(Work& work, const crypto::StoreKeys& keys, const Secret& typed) {
  const auto code = parse_user_code(typed.reveal());
  if (!code) return std::nullopt;
  auto device = store::find_device_by_user_code(work.db(), keys.keyed_hash("user_code", *code));
  if (!device || !device->waits(work.now())) return std::nullopt;
  const auto app = store::find_app(work.db(), device->app_id);
  return app && app->state != AppState::inactive ? device : std::nullopt;
}

// The user code goes with the request for whoever decides, but is in the store as a hash and sealed only.
Result<Pending> keep(Work& work, const crypto::StoreKeys& keys, const DeviceAuthorization& device,
                     const OpenDevice& request) {
  const Secret code(*parse_user_code(request.user_code.reveal()));
  LoginRequest kept = as_request(device, dialect_of(device.scope));
  kept.state = base64url(keys.sealer().seal(code, device.id.text(), work.random()));
  return keep_login_request(work, std::move(kept), request.browser);
}

}  // namespace

Result<Bytes> hash_device_code(View& view, const Secret& code) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash("device_code", code.reveal());
}

Result<Bytes> hash_user_code(View& view, std::string_view code) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash("user_code", code);
}

CodeDialect dialect_of(std::string_view scope) {
  return std::ranges::any_of(split_scope_list(scope), is_openid_scope) ? CodeDialect::standard : CodeDialect::hub;
}

Result<DeviceStarted> start_device(Work& work, const StartDevice& request) {
  Result<DeviceAuthorization> device = prepared(work, request);
  if (!device) return device.error();
  return insert(work, std::move(*device));
}

Result<DeviceStarted> start_device(Hub& hub, const Call& call, const StartDevice& request) {
  // What is refused never reaches the writer.
  const Result<DeviceAuthorization> draft = hub.read(call, [&](View& view) { return prepared(view, request); });
  if (!draft) return draft.error();
  return hub.write(call, [&](Work& work) { return start_device(work, request); });
}

Result<Pending> open_device(Hub& hub, const Call& call, const OpenDevice& request) {
  // A wrong code is no error here, since an error would undo that it was counted.
  const Result<std::optional<Pending>> opened = hub.write(call, [&](Work& work) -> Result<std::optional<Pending>> {
    const Result<Keys*> keys = work.keys();
    if (!keys) return keys.error();
    Count count(work, (*keys)->store_keys, request);
    const auto device = find_waiting(work, (*keys)->store_keys, request.user_code);
    if (!device || !count.allowed()) return std::optional<Pending>();
    count.take_back();
    Result<Pending> kept = keep(work, (*keys)->store_keys, *device, request);
    if (!kept) return kept.error();
    return std::optional(std::move(*kept));
  });
  if (!opened) return opened.error();
  if (!*opened) return no_such_device();
  return **opened;
}

Result<WaitingDevice> waiting_device(View& view, const LoginRequest& request) {
  const auto device =
      request.device_id ? store::find_device_authorization(view.db(), *request.device_id) : std::nullopt;
  if (!device || !device->waits(view.now()) || !request.state) return no_such_device();
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  Bytes sealed;
  if (!decode_base64url(*request.state, sealed)) return no_such_device();
  Result<Secret> code = (*keys)->store_keys.sealer().open(sealed, device->id.text());
  if (!code) return code.error();
  return WaitingDevice{std::move(*code), device->address, device->created_at, device->expires_at};
}

Result<void> decide_device(Work& work, const DeviceId& id, const DeviceDecision& decision) {
  auto device = store::find_device_authorization(work.db(), id);
  if (!device) return no_such_device();
  device->allowed = decision.allowed;
  device->decided_by = decision.decided_by;
  device->organization_id = decision.organization_id;
  device->person_id = decision.person_id;
  device->scopes = decision.scopes;
  device->openid = decision.openid;
  device->authenticated_at = decision.authenticated_at;
  if (!store::decide_device_authorization(work.db(), *device, work.now())) return no_such_device();
  return {};
}

}  // namespace hub::core
