#include "authorize_hints.h"

#include <algorithm>
#include <charconv>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/base/text.h"
#include "hub/domain/organization.h"
#include "hub/domain/scope.h"

namespace hub::http {
namespace {

// Longer than anybody stays signed in; more would only overflow.
constexpr std::int64_t longest_max_age_s = 10LL * 366 * 24 * 3600;
constexpr std::size_t most_kinds = 20;

std::optional<Seconds> seconds_of(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return Seconds(std::min(value, longest_max_age_s));
}

std::vector<std::string> words_of(const std::optional<std::string>& text) {
  std::vector<std::string> out;
  if (!text) return out;
  for (const std::string_view word : split_words(*text)) out.emplace_back(word);
  return out;
}

bool holds(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// Names that filled a form of before (zaikio-hub.md section 3.1).
std::string kind_of(const std::string& kind) {
  return kind == "software_vendor" || kind == "developer" ? "software_developer" : kind;
}

// A prefill is no more than a suggestion: what could not be typed is not suggested.
std::optional<std::string> suggestion(std::optional<std::string> text) {
  if (text && !is_display_name(*text, limits::name_bytes)) text.reset();
  return text;
}

void read_prefills(const QueryParameters& query, LoginHints& hints) {
  hints.first_name = suggestion(query.text("person[first_name]"));
  hints.last_name = suggestion(query.text("person[name]"));
  hints.email = suggestion(query.text("person[email]"));
  hints.organization_name = suggestion(query.text("organization[name]"));
  hints.country_code = suggestion(query.text("organization[country_code]"));
  std::vector<std::string> kinds = query.texts("organization[kinds][]");
  for (std::string& kind : query.texts("organization[kind]")) kinds.push_back(std::move(kind));
  for (const std::string& kind : kinds) {
    const std::string meant = kind_of(kind);
    if (is_organization_kind(meant) && !holds(hints.kinds, meant) && hints.kinds.size() < most_kinds) {
      hints.kinds.push_back(meant);
    }
  }
}

}  // namespace

Result<QueryParameters> QueryParameters::read(std::string_view query) {
  QueryParameters out;
  if (query.empty()) return out;
  Result<std::vector<Parameter>> parsed = parse_form(query);
  if (!parsed) return parsed.error();
  out.all_ = *std::move(parsed);
  return out;
}

bool QueryParameters::has(std::string_view name) const {
  return std::ranges::any_of(all_, [&](const Parameter& one) { return one.name == name; });
}

std::vector<std::string> QueryParameters::texts(std::string_view name) const {
  std::vector<std::string> out;
  for (const Parameter& one : all_) {
    if (one.name == name && one.value && !one.value->empty()) out.push_back(*one.value);
  }
  return out;
}

std::optional<std::string> QueryParameters::text(std::string_view name) const {
  std::vector<std::string> all = texts(name);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

bool QueryParameters::is_set(std::string_view name) const {
  const auto value = text(name);
  return value && *value != "0" && *value != "false" && *value != "no" && *value != "off";
}

bool QueryParameters::is_repeated(std::string_view name) const {
  return std::ranges::count_if(all_, [&](const Parameter& one) { return one.name == name; }) > 1;
}

std::optional<std::string> QueryParameters::repeated() const {
  for (const Parameter& one : all_) {
    if (!one.name.ends_with("[]") && is_repeated(one.name)) return one.name;
  }
  return std::nullopt;
}

LoginHints read_hints(const QueryParameters& query) {
  const std::vector<std::string> prompt = words_of(query.text("prompt"));
  LoginHints hints;
  hints.login = suggestion(query.text("login"));
  if (!hints.login) hints.login = suggestion(query.text("login_hint"));
  hints.may_sign_up = query.text("signup") != "false";
  hints.show_sign_up = query.is_set("show_signup") || holds(prompt, "signup") || holds(prompt, "create");
  hints.force_login = query.is_set("force_login") || holds(prompt, "login");
  hints.force_consent = holds(prompt, "consent");
  hints.select_account = holds(prompt, "select_account");
  hints.no_pages = holds(prompt, "none");
  hints.confirm_email = query.is_set("prompt_email_confirmation");
  if (const auto age = query.text("max_age")) hints.max_age = seconds_of(*age);
  hints.language = suggestion(query.text("lang"));
  if (const auto locales = words_of(query.text("ui_locales")); !hints.language && !locales.empty()) {
    hints.language = suggestion(locales.front());
  }
  read_prefills(query, hints);
  return hints;
}

std::optional<Error> openid_problem(const QueryParameters& query) {
  const auto scope = query.text("scope");
  const auto scopes = split_scope_list(scope ? std::string_view(*scope) : std::string_view());
  if (std::ranges::find(scopes, "openid") == scopes.end()) return std::nullopt;
  const auto problem = [](std::string sentence, std::string field) {
    return Error{codes::invalid_request, std::move(sentence), "", std::move(field)};
  };
  const std::vector<std::string> prompt = words_of(query.text("prompt"));
  if (holds(prompt, "none") && prompt.size() > 1) return problem("The prompt none stands alone.", "prompt");
  if (const auto age = query.text("max_age"); age && !seconds_of(*age)) {
    return problem("The max_age is a number of seconds.", "max_age");
  }
  if (query.text("request") || query.text("request_uri")) {
    return problem("Request objects are not supported.", "request");
  }
  if (const auto mode = query.text("response_mode"); mode && *mode != "query") {
    return problem("The response mode is query.", "response_mode");
  }
  return std::nullopt;
}

}  // namespace hub::http
