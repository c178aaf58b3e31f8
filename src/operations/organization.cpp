#include "hub/core/organization.h"

#include "hub/domain/organization.h"
#include "nouns.h"

namespace hub::operations {
namespace {

using core::CreateOrganization;
using core::DeleteOrganization;
using core::ListOrganizations;
using core::OrganizationAnswer;
using core::ShowOrganization;
using core::UpdateOrganization;

Fields<OrganizationAnswer> organization_fields() {
  return {
      {"name", &OrganizationAnswer::name, "Display name.", {.show = Show::column}},
      {"members", &OrganizationAnswer::members, "People who joined.", {.show = Show::column}},
      {"apps", &OrganizationAnswer::apps, "Apps it owns.", {.show = Show::column}},
      {"installed", &OrganizationAnswer::installed, "Apps connected to it.", {.show = Show::column}},
      {"created_at", &OrganizationAnswer::created_at, "When it was created.", {.show = Show::column}},
      {"slug", &OrganizationAnswer::slug, "Unique short name, kept for life.", {.show = Show::wide}},
      {"id", &OrganizationAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &OrganizationAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"kinds", &OrganizationAnswer::kinds, "What it does.", {.show = Show::wide}},
      {"country_code", &OrganizationAnswer::country_code, "ISO 3166 country."},
      {"metadata", &OrganizationAnswer::metadata, "Free JSON object."},
      {"updated_at", &OrganizationAnswer::updated_at, "Last change.", {.show = Show::wide}},
      {"version", &OrganizationAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<ListOrganizations> list_fields() { return {}; }

Fields<ShowOrganization> show_fields() {
  return {{"organization", &ShowOrganization::organization, "Organization, by slug or id.", {.reference = "org"}}};
}

Fields<CreateOrganization> create_fields() {
  return {
      {"name", &CreateOrganization::name, "Display name; the slug is made from it."},
      {"slug", &CreateOrganization::slug, "Slug of its own, 1-63 of a-z, 0-9 and -."},
      {"kinds", &CreateOrganization::kinds, "What it does; default other.", {.choices = organization_kinds()}},
      {"country_code", &CreateOrganization::country_code, "ISO 3166 country, two capital letters."},
      {"metadata", &CreateOrganization::metadata, "Free JSON object."},
  };
}

Fields<UpdateOrganization> update_fields() {
  return {
      {"organization", &UpdateOrganization::organization, "Organization, by slug or id.", {.reference = "org"}},
      {"name", &UpdateOrganization::name, "New display name; the slug stays."},
      {"kinds", &UpdateOrganization::kinds, "All kinds it has from now on.", {.choices = organization_kinds()}},
      {"country_code", &UpdateOrganization::country_code, "ISO 3166 country."},
      {"metadata", &UpdateOrganization::metadata, "Free JSON object; replaces the old one."},
  };
}

Fields<DeleteOrganization> delete_fields() {
  return {
      {"organization", &DeleteOrganization::organization, "Organization, by slug or id.", {.reference = "org"}},
      {"confirm", &DeleteOrganization::confirm, "Its slug, repeated."},
  };
}

}  // namespace

std::vector<Operation> organization_operations() {
  return {
      operation({.name = "org list",
                 .summary = "List organizations",
                 .access = Access::people,
                 .examples = {"hubctl org list", "hubctl org list --filter metadata.kind=printer -q"}},
                list_fields(), organization_fields(), &core::list_organizations),
      operation({.name = "org show",
                 .summary = "Show one organization",
                 .access = Access::people,
                 .arguments = {"organization"},
                 .examples = {"hubctl org show org:acme -o json"},
                 .errors = {codes::not_found}},
                show_fields(), organization_fields(), &core::show_organization),
      operation(
          {.name = "org create",
           .summary = "Create an organization",
           .details = "A person who creates one becomes its owner. An operator creates it without members.",
           .access = Access::people,
           .kind = "organization",
           .arguments = {"name"},
           .examples = {"hubctl org create acme --ensure", "hubctl org create 'North County 211' --slug north211"},
           .errors = {codes::exists, codes::invalid_request},
           .ensure = true},
          create_fields(), organization_fields(), &core::create_organization),
      operation(
          {.name = "org update",
           .summary = "Change an organization",
           .access = Access::people,
           .kind = "organization",
           .arguments = {"organization"},
           .examples = {"hubctl org update acme --name 'Acme Ltd'", "hubctl org update acme --unset country_code"},
           .errors = {codes::not_found, codes::role_required, codes::stale, codes::invalid_request},
           .if_version = true},
          update_fields(), organization_fields(), &core::update_organization),
      operation({.name = "org delete",
                 .summary = "Delete an organization with its apps, members and connections",
                 .details = "Its apps are deleted, its connections end, and every token of either stops working.",
                 .access = Access::people,
                 .kind = "organization",
                 .arguments = {"organization"},
                 .examples = {"hubctl org delete acme --confirm acme"},
                 .errors = {codes::not_found, codes::role_required, codes::stale, codes::invalid_request},
                 .ensure = true,
                 .if_version = true},
                delete_fields(), organization_fields(), &core::delete_organization),
  };
}

}  // namespace hub::operations
