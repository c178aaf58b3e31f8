#include <nlohmann/json.hpp>

#include "hub/core/inspect.h"
#include "hub/core/introspect.h"
#include "hub/core/key.h"
#include "nouns.h"

// Looking at a presented token, and at the keys to do so elsewhere.
namespace hub::operations {
namespace {

using core::ObjectText;

struct VerifyToken {
  Secret token;
  std::optional<std::string> issuer, audience, subject;
  std::vector<std::string> scopes;
  std::optional<Seconds> leeway;
};
struct VerifiedToken {
  bool valid = false;
  std::optional<std::string> reason;
  std::optional<Instant> expired_at, revoked_at;
  std::optional<ObjectText> claims;
  std::string signature;
  std::vector<std::string> checked;
};
struct IntrospectToken {
  Secret token;
  bool check = false;
};
struct Introspection {
  bool active = false;
  std::optional<std::string> scope, client_id, token_type, sub, iss, jti;
  std::optional<std::int64_t> exp, iat, nbf, roles;
  std::vector<std::string> aud;
};
struct PublishedKeys {
  std::vector<std::string> kids;
  std::optional<std::string> format;
};
struct KeyText {
  std::string text;
};

Fields<VerifyToken> verify_fields() {
  return {
      {"token", &VerifyToken::token, "The token."},
      {"iss", &VerifyToken::issuer, "Issuer claim to ask for; default the hub's, \"\" takes any."},
      {"aud", &VerifyToken::audience, "Audience to ask for; an app's name accepts all of its credentials."},
      {"scope", &VerifyToken::scopes, "Scopes that must be in it.", {.reference = "scope"}},
      {"for", &VerifyToken::subject, "Subject to ask for: org:ORG, person:PERSON, or with --jwks Org/ID or Per/ID."},
      {"leeway", &VerifyToken::leeway, "Tolerance for clocks that differ; default 0s."},
  };
}

Fields<VerifiedToken> verified_fields() {
  return {
      {"valid", &VerifiedToken::valid, "Whether the token may be accepted.", {.show = Show::column}},
      {"reason", &VerifiedToken::reason, "Why not.", {.show = Show::column}},
      {"expired_at", &VerifiedToken::expired_at, "When it expired.", {.show = Show::column}},
      {"revoked_at", &VerifiedToken::revoked_at, "When it was revoked.", {.show = Show::column}},
      {"claims", &VerifiedToken::claims, "What it says, once its signature is good.", {.show = Show::wide}},
      {"signature", &VerifiedToken::signature, "ok, or what is wrong with it.", {.show = Show::column}},
      {"checked", &VerifiedToken::checked, "What was looked at, in order.", {.show = Show::wide}},
  };
}

Fields<IntrospectToken> introspect_fields() {
  return {
      {"token", &IntrospectToken::token, "The token."},
      {"check", &IntrospectToken::check, "Exit with 10 unless it is active."},
  };
}

Fields<Introspection> introspection_fields() {
  return {
      {"active",
       &Introspection::active,
       "Whether it is good now; if not, nothing else is said.",
       {.show = Show::column}},
      {"scope", &Introspection::scope, "Scopes in force, space-separated.", {.show = Show::column}},
      {"client_id", &Introspection::client_id, "Client it was issued to.", {.show = Show::column}},
      {"token_type", &Introspection::token_type, "Bearer; none for a refresh token.", {.show = Show::wide}},
      {"exp", &Introspection::exp, "When it expires, in Unix seconds.", {.show = Show::column}},
      {"iat", &Introspection::iat, "When it was issued.", {.show = Show::wide}},
      {"nbf", &Introspection::nbf, "From when on it is good.", {.show = Show::wide}},
      {"sub", &Introspection::sub, "Whom it speaks for.", {.show = Show::column}},
      {"aud", &Introspection::aud, "App it was made for.", {.show = Show::column}},
      {"iss", &Introspection::iss, "The hub.", {.show = Show::wide}},
      {"jti", &Introspection::jti, "Identifier of the token.", {.show = Show::column}},
      {"roles", &Introspection::roles, "Roles of the acting person, as a number.", {.show = Show::wide}},
  };
}

Fields<PublishedKeys> export_fields() {
  return {
      {"kids", &PublishedKeys::kids, "Keys, by kid; default all published ones.", {.reference = "key"}},
      {"format", &PublishedKeys::format, "jwks or pem; default jwks.", {.choices = {"jwks", "pem"}}},
  };
}

Fields<KeyText> key_text_fields() { return {{"text", &KeyText::text, "The keys as text.", {.show = Show::column}}}; }

Result<int> verify(core::Hub& hub, const Call& call, const VerifyToken& request, Json& answer) {
  core::VerifyOptions options{.issuer = request.issuer,
                              .audience = request.audience,
                              .scopes = request.scopes,
                              .subject = request.subject,
                              .leeway = request.leeway.value_or(Seconds(0))};
  if (options.subject) {
    Result<std::string> subject = core::subject_claim_of(hub, call, *options.subject);
    if (!subject) return subject.error();
    options.subject = std::move(*subject);
  }
  const auto keys = core::keys_of(hub, call);
  if (!keys) return keys.error();
  return core::verify_against_store(hub, call, *keys, request.token.reveal(), options, answer);
}

Result<int> introspect(core::Hub& hub, const Call& call, const IntrospectToken& request, Json& answer) {
  if (Result<void> asked = core::introspect_any(hub, call, request.token, answer); !asked) return asked.error();
  return request.check && answer["active"] != true ? 10 : 0;
}

Result<KeyText> export_published(core::View& view, const PublishedKeys& request) {
  const Result<Secret> text = core::export_keys(view, {.kids = request.kids, .pem = request.format == "pem"});
  if (!text) return text.error();
  return KeyText{text->reveal()};
}

// Reads by itself: its answer is what core makes of the token, without members that say nothing.
template <class Request, class T>
Operation looking(OperationInfo info, Fields<Request> request, const Fields<T>& answer,
                  Result<int> (*run)(core::Hub&, const Call&, const Request&, Json&)) {
  Operation out{std::move(info), Effect::read, infos(request), infos(answer), {}, {}};
  out.run = [request, run](core::Hub* hub, const Call& call, const Json& json, Json& reply) -> Result<int> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    return run(*hub, call, *input, reply);
  };
  return out;
}

}  // namespace

std::vector<Operation> token_check_operations() {
  return {
      looking({.name = "token verify",
               .summary = "Check the signature, revocation, time and claims of tokens",
               .access = Access::people,
               .id = "",
               .examples = {"hubctl token verify --aud caresuite < token"},
               .errors = {codes::invalid_request}},
              verify_fields(), verified_fields(), &verify),
      looking({.name = "token introspect",
               .summary = "Say what tokens are good for at this moment, as RFC 7662 does",
               .details = "Reads one token per line from standard input: access, refresh and Nexus tokens. Of one that "
                          "is not good, whatever the reason, it says no more than that.",
               .access = Access::operators,
               .id = "",
               .examples = {"hubctl token introspect < token", "hubctl token introspect --check -q < token"},
               .errors = {}},
              introspect_fields(), introspection_fields(), &introspect),
      operation({.name = "key export",
                 .summary = "Print the published keys as a key set or PEM",
                 .access = Access::operators,
                 .id = "",
                 .arguments = {"kids"},
                 .examples = {"hubctl key export --format jwks > jwks.json"},
                 .errors = {codes::not_found, codes::ambiguous_reference, codes::invalid_request}},
                export_fields(), key_text_fields(), &export_published),
  };
}

}  // namespace hub::operations
