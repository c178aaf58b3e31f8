#include "hub/core/hub_test_account.h"

#include <algorithm>

#include "hub/base/codes.h"
#include "hub/core/connection.h"
#include "hub/core/free_name.h"
#include "hub/core/membership.h"
#include "hub/core/organization.h"
#include "hub/store/membership.h"
#include "hub/store/organization.h"
#include "hub/store/page.h"
#include "hub/store/person.h"
#include "hub/store/private_token.h"
#include "hub/store/settings.h"
#include "hub/store/test_account.h"
#include "nexus_rules.h"
#include "private_token.h"
#include "rules.h"

namespace hub::core {
namespace {

constexpr Seconds token_life{59 * 24 * 3600};  // zaikio-hub.md section 3.4
constexpr std::string_view token_name = "Test account";
constexpr std::size_t members_most = 20, passwords_most = 5, apps_most = 100;

Error at_field(Error error, std::string_view field) {
  error.field = field;
  return error;
}

Error wrong_members(std::string message) {
  return {codes::invalid_request, std::move(message), "", "member_attributes"};
}

// One that was shown before is written again, as nobody keeps its text.
Result<std::optional<Secret>> token_of(View& view, const OrganizationId& id) {
  std::optional<Token> found;
  store::each_private_token(view.db(), id, [&](const Token& token) {
    if (token.name == token_name && !token.revoked_at && token.expires_at > view.now()) found = token;
    return !found;
  });
  if (!found) return std::optional<Secret>();
  Result<Secret> text = private_token_text(view, *found);
  if (!text) return text.error().code == codes::wrong_state ? Result(std::optional<Secret>()) : text.error();
  return std::optional(std::move(*text));
}

Result<TestAccount> answer_of(View& view, const Caller& caller, const OrganizationId& id) {
  TestAccount answer{.organization = hub_organization(view, caller.app, *store::find_organization(view.db(), id)),
                     .memberships = {},
                     .private_access_token = {}};
  Result<std::optional<Secret>> token = token_of(view, id);
  if (!token) return token.error();
  answer.private_access_token = std::move(*token);
  store::each_membership_in(view.db(), id, [&](const Membership& membership) {
    if (membership.joined_at && membership.person_id && membership.roles.at_least_member()) {
      answer.memberships.push_back(hub_membership(view, caller.app, membership));
    }
    return true;
  });
  return answer;
}

// The organization with the people that were made for it and belong nowhere else.
Result<void> end_test_account(Work& work, const OrganizationId& id, const OrganizationId& vendor) {
  std::vector<PersonId> people;
  store::each_membership_in(work.db(), id, [&](const Membership& membership) {
    if (membership.person_id) people.push_back(*membership.person_id);
    return true;
  });
  AllowedWork allowed(work);
  const auto organization = store::find_organization(work.db(), id);
  const auto deleted = delete_organization(allowed, {.organization = id.text(), .confirm = organization->slug});
  if (!deleted) return deleted.error();
  for (const PersonId& person : people) {
    if (store::find_test_account_owner(work.db(), person) != vendor) continue;
    bool elsewhere = false;
    store::each_membership_of(work.db(), person, [&](const Membership&) { return !(elsewhere = true); });
    if (elsewhere) continue;
    const auto gone = delete_person(allowed, {.person = person.text(), .confirm = {}});
    if (!gone) return gone.error();
  }
  return {};
}

Result<void> add_test_member(Work& work, const OrganizationId& organization, const OrganizationId& vendor,
                             const TestMember& member, const NewPerson& prepared) {
  PersonId id;
  if (const auto there = store::find_person_by_email(work.db(), comparison_form(member.email))) {
    if (store::find_test_account_owner(work.db(), *there) != vendor) {
      return Error{codes::email_taken, member.email + " is taken.", "", "member_attributes"};
    }
    id = *there;
  } else {
    const Result<PersonId> made = insert_new_person(work, prepared);
    if (!made) return at_field(made.error(), "member_attributes");
    id = *made;
    store::set_test_account_owner(work.db(), id, vendor);
  }
  AllowedWork allowed(work);
  const auto added =
      add_member(allowed, {.person = id.text(),
                           .org = organization.text(),
                           .role = member.roles.empty() ? std::vector<std::string>{"member"} : member.roles});
  if (!added) return at_field(added.error(), "member_attributes");
  return {};
}

Result<OrganizationId> make_organization(Work& work, const CreateTestAccount& request, const OrganizationId& vendor) {
  AllowedWork allowed(work);
  const auto made = create_organization(allowed, {.name = request.name,
                                                  .slug = free_slug(work, request.name),
                                                  .kinds = request.kinds,
                                                  .country_code = request.country_code,
                                                  .metadata = {}});
  if (!made) return made.error();
  const OrganizationId id = *OrganizationId::parse(made->object->id);
  store::set_test_account_owner(work.db(), id, vendor);
  return id;
}

Result<OrganizationId> find_test_account(View& view, const Caller& caller, const std::string& reference) {
  if (Result<void> sandbox = check_sandbox(view); !sandbox) return sandbox.error();
  const auto id = OrganizationId::parse(reference);
  if (!id || store::find_test_account_owner(view.db(), *id) != caller.organization_id) {
    return Error{codes::not_found, "There is no such test account."};
  }
  return *id;
}

}  // namespace

Result<void> check_sandbox(View& view) {
  const auto settings = store::find_settings(view.db());
  if (settings && settings->mode == HubMode::sandbox) return {};
  return Error{codes::not_found, "Test accounts are made in a sandbox."};
}

Result<PreparedTestAccount> prepare_test_account(Hub& hub, const CreateTestAccount& request) {
  if (Result<void> name = check_display_name(request.name, "name"); !name) return name.error();
  if (!is_country_code(request.country_code)) {
    return Error{codes::invalid_request, "The country code is two capital letters.", "", "country_code"};
  }
  if (request.kinds.empty()) return Error{codes::invalid_request, "can't be blank", "", "kinds"};
  if (request.members.size() > members_most) return wrong_members("There are too many members.");
  const auto passwords =
      std::ranges::count_if(request.members, [](const TestMember& member) { return member.password.has_value(); });
  if (passwords > static_cast<std::ptrdiff_t>(passwords_most)) {
    return wrong_members("At most " + std::to_string(passwords_most) + " members of one request have a password.");
  }
  if (request.connected_apps.size() > apps_most) {
    return Error{codes::invalid_request, "There are too many apps.", "", "connection_attributes"};
  }
  const auto owners = std::ranges::count_if(request.members, [](const TestMember& member) {
    return std::ranges::find(member.roles, name(Role::owner)) != member.roles.end();
  });
  if (!request.members.empty() && owners != 1) return wrong_members("Exactly one member is the owner.");
  PreparedTestAccount prepared;
  for (const TestMember& member : request.members) {
    Result<NewPerson> person = prepare_person({.email = member.email,
                                               .first_name = member.first_name,
                                               .last_name = member.last_name,
                                               .verified = true,
                                               .password = member.password},
                                              hub.random());
    if (!person) return at_field(person.error(), "member_attributes");
    prepared.people.push_back(std::move(*person));
  }
  return prepared;
}

Result<TestAccount> create_test_account(Work& work, const Caller& caller, const CreateTestAccount& request,
                                        const PreparedTestAccount& prepared) {
  if (Result<void> sandbox = check_sandbox(work); !sandbox) return sandbox.error();
  const OrganizationId vendor = *caller.organization_id;
  for (const OrganizationId& old : store::test_accounts_named(work.db(), vendor, request.name)) {
    if (Result<void> ended = end_test_account(work, old, vendor); !ended) return ended.error();
  }
  const Result<OrganizationId> id = make_organization(work, request, vendor);
  if (!id) return id.error();
  for (std::size_t i = 0; i < request.members.size(); ++i) {
    Result<void> added = add_test_member(work, *id, vendor, request.members[i], prepared.people[i]);
    if (!added) return added.error();
  }
  for (const std::string& app : request.connected_apps) {
    AllowedWork allowed(work);
    const auto installed =
        install_connection(allowed, {.app = app, .subject = "org:" + id->text(), .scopes = {}, .desired = true});
    if (!installed) {
      return Error{codes::invalid_request, "One of the apps cannot be connected.", "", "connection_attributes"};
    }
  }
  if (!request.members.empty()) {
    const Subject subject{store::find_organization(work.db(), *id), std::nullopt};
    const auto token =
        insert_private_token(work, subject, std::string(token_name), hub_scopes_of_organizations(work), token_life);
    if (!token) return token.error();
  }
  work.concerns(*id);
  work.audit("test-account create", "organization:" + id->text(), "ok", "{}");
  return answer_of(work, caller, *id);
}

Result<void> list_test_accounts(View& view, const Caller& caller, const std::function<bool(const TestAccount&)>& each) {
  if (Result<void> sandbox = check_sandbox(view); !sandbox) return sandbox;
  for (const OrganizationId& id : store::test_accounts_of(view.db(), *caller.organization_id)) {
    const Result<TestAccount> account = answer_of(view, caller, id);
    if (!account) return account.error();
    if (!each(*account)) break;
  }
  return {};
}

Result<TestAccount> show_test_account(View& view, const Caller& caller, const std::string& organization) {
  const Result<OrganizationId> id = find_test_account(view, caller, organization);
  if (!id) return id.error();
  return answer_of(view, caller, *id);
}

Result<void> delete_test_account(Work& work, const Caller& caller, const std::string& organization) {
  const Result<OrganizationId> id = find_test_account(work, caller, organization);
  if (!id) return id.error();
  if (Result<void> ended = end_test_account(work, *id, *caller.organization_id); !ended) return ended;
  work.concerns(*id);
  work.audit("test-account delete", "organization:" + id->text(), "ok", "{}");
  return {};
}

}  // namespace hub::core
