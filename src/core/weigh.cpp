#include "weigh.h"

#include <algorithm>

#include "candidates.h"
#include "consented.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/connection.h"
#include "hub/core/openid_scope.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/consent.h"
#include "hub/store/organization.h"
#include "hub/store/provided_scope.h"
#include "hub/store/settings.h"
#include "in_words.h"

namespace hub::core {
namespace {

Error not_for_them(const App& app) {
  return {codes::access_denied, app.name + " may not be used by whoever signed in."};
}

bool allows_everything(const std::vector<std::string>& granted, const std::vector<std::string>& wanted) {
  return std::ranges::all_of(wanted,
                             [&](const std::string& one) { return std::ranges::find(granted, one) != granted.end(); });
}

const Candidate* find_candidate(const std::vector<Candidate>& all, const std::optional<OrganizationId>& id) {
  if (!id) return nullptr;
  const auto found = std::ranges::find_if(all, [&](const Candidate& one) { return one.organization.id == *id; });
  return found == all.end() ? nullptr : &*found;
}

// Whoever answers to such a target cannot prove to be the app, so a consent of before proves nothing (claim WB-07).
// The sandbox keeps to the hub contract.
bool is_unproven(View& view, const LoginRequest& request, const Credential& credential) {
  if (credential.confidential || request.redirect_uri.starts_with("https://")) return false;
  const auto settings = store::find_settings(view.db());
  return !settings || settings->mode == HubMode::production;
}

// What every page says, and what makes one necessary whatever was granted.
ConsentAsk ask_of(View& view, const LoginRequest& request, const AskedClient& client, const SignedIn& who) {
  ConsentAsk ask{.request = request, .app = client.app, .redirect_host = host_of(request.redirect_uri)};
  ask.owner = owner_of(view, client.app);
  const bool nexus = request.dialect == CodeDialect::nexus;
  ask.needs_verified_email = !who.person.email_verified_at && (nexus || request.hints.confirm_email);
  ask.needs_answer = request.hints.force_consent || request.hints.select_account || request.device_id ||
                     is_unproven(view, request, client.credential);
  return ask;
}

// The organization the app named. One the person does not know of does not exist for them; where they are a member and
// no more, they cannot give what only an admin can (zaikio-hub.md section 2.8).
Result<Candidate> named_candidate(View& view, const App& app, const Bearer& bearer,
                                  const std::vector<Candidate>& candidates) {
  const auto id = store::find_organization_id(view.db(), *bearer.organization_id);
  const Candidate* const found = find_candidate(candidates, id);
  if (found == nullptr) {
    return Error{codes::bearer_does_not_exist, "The organization is unknown, or may not use " + app.name + "."};
  }
  if (bearer.form == Bearer::Form::organization && !found->may_grant) {
    return Error{codes::unpermitted_bearer_id, "Only an admin of the organization can grant this."};
  }
  return *found;
}

// Whose organization it is about, or the list to choose from.
Result<void> fill_choice(View& view, const Bearer& bearer, const SignedIn& who,
                         const std::optional<OrganizationId>& chosen, ConsentAsk& ask) {
  ask.wants_organization = true;
  ask.on_behalf = bearer.form == Bearer::Form::on_behalf;
  ask.candidates = candidates_of(view, ask.app, who.person.id, ask.on_behalf);
  if (bearer.organization_id) {
    Result<Candidate> named = named_candidate(view, ask.app, bearer, ask.candidates);
    if (!named) return named.error();
    ask.is_fixed = true;
    ask.candidates = {*named};
    ask.chosen = *std::move(named);
  } else {
    ask.needs_answer = true;
    const bool may_use = check_usable(view, ask.app, OrganizationId(), std::nullopt).has_value();
    ask.may_create_organization = may_use && ask.app.kind != AppKind::private_;
    if (ask.candidates.empty() && !ask.may_create_organization) return not_for_them(ask.app);
    const Candidate* found = find_candidate(ask.candidates, chosen);
    const auto usable = std::ranges::count_if(ask.candidates, &Candidate::selectable);
    if (found == nullptr && usable == 1) found = &ask.candidates.front();
    if (found != nullptr) ask.chosen = *found;
  }
  if (!ask.chosen || ask.chosen->selectable) return {};
  ask.may_ask_admins = true;
  for (const Person& admin : admins_of(view, ask.chosen->organization.id)) ask.admins.push_back(admin.full_name());
  return {};
}

// Which scopes there are to be granted, and which of them are new.
struct Granting {
  Weighed& out;
  const Consented& consented;
  std::optional<Connection> organization, person;

