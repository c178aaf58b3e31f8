#include "hub/core/inspect.h"

#include <algorithm>
#include <array>
#include <limits>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/core/key.h"
#include "hub/core/reference.h"
#include "hub/domain/role.h"
#include "hub/domain/scope.h"
#include "hub/store/token.h"
#include "issue_steps.h"

namespace hub::core {
namespace {

constexpr int status_expired = 11, status_revoked = 12, status_signature = 13, status_claims = 14;
constexpr std::int64_t last_shown_second = 253402300799;  // 9999-12-31T23:59:59Z

std::optional<std::int64_t> seconds_claim(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end() || !found->is_number_integer()) return std::nullopt;
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  // Beyond what fits is as far away as can be, not the past.
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t{most}) return most;
  return found->get<std::int64_t>();
}

std::string_view text_claim(const Json& claims, const char* name) {
  const auto found = claims.find(name);
  if (found == claims.end()) return {};
  const auto* const text = found->get_ptr<const Json::string_t*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

bool shown(std::int64_t seconds) { return seconds >= 0 && seconds <= last_shown_second; }

void add_times(const Json& claims, Json& answer) {
  Json times = Json::object();
  for (const char* const name : {"iat", "nbf", "exp"}) {
    const auto at = seconds_claim(claims, name);
    if (at && shown(*at)) times[name] = to_rfc3339(from_unix_seconds(*at));
  }
  answer["times"] = std::move(times);
}

bool audience_matches(std::string_view audience, std::string_view wanted) {
  return audience == wanted || (wanted.find('/') == std::string_view::npos && audience.size() > wanted.size() &&
                                audience.starts_with(wanted) && audience[wanted.size()] == '/');
}

bool has_audience(const Json& claims, std::string_view wanted) {
  const auto aud = claims.find("aud");
  if (aud == claims.end()) return false;
  if (const auto* const one = aud->get_ptr<const Json::string_t*>()) return audience_matches(*one, wanted);
  if (!aud->is_array()) return false;
  for (const Json& item : *aud) {
    const auto* const text = item.get_ptr<const Json::string_t*>();
    if (text != nullptr && audience_matches(*text, wanted)) return true;
  }
  return false;
}

// `scope` is an array in this hub's tokens and a space-separated text in others (RFC 8693 section 4.2).
std::vector<ScopeName> scopes_of(const Json& claims) {
  std::vector<ScopeName> out;
  const auto add = [&](std::string_view text) {
    if (Result<ScopeName> scope = parse_scope_name(text)) out.push_back(canonical(*std::move(scope)));
  };
  const auto scope = claims.find("scope");
  if (scope == claims.end()) return out;
  if (const auto* const text = scope->get_ptr<const Json::string_t*>()) {
    for (const std::string_view part : split_scope_list(*text)) add(part);
  } else if (scope->is_array()) {
    for (const Json& item : *scope) {
      if (const auto* const one = item.get_ptr<const Json::string_t*>()) add(*one);
    }
  }
  return out;
}

bool has_scopes(const Json& claims, const std::vector<std::string>& wanted) {
  const std::vector<ScopeName> held = scopes_of(claims);
  for (const std::string& list : wanted) {
    for (const std::string_view part : split_scope_list(list)) {
      const Result<ScopeName> scope = parse_scope_name(part);
      if (!scope || !covers(held, canonical(*scope))) return false;
    }
  }
  return true;
}

// The other spellings of the subject claim (zaikio-hub.md section 0.3).
std::string long_form(std::string_view subject) {
  struct Spelling {
    std::string_view prefix, claim;
  };
  constexpr std::array<Spelling, 6> spellings{{{"Org/", "Organization/"},
                                               {"Org:", "Organization/"},
                                               {"Organization-", "Organization/"},
                                               {"Per/", "Person/"},
                                               {"Per:", "Person/"},
                                               {"Person-", "Person/"}}};
  std::string out;
  std::size_t at = 0;
  while (at <= subject.size()) {
    const std::size_t end = std::min(subject.find('>', at), subject.size());
    const std::string_view part = subject.substr(at, end - at);
    if (at > 0) out += '>';
    const auto* const found =
        std::ranges::find_if(spellings, [&](const Spelling& spelling) { return part.starts_with(spelling.prefix); });
    if (found == spellings.end()) {
      out += part;
    } else {
      out.append(found->claim).append(part.substr(found->prefix.size()));
    }
    at = end + 1;
  }
  return out;
}

std::string signature_reason(crypto::SignatureProblem problem) {
  switch (problem) {
    case crypto::SignatureProblem::none:
      return "ok";
    case crypto::SignatureProblem::unknown_key:
      return "unknown_key";
    case crypto::SignatureProblem::wrong_algorithm:
      return "wrong_algorithm";
    case crypto::SignatureProblem::bad_signature:
      return "bad_signature";
    case crypto::SignatureProblem::unsupported_header:
      return "unsupported_header";
  }
  return "bad_signature";
}

struct Refusal {
  int status = 0;
  std::string reason;
};

// The issuer of the hub contract or of RFC 9068, unless one is asked for.
bool has_issuer(const crypto::DecodedJwt& token, const VerifyOptions& options) {
  const std::string_view issuer = text_claim(*token.claims, "iss");
  if (options.issuer) return issuer == *options.issuer;
  if (issuer == "ZAI") return true;
  if (!options.own_issuer.empty()) return issuer == options.own_issuer;
  const bool is_url = issuer.starts_with("https://") || issuer.starts_with("http://");
  return is_url && text_claim(*token.header, "typ") == "at+jwt";
}

Refusal check_claims(const crypto::DecodedJwt& token, const VerifyOptions& options, Instant now, Json& checked) {
  const Json& claims = *token.claims;
  const std::int64_t leeway = options.leeway.count();
  const auto not_before = seconds_claim(claims, "nbf");
  checked.push_back("nbf");
  if (claims.contains("nbf") && (!not_before || *not_before > unix_seconds(now) + leeway)) {
    return {status_claims, "not_yet_valid"};
  }
  if (options.issuer != "") {
    checked.push_back("iss");
    if (!has_issuer(token, options)) return {status_claims, "wrong_issuer"};
  }
  if (options.audience) {
    checked.push_back("aud");
    if (!has_audience(claims, *options.audience)) return {status_claims, "wrong_audience"};
  }
  if (!options.scopes.empty()) {
    checked.push_back("scope");
    if (!has_scopes(claims, options.scopes)) return {status_claims, "missing_scope"};
  }
  if (options.subject) {
    checked.push_back("sub");
    const std::string subject = long_form(*options.subject);
    if (subject.empty() || text_claim(claims, "sub") != subject) return {status_claims, "wrong_subject"};
  }
  return {};
}

Refusal check_expiry(const Json& claims, const VerifyOptions& options, Instant now, Json& answer) {
  const auto expires = seconds_claim(claims, "exp");
  if (!expires) return {status_claims, "no_expiry"};
  if (*expires > unix_seconds(now) - options.leeway.count()) return {};
  if (shown(*expires)) answer["expired_at"] = to_rfc3339(from_unix_seconds(*expires));
  return {status_expired, "expired"};
}

int finish(Json& answer, const Refusal& failure) {
  answer["valid"] = failure.status == 0;
  if (failure.status != 0) answer["reason"] = failure.reason;
  return failure.status;
}

}  // namespace

