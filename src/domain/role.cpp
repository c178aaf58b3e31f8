#include "hub/domain/role.h"

#include <array>
#include <string>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "names.h"
#include "text_rules.h"

namespace hub {
namespace {

struct RoleNames {
  std::string_view technical, english, german;
};

constexpr std::size_t role_count = 10;

// In the order of the enumerators, which defines the bits.
constexpr std::array<RoleNames, role_count> role_names{{
    {"owner", "Owner", "Eigentümer"},
    {"admin", "Administrator", "Administrator"},
    {"member", "Member", "Mitglied"},
    {"purchaser", "Purchaser", "Einkauf"},
    {"production_planner", "Production planner", "Produktionsplaner"},
    {"customer_service_representative", "Customer service representative", "Kundenberater"},
    {"sales_representative", "Sales representative", "Vertrieb"},
    {"designer", "Designer", "Designer"},
    {"developer", "Developer", "Entwickler"},
    {"contact", "Contact", "Kontakt"},
}};

constexpr std::array<Role, role_count> roles_in_order{
    Role::owner,
    Role::admin,
    Role::member,
    Role::purchaser,
    Role::production_planner,
    Role::customer_service_representative,
    Role::sales_representative,
    Role::designer,
    Role::developer,
    Role::contact,
};

// Far from the bits of roles that may be appended, and below the sign.
constexpr std::int64_t contact_bit = std::int64_t{1} << 62;
constexpr std::int64_t hub_bits = (std::int64_t{1} << static_cast<int>(Role::contact)) - 1;

constexpr std::int64_t bit(Role role) {
  return role == Role::contact ? contact_bit : std::int64_t{1} << static_cast<int>(role);
}

// Contact is the least of the roles and never stands beside another.
constexpr std::int64_t normal(std::int64_t stored) {
  return (stored & hub_bits) != 0 ? stored & hub_bits : stored & contact_bit;
}

Error unknown_role(std::string_view name) {
  std::vector<std::string_view> candidates;
  std::string all;
  for (const auto& names : role_names) {
    candidates.push_back(names.technical);
    all.append(all.empty() ? "" : ", ").append(names.technical);
  }
  const auto near = nearest(name, candidates);
  return {codes::unknown_role, "There is no role " + domain::quoted(name) + ".",
          near.empty() ? "roles are " + all : "did you mean " + domain::quoted(near) + "?", "roles"};
}

const RoleNames& names_of(Role role) { return role_names.at(static_cast<std::size_t>(role)); }

}  // namespace

std::string_view name(Role role) { return names_of(role).technical; }
std::string_view english_name(Role role) { return names_of(role).english; }
std::string_view german_name(Role role) { return names_of(role).german; }

std::optional<Role> parse_role(std::string_view name) {
  for (const Role role : roles_in_order)
    if (names_of(role).technical == name) return role;
  return std::nullopt;
}

std::span<const Role> all_roles() { return roles_in_order; }
std::span<const Role> all_hub_roles() { return all_roles().first(role_count - 1); }

RoleSet::RoleSet(std::initializer_list<Role> roles) {
  for (const Role role : roles) add(role);
}

RoleSet RoleSet::from_stored(std::int64_t stored) {
  RoleSet set;
  set.stored_ = normal(stored);
  return set;
}

Result<RoleSet> RoleSet::parse(const std::vector<std::string>& names) {
  std::int64_t stored = 0;
  for (const auto& name : names) {
    const auto role = parse_role(name);
    if (!role) return unknown_role(name);
    stored |= bit(*role);
  }
  if ((stored & contact_bit) != 0 && stored != contact_bit) {
    return Error{codes::invalid_request, "The role \"contact\" stands alone and cannot be held beside another role.",
                 "leave out \"contact\"", "roles"};
  }
  return from_stored(stored);
}

bool RoleSet::has(Role role) const { return (stored_ & bit(role)) != 0; }
void RoleSet::add(Role role) { stored_ = normal(stored_ | bit(role)); }
void RoleSet::remove(Role role) { stored_ &= ~bit(role); }

std::vector<Role> RoleSet::roles() const {
  std::vector<Role> held;
  for (const Role role : roles_in_order)
    if (has(role)) held.push_back(role);
  return held;
}

std::vector<std::string> RoleSet::names() const {
  std::vector<std::string> held;
  for (const Role role : roles_in_order)
    if (has(role)) held.emplace_back(name(role));
  return held;
}

std::int64_t RoleSet::bits() const { return stored_ & hub_bits; }
bool RoleSet::at_least_admin() const { return has(Role::owner) || has(Role::admin); }
bool RoleSet::at_least_member() const { return bits() != 0; }

}  // namespace hub
