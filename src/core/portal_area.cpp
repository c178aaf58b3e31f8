#include "hub/core/portal_area.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/portal.h"
#include "hub/core/reference.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/person.h"

namespace hub::core {
namespace {

std::string joined(const std::optional<std::string>& first, const std::optional<std::string>& last) {
  return first.value_or("") + (first && last ? " " : "") + last.value_or("");
}

Member member_of(View& view, Membership membership) {
  Member out{.membership = std::move(membership), .name = {}, .email = {}};
  out.name = joined(out.membership.first_name, out.membership.last_name);
  out.email = out.membership.email.value_or("");
  // Of somebody who has only been invited nobody learns more than they typed.
  if (!out.membership.person_id || !out.membership.joined_at) return out;
  if (const auto person = store::find_person(view.db(), *out.membership.person_id)) {
    out.email = person->email;
    if (out.name.empty()) out.name = joined(person->first_name, person->last_name);
  }
  return out;
}

bool has_word(const Member& member, const std::string& word) {
  return word.empty() || comparison_form(member.name).find(word) != std::string::npos ||
         comparison_form(member.email).find(word) != std::string::npos;
}

}  // namespace

Result<Area> enter_area(View& view, std::string_view reference) {
  const Result<Organization> organization = find_organization(view, reference);
  if (!organization) return organization.error();
  const auto& person = view.principal().person_id;
  const auto membership =
      person ? store::find_membership_of(view.db(), organization->id, *person) : std::optional<Membership>();
  if (!membership) return Error{codes::not_found, "There is no such organization."};
  return Area{*organization, *membership};
}

std::vector<std::string> owners_of(View& view, const OrganizationId& organization) {
  std::vector<Membership> owners;
  store::each_owner_of(view.db(), organization, [&](const Membership& membership) {
    owners.push_back(membership);
    return true;
  });
  std::vector<std::string> out;
  for (Membership& owner : owners) {
    const Member member = member_of(view, std::move(owner));
    out.push_back(member.name.empty() ? member.email : member.name);
  }
  return out;
}

Rows<Member> members_of(View& view, const Area& area, const Part& part) {
  Rows<Member> out;
  if (!area.is_member()) {
    out.rows.push_back(member_of(view, area.membership));
    return out;
  }
  const std::string word = comparison_form(part.word);
  std::size_t left = part.skip;
  store::each_membership_in(view.db(), area.organization.id, [&](const Membership& membership) {
    if (word.empty() && left > 0) return --left, true;  // nobody has to be looked up to be passed over
    Member member = member_of(view, membership);
    if (!has_word(member, word)) return true;
    if (left > 0) return --left, true;
    out.more = out.rows.size() == part.most;
    if (!out.more) out.rows.push_back(std::move(member));
    return !out.more;
  });
  return out;
}

std::vector<Organization> administered_by(View& view, const PersonId& person) {
  std::vector<Organization> out;
  for (MyOrganization& one : my_organizations(view, person)) {
    const bool decides = one.membership.joined_at && one.membership.roles.at_least_admin();
    if (decides) out.push_back(std::move(one.organization));
  }
  return out;
}

}  // namespace hub::core
