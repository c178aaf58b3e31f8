#include "hub/core/nexus_organization.h"

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/free_name.h"
#include "hub/core/organization.h"
#include "hub/store/organization.h"
#include "nexus_rules.h"

namespace hub::core {
namespace {

Result<Organization> find_own(View& view, const NexusActor& actor, const std::optional<std::string>& id) {
  const bool meant =
      !id || *id == actor.organization_id.hash_id() || comparison_form(*id) == actor.organization_id.text();
  auto found = meant ? store::find_organization(view.db(), actor.organization_id) : std::nullopt;
  if (!found) return Error{codes::not_found, "There is no such organization."};
  return *found;
}

}  // namespace

Result<Organization> show_own_organization(View& view, const Caller& caller, const std::optional<std::string>& id) {
  const Result<NexusActor> actor = nexus_actor(view, caller);
  if (!actor) return actor.error();
  if (actor->is_contact()) return role_required(Need::member);
  return find_own(view, *actor, id);
}

Result<Organization> create_own_organization(Work& work, const Caller& caller, const CreateOwnOrganization& request) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  if (!actor->profile || !actor->profile->person_id) {
    return Error{codes::principal_not_allowed, "Only a user creates an organization."};
  }
  if (!actor->has(Need::member)) return role_required(Need::member);
  Call call = work.call();
  call.principal = Principal::person(*actor->profile->person_id);
  Work as_person(work.hub(), call, work.db(), work.now());
  const auto made = create_organization(as_person, {.name = request.name,
                                                    .slug = free_slug(work, request.name),
                                                    .kinds = {},
                                                    .country_code = {},
                                                    .metadata = request.metadata});
  if (!made) return made.error();
  const OrganizationId id = *OrganizationId::parse(made->object->id);
  work.concerns(id);
  work.audit("organization create", "organization:" + id.text(), "ok", "{}");
  return *store::find_organization(work.db(), id);
}

Result<Organization> update_own_organization(Work& work, const Caller& caller, const UpdateOwnOrganization& request) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  if (actor->profile && !actor->has(Need::admin)) return role_required(Need::admin);
  const Result<Organization> found = find_own(work, *actor, request.organization);
  if (!found) return found.error();
  AllowedWork allowed(work);
  const auto updated = update_organization(
      allowed, {.organization = found->id.text(), .name = request.name, .kinds = {}, .metadata = request.metadata});
  if (!updated) return updated.error();
  work.concerns(found->id);
  work.audit("organization update", "organization:" + found->id.text(), "ok", "{}");
  return *store::find_organization(work.db(), found->id);
}

Result<void> delete_own_organization(Work& work, const Caller& caller, const std::string& organization) {
  const Result<NexusActor> actor = nexus_actor(work, caller);
  if (!actor) return actor.error();
  if (Result<void> may = need_role(*actor, Need::owner); !may) return may;
  const Result<Organization> found = find_own(work, *actor, organization);
  if (!found) return found.error();
  AllowedWork allowed(work);
  const auto deleted = delete_organization(allowed, {.organization = found->id.text(), .confirm = found->slug});
  if (!deleted) return deleted.error();
  work.concerns(found->id);
  work.audit("organization delete", "organization:" + found->id.text(), "ok", "{}");
  return {};
}

}  // namespace hub::core
