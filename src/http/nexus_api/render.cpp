#include "render.h"

#include <nlohmann/json.hpp>

#include "json_answer.h"

namespace hub::http::nexus_api {
namespace {

template <class Row>
Json whole(const Members<Row>& members, const Row& row) {
  Json out = Json::object();
  for (const Member<Row>& member : members) out[std::string(member.info.name)] = member.value(row);
  return out;
}

}  // namespace

template <class Row>
Json project(const std::vector<const Member<Row>*>& members, const Row& row) {
  Json out = Json::object();
  for (const Member<Row>* const member : members) out[std::string(member->info.name)] = member->value(row);
  return out;
}
template Json project(const std::vector<const Member<Organization>*>&, const Organization&);
template Json project(const std::vector<const Member<core::ProfileAnswer>*>&, const core::ProfileAnswer&);
template Json project(const std::vector<const Member<core::ApplicationAnswer>*>&, const core::ApplicationAnswer&);
template Json project(const std::vector<const Member<core::AuthorizedApplication>*>&,
                      const core::AuthorizedApplication&);
template Json project(const std::vector<const Member<core::ThirdPartyKey>*>&, const core::ThirdPartyKey&);

Json as_json(const Organization& organization) { return whole(organization_members(), organization); }
Json as_json(const core::ProfileAnswer& profile) { return whole(profile_members(), profile); }
Json as_json(const core::ApplicationAnswer& application) { return whole(application_members(), application); }
Json as_json(const core::AuthorizedApplication& authorization) { return whole(authorization_members(), authorization); }
Json as_json(const core::ThirdPartyKey& key) { return whole(key_members(), key); }

Json embedded(const Organization& organization) {
  return {{"id", organization.id.hash_id()}, {"name", organization.name}};
}

Json embedded(const Person& user, bool with_names) {
  return {{"id", user.id.hash_id()},
          {"email", user.email},
          {"firstName", with_names ? text_or_null(user.first_name) : Json(nullptr)},
          {"lastName", with_names ? text_or_null(user.last_name) : Json(nullptr)}};
}

Json embedded_profile(const core::ProfileAnswer& profile) {
  return {{"id", profile.profile.id.hash_id()},
          {"email", text_or_null(profile.email())},
          {"firstName", text_or_null(profile.first_name())},
          {"lastName", text_or_null(profile.last_name())}};
}

}  // namespace hub::http::nexus_api
