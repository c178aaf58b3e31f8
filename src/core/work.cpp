#include "hub/core/work.h"

#include "hub/base/codes.h"
#include "hub/core/hub.h"
#include "hub/store/browser_session.h"
#include "hub/store/event.h"

namespace hub::core {

Result<Keys*> View::keys() { return hub_.keys(); }

Random& Work::random() { return hub().random(); }

Result<void> Work::check_session() {
  if (!call().session) return {};
  const auto session = store::find_browser_session(db(), *call().session);
  if (session && session->alive(now())) return {};
  return Error{codes::login_required, "Whoever signed in is signed out."};
}

Result<void> Work::check_version(std::int64_t version) const {
  if (!call().if_version || *call().if_version == version) return {};
  return Error{codes::stale,
               "It has version " + std::to_string(version) + " now, not " + std::to_string(*call().if_version) + ".",
               "look at it again, then decide"};
}

void Work::emit(std::string_view name, std::string_view subject, std::string_view payload,
                std::optional<AppId> receiver) {
  store::insert_event(db(), {.id = EventId::make(now(), random()),
                             .name = std::string(name),
                             .subject = std::string(subject),
                             .payload = std::string(payload),
                             .receiver_id = receiver,
                             .created_at = now()});
}

void Work::audit(std::string_view action, std::string_view target, std::string_view result, std::string_view detail) {
  store::append_audit(db(), {.sequence = 0,
                             .at = now(),
                             .actor = principal().actor,
                             .action = std::string(action),
                             .target = std::string(target),
                             .organization_id = organization_,
                             .result = std::string(result),
                             .reason = call().reason,
                             .detail = std::string(detail),
                             .hash = "",
                             .request_id = call().request_id});
}

}  // namespace hub::core
