#include <algorithm>
#include <map>
#include <set>

#include "hub/base/codes.h"
#include "hub/core/lifecycle.h"
#include "hub/core/portal.h"
#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "hub/store/authorization_code.h"
#include "hub/store/connection.h"
#include "hub/store/consent.h"
#include "hub/store/membership.h"
#include "hub/store/nexus_token.h"
#include "hub/store/organization.h"
#include "hub/store/token.h"
#include "in_words.h"
#include "rules.h"

namespace hub::core {
namespace {

constexpr std::size_t tokens_looked_at = 5000;

bool is_living(const Token& token, Instant now) {
  const bool refreshable = token.refresh_expires_at && *token.refresh_expires_at > now && !token.refresh_used_at;
  return !token.revoked_at && (token.expires_at > now || refreshable);
}

// The tokens with which apps speak for the person; those they made by hand are of no app.
std::vector<Token> living_tokens(View& view, const PersonId& person) {
  std::vector<Token> out;
  std::size_t seen = 0;
  store::each_token_of_person(view.db(), person, [&](const Token& token) {
    if (is_living(token, view.now()) && !token.name) out.push_back(token);
    return ++seen < tokens_looked_at;
  });
  return out;
}

struct Place {
  AppId app;
  std::optional<OrganizationId> organization;
  friend auto operator<=>(const Place&, const Place&) = default;
};
struct Held {
  std::vector<ScopeName> scopes;
  std::vector<std::string> openid;
  std::optional<Instant> since, last_used;

  void take(const std::vector<ScopeName>& more) {
    for (const ScopeName& scope : more) {
      if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(scope);
    }
  }
  void take(const std::vector<std::string>& more) {
    for (const std::string& scope : more) {
      if (std::find(openid.begin(), openid.end(), scope) == openid.end()) openid.push_back(scope);
    }
  }
  void begun(Instant at) { since = since ? std::min(*since, at) : at; }
  void used(Instant at) { last_used = last_used ? std::max(*last_used, at) : at; }
};
using Holdings = std::map<Place, Held>;

void add_connections(View& view, const PersonId& person, Holdings& holdings) {
  store::each_connection_of_person(view.db(), person, [&](const Connection& connection) {
    if (!connection.active()) return true;
    Held& held = holdings[{connection.app_id, std::nullopt}];
    held.take(connection.granted_scopes);
    held.begun(connection.granted_at);
    return true;
  });
}

void add_consents(View& view, const PersonId& person, Holdings& holdings) {
  store::each_consent_of_person(view.db(), person, [&](const store::Consent& consent) {
    Held& held = holdings[{consent.app_id, consent.organization_id}];
    held.take(consent.scopes);  // with an organization: those of a profile that signed in
    held.begun(consent.granted_at);
    return true;
  });
}

void add_tokens(View& view, const PersonId& person, Holdings& holdings) {
  for (const Token& token : living_tokens(view, person)) {
    Held& held = holdings[{token.app_id, token.organization_id}];
    // A person's own connection says what is granted; in the name of organizations the tokens alone do.
    if (token.organization_id) held.take(token.granted_scopes());
    held.take(token.openid);
    if (token.organization_id || !held.since) held.begun(token.issued_at);
    held.used(token.issued_at);
  }
}

AppAccess access_of(View& view, const Place& place, const Held& held) {
  AppAccess out;
  if (place.organization) {
    const auto organization = store::find_organization(view.db(), *place.organization);
    out.organization = organization ? organization->name : place.organization->text();
  }
  for (const std::string& scope : held.openid) out.scopes.push_back({.scope = scope, .title = scope});
  for (const ScopeName& scope : telling(held.scopes)) out.scopes.push_back(in_words(view, scope));
  out.since = held.since.value_or(view.now());
  out.last_used = held.last_used;
  return out;
}

Holdings holdings_of(View& view, const PersonId& person) {
  Holdings out;
  add_connections(view, person, out);
  add_consents(view, person, out);
  add_tokens(view, person, out);
  return out;
}

std::int64_t end_tokens(Work& work, const PersonId& person, const App& app) {
  std::int64_t ended = 0;
  const store::Revoked announcing = [&](const Token& token) {
    ++ended;
    token_revoked(work, token);
  };
  std::set<FamilyId> families;
  for (const Token& token : living_tokens(work, person)) {
    if (token.app_id != app.id || !families.insert(token.family_id).second) continue;
    store::revoke_family(work.db(), token, work.now(), announcing);
  }
  store::revoke_tokens_on_behalf(work.db(), app.id, person, work.now(), announcing);
  return ended;
}

std::int64_t end_nexus_tokens(Work& work, const PersonId& person, const App& app) {
  std::vector<NexusTokenId> theirs;
  store::each_nexus_token_of_app(work.db(), app.id, [&](const NexusToken& token) {
    const auto membership = store::find_membership(work.db(), token.membership_id);
    if (membership && membership->person_id == person) theirs.push_back(token.id);
    return true;
  });
  for (const NexusTokenId& id : theirs) store::revoke_nexus_token(work.db(), id, work.now());
  std::vector<MembershipId> memberships;
  store::each_membership_of(work.db(), person, [&](const Membership& membership) {
    memberships.push_back(membership.id);
    return true;
  });
  for (const MembershipId& id : memberships) store::end_nexus_codes(work.db(), app.id, id);
  return static_cast<std::int64_t>(theirs.size());
}

}  // namespace

std::vector<MyApplication> my_applications(View& view, const PersonId& person) {
  std::vector<MyApplication> out;
  for (const auto& [place, held] : holdings_of(view, person)) {
    const AppId id = place.app;
    auto found = std::find_if(out.begin(), out.end(), [&](const MyApplication& one) { return one.app.id == id; });
    if (found == out.end()) {
      const auto app = store::find_app(view.db(), id);
      if (!app || app->built_in()) continue;
      found = out.insert(out.end(), MyApplication{*app, owner_of(view, *app), {}});
    }
    found->accesses.push_back(access_of(view, place, held));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const MyApplication& a, const MyApplication& b) { return a.app.title < b.app.title; });
  return out;
}

Result<Changed<DisconnectAnswer>> disconnect_app(Work& work, const DisconnectApp& request) {
  const Result<Person> person = find_person(work, request.person);
  if (!person) return person.error();
  const std::string_view reference = request.app;
  const std::vector<AppId> named =
      store::apps_named(work.db(), reference.starts_with("app:") ? reference.substr(4) : reference);
  std::optional<App> app;
  for (const auto& [place, held] : holdings_of(work, person->id)) {
    const bool meant = !app && std::find(named.begin(), named.end(), place.app) != named.end();
    if (meant) app = store::find_app(work.db(), place.app);
  }
  if (!app) {
    const Error nothing{codes::not_found, "This application has no access in the name of this person."};
    return gone_already<DisconnectAnswer>(work, nothing, request.app);
  }
  DisconnectAnswer out{.person = person->email, .app = app->name, .id = app->id.text()};
  out.tokens = end_tokens(work, person->id, *app) + end_nexus_tokens(work, person->id, *app);
  if (const auto connection = store::find_active_connection(work.db(), app->id, person->id)) {
    end_connection(work, *connection, EndedReason::revoked);
  }
  store::end_codes(work.db(), app->id, person->id);
  store::forget_consents(work.db(), app->id, person->id);
  return Changed<DisconnectAnswer>{true, app->name, std::move(out)};
}

}  // namespace hub::core
