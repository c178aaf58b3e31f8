#include "hub/core/lifecycle.h"
#include "hub/core/mail.h"
#include "hub/core/membership.h"
#include "hub/core/reference.h"
#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/failed_attempt.h"
#include "hub/store/membership.h"
#include "hub/store/person.h"
#include "issue_steps.h"
#include "mail_text.h"
#include "membership_rules.h"
#include "rules.h"

// The ways into an organization: added, invited, accepted (nexus211.md section 1.2).
namespace hub::core {
namespace {

std::optional<Membership> find_by_person(View& view, const OrganizationId& organization, std::string_view email_key) {
  const auto person = store::find_person_by_email(view.db(), email_key);
  return person ? store::find_membership_of(view.db(), organization, *person) : std::nullopt;
}

// The person is in from now on. The address of the invitation has done its work: a member has the person's.
void join(Work& work, Membership& membership, const PersonId& person) {
  membership.person_id = person;
  membership.email = membership.email_key = std::nullopt;
  membership.joined_at = membership.updated_at = work.now();
  ++membership.version;
}

Result<RoleSet> roles_of_invitation(const InviteMember& request) {
  Result<RoleSet> roles = roles_named(request.role);
  if (!roles || (!roles->has(Role::owner) && !roles->has(Role::contact))) return roles;
  return Error{codes::invalid_request, "Nobody is invited as owner or contact.", "make them owner after they joined",
               "role"};
}

Result<void> check_invitation(const InviteMember& request) {
  if (!is_email(request.email)) {
    return Error{codes::invalid_request, "That is not an address mail could be sent to.", "jane@acme.test", "email"};
  }
  if (request.first_name) {
    if (Result<void> valid = check_display_name(*request.first_name, "first_name"); !valid) return valid;
  }
  if (request.last_name) return check_display_name(*request.last_name, "last_name");
  return {};
}

// Who has verified the address, unless they are in the organization with another membership.
std::optional<PersonId> holder_of(View& view, const Membership& invitation) {
  const auto id = store::find_person_by_email(view.db(), *invitation.email_key);
  const auto person = id ? store::find_person(view.db(), *id) : std::nullopt;
  if (!person || !person->email_verified_at) return std::nullopt;
  const auto other = store::find_membership_of(view.db(), invitation.organization_id, person->id);
  return other && other->id != invitation.id ? std::nullopt : std::optional(person->id);
}

// Fills in what a new or renewed invitation says. It is bound to the address, so whose it is, is asked anew.
void open_invitation(Work& work, Membership& invitation, const InviteMember& request, const RoleSet& roles) {
  invitation.email = request.email;
  invitation.email_key = comparison_form(request.email);
  invitation.person_id = holder_of(work, invitation);
  invitation.roles = roles;
  if (request.first_name) invitation.first_name = request.first_name;
  if (request.last_name) invitation.last_name = request.last_name;
  invitation.invited_at = invitation.updated_at = work.now();
  invitation.invitation_expires_at = work.now() + lifetimes::invitation;
}

// In the language of who is invited, else of who invites. The organization is named by its slug, so that nobody can
// have the hub send words of their own to strangers; too many to one address are not sent, and show on the portal.
Result<void> mail_invitation(Work& work, const Membership& invitation) {
  const Result<bool> may = may_mail_invitation(work, *invitation.email_key);
  if (!may) return may.error();
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  if (!*may) return {};
  std::string language = "en";
  for (const auto& one : {work.principal().person_id, invitation.person_id}) {
    const auto person = one ? store::find_person(work.db(), *one) : std::nullopt;
    if (person && person->locale) language = *person->locale;
  }
  const MailText mail = mail_text("invitation", language,
                                  {{"issuer", *issuer},
                                   {"organization", organization_name(work, invitation.organization_id)},
                                   {"link", *issuer + "/id/organizations"}});
  return send_mail(work, "invitation", *invitation.email, mail.subject, mail.text);
}

// Whoever invites the whole world sends mails to strangers.
Result<void> count_invitation(Work& work) {
  constexpr store::AttemptLimit limit{attempts::invitations_per_person, attempts::mail_window};
  const auto& person = work.principal().person_id;
  if (!person || store::count_attempt(work.db(), "inviter", person->text(), limit, work.now())) return {};
  return Error{codes::rate_limited, "Too many invitations were sent within an hour.", "go on later"};
}

bool has_expired(const Membership& invitation, Instant now) {
  return invitation.invitation_expires_at && *invitation.invitation_expires_at <= now;
}

// The only open invitation of a person.
Result<Membership> find_only_invitation(View& view, const Person& person) {
  std::vector<Membership> open;
  store::each_membership_of(view.db(), person.id, [&](const Membership& membership) {
    if (!membership.joined_at) open.push_back(membership);
    return true;
  });
  if (open.size() == 1) return open.front();
  if (open.empty()) {
    return Error{codes::not_found, person.email + " has no open invitation.",
                 person.email_verified_at ? "" : "verify the address, or name the organization with --org"};
  }
  Error error{codes::ambiguous_reference, person.email + " has several open invitations.", "name one of them:"};
  for (const Membership& membership : open) error.hint += " " + membership.id.text();
  return error;
}

Result<Membership> find_invitation(View& view, const AcceptInvitation& request) {
  if (request.member && request.person) {
    return Error{codes::invalid_request, "Either the invitation or its person is named.", "", "person"};
  }
  if (request.member) return find_reachable_membership(view, *request.member, request.org);
  std::optional<std::string> reference = request.person;
  if (!reference && view.principal().person_id) reference = view.principal().person_id->text();
  if (!reference) {
    return Error{codes::invalid_request, "The invitation is not named.", "give its id, or --person and --org",
                 "member"};
  }
  if (request.org) return find_reachable_membership(view, *reference, request.org);
  const Result<Person> person = find_person(view, *reference);
  if (!person) return person.error();
  return find_only_invitation(view, *person);
}

// Who comes in with an invitation: the one it belongs to, or else the one with its address.
Result<PersonId> invited_person(Work& work, const Membership& invitation) {
  if (invitation.person_id) return *invitation.person_id;
  if (!invitation.email)
    return Error{codes::wrong_state, "This membership has no address, so nobody can join with it."};
  const auto person = store::find_person_by_email(work.db(), *invitation.email_key);
  if (!person) {
    return Error{codes::not_found, "There is no person " + *invitation.email + " yet.",
                 "hubctl person create " + *invitation.email};
  }
  if (store::find_membership_of(work.db(), invitation.organization_id, *person)) {
    return Error{codes::exists, *invitation.email + " belongs to the organization already.",
                 "withdraw the invitation with member remove"};
  }
  return *person;
}

}  // namespace

Result<Changed<MembershipAnswer>> add_member(Work& work, const AddMember& request) {
  const Result<RoleSet> roles = roles_named(request.role);
  if (!roles) return roles.error();
  const Result<Organization> organization = find_organization(work, request.org);
  if (!organization) return organization.error();
  if (Result<void> may = require_role(work, organization->id, Need::admin); !may) return may.error();
  // Nobody is put into an organization without being asked, nor does an admin learn which addresses have an account.
  if (!work.principal().is_operator()) {
    return Error{codes::principal_not_allowed, "People join an organization by invitation.", "hubctl member invite"};
  }
  const Result<Person> person = find_person(work, request.person);
  if (!person) return person.error();
  work.concerns(organization->id);

  std::optional<Membership> there = store::find_membership_of(work.db(), organization->id, person->id);
  if (!there) there = store::find_membership_by_email(work.db(), organization->id, person->email_key);
  if (there && there->joined_at) {
    const bool same = there->person_id == person->id && there->roles == *roles;
    return exists_already(work, same, "The member " + person->email, done(work, false, *there));
  }
  Membership membership;
  if (there) {
    membership = *there;
    membership.roles = *roles;
    join(work, membership, person->id);
    store::update_membership(work.db(), membership);
  } else {
    membership.id = MembershipId::make(work.now(), work.random());
    membership.organization_id = organization->id;
    membership.person_id = person->id;
    membership.roles = *roles;
    membership.joined_at = membership.created_at = membership.updated_at = work.now();
    store::insert_membership(work.db(), membership);
  }
  member_changed(work, "zaikio.member_joined", membership);
  return done(work, true, membership);
}

Result<Changed<MembershipAnswer>> invite_member(Work& work, const InviteMember& request) {
  if (Result<void> valid = check_invitation(request); !valid) return valid.error();
  const Result<RoleSet> roles = roles_of_invitation(request);
  if (!roles) return roles.error();
  const Result<Organization> organization = find_organization(work, request.org);
  if (!organization) return organization.error();
  if (Result<void> may = require_role(work, organization->id, Need::admin); !may) return may.error();
  work.concerns(organization->id);

  const std::string email_key = comparison_form(request.email);
  std::optional<Membership> there = store::find_membership_by_email(work.db(), organization->id, email_key);
  if (!there) there = find_by_person(work, organization->id, email_key);
  if (there && (there->joined_at || !has_expired(*there, work.now()))) {
    const bool same = there->roles == *roles && (!request.first_name || request.first_name == there->first_name) &&
                      (!request.last_name || request.last_name == there->last_name);
    const std::string what = (there->joined_at ? "The member " : "An invitation of ") + request.email;
    auto answer = exists_already(work, same, what, done(work, false, *there));
    if (answer) return answer;
    Error error = answer.error();
    error.field = "email";
    return error;
  }
  if (Result<void> counted = count_invitation(work); !counted) return counted.error();
  Membership invitation;
  if (there) {
    invitation = *there;
    open_invitation(work, invitation, request, *roles);
    ++invitation.version;
    store::update_membership(work.db(), invitation);
  } else {
    invitation.id = MembershipId::make(work.now(), work.random());
    invitation.organization_id = organization->id;
    invitation.created_at = work.now();
    open_invitation(work, invitation, request, *roles);
    store::insert_membership(work.db(), invitation);
  }
  if (Result<void> mailed = mail_invitation(work, invitation); !mailed) return mailed.error();
  return done(work, true, invitation);
}

Result<Changed<MembershipAnswer>> accept_invitation(Work& work, const AcceptInvitation& request) {
  Result<Membership> invitation = find_invitation(work, request);
  if (!invitation) return invitation.error();
  if (!work.principal().is_operator() && !is_own(work, *invitation)) {
    return Error{codes::principal_not_allowed, "Only the person who is invited can accept.",
                 "add them with member add instead"};
  }
  work.concerns(invitation->organization_id);
  if (invitation->joined_at) {
    if (work.call().ensure) return done(work, false, *invitation);
    return Error{codes::wrong_state, "This invitation was accepted before.", "--ensure accepts it as it is"};
  }
  if (has_expired(*invitation, work.now())) {
    return Error{codes::wrong_state, "This invitation has expired.", "invite them again"};
  }
  const Result<PersonId> person = invited_person(work, *invitation);
  if (!person) return person.error();
  join(work, *invitation, *person);
  store::update_membership(work.db(), *invitation);
  member_changed(work, "zaikio.member_joined", *invitation);
  return done(work, true, *invitation);
}

}  // namespace hub::core
