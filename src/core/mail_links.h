#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/secret.h"
#include "hub/core/work.h"
#include "hub/domain/person.h"
#include "hub/store/mail_link.h"

// Links that mails carry: 256 random bits, found by their keyed hash, good once and while the person has the address
// they went to (claim AC-04).
namespace hub::core {

inline constexpr std::string_view verification_link = "verify_email";
inline constexpr std::string_view reset_link = "reset_password";

Result<Secret> make_link(Work& work, std::string_view kind, const Person& person,
                         const std::optional<std::string>& return_path = std::nullopt);
// The link and whose it is, as long as it is good; invalid_link.
struct GoodLink {
  store::MailLink link;
  Person person;
};
Result<GoodLink> find_link(View& view, std::string_view kind, const Secret& secret);
// Uses it up; invalid_link.
Result<GoodLink> use_link(Work& work, std::string_view kind, const Secret& secret);

}  // namespace hub::core
