#include "hub/domain/scope.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/base/id.h"
#include "hub/base/limits.h"
#include "names.h"
#include "text_rules.h"

namespace hub {
namespace {

constexpr domain::Names<3> permission_names{"r", "w", "rw"};
constexpr std::string_view permission_hint = "permissions are r, w and rw";
constexpr std::string_view too_long_hint = "a scope has at most 256 characters";
static_assert(limits::scope_bytes == 256);

constexpr bool is_separator(char c) { return c == ',' || c == ' ' || (c >= '\t' && c <= '\r'); }

// Takes the next element off the front of `list`; empty at the end.
std::string_view take_element(std::string_view& list) {
  const auto* const begin = std::ranges::find_if_not(list, is_separator);
  const auto* const end = std::find_if(begin, list.end(), is_separator);
  const std::string_view element(begin, end);
  list = std::string_view(end, list.end());
  return element;
}

Error malformed(std::string_view text, std::string_view hint) {
  return {codes::malformed_scope, domain::quoted(text) + " is not a scope.", std::string(hint), "scope"};
}

Error too_many_scopes() {
  return {codes::malformed_scope,
          "The request names more than " + std::to_string(limits::scopes_per_request) + " scopes.",
          "ask for fewer scopes", "scope"};
}

// Views into the text of one scope.
struct NameParts {
  std::string_view app, name;
  Permission permission = Permission::r;
};

std::string_view name_hint(std::string_view app, std::string_view name) {
  if (!is_app_name(app)) return "the app is a lower-case letter, then two or more of a-z, 0-9 and _";
  if (!is_provided_name(name)) return "the name is a lower-case letter, then two or more of a-z and _, without digits";
  return permission_hint;
}

// `whole` is what an error shows.
Result<NameParts> parse_name_parts(std::string_view text, std::string_view whole) {
  const auto first = text.find('.');
  const auto second = first == text.npos ? text.npos : text.find('.', first + 1);
  if (second == text.npos) return malformed(whole, "write app.name.permission, such as zaikio.person.r");
  const auto app = text.substr(0, first);
  const auto name = text.substr(first + 1, second - first - 1);
  const auto permission = parse_permission(text.substr(second + 1));
  if (!permission || !is_app_name(app) || !is_provided_name(name)) return malformed(whole, name_hint(app, name));
  return NameParts{app, name, *permission};
}

ScopeName make_name(const NameParts& parts) {
  return {std::string(parts.app), std::string(parts.name), parts.permission};
}

bool same(const ScopeName& scope, const NameParts& parts) {
  return scope.permission == parts.permission && scope.app == parts.app && scope.name == parts.name;
}

struct BearerParts {
  Bearer::Form form = Bearer::Form::person;
  std::string_view person_id, organization_id;  // empty: none
};

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Takes "/<id>" off the front where there is one; false when the id is empty.
bool take_id(std::string_view& text, std::string_view& id) {
  if (!take(text, "/")) return true;
  const auto* const end = std::ranges::find_if_not(
      text, [](char c) { return domain::is_lower(c) || is_upper(c) || domain::is_digit(c) || c == '-'; });
  id = std::string_view(text.begin(), end);
  text.remove_prefix(id.size());
  // Capitals are for ids of the Nexus dialect (decisions.md 10).
  return !id.empty() && (std::ranges::none_of(id, is_upper) || is_hash_id(id));
}

// Takes a bearer part with its dot off the front. Names of apps start in lower case, so the first letter tells.
Result<BearerParts> take_bearer(std::string_view& text, std::string_view whole) {
  BearerParts bearer;
  bool good = true;
  if (take(text, "Org")) {
    bearer.form = Bearer::Form::organization;
    good = take_id(text, bearer.organization_id);
  } else if (take(text, "Per")) {
    good = take_id(text, bearer.person_id);
    if (good && (take(text, ">") || take(text, "%3E") || take(text, "%3e"))) {
      bearer.form = Bearer::Form::on_behalf;
      good = take(text, "Org") && take_id(text, bearer.organization_id);
    }
  } else {
    return bearer;
  }
  if (!good || !take(text, ".")) {
    return malformed(whole, "bearers are Org, Org/<id>, Per, Per/<id>, Per>Org, Per>Org/<id> and Per/<id>>Org/<id>");
  }
  return bearer;
}

// The first element that departs from the first one, by form and by id.
struct Departures {
  std::string_view form, id;
};

Error departure_error(const Departures& departures, std::string_view first) {
  if (!departures.form.empty()) {
    return {codes::different_bearer_types,
            domain::quoted(first) + " and " + domain::quoted(departures.form) + " are for different kinds of bearer.",
            "all scopes of a request share one bearer", "scope"};
  }
  return {codes::different_bearer_ids,
          domain::quoted(first) + " and " + domain::quoted(departures.id) + " are for different bearers.",
          "all scopes of a request carry the same bearer id, or none does", "scope"};
}

// Steps 5 and, for client credentials, the part of 8 that needs no look-up.
Result<void> check_ids(const BearerParts& bearer, std::string_view first, Flow flow) {
  if (flow != Flow::client_credentials) {
    if (bearer.person_id.empty()) return {};
    return Error{codes::unpermitted_bearer_id,
                 domain::quoted(first) + " names a person, which only client credentials may do.",
                 "leave out the person's id: it is whoever signs in", "scope"};
  }
  const bool lacks_person = bearer.form != Bearer::Form::organization && bearer.person_id.empty();
  const bool lacks_organization = bearer.form != Bearer::Form::person && bearer.organization_id.empty();
  if (!lacks_person && !lacks_organization) return {};
  return Error{codes::bearer_does_not_exist,
               domain::quoted(first) + " does not say which " + (lacks_person ? "person" : "organization") +
                   " it is for, as client credentials must.",
               "write Org/<id>., Per/<id>. or Per/<id>>Org/<id>. before the scope", "scope"};
}

std::optional<std::string> optional_id(std::string_view id) {
  return id.empty() ? std::nullopt : std::optional<std::string>(id);
}

void append(std::string& text, const ScopeName& scope) {
  text.append(scope.app).append(".").append(scope.name).append(".").append(name(scope.permission));
}

std::string_view canonical_app(std::string_view app) { return app == "directory" ? "zaikio" : app; }

// A permission taken apart: 1 is r, 2 is w.
unsigned letters(Permission permission) { return static_cast<unsigned>(permission) + 1; }
static_assert(static_cast<unsigned>(Permission::rw) == 2);

std::string bearer_prefix(const Bearer& bearer) {
  std::string prefix;
  if (bearer.form != Bearer::Form::organization) {
    if (bearer.form == Bearer::Form::person && !bearer.person_id) return prefix;
    prefix = "Per";
    if (bearer.person_id) prefix.append("/").append(*bearer.person_id);
    if (bearer.form == Bearer::Form::on_behalf) prefix += '>';
  }
  if (bearer.form != Bearer::Form::person) {
    prefix += "Org";
    if (bearer.organization_id) prefix.append("/").append(*bearer.organization_id);
  }
  return prefix + '.';
}

}  // namespace

std::string_view name(Permission permission) { return domain::name_in(permission_names, permission); }
std::optional<Permission> parse_permission(std::string_view text) {
  return domain::parse_in<Permission>(permission_names, text);
}

std::string ScopeName::text() const {
  std::string text;
  text.reserve(app.size() + name.size() + 4);
  append(text, *this);
  return text;
}

bool is_app_name(std::string_view name) {
  const auto allowed = [](char c) { return domain::is_lower(c) || domain::is_digit(c) || c == '_'; };
  return domain::consists_of(name, 3, allowed) && domain::is_lower(name.front());
}

bool is_provided_name(std::string_view name) {
  return domain::consists_of(name, 3, [](char c) { return domain::is_lower(c) || c == '_'; }) && name.front() != '_';
}

Result<ScopeName> parse_scope_name(std::string_view text) {
  if (text.size() > limits::scope_bytes) return malformed(text, too_long_hint);
  if (text.starts_with("Org") || text.starts_with("Per")) {
    return malformed(text, "leave out the bearer: here a scope is only app.name.permission");
  }
  const auto parts = parse_name_parts(text, text);
  if (!parts) return parts.error();
  return make_name(*parts);
}

Result<ScopeName> parse_scope_name_or_short(std::string_view text) {
  const auto dot = text.find('.');
  if (dot != text.npos && text.size() <= limits::scope_bytes && is_provided_name(text.substr(0, dot))) {
    if (const auto permission = parse_permission(text.substr(dot + 1))) {
      return ScopeName{"nexus211", std::string(text.substr(0, dot)), *permission};
    }
  }
  return parse_scope_name(text);
}

ScopeName canonical(ScopeName scope) {
  if (const auto app = canonical_app(scope.app); app != scope.app) scope.app = app;
  return scope;
}

bool covers(const ScopeName& granted, const ScopeName& wanted) {
  return (granted.permission == wanted.permission || granted.permission == Permission::rw) &&
         granted.name == wanted.name && canonical_app(granted.app) == canonical_app(wanted.app);
}

bool covers(const std::vector<ScopeName>& granted, const ScopeName& wanted) {
  return std::ranges::any_of(granted, [&](const ScopeName& one) { return covers(one, wanted); });
}

std::vector<ScopeName> in_both(const std::vector<ScopeName>& held, const std::vector<ScopeName>& allowed) {
  std::vector<ScopeName> out;
  for (const ScopeName& scope : held) {
    unsigned common = 0;
    for (const ScopeName& other : allowed) {
      const bool same_name = other.name == scope.name && canonical_app(other.app) == canonical_app(scope.app);
      if (same_name) common |= letters(scope.permission) & letters(other.permission);
    }
    if (common == 0) continue;
    ScopeName kept = scope;
    if (common != letters(scope.permission)) kept.permission = common == 1 ? Permission::r : Permission::w;
    if (std::ranges::find(out, kept) == out.end()) out.push_back(std::move(kept));
  }
  return out;
}

std::string RequestedScopes::text() const {
  const auto prefix = bearer_prefix(bearer);
  std::string text;
  for (const auto& scope : scopes) {
    if (!text.empty()) text += ',';
    append(text += prefix, scope);
  }
  return text;
}

Result<RequestedScopes> parse_requested_scopes(std::string_view list, Flow flow) {
  RequestedScopes requested;
  const auto elements_at_most = static_cast<std::size_t>(std::ranges::count_if(list, is_separator)) + 1;
  requested.scopes.reserve(std::min(elements_at_most, limits::scopes_per_request));
  BearerParts shared;
  Departures departures;
  std::string_view first;
  std::size_t count = 0;
  for (auto element = take_element(list); !element.empty(); element = take_element(list)) {
    if (++count > limits::scopes_per_request) return too_many_scopes();
    if (element.size() > limits::scope_bytes) return malformed(element, too_long_hint);
    auto rest = element;
    const auto bearer = take_bearer(rest, element);
    if (!bearer) return bearer.error();
    const auto parts = parse_name_parts(rest, element);
    if (!parts) return parts.error();
    if (first.empty()) {
      first = element;
      shared = *bearer;
    } else if (bearer->form != shared.form) {
      if (departures.form.empty()) departures.form = element;
    } else if (bearer->person_id != shared.person_id || bearer->organization_id != shared.organization_id) {
      if (departures.id.empty()) departures.id = element;
    }
    if (std::ranges::none_of(requested.scopes, [&](const ScopeName& one) { return same(one, *parts); })) {
      requested.scopes.push_back(make_name(*parts));
    }
  }
  if (count == 0) {
    if (flow != Flow::client_credentials) return requested;
    return Error{codes::invalid_request, "The parameter scope is required.", "name at least one scope", "scope"};
  }
  if (!departures.form.empty() || !departures.id.empty()) return departure_error(departures, first);
  if (const auto allowed = check_ids(shared, first, flow); !allowed) return allowed.error();
  requested.bearer = {shared.form, optional_id(shared.person_id), optional_id(shared.organization_id)};
  return requested;
}

std::vector<std::string_view> split_scope_list(std::string_view list) {
  std::vector<std::string_view> elements;
  for (auto element = take_element(list); !element.empty(); element = take_element(list)) elements.push_back(element);
  return elements;
}

std::string join_scopes(const std::vector<ScopeName>& scopes, std::string_view separator) {
  std::string text;
  for (const auto& scope : scopes) {
    if (!text.empty()) text += separator;
    append(text, scope);
  }
  return text;
}

std::vector<ScopeName> parse_stored_scopes(std::string_view text) {
  std::vector<ScopeName> scopes;
  for (auto element = take_element(text); !element.empty(); element = take_element(text)) {
    // Text that is no scope grants nothing.
    if (const auto parts = parse_name_parts(element, element)) scopes.push_back(make_name(*parts));
  }
  return scopes;
}

}  // namespace hub
