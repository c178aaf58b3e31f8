#include <algorithm>

#include "asked.h"
#include "consented.h"
#include "device_decision.h"
#include "device_request.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/device.h"
#include "hub/core/reference.h"
#include "hub/store/credential.h"
#include "hub/store/device_authorization.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

std::string state_of(const DeviceAuthorization& device, Instant now) {
  if (device.used_at) return "used";
  if (device.allowed == false) return "denied";
  if (device.expires_at <= now) return "expired";
  return device.allowed ? "allowed" : "waiting";
}

DeviceAnswer answer_of(View& view, const DeviceAuthorization& device) {
  const auto credential = store::find_credential(view.db(), device.credential_id);
  DeviceAnswer answer{.app = app_name(view, device.app_id),
                      .state = state_of(device, view.now()),
                      .expires_at = device.expires_at,
                      .client_id = credential ? credential->client_id : device.credential_id.text(),
                      .address = device.address,
                      .interval = device.interval.count(),
                      .created_at = device.created_at,
                      .polled_at = device.polled_at,
                      .decided_at = device.decided_at,
                      .used_at = device.used_at,
                      .id = device.id.text()};
  if (!device.scope.empty()) answer.scope = device.scope;
  if (device.person_id) answer.subject = "person:" + person_name(view, *device.person_id);
  if (device.person_id && device.organization_id) answer.acting = answer.subject;
  if (device.organization_id) answer.subject = "org:" + organization_name(view, *device.organization_id);
  if (device.decided_by) answer.decided_by = "person:" + person_name(view, *device.decided_by);
  return answer;
}

// An admin of the app's owner or of the organization, and whoever decided or is spoken for.
bool reachable(View& view, const DeviceAuthorization& device) {
  const Principal& caller = view.principal();
  if (caller.is_operator() || caller.is(device.person_id) || caller.is(device.decided_by)) return true;
  const Result<App> app = find_own_app(view, device.app_id.text());
  if (app && require_role(view, *app->owner_id, Need::admin)) return true;
  return require_role(view, device.organization_id.value_or(OrganizationId()), Need::admin).has_value();
}

// By its id, or by the code that whoever has the device before them can read.
Result<DeviceAuthorization> find_device(View& view, const std::string& reference) {
  std::optional<DeviceAuthorization> device;
  if (const auto id = DeviceId::parse(reference)) {
    device = store::find_device_authorization(view.db(), *id);
    // What is not there is asked about like what is somebody else's, and takes as long (claim TN-01).
    if (!reachable(view, device.value_or(DeviceAuthorization()))) device.reset();
  } else if (const auto code = parse_user_code(reference)) {
    const Result<Bytes> hash = hash_user_code(view, *code);
    if (!hash) return hash.error();
    device = store::find_device_by_user_code(view.db(), *hash);
  }
  if (device) return *device;
  return Error{codes::not_found, "There is no such device.", "hubctl device list"};
}

Result<DeviceAuthorization> find_waiting(View& view, const std::string& reference) {
  Result<DeviceAuthorization> device = find_device(view, reference);
  if (!device || device->waits(view.now())) return device;
  return Error{codes::wrong_state, "This device waits no more: it is " + state_of(*device, view.now()) + ".",
               "start again on the device"};
}

// Whom an approval names, which need not be what the device asked for.
struct Named {
  Subject subject;
  std::optional<PersonId> acting;
};
Result<Named> named_by(View& view, const ApproveDevice& request) {
  Named out;
  if (request.subject) {
    Result<Subject> subject = find_subject(view, *request.subject);
    if (!subject) return subject.error();
    out.subject = std::move(*subject);
  }
  out.acting = view.principal().person_id;
  if (request.acting) {
    const Result<Person> person = find_person(view, *request.acting);
    if (!person) return person.error();
    out.acting = person->id;
  }
  return out;
}

Result<OrganizationId> organization_of(View& view, const Bearer& bearer, const Named& named) {
  std::optional<OrganizationId> asked;
  if (bearer.organization_id) {
    const Result<Organization> organization = find_organization(view, *bearer.organization_id);
    if (!organization) return organization.error();
    asked = organization->id;
  }
  if (!named.subject.organization && !asked) {
    return Error{codes::invalid_request, "The device asks for an organization.", "--for org:ORG", "for"};
  }
  if (asked && named.subject.organization && named.subject.organization->id != *asked) {
    return Error{codes::invalid_request, "The device asks for another organization.", "leave out --for", "for"};
  }
  return asked ? *asked : named.subject.organization->id;
}

Result<PersonId> person_of(const Named& named, bool on_behalf) {
  if (named.subject.person) return named.subject.person->id;
  if (named.acting && (on_behalf || !named.subject.organization)) return *named.acting;
  return Error{codes::invalid_request, "The device asks for a person.",
               on_behalf ? "--as PERSON" : "--for person:PERSON", on_behalf ? "as" : "for"};
}

