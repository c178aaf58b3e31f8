#include "hub/core/status.h"

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

Result<void> list_audit(View& view, const ListAudit& request, const std::function<bool(const AuditAnswer&)>& each) {
  store::each_audit_row(view.db(), view.tenant(), [&](const AuditRow& row) {
    const bool wanted =
        (!request.actor || row.actor == *request.actor) && (!request.target || row.target == *request.target) &&
        (!request.action || row.action == *request.action) && (!request.since || row.at >= *request.since);
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
