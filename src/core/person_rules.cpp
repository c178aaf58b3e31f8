#include "person_rules.h"

#include <vector>

#include "hub/core/lifecycle.h"
#include "hub/core/session.h"
#include "hub/store/authorization_code.h"
#include "hub/store/browser_session.h"
#include "hub/store/connection_request.h"
#include "hub/store/consent.h"
#include "hub/store/device_authorization.h"
#include "hub/store/mail_link.h"
#include "hub/store/membership.h"
#include "hub/store/nexus_token.h"
#include "hub/store/person.h"
#include "mail_links.h"

namespace hub::core {

Person mark_verified(Work& work, Person person) {
  person.email_verified_at = person.updated_at = work.now();
  ++person.version;
  store::update_person(work.db(), person);
  store::link_memberships(work.db(), person.email_key, person.id, work.now());
  store::end_mail_links(work.db(), person.id, verification_link, work.now());
  work.emit("zaikio.person_updated", "Per/" + person.id.text());
  return person;
}

void password_replaced(Work& work, const PersonId& person, const std::optional<SessionId>& kept) {
  end_tokens_of_person(work, person);
  std::vector<MembershipId> memberships;
  store::each_membership_of(work.db(), person, [&](const Membership& membership) {
    memberships.push_back(membership.id);
    return true;
  });
  for (const MembershipId& id : memberships) store::revoke_nexus_tokens_of_membership(work.db(), id, work.now());
  store::end_codes_of_person(work.db(), person);
  store::end_devices_of_person(work.db(), person);
  end_sessions_of(work, person, kept);
  store::end_mail_links(work.db(), person, reset_link, work.now());
}

void forget_traces(Work& work, const PersonId& person) {
  store::end_codes_of_person(work.db(), person);
  store::end_devices_of_person(work.db(), person);
  store::delete_browser_sessions_of(work.db(), person);
  store::delete_mail_links_of(work.db(), person);
  store::forget_consents_of_person(work.db(), person);
  store::forget_connection_requests_of(work.db(), person);
}

}  // namespace hub::core