// What would stand in a code: whom the device may speak for, of the kind it asked for, and what it may do.
Result<AuthorizationCode> consent_of(View& view, const DeviceAuthorization& device, const ApproveDevice& request) {
  const LoginRequest asked{.dialect = dialect_of(device.scope), .scope = device.scope, .device_id = device.id};
  Result<AskedScopes> scopes = parse_asked_scopes(asked);
  if (!scopes) return scopes.error();
  const Result<Named> named = named_by(view, request);
  if (!named) return named.error();
  AuthorizationCode code{.app_id = device.app_id,
                         .credential_id = device.credential_id,
                         .granted_by = view.principal().person_id,
                         .scopes = std::move(scopes->requested.scopes),
                         .openid = std::move(scopes->openid)};
  const Bearer& bearer = scopes->requested.bearer;
  if (bearer.form == Bearer::Form::person && named->subject.organization) {
    return Error{codes::invalid_request, "The device asks for a person.", "--for person:PERSON", "for"};
  }
  if (bearer.form != Bearer::Form::on_behalf && request.acting) {
    return Error{codes::invalid_request, "The device asks for nobody who acts for an organization.", "leave out --as",
                 "as"};
  }
  if (bearer.form == Bearer::Form::organization && named->subject.person) {
    return Error{codes::invalid_request, "The device asks for an organization.", "--for org:ORG", "for"};
  }
  if (bearer.form != Bearer::Form::person) {
    const Result<OrganizationId> organization = organization_of(view, bearer, *named);
    if (!organization) return organization.error();
    code.organization_id = *organization;
  }
  if (bearer.form != Bearer::Form::organization) {
    const Result<PersonId> person = person_of(*named, bearer.form == Bearer::Form::on_behalf);
    if (!person) return person.error();
    code.person_id = *person;
  }
  return code;
}

Result<Changed<DeviceAnswer>> decided(Work& work, const DeviceAuthorization& device, const DeviceDecision& decision) {
  if (Result<void> done = decide_device(work, device.id, decision); !done) return done.error();
  if (decision.organization_id) work.concerns(*decision.organization_id);
  DeviceAnswer answer = answer_of(work, *store::find_device_authorization(work.db(), device.id));
  std::string name = answer.app + "/" + answer.id;
  return Changed<DeviceAnswer>{true, std::move(name), std::move(answer)};
}

Result<Credential> client_of(View& view, const std::string& app, const std::optional<std::string>& credential) {
  const Result<App> found = find_own_app(view, app);
  if (!found) return found.error();
  return choose_credential(view, *found, credential);
}

}  // namespace

Result<Changed<DeviceStartAnswer>> start_device_by_hand(Work& work, const StartDeviceByHand& request) {
  const Result<Credential> client = client_of(work, request.app, request.credential);
  if (!client) return client.error();
  Result<DeviceStarted> started = start_device(
      work, {.client_id = client->client_id, .scope = join(request.scopes, " "), .style = TokenStyle::standard});
  if (!started) return started.error();
  DeviceStartAnswer answer{.user_code = started->user_code.reveal(),
                           .verification_uri = std::move(started->verification_uri),
                           .verification_uri_complete = started->verification_uri_complete.reveal(),
                           .expires_in = started->expires_in,
                           .interval = started->interval,
                           .device_code = {}};
  if (!work.call().dry_run) answer.device_code = std::move(started->device_code);
  return Changed<DeviceStartAnswer>{true, app_name(work, client->app_id), std::move(answer)};
}

Result<Issued> poll_device_by_hand(Hub& hub, const Call& call, const PollDeviceByHand& request) {
  const Result<Credential> client =
      hub.read(call, [&](View& view) { return client_of(view, request.app, request.credential); });
  if (!client) return client.error();
  return poll_device(hub, call,
                     {.device_code = request.device_code,
                      .client_id = client->client_id,
                      .credential_id = client->id,
                      .by_hand = true});
}

Result<void> list_devices(View& view, const ListDevices& request,
                          const std::function<bool(const DeviceAnswer&)>& each) {
  std::optional<AppId> app;
  if (request.app) {
    const Result<App> found = find_own_app(view, *request.app);
    if (!found) return found.error();
    app = found->id;
  }
  store::each_device_authorization(view.db(), view.tenant(), [&](const DeviceAuthorization& device) {
    if (app && device.app_id != *app) return true;
    if (request.state && state_of(device, view.now()) != *request.state) return true;
    return !reachable(view, device) || each(answer_of(view, device));
  });
  return {};
}

Result<DeviceAnswer> show_device(View& view, const ShowDevice& request) {
  const Result<DeviceAuthorization> device = find_device(view, request.device);
  if (!device) return device.error();
  return answer_of(view, *device);
}

Result<Changed<DeviceAnswer>> approve_device(Work& work, const ApproveDevice& request) {
  const Result<DeviceAuthorization> device = find_waiting(work, request.device);
  if (!device) return device.error();
  const Result<App> app = find_app(work, device->app_id.text());
  if (!app) return app.error();
  Result<AuthorizationCode> code = consent_of(work, *device, request);
  if (!code) return code.error();
  if (const auto scopes = consented_scopes(work, *app, *code); !scopes) return scopes.error();
  if (Result<void> may = check_consent(work, *app, *code); !may) return may.error();
  return decided(work, *device,
                 {.allowed = true,
                  .decided_by = code->granted_by,
                  .organization_id = code->organization_id,
                  .person_id = code->person_id,
                  .scopes = std::move(code->scopes),
                  .openid = std::move(code->openid)});
}

Result<Changed<DeviceAnswer>> deny_device(Work& work, const ShowDevice& request) {
  const Result<DeviceAuthorization> device = find_waiting(work, request.device);
  if (!device) return device.error();
  return decided(work, *device, {.allowed = false, .decided_by = work.principal().person_id});
}

}  // namespace hub::core
