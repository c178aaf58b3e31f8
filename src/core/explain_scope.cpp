#include <algorithm>
#include <array>

#include "hub/base/codes.h"
#include "hub/core/openid_scope.h"
#include "hub/core/reference.h"
#include "hub/core/scope.h"
#include "unknown_scope.h"

// Scopes of requests in words, for people who wonder what they ask for (zaikio-hub.md sections 2.1 to 2.3).
namespace hub::core {
namespace {

struct Asked {
  Bearer bearer;
  ScopeName scope;
};

Result<Asked> parse_asked(std::string_view text) {
  if (!text.starts_with("Org") && !text.starts_with("Per")) {
    const Result<ScopeName> scope = parse_scope_name_or_short(text);
    if (!scope) return scope.error();
    return Asked{{}, *scope};
  }
  Result<RequestedScopes> requested = parse_requested_scopes(text, Flow::redirect);
  if (!requested && requested.error().code == codes::unpermitted_bearer_id) {
    requested = parse_requested_scopes(text, Flow::client_credentials);
  }
  if (!requested) return requested.error();
  return Asked{requested->bearer, requested->scopes.front()};
}

std::string_view word(Bearer::Form form) {
  switch (form) {
    case Bearer::Form::person:
      return "person";
    case Bearer::Form::organization:
      return "organization";
    case Bearer::Form::on_behalf:
      return "on_behalf";
  }
  return "";
}

std::string_view word(Permission permission) {
  switch (permission) {
    case Permission::r:
      return "Read";
    case Permission::w:
      return "Write";
    case Permission::rw:
      return "Read and write";
  }
  return "";
}

// By name where the caller may reach it, as written where not.
std::string organization_words(View& view, const Bearer& bearer) {
  if (!bearer.organization_id) return "an organization that the person who signs in chooses";
  const Result<Organization> found = find_organization(view, *bearer.organization_id);
  return "the organization " + (found ? found->slug : *bearer.organization_id);
}

std::string person_words(View& view, const Bearer& bearer) {
  if (!bearer.person_id) return "the person who signs in";
  const Result<Person> found = find_person(view, *bearer.person_id);
  return "the person " + (found ? found->email : *bearer.person_id);
}

std::string subject_words(View& view, const Bearer& bearer) {
  switch (bearer.form) {
    case Bearer::Form::person:
      return "of " + person_words(view, bearer);
    case Bearer::Form::organization:
      return "of " + organization_words(view, bearer);
    case Bearer::Form::on_behalf:
      return "of " + organization_words(view, bearer) + ", with " + person_words(view, bearer) + " acting for it";
  }
  return "";
}

bool applies(const ProvidedScope& scope, Bearer::Form form) {
  if (form == Bearer::Form::on_behalf) return scope.for_persons || scope.for_organizations;
  return scope.applies_to(form == Bearer::Form::person ? BearerKind::person : BearerKind::organization);
}

std::string needs_words(const ProvidedScope& scope, const Asked& asked, const ScopeName& canonical_name) {
  const bool of_person = asked.bearer.form == Bearer::Form::person ||
                         (asked.bearer.form == Bearer::Form::on_behalf && !scope.for_organizations);
  std::string out = "the app desires " + canonical_name.text();
  out += of_person ? "; the person grants it" : "; an admin or owner of the organization grants it";
  // Everybody counts as connected to the built-in apps.
  if (canonical_name.app != "zaikio" && canonical_name.app != "nexus211") {
    out += std::string("; the ") + (of_person ? "person" : "organization") + " is connected to " + canonical_name.app;
  }
  return out;
}

void explain_known(View& view, const ProvidedScope& provided, const Asked& asked, ExplainedScope& row) {
  const ScopeName name = canonical(asked.scope);
  row.exists = true;
  row.title = provided.title;
  row.words = std::string(word(name.permission)) + " \"" + provided.title + "\" " + subject_words(view, asked.bearer) +
              ", at " + name.app + ".";
  if (provided.deprecated) row.words += " It is deprecated: no app can desire it anew.";
  if (!applies(provided, asked.bearer.form)) {
    row.words += std::string(" It is not offered for ") +
                 (asked.bearer.form == Bearer::Form::person ? "persons" : "organizations") +
                 ", so a request drops it silently.";
  }
  row.needs = needs_words(provided, asked, name);
}

ExplainedScope explained(View& view, std::string_view text) {
  ExplainedScope row{.scope = std::string(text)};
  if (is_openid_scope(text)) {
    row.bearer = "person";
    row.exists = true;
    row.words = "A scope of OpenID Connect, known on the standard route only.";
    row.needs = "the person consents; no app desires it";
    return row;
  }
  const Result<Asked> asked = parse_asked(text);
  if (!asked) {
    row.error = asked.error().code.name;
    row.words = asked.error().message;
    row.needs = asked.error().hint;
    return row;
  }
  const ScopeName name = canonical(asked->scope);
  row.bearer = word(asked->bearer.form);
  row.provider = name.app;
  if (const auto provided = find_known_scope(view, name)) {
    explain_known(view, *provided, *asked, row);
  } else {
    const Error unknown = unknown_scope(view, name);
    row.words = unknown.message + " A request drops it silently.";
    row.needs = unknown.hint;
  }
  return row;
}

}  // namespace

Result<void> explain_scopes(View& view, const ExplainScopes& request,
                            const std::function<bool(const ExplainedScope&)>& each) {
  bool any = false;
  for (const std::string& list : request.scopes) {
    for (const std::string_view text : split_scope_list(list)) {
      any = true;
      if (!each(explained(view, text))) return {};
    }
  }
  if (any) return {};
  return Error{codes::invalid_request, "Name at least one scope.", "hubctl scope list", "scopes"};
}

}  // namespace hub::core
