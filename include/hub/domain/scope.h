#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"

namespace hub {

enum class Permission { r, w, rw };  // read_only, write_only, read_write of zaikio-hub.md section 1.1
std::string_view name(Permission permission);
std::optional<Permission> parse_permission(std::string_view text);

// `app.name.perm` without a bearer part; the form in which scopes are desired, granted, stored and put into tokens.
struct ScopeName {
  std::string app;   // [a-z][a-z0-9_]{2,}
  std::string name;  // [a-z][a-z_]{2,}, no digits
  Permission permission = Permission::r;

  std::string text() const;
  friend bool operator==(const ScopeName&, const ScopeName&) = default;
  friend auto operator<=>(const ScopeName&, const ScopeName&) = default;
};

// malformed_scope unless the whole text is `app.name.perm`. `directory.` stays as written (see canonical()).
Result<ScopeName> parse_scope_name(std::string_view text);
// Accepts the Nexus short form `profile.r` too, as nexus211.profile.r (decisions-week-one.md 20).
Result<ScopeName> parse_scope_name_or_short(std::string_view text);
// The name under which a scope is desired, granted and matched: `directory.` is the old spelling of `zaikio.`
// (section 2.5).
ScopeName canonical(ScopeName scope);
bool is_provided_name(std::string_view name);  // grammar of the middle part
bool is_app_name(std::string_view name);       // grammar of technical names of apps

// True when a grant of `granted` covers a need of `wanted`: the same scope in either spelling of section 2.5, or rw for
// r and w (section 2.3 step 9).
bool covers(const ScopeName& granted, const ScopeName& wanted);
bool covers(const std::vector<ScopeName>& granted, const ScopeName& wanted);

// What of `held` is in `allowed` too, both taken apart, so that rw is r and w: what is held whole stays as it is
// spelled, what is held in part becomes that part (nexus211.md section 3.1).
std::vector<ScopeName> in_both(const std::vector<ScopeName>& held, const std::vector<ScopeName>& allowed);

enum class BearerKind { person, organization };

// The bearer part that all scopes of a request share (section 2.2). Ids are as written: resolving them is not a rule of
// grammar.
struct Bearer {
  enum class Form { person, organization, on_behalf };  // none and Per; Org; Per>Org
  Form form = Form::person;
  std::optional<std::string> person_id;        // Per/<id>
  std::optional<std::string> organization_id;  // Org/<id>

  friend bool operator==(const Bearer&, const Bearer&) = default;
};

struct RequestedScopes {
  Bearer bearer;
  std::vector<ScopeName> scopes;  // duplicates collapsed, order and spelling of the request kept
  std::string text() const;       // wire form, comma-separated, with the bearer part
};

// Which ids a flow lets a request carry (the table of section 2.2).
enum class Flow { redirect, device, client_credentials };

// Steps 1-5 of section 2.3: split at commas and spaces, grammar, one bearer type, one bearer id, ids allowed here.
// Errors: malformed_scope, different_bearer_types, different_bearer_ids, unpermitted_bearer_id; bearer_does_not_exist
// when client credentials name no id, invalid_request when they name no scope. More than limits::scopes_per_request
// scopes or an overlong one: malformed_scope.
Result<RequestedScopes> parse_requested_scopes(std::string_view list, Flow flow);

// Splits a list at commas and white space; empty elements are skipped.
std::vector<std::string_view> split_scope_list(std::string_view list);
std::string join_scopes(const std::vector<ScopeName>& scopes, std::string_view separator);
// Scopes as the store keeps them: space-separated, canonical; only for text this product wrote.
std::vector<ScopeName> parse_stored_scopes(std::string_view text);

}  // namespace hub
