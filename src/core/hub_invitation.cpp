#include "hub/base/codes.h"
#include "hub/core/hub_person.h"
#include "hub/core/lifecycle.h"
#include "hub/core/membership.h"
#include "hub/store/membership.h"
#include "hub/store/page.h"
#include "nexus_rules.h"

// Invitations as the hub dialect has them: memberships nobody joined with yet (zaikio-hub.md section 5.6).
namespace hub::core {
namespace {

bool is_invitation(const Membership& membership) {
  return !membership.joined_at && membership.email && membership.kind == MembershipKind::human &&
         membership.roles.at_least_member();
}

// The names that the contract has for what core calls otherwise.
Error in_words_of_contract(Error error) {
  if (error.field == "role") error.field = "roles";
  if (error.field == "last_name") error.field = "name";
  if (error.code == codes::exists) return {codes::invalid_request, "has already been invited", "", "email"};
  return error;
}

}  // namespace

Result<void> list_hub_invitations(View& view, const Caller& caller,
                                  const std::function<bool(const Membership&)>& each) {
  store::each_membership_in(view.db(), *caller.organization_id, [&](const Membership& membership) {
    return !is_invitation(membership) || each(membership);
  });
  return {};
}

Result<Membership> create_hub_invitation(Work& work, const Caller& caller, const InviteToOrganization& request) {
  AllowedWork allowed(work);
  const auto invited =
      invite_member(allowed, {.email = request.email,
                              .org = caller.organization_id->text(),
                              .role = request.roles.empty() ? std::vector<std::string>{"member"} : request.roles,
                              .first_name = request.first_name,
                              .last_name = request.last_name});
  if (!invited) return in_words_of_contract(invited.error());
  const MembershipId id = *MembershipId::parse(invited->object->id);
  work.concerns(*caller.organization_id);
  work.audit("member invite", "membership:" + id.text(), "ok", "{}");
  return *store::find_membership(work.db(), id);
}

Result<void> delete_hub_invitation(Work& work, const Caller& caller, const std::string& invitation) {
  const auto id = store::membership_in(work.db(), *caller.organization_id, invitation);
  const auto found = id ? store::find_membership(work.db(), *id) : std::nullopt;
  if (!found || !is_invitation(*found)) return Error{codes::not_found, "There is no such invitation."};
  end_membership(work, *found);
  work.concerns(*caller.organization_id);
  work.audit("member remove", "membership:" + found->id.text(), "ok", "{}");
  return {};
}

}  // namespace hub::core
