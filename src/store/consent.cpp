#include "hub/store/consent.h"

#include "rows.h"

namespace hub::store {
namespace {

// A key column holds no NULL: no organization is the empty text.
std::string key_of(const std::optional<OrganizationId>& organization) {
  return organization ? organization->text() : std::string();
}

Consent read_consent(const Row& row) {
  Consent consent{.app_id = row.id<AppId>(0),
                  .person_id = row.id<PersonId>(1),
                  .organization_id = std::nullopt,
                  .scopes = words_of(row.text(3)),
                  .granted_at = row.instant(4)};
  if (!row.text(2).empty()) consent.organization_id = row.id<OrganizationId>(2);
  return consent;
}

}  // namespace

std::optional<Consent> find_consent(Session& session, const AppId& app, const PersonId& person,
                                    const std::optional<OrganizationId>& organization) {
  return first_row<Consent>(session,
                            "SELECT app_id, person_id, organization_id, scopes, granted_at FROM consent "
                            "WHERE person_id = $1 AND app_id = $2 AND organization_id = $3",
                            {person, app, key_of(organization)}, read_consent);
}

void put_consent(WriteSession& session, const Consent& consent) {
  session.execute(
      "INSERT INTO consent (app_id, person_id, organization_id, scopes, granted_at) VALUES ($1, $2, $3, $4, $5) "
      "ON CONFLICT (person_id, app_id, organization_id) DO UPDATE SET scopes = $4, granted_at = $5",
      {consent.app_id, consent.person_id, key_of(consent.organization_id), join_words(consent.scopes),
       consent.granted_at});
}

void each_consent_of_person(Session& session, const PersonId& person,
                            const std::function<bool(const Consent&)>& visit) {
  session.query(
      "SELECT app_id, person_id, organization_id, scopes, granted_at FROM consent WHERE person_id = $1 "
      "ORDER BY app_id, organization_id",
      {person}, [&](const Row& row) { return visit(read_consent(row)); });
}

void forget_consents(WriteSession& session, const AppId& app, const PersonId& person) {
  session.execute("DELETE FROM consent WHERE app_id = $1 AND person_id = $2", {app, person});
}

void forget_consent(WriteSession& session, const PersonId& person, const OrganizationId& organization) {
  session.execute("DELETE FROM consent WHERE person_id = $1 AND organization_id = $2", {person, organization});
}

void forget_consents_of_person(WriteSession& session, const PersonId& person) {
  session.execute("DELETE FROM consent WHERE person_id = $1", {person});
}

void forget_consents_of_app(WriteSession& session, const AppId& app) {
  session.execute("DELETE FROM consent WHERE app_id = $1", {app});
}

}  // namespace hub::store
