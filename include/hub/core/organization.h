#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/answer.h"
#include "hub/core/work.h"

// Organizations: the tenants (zaikio-hub.md section 5.5, nexus211.md section 4.6).
namespace hub::core {

struct OrganizationAnswer {
  std::string name;
  std::int64_t members = 0, apps = 0, installed = 0;
  Instant created_at;
  std::string slug, id, hash_id;
  std::vector<std::string> kinds;
  std::optional<std::string> country_code;
  ObjectText metadata;
  Instant updated_at;
  std::int64_t version = 1;
};

struct ListOrganizations {};
Result<void> list_organizations(View& view, const ListOrganizations& request,
                                const std::function<bool(const OrganizationAnswer&)>& each);

struct ShowOrganization {
  std::string organization;
};
Result<OrganizationAnswer> show_organization(View& view, const ShowOrganization& request);

struct CreateOrganization {
  std::string name;
  std::optional<std::string> slug;
  std::vector<std::string> kinds;  // none: other
  std::optional<std::string> country_code;
  std::optional<ObjectText> metadata;
};
// A person who creates one becomes its owner and admin. `exists` when the slug is taken; with ensure that is fine if
// the existing one has no other values than the request.
Result<Changed<OrganizationAnswer>> create_organization(Work& work, const CreateOrganization& request);

struct UpdateOrganization {
  std::string organization;
  std::optional<std::string> name;
  std::optional<std::vector<std::string>> kinds;
  Patch<std::string> country_code;
  std::optional<ObjectText> metadata;
};
Result<Changed<OrganizationAnswer>> update_organization(Work& work, const UpdateOrganization& request);

struct DeleteOrganization {
  std::string organization;
  std::string confirm;  // its slug
};
// Deletes its apps, ends its connections and the tokens of both, and removes its members (nexus211.md section 6).
Result<Changed<OrganizationAnswer>> delete_organization(Work& work, const DeleteOrganization& request);

}  // namespace hub::core
