#include "hub/core/organization.h"

#include "hub/core/lifecycle.h"
#include "hub/core/reference.h"
#include "hub/store/app.h"
#include "hub/store/connection.h"
#include "hub/store/connection_request.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/private_token.h"
#include "rules.h"

namespace hub::core {
namespace {

OrganizationAnswer answer_of(const Organization& organization, const store::OrganizationCounts& counts) {
  return {.name = organization.name,
          .members = counts.members,
          .apps = counts.apps,
          .installed = counts.installed,
          .created_at = organization.created_at,
          .slug = organization.slug,
          .id = organization.id.text(),
          .hash_id = organization.id.hash_id(),
          .kinds = organization.kinds,
          .country_code = organization.country_code,
          .metadata = {organization.metadata},
          .updated_at = organization.updated_at,
          .version = organization.version};
}

Changed<OrganizationAnswer> done(View& view, bool changed, const Organization& organization) {
  return {changed, organization.slug,
          answer_of(organization, store::count_of_organization(view.db(), organization.id))};
}

Result<void> check_values(const Organization& organization) {
  if (Result<void> name = check_display_name(organization.name, "name"); !name) return name;
  for (const std::string& kind : organization.kinds) {
    if (!is_organization_kind(kind)) {
      return Error{codes::invalid_request, "\"" + kind.substr(0, 40) + "\" is not a kind of organization.",
                   "printer, supplier, machine_vendor, brand_owner, designer, publisher, software_developer, other",
                   "kinds"};
    }
  }
  if (organization.kinds.empty()) {
    return Error{codes::invalid_request, "An organization has at least one kind.", "", "kinds"};
  }
  if (organization.country_code && !is_country_code(*organization.country_code)) {
    return Error{codes::invalid_request, "The country code is two capital letters.", "", "country_code"};
  }
  if (organization.metadata.size() > limits::metadata_bytes) {
    return Error{codes::invalid_request, "The metadata is larger than 16 KiB.", "", "metadata"};
  }
  return {};
}

Result<std::string> slug_for(const CreateOrganization& request) {
  const std::string slug = request.slug.value_or(make_slug(request.name));
  if (is_slug(slug)) return slug;
  return Error{codes::invalid_request, "The slug must be 1 to 63 of a-z, 0-9 and - without a dash at its ends.",
               request.slug ? "" : "the name gives none: add --slug", "slug"};
}

void add_creator(Work& work, const Organization& organization) {
  if (!work.principal().person_id) return;
  store::insert_membership(work.db(), {.id = MembershipId::make(work.now(), work.random()),
                                       .organization_id = organization.id,
                                       .person_id = work.principal().person_id,
                                       .roles = {Role::owner, Role::admin},
                                       .joined_at = work.now(),
                                       .created_at = work.now(),
                                       .updated_at = work.now()});
}

}  // namespace

Result<void> list_organizations(View& view, const ListOrganizations&,
                                const std::function<bool(const OrganizationAnswer&)>& each) {
  store::each_organization(view.db(), view.tenant(),
                           [&](const Organization& organization, const store::OrganizationCounts& counts) {
                             return each(answer_of(organization, counts));
                           });
  return {};
}

Result<OrganizationAnswer> show_organization(View& view, const ShowOrganization& request) {
  const Result<Organization> organization = find_organization(view, request.organization);
  if (!organization) return organization.error();
  return *done(view, false, *organization).object;
}

Result<Changed<OrganizationAnswer>> create_organization(Work& work, const CreateOrganization& request) {
  const Result<std::string> slug = slug_for(request);
  if (!slug) return slug.error();
  const Organization organization{.id = OrganizationId::make(work.now(), work.random()),
                                  .slug = *slug,
                                  .name = request.name,
                                  .kinds = request.kinds.empty() ? std::vector<std::string>{"other"} : request.kinds,
                                  .country_code = request.country_code,
                                  .metadata = request.metadata.value_or(ObjectText()).json,
                                  .created_at = work.now(),
                                  .updated_at = work.now()};
  if (Result<void> valid = check_values(organization); !valid) return valid.error();
  if (!store::insert_organization(work.db(), organization)) {
    const Result<Organization> there = find_organization(work, *slug);
    if (!there) return Error{codes::exists, "The slug " + *slug + " is taken.", "choose another with --slug"};
    const bool same = there->name == organization.name &&
                      (request.kinds.empty() || there->kinds == organization.kinds) &&
                      (!request.country_code || there->country_code == organization.country_code) &&
                      (!request.metadata || there->metadata == organization.metadata);
    return exists_already(work, same, "The organization " + *slug, done(work, false, *there));
  }
  add_creator(work, organization);
  work.concerns(organization.id);
  return done(work, true, organization);
}

Result<Changed<OrganizationAnswer>> update_organization(Work& work, const UpdateOrganization& request) {
  const Result<Organization> before = find_organization(work, request.organization);
  if (!before) return before.error();
  if (Result<void> may = require_role(work, before->id, Need::admin); !may) return may.error();
  if (Result<void> current = work.check_version(before->version); !current) return current.error();
  Organization after = *before;
  if (request.name) after.name = *request.name;
  if (request.kinds) after.kinds = *request.kinds;
  request.country_code.apply_to(after.country_code);
  if (request.metadata) after.metadata = request.metadata->json;
  if (Result<void> valid = check_values(after); !valid) return valid.error();
  const bool changed = after.name != before->name || after.kinds != before->kinds ||
                       after.country_code != before->country_code || after.metadata != before->metadata;
  if (changed) {
    ++after.version;
    after.updated_at = work.now();
    store::update_organization(work.db(), after);
    work.emit("zaikio.organization_updated", "Org/" + after.id.text());
  }
  work.concerns(after.id);
  return done(work, changed, after);
}

Result<Changed<OrganizationAnswer>> delete_organization(Work& work, const DeleteOrganization& request) {
  const Result<Organization> organization = find_organization(work, request.organization);
  if (!organization) return gone_already<OrganizationAnswer>(work, organization.error(), request.organization);
  if (Result<void> may = require_role(work, organization->id, Need::owner); !may) return may.error();
  if (Result<void> confirmed = check_confirmed(work, request.confirm, organization->slug); !confirmed) {
    return confirmed.error();
  }
  if (Result<void> current = work.check_version(organization->version); !current) return current.error();
  const Changed<OrganizationAnswer> answer = done(work, true, *organization);

  for (const App& app : store::apps_owned_by(work.db(), organization->id)) end_app(work, app);
  std::vector<Connection> connections;
  store::each_connection_of_organization(work.db(), organization->id, [&](const Connection& connection) {
    connections.push_back(connection);
    return true;
  });
  for (const Connection& connection : connections) end_connection(work, connection, EndedReason::organization_deleted);
  std::vector<Membership> memberships;
  store::each_membership_in(work.db(), organization->id, [&](const Membership& membership) {
    memberships.push_back(membership);
    return true;
  });
  for (const Membership& membership : memberships) end_membership(work, membership);
  store::forget_connection_requests_in(work.db(), organization->id);
  store::revoke_private_tokens(work.db(), organization->id, work.now(),
                               [&](const Token& token) { token_revoked(work, token); });
  store::delete_organization(work.db(), organization->id);
  work.concerns(organization->id);
  return answer;
}

}  // namespace hub::core
