#include "hub/store/login_request.h"

#include <nlohmann/json.hpp>

#include "hub/base/json.h"
#include "rows.h"

namespace hub::store {
namespace {

void put(Json& out, const char* name, bool value) {
  if (value) out[name] = true;
}

void put(Json& out, const char* name, const std::optional<std::string>& value) {
  if (value) out[name] = *value;
}

bool is_set(const Json& hints, const char* name) {
  const auto found = hints.find(name);
  return found != hints.end() && found->is_boolean() && found->get<bool>();
}

std::optional<std::string> text_of(const Json& hints, const char* name) {
  const auto found = hints.find(name);
  if (found == hints.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

LoginRequest read_request(const Row& row) {
  return {.id = row.id<LoginRequestId>(0),
          .dialect = parse_code_dialect(row.text(1)).value_or(CodeDialect::hub),
          .app_id = row.id<AppId>(2),
          .credential_id = row.id<CredentialId>(3),
          .redirect_uri = row.string(4),
          .redirect_given = row.boolean(5),
          .scope = row.string(6),
          .state = row.optional_string(7),
          .challenge = row.optional_string(8),
          .challenge_method = row.optional_string(9),
          .nonce = row.optional_string(10),
          .hints = parse_hints(row.text(11)),
          .refusal = row.optional_string(12),
          .device_id = row.optional_id<DeviceId>(13),
          .created_at = row.instant(14),
          .expires_at = row.instant(15),
          .used_at = row.optional_instant(16)};
}

}  // namespace

std::string hints_text(const LoginHints& hints) {
  Json out = Json::object();
  put(out, "login", hints.login);
  put(out, "no_sign_up", !hints.may_sign_up);
  put(out, "show_sign_up", hints.show_sign_up);
  put(out, "force_login", hints.force_login);
  put(out, "force_consent", hints.force_consent);
  put(out, "select_account", hints.select_account);
  put(out, "no_pages", hints.no_pages);
  put(out, "confirm_email", hints.confirm_email);
  if (hints.max_age) out["max_age"] = hints.max_age->count();
  put(out, "language", hints.language);
  put(out, "first_name", hints.first_name);
  put(out, "last_name", hints.last_name);
  put(out, "email", hints.email);
  put(out, "organization_name", hints.organization_name);
  put(out, "country_code", hints.country_code);
  if (!hints.kinds.empty()) out["kinds"] = hints.kinds;
  return to_line(out);
}

LoginHints parse_hints(std::string_view text) {
  LoginHints out;
  const Result<Json> parsed = parse_json(text);
  if (!parsed || !parsed->is_object()) return out;
  const Json& hints = *parsed;
  out.login = text_of(hints, "login");
  out.may_sign_up = !is_set(hints, "no_sign_up");
  out.show_sign_up = is_set(hints, "show_sign_up");
  out.force_login = is_set(hints, "force_login");
  out.force_consent = is_set(hints, "force_consent");
  out.select_account = is_set(hints, "select_account");
  out.no_pages = is_set(hints, "no_pages");
  out.confirm_email = is_set(hints, "confirm_email");
  if (const auto age = hints.find("max_age"); age != hints.end() && age->is_number_integer()) {
    out.max_age = Seconds(age->get<std::int64_t>());
  }
  out.language = text_of(hints, "language");
  out.first_name = text_of(hints, "first_name");
  out.last_name = text_of(hints, "last_name");
  out.email = text_of(hints, "email");
  out.organization_name = text_of(hints, "organization_name");
  out.country_code = text_of(hints, "country_code");
  if (const auto kinds = hints.find("kinds"); kinds != hints.end() && kinds->is_array()) {
    for (const Json& kind : *kinds) {
      if (kind.is_string()) out.kinds.push_back(kind.get<std::string>());
    }
  }
  return out;
}

void insert_login_request(WriteSession& session, const LoginRequest& request, std::string_view handle_hash,
                          std::string_view browser_hash) {
  session.execute(
      "INSERT INTO login_request (id, handle_hash, browser_hash, dialect, app_id, credential_id, redirect_uri, "
      "redirect_given, scope, state, challenge, challenge_method, nonce, hints, refusal, device_id, created_at, "
      "expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
      {request.id, Octets{handle_hash}, Octets{browser_hash}, name(request.dialect), request.app_id,
       request.credential_id, request.redirect_uri, request.redirect_given, request.scope, request.state,
       request.challenge, request.challenge_method, request.nonce, hints_text(request.hints), request.refusal,
       request.device_id, request.created_at, request.expires_at});
}

bool note_made_organization(WriteSession& session, const LoginRequestId& id) {
  return session.execute(
             "UPDATE login_request SET made_organization = true WHERE id = $1 AND NOT made_organization AND used_at IS "
             "NULL",
             {id}) == 1;
}

std::optional<StoredLoginRequest> find_login_request(Session& session, std::string_view handle_hash) {
  return first_row<StoredLoginRequest>(
      session,
      "SELECT id, dialect, app_id, credential_id, redirect_uri, redirect_given, scope, state, challenge, "
      "challenge_method, nonce, hints, refusal, device_id, created_at, expires_at, used_at, browser_hash "
      "FROM login_request WHERE handle_hash = $1",
      {Octets{handle_hash}}, [](const Row& row) {
        return StoredLoginRequest{read_request(row), Bytes(row.octets(17))};
      });
}

bool use_login_request(WriteSession& session, const LoginRequestId& id, Instant now) {
  return session.execute("UPDATE login_request SET used_at = $2 WHERE id = $1 AND used_at IS NULL", {id, now}) == 1;
}

}  // namespace hub::store
