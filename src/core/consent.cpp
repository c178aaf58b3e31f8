#include "hub/core/consent.h"

#include "code_text.h"
#include "device_decision.h"
#include "hub/base/codes.h"
#include "hub/base/json.h"
#include "hub/store/consent.h"
#include "hub/store/login_request.h"
#include "hub/store/person.h"
#include "scope_list.h"
#include "weigh.h"

namespace hub::core {
namespace {

bool is_broken(const Error& error) {
  return error.code.failure == Failure::internal || error.code.failure == Failure::unavailable;
}

// What may not be allowed although everything was asked for rightly.
Result<void> check_allowed(const ConsentAsk& ask, const SignedIn& who, const Decide& request, Instant now) {
  if (needs_sign_in(ask.request, who.session, now)) {
    return Error{codes::login_required, "The password is to be given again."};
  }
  if (ask.needs_verified_email) {
    return Error{codes::wrong_state, "The address is not verified yet.", "follow the link in the mail"};
  }
  if (request.silent && ask.needs_answer) return Error{codes::consent_required, "Somebody has to be asked."};
  const bool chooses = ask.wants_organization || ask.request.dialect == CodeDialect::nexus;
  if (!chooses) return {};
  // Where there is a choice, it is the person's: nothing is taken for granted.
  const bool named = request.organization || ask.is_fixed || (!ask.wants_organization && ask.candidates.size() == 1);
  if (!named) return Error{codes::invalid_request, "No organization was chosen.", "", "organization"};
  const bool chosen = ask.chosen && (!request.organization || ask.chosen->organization.id == *request.organization);
  if (chosen && ask.chosen->selectable) return {};
  return Error{codes::role_required, "Only an admin of the organization can grant this.", "ask one of its admins"};
}

AuthorizationCode code_of(const Weighed& weighed, const SignedIn& who) {
  const ConsentAsk& ask = weighed.ask;
  const LoginRequest& request = ask.request;
  AuthorizationCode code{.dialect = request.dialect,
                         .app_id = request.app_id,
                         .credential_id = request.credential_id,
                         .granted_by = who.person.id,
                         .scopes = weighed.scopes,
                         .redirect_uri = request.redirect_uri,
                         .challenge = request.challenge,
                         .challenge_method = request.challenge_method,
                         .nonce = request.nonce,
                         .openid = weighed.openid,
                         .authenticated_at = who.session.authenticated_at};
  const bool nexus = request.dialect == CodeDialect::nexus;
  if (ask.chosen) code.organization_id = ask.chosen->organization.id;
  if (nexus) code.membership_id = ask.chosen->membership.id;
  if (nexus || !ask.wants_organization || ask.on_behalf) code.person_id = who.person.id;
  return code;
}

DeviceDecision device_decision(const AuthorizationCode& code) {
  return {.allowed = true,
          .decided_by = code.granted_by,
          .organization_id = code.organization_id,
          .person_id = code.person_id,
          .scopes = code.scopes,
          .openid = code.openid,
          .authenticated_at = code.authenticated_at};
}

// What no connection will say (nexus211.md section 1.3 "Consent").
void keep_consent(Work& work, const Weighed& weighed, const AuthorizationCode& code, const SignedIn& who) {
  store::Consent consent{.app_id = code.app_id,
                         .person_id = who.person.id,
                         .organization_id = std::nullopt,
                         .scopes = weighed.openid,
                         .granted_at = work.now()};
  if (code.dialect == CodeDialect::nexus) {
    consent.organization_id = code.organization_id;
    consent.scopes = texts(weighed.scopes);
  } else if (weighed.openid.empty()) {
    return;
  }
  if (const auto before = store::find_consent(work.db(), code.app_id, who.person.id, consent.organization_id)) {
    std::vector<std::string> all = before->scopes;
    for (const std::string& scope : consent.scopes) {
      if (std::find(all.begin(), all.end(), scope) == all.end()) all.push_back(scope);
    }
    if (all == before->scopes) return;
    consent.scopes = std::move(all);
  }
  store::put_consent(work.db(), consent);
}

// Somebody's word is in the audit trail; going on with what was granted before is not.
void note_decision(Work& work, const LoginRequest& request, const AuthorizationCode* code) {
  if (code != nullptr && code->organization_id) work.concerns(*code->organization_id);
  work.audit(code != nullptr ? "consent allow" : "consent deny", "app:" + request.app_id.text(), "ok",
             code != nullptr ? R"({"scopes":")" + join_scopes(code->scopes, " ") + R"("})" : "{}");
}

Result<Decision> deny(Work& work, const LoginRequest& request, const SignedIn& who) {
  note_decision(work, request, nullptr);
  if (request.device_id) {
    const Result<void> kept = decide_device(work, *request.device_id, {.decided_by = who.person.id});
    if (!kept) return kept.error();
    return Decision{};
  }
  Result<Answer> answer = answer_of(work, request, {codes::access_denied, "The person said no."});
  if (!answer) return answer.error();
  return Decision{*std::move(answer), false};
}

Result<Decision> allow(Work& work, const LoginRequest& request, const SignedIn& who, const Decide& asked) {
  const Result<AskedClient> client = find_asked_client(work, request);
  if (!client) return client.error();
  const Result<Weighed> weighed = weigh(work, request, *client, who, asked.organization);
  if (!weighed) {
    if (is_broken(weighed.error())) return weighed.error();
    Result<Answer> answer = answer_of(work, request, weighed.error());
    if (!answer) return answer.error();
    return Decision{*std::move(answer), false};
  }
  if (Result<void> allowed = check_allowed(weighed->ask, who, asked, work.now()); !allowed) return allowed.error();
  AuthorizationCode code = code_of(*weighed, who);
  keep_consent(work, *weighed, code, who);
  if (!asked.silent) note_decision(work, request, &code);
  if (request.device_id) {
    const Result<void> kept = decide_device(work, *request.device_id, device_decision(code));
    if (!kept) return kept.error();
    return Decision{std::nullopt, true};
  }
  const Result<Secret> text = insert_code(work, code);
  if (!text) return text.error();
  Result<Answer> answer = answer_of(work, request, {});
  if (!answer) return answer.error();
  answer->error.reset();
  answer->code = *text;
  return Decision{*std::move(answer), true};
}

Result<Decision> decided(Work& work, const SignedIn& who, const Decide& asked) {
  const Result<LoginRequest> request = find_login_request(work, asked.handle, asked.browser);
  if (!request) return request.error();
  const auto person = store::find_person(work.db(), who.person.id);
  if (!person) return Error{codes::login_required, "Whoever signed in is gone."};
  SignedIn now = who;
  now.person = *person;
  if (!store::use_login_request(work.db(), request->id, work.now())) {
    return Error{codes::invalid_link, "This sign-in was finished already."};
  }
  return asked.allow ? allow(work, *request, now, asked) : deny(work, *request, now);
}

}  // namespace

Result<ConsentAsked> ask_consent(View& view, const LoginRequest& request, const SignedIn& who,
                                 const std::optional<OrganizationId>& chosen) {
  const Result<AskedClient> client = find_asked_client(view, request);
  if (!client) return client.error();
  Result<Weighed> weighed = weigh(view, request, *client, who, chosen);
  if (weighed) return ConsentAsked(std::move(weighed->ask));
  if (is_broken(weighed.error())) return weighed.error();
  Result<Answer> answer = answer_of(view, request, weighed.error());
  if (!answer) return answer.error();
  return ConsentAsked(*std::move(answer));
}

Result<Decision> decide(Hub& hub, const Call& call, const SignedIn& who, const Decide& request) {
  Result<Decision> out = hub.write(call, [&](Work& work) { return decided(work, who, request); });
  if (out || !(out.error().code == codes::role_required)) return out;
  // Every refusal of a signed-in person is in the audit trail (decisions-week-one.md 29); what was refused left
  // nothing.
  const Result<void> noted = hub.write(call, [&](Work& work) -> Result<void> {
    work.audit("consent allow", "person:" + who.person.id.text(), out.error().code.name, "{}");
    return {};
  });
  if (!noted) return noted.error();
  return out;
}

}  // namespace hub::core
