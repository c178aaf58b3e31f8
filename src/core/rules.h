#pragma once
#include <string>
#include <string_view>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/base/result.h"
#include "hub/base/text.h"
#include "hub/core/answer.h"
#include "hub/core/work.h"
#include "hub/store/membership.h"

// Small rules that several nouns share.
namespace hub::core {

inline Result<void> check_display_name(std::string_view text, std::string_view field,
                                       std::size_t most = limits::name_bytes) {
  if (is_display_name(text, most)) return {};
  return Error{codes::invalid_request,
               "The " + std::string(field) + " must be 1 to " + std::to_string(most) +
                   " bytes of text without control or invisible characters.",
               "", std::string(field)};
}

// A thing is deleted only when its name is repeated, so that no script deletes the wrong one, or when the caller has
// confirmed whatever it is.
inline Result<void> check_confirmed(const View& view, std::string_view confirm, std::string_view name) {
  if (confirm == name || view.call().confirmed) return {};
  return Error{codes::invalid_request, "Deleting it needs its name repeated.", "--confirm " + std::string(name),
               "confirm"};
}

// An organization that has an owner always keeps one who joined and is a person (nexus211.md section 1.2). `leaving`
// is the membership that is about to end or to lose the role.
inline Result<void> check_owner_stays(View& view, const Membership& leaving) {
  const bool is_owner = leaving.joined_at && leaving.person_id && leaving.roles.has(Role::owner);
  if (!is_owner || store::count_other_owners(view.db(), leaving.organization_id, leaving.id) > 0) return {};
  return Error{codes::last_owner, "They are the last owner of an organization.", "make somebody else an owner first"};
}

// The way every `create` ends that found its name taken: with ensure it is fine when nothing differs.
template <class Answer>
Result<Answer> exists_already(const Work& work, bool same, const std::string& what, Answer existing) {
  if (work.call().ensure && same) return existing;
  if (work.call().ensure) {
    return Error{codes::exists, what + " exists with other values.", "change it with update"};
  }
  return Error{codes::exists, what + " exists already.", "--ensure accepts it as it is"};
}

// The way every `delete` ends that found nothing: with ensure it is as wanted.
template <class T>
Result<Changed<T>> gone_already(const Work& work, const Error& error, const std::string& reference) {
  const bool missing = error.code == codes::not_found || error.code == codes::unknown_application;
  if (work.call().ensure && missing) return Changed<T>{false, reference, std::nullopt};
  return error;
}

}  // namespace hub::core