Result<void> inspect_token(std::string_view token, Json& answer) {
  Result<crypto::DecodedJwt> decoded = crypto::decode_jwt(token);
  if (!decoded) return decoded.error();
  answer = Json::object();
  answer["header"] = *decoded->header;
  answer["claims"] = *decoded->claims;
  answer["signature"] = "not_checked";
  const Json& claims = answer["claims"];
  const auto roles = claims.find("roles");
  const bool has_roles = roles != claims.end() && roles->is_number_unsigned();
  const std::vector<std::string> names =
      has_roles ? RoleSet::from_stored(roles->get<std::int64_t>()).names() : std::vector<std::string>();
  add_times(claims, answer);
  if (has_roles) answer["roles"] = names;
  return {};
}

int verify_token(std::string_view token, const crypto::KeySet& keys, const VerifyOptions& options, Instant now,
                 const RevokedAt& revoked_at, Json& answer) {
  answer = Json::object();
  answer["valid"] = false;
  const Result<crypto::DecodedJwt> decoded = crypto::decode_jwt(token);
  if (!decoded) return finish(answer, {status_signature, "malformed_token"});
  const crypto::SignatureProblem problem = crypto::check_signature(*decoded, keys);
  if (problem != crypto::SignatureProblem::none) {
    const std::string reason = signature_reason(problem);
    answer["reason"] = reason;
    answer["signature"] = reason;
    answer["checked"] = Json::array({"signature"});
    return finish(answer, {status_signature, reason});
  }
  const Json& claims = *decoded->claims;
  Json checked = Json::array({"signature"});
  Refusal failure;
  if (revoked_at) {
    checked.push_back("revoked");
    if (const auto at = revoked_at(text_claim(claims, "jti"))) {
      failure = {status_revoked, "revoked"};
      answer["reason"] = failure.reason;
      answer["revoked_at"] = to_rfc3339(*at);
    }
  }
  if (failure.status == 0) {
    checked.push_back("exp");
    failure = check_expiry(claims, options, now, answer);
  }
  if (failure.status == 0) failure = check_claims(*decoded, options, now, checked);
  answer["claims"] = claims;
  answer["signature"] = "ok";
  answer["checked"] = std::move(checked);
  return finish(answer, failure);
}

Result<crypto::KeySet> keys_of(Hub& hub, const Call& call) {
  return hub.read(call, [](View& view) { return published_keys(view); });
}

Result<int> verify_against_store(Hub& hub, const Call& call, const crypto::KeySet& keys, std::string_view token,
                                 const VerifyOptions& options, Json& answer) {
  return hub.read(call, [&](View& view) -> Result<int> {
    const RevokedAt revoked_at = [&](std::string_view jti) -> std::optional<Instant> {
      const auto id = TokenId::parse(jti);
      const auto row = id ? store::find_token(view.db(), *id) : std::nullopt;
      return row ? row->revoked_at : std::nullopt;
    };
    const Result<std::string> issuer = issuer_of(view);
    if (!issuer) return issuer.error();
    VerifyOptions of_hub = options;
    of_hub.own_issuer = *issuer;
    return verify_token(token, keys, of_hub, view.now(), revoked_at, answer);
  });
}

Result<std::string> subject_claim_of(Hub& hub, const Call& call, std::string_view reference) {
  if (!reference.starts_with("org:") && !reference.starts_with("person:")) return std::string(reference);
  return hub.read(call, [&](View& view) -> Result<std::string> {
    const Result<Subject> subject = find_subject(view, reference);
    if (!subject) return subject.error();
    return subject->event_subject();
  });
}

Result<crypto::KeySet> parse_key_set(std::string_view jwks) { return crypto::KeySet::parse(jwks); }

}  // namespace hub::core