  bool of_organization(const ScopeName& scope) const {
    return std::ranges::find(consented.organization, canonical(scope)) != consented.organization.end();
  }
  bool granted(const ScopeName& scope) const {
    const auto& connection = of_organization(scope) ? organization : person;
    return connection && covers(connection->granted_scopes, canonical(scope));
  }
};

void fill_scopes(View& view, const Granting& granting) {
  Weighed& out = granting.out;
  ConsentAsk& ask = out.ask;
  const bool member_only = ask.chosen && ask.chosen->selectable && !ask.chosen->may_grant;
  for (const ScopeName& scope : granting.consented.scopes) {
    const bool is_granted = granting.granted(scope);
    // What a plain member cannot grant and the organization has not falls away without error.
    if (member_only && granting.of_organization(scope) && !is_granted) continue;
    out.scopes.push_back(scope);
    ask.scopes.push_back(in_words(view, scope, !is_granted));
    if (!is_granted) ask.needs_answer = true;
  }
}

void fill_openid(View& view, const AskedScopes& asked, const SignedIn& who, Weighed& out) {
  out.openid = asked.openid;
  if (asked.openid.empty()) return;
  const auto before = store::find_consent(view.db(), out.ask.app.id, who.person.id, std::nullopt);
  const std::vector<std::string> granted = before ? before->scopes : std::vector<std::string>();
  for (const std::string& scope : asked.openid) {
    const bool is_new = !allows_everything(granted, {scope});
    out.ask.scopes.push_back({.scope = scope, .title = scope, .provider = "", .description = {}, .is_new = is_new});
    if (is_new) out.ask.needs_answer = true;
  }
}

Result<Weighed> weigh_scopes(View& view, const LoginRequest& request, const AskedClient& client, const SignedIn& who,
                             const std::optional<OrganizationId>& chosen) {
  const Result<AskedScopes> asked = check_asked(view, request, client);
  if (!asked) return asked.error();
  const Bearer& bearer = asked->requested.bearer;
  Weighed out{.ask = ask_of(view, request, client, who)};
  AuthorizationCode kinds{.scopes = asked->requested.scopes};
  if (bearer.form != Bearer::Form::person) {
    if (Result<void> choice = fill_choice(view, bearer, who, chosen, out.ask); !choice) return choice.error();
    kinds.organization_id = OrganizationId();
  }
  if (bearer.form != Bearer::Form::organization) {
    if (!admits_person(view, client.app, who.person.id)) return not_for_them(client.app);
    if (bearer.form == Bearer::Form::person && !check_usable(view, client.app, std::nullopt, who.person.id)) {
      return not_for_them(client.app);
    }
    kinds.person_id = who.person.id;
  }
  const Result<Consented> consented = consented_scopes(view, client.app, kinds);
  if (!consented) return consented.error();
  Granting granting{.out = out, .consented = *consented, .organization = {}, .person = {}};
  if (out.ask.chosen) {
    granting.organization = store::find_active_connection(view.db(), client.app.id, out.ask.chosen->organization.id);
    if (!granting.organization) out.ask.needs_answer = true;
  }
  if (kinds.person_id) {
    granting.person = store::find_active_connection(view.db(), client.app.id, who.person.id);
    if (!granting.person) out.ask.needs_answer = true;
  }
  fill_scopes(view, granting);
  // What is installed and granted already nobody has to be asked for: an admin signs in to it.
  const bool lacks = !granting.organization || std::ranges::any_of(out.ask.scopes, &ScopeInWords::is_new);
  out.ask.may_ask_admins = out.ask.may_ask_admins && lacks;
  fill_openid(view, *asked, who, out);
  return out;
}

Result<Weighed> weigh_profiles(View& view, const LoginRequest& request, const AskedClient& client, const SignedIn& who,
                               const std::optional<OrganizationId>& chosen) {
  if (request.refusal) return refusal_of(*request.refusal);
  Weighed out{.ask = ask_of(view, request, client, who), .scopes = client.app.desired_scopes, .openid = {}};
  ConsentAsk& ask = out.ask;
  if (client.app.state == AppState::inactive) return not_for_them(client.app);
  ask.candidates = profiles_of(view, client.app, who.person.id);
  if (ask.candidates.empty()) return not_for_them(client.app);
  const Candidate* found = ask.candidates.size() == 1 ? &ask.candidates.front() : nullptr;
  if (found == nullptr) {
    ask.needs_answer = true;  // which profile it is to be
    found = find_candidate(ask.candidates, chosen);
  }
  std::vector<std::string> granted;
  if (found != nullptr) {
    ask.chosen = *found;
    const auto before = store::find_consent(view.db(), client.app.id, who.person.id, found->organization.id);
    if (before) granted = before->scopes;
    if (!before) ask.needs_answer = true;
  }
  const std::vector<ScopeName> granted_scopes = parse_stored_scopes(join(granted, " "));
  for (const ScopeName& scope : out.scopes) {
    const bool is_new = !covers(granted_scopes, scope);
    ask.scopes.push_back(in_words(view, scope, is_new));
    if (is_new) ask.needs_answer = true;
  }
  return out;
}

}  // namespace

Result<Weighed> weigh(View& view, const LoginRequest& request, const AskedClient& client, const SignedIn& who,
                      const std::optional<OrganizationId>& chosen) {
  return request.dialect == CodeDialect::nexus ? weigh_profiles(view, request, client, who, chosen)
                                               : weigh_scopes(view, request, client, who, chosen);
}

}  // namespace hub::core
