#include <variant>

#include "consummate.h"
#include "device_request.h"
#include "hub/base/codes.h"
#include "hub/core/device.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/app.h"
#include "hub/store/credential.h"
#include "hub/store/device_authorization.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

// Where a device stands at the moment of a poll.
enum class Turn { wait, too_fast, allowed, denied, expired };

struct Polled {
  DeviceAuthorization device;
  App app;
  Credential credential;
};

Result<Credential> polling_client(View& view, const PollDevice& request) {
  const auto credential = request.credential_id ? store::find_credential(view.db(), *request.credential_id)
                                                : store::find_own_credential(view.db(), request.client_id);
  if (!credential || credential->revoked_at) return Error{codes::invalid_client, "The client is unknown."};
  return *credential;
}

// A device whose token this client may still get.
Result<Polled> find_polled(View& view, const PollDevice& request) {
  const Result<Credential> credential = polling_client(view, request);
  if (!credential) return credential.error();
  const Result<Bytes> hash = hash_device_code(view, request.device_code);
  if (!hash) return hash.error();
  const auto device = store::find_device_by_code(view.db(), *hash);
  if (!device) return refused_grant("unknown");
  if (device->credential_id != credential->id) return refused_grant("another client's");
  if (device->proven && !request.credential_id && !request.by_hand) {
    return Error{codes::invalid_client, "The client proves itself as it did when the device was started."};
  }
  if (device->used_at) return refused_grant("used");
  const auto app = store::find_app(view.db(), device->app_id);
  if (!app || app->state == AppState::inactive) return refused_grant("app disabled");
  return Polled{*device, *app, *credential};
}

Turn turn_of(const DeviceAuthorization& device, Instant now) {
  if (device.allowed == false) return Turn::denied;
  if (device.expires_at <= now) return Turn::expired;
  if (device.allowed) return Turn::allowed;  // however fast it comes
  const bool too_fast = device.polled_at && now - *device.polled_at < device.interval;
  return too_fast ? Turn::too_fast : Turn::wait;
}

Error error_of(Turn turn) {
  switch (turn) {
    case Turn::wait:
      return {codes::authorization_pending, "Nobody has approved the device yet."};
    case Turn::too_fast:
      return {codes::slow_down, "The device asks too often; it waits 5 seconds more from now on."};
    case Turn::denied:
      return {codes::access_denied, "The device was refused."};
    case Turn::expired:
      return {codes::expired_token, "The device code has expired.", "start again"};
    case Turn::allowed:
      break;
  }
  return {codes::internal, "An approved device got no token."};
}

// What a poll leaves behind; false: nothing. Somebody who polls all the time whatever they are told soon writes no
// more, since the interval is never longer than a code lives.
bool note(DeviceAuthorization& device, Turn turn, Instant now) {
  if (turn == Turn::wait) {
    device.polled_at = now;
    return true;
  }
  if (turn != Turn::too_fast || device.interval >= lifetimes::device_code) return false;
  device.interval += lifetimes::device_slow_down;
  return true;
}

// Everything that was decided, as a code would carry it (claim DV-05).
AuthorizationCode as_code(const DeviceAuthorization& device) {
  return {.app_id = device.app_id,
          .credential_id = device.credential_id,
          .organization_id = device.organization_id,
          .person_id = device.person_id,
          .granted_by = device.decided_by,
          .scopes = device.scopes,
          .openid = device.openid,
          .authenticated_at = device.authenticated_at};
}

Result<Decided> redeem(Work& work, const Polled& polled, TokenStyle style) {
  Result<Grant> grant = consummate(work, polled.app, as_code(polled.device));
  if (!grant) return grant.error();
  Result<Decided> decided = insert_decided(
      work, std::move(*grant),
      {.grant = {}, .kind = GrantKind::device_code, .with_refresh_token = true, .style = style}, std::nullopt);
  if (!decided) return decided;
  if (!store::use_device_authorization(work.db(), polled.device.id, work.now(), decided->token.id)) {
    return refused_grant("used");
  }
  return decided;
}

// What a write ends with: a token, or an answer that is kept although it is none.
using Answered = std::variant<Decided, Turn>;

}  // namespace

Result<Issued> poll_device(Hub& hub, const Call& call, const PollDevice& request) {
  // Whose principal the connections are made by.
  Call own = call;
  const Result<std::optional<Turn>> final_answer = hub.read(call, [&](View& view) -> Result<std::optional<Turn>> {
    Result<Polled> polled = find_polled(view, request);
    if (!polled) return polled.error();
    if (!request.by_hand) own.principal = Principal::app(polled->app.id, polled->credential.organization_id);
    const Turn turn = turn_of(polled->device, view.now());
    if (turn == Turn::allowed) {
      if (const auto key = active_key(view); !key) return key.error();
      return std::optional<Turn>();
    }
    return note(polled->device, turn, view.now()) ? std::nullopt : std::optional(turn);
  });
  if (!final_answer) return final_answer.error();
  if (*final_answer) return error_of(**final_answer);
  const Result<Answered> answered = hub.write(own, [&](Work& work) -> Result<Answered> {
    Result<Polled> polled = find_polled(work, request);
    if (!polled) return polled.error();
    const Turn turn = turn_of(polled->device, work.now());
    if (turn == Turn::allowed) {
      Result<Decided> decided = redeem(work, *polled, request.style);
      if (!decided) return decided.error();
      if (request.by_hand) work.audit("device poll", "token:" + decided->token.id.text(), "ok", "{}");
      return Answered(std::move(*decided));
    }
    if (note(polled->device, turn, work.now())) store::note_poll(work.db(), polled->device);
    return Answered(turn);
  });
  if (!answered) return answered.error();
  if (const Turn* const turn = std::get_if<Turn>(&*answered)) return error_of(*turn);
  return sign(call, std::get<Decided>(*answered));
}

}  // namespace hub::core
