#include "hub/core/status.h"

#include "hub/base/codes.h"
#include "hub/core/hub.h"
#include "hub/core/reference.h"
#include "hub/store/counts.h"
#include "hub/store/event.h"
#include "hub/store/settings.h"
#include "hub/store/signing_key.h"

namespace hub::core {

Result<StatusAnswer> show_status(View& view, const ShowStatus& request) {
  const Result<std::int64_t> schema = store::schema_of(view.db());
  if (!schema) return schema.error();
  const store::Counts counts = store::count_everything(view.db());
  StatusAnswer answer{.store = view.hub().location().store_path,
                      .schema = *schema,
                      .organizations = counts.organizations,
                      .people = counts.people,
                      .apps = counts.apps,
                      .connections = counts.connections,
                      .tokens = counts.tokens,
                      .signing_key = store::find_active_kid(view.db(), view.now()),
                      .check = request.check};
  if (const auto settings = store::find_settings(view.db())) {
    answer.issuer = settings->issuer;
    answer.mode = name(settings->mode);
  }
  if (answer.signing_key) {
    const auto key = store::find_signing_key(view.db(), *answer.signing_key);
    answer.signing_key_age_s = unix_seconds(view.now()) - unix_seconds(key->signs_from.value_or(view.now()));
  }
  answer.ready = answer.signing_key && !answer.issuer.empty();
  return answer;
}

Result<About> about(View& view) {
  const auto settings = store::find_settings(view.db());
  if (!settings) return Error{codes::store_damaged, "The store has no settings."};
  return About{.issuer = view.hub().issuer().value_or(settings->issuer), .mode = settings->mode};
}

Result<std::optional<Seconds>> signing_key_age(View& view) {
  const auto kid = store::find_active_kid(view.db(), view.now());
  if (!kid) return std::optional<Seconds>();
  const auto key = store::find_signing_key(view.db(), *kid);
  return std::optional(Seconds(unix_seconds(view.now()) - unix_seconds(key->signs_from.value_or(view.now()))));
}

Result<void> check_ready(View& view) {
  if (const Result<About> settings = about(view); !settings) return settings.error();
  if (store::find_active_kid(view.db(), view.now())) return {};
  return Error{codes::wrong_state, "No signing key is active.", "hubctl key rotate --publish-ahead 0s"};
}

namespace {

// Rows name things by id, since names change: "person:jane@acme.test" and "org:acme" become that; anything else, such
// as what is gone, stays as it is written.
std::string as_recorded(View& view, const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos) return text;
  const std::string_view kind = std::string_view(text).substr(0, colon);
  const std::string_view reference = std::string_view(text).substr(colon + 1);
  if (kind == "person") {
    const auto person = find_person(view, reference);
    return person ? "person:" + person->id.text() : text;
  }
  if (kind == "org" || kind == "organization") {
    const auto organization = find_organization(view, reference);
    return organization ? "organization:" + organization->id.text() : text;
  }
  if (kind == "app") {
    const auto app = find_app(view, reference);
    return app ? "app:" + app->id.text() : text;
  }
  return text;
}

std::optional<std::string> as_recorded(View& view, const std::optional<std::string>& text) {
  return text ? std::optional(as_recorded(view, *text)) : std::nullopt;
}

}  // namespace

Result<void> list_audit(View& view, const ListAudit& request, const std::function<bool(const AuditAnswer&)>& each) {
  const auto actor = as_recorded(view, request.actor);
  const auto target = as_recorded(view, request.target);
  store::each_audit_row(view.db(), view.tenant(), [&](const AuditRow& row) {
    const bool wanted = (!actor || row.actor == *actor) && (!target || row.target == *target) &&
                        (!request.action || row.action == *request.action) &&
                        (!request.since || row.at >= *request.since);
    if (!wanted) return true;
    AuditAnswer answer{.at = row.at,
                       .actor = row.actor,
                       .action = row.action,
                       .target = row.target,
                       .result = row.result,
                       .reason = row.reason,
                       .detail = {row.detail},
                       .sequence = row.sequence,
                       .hash = row.hash};
    if (row.organization_id) answer.organization = organization_name(view, *row.organization_id);
    return each(answer);
  });
  return {};
}

}  // namespace hub::core
