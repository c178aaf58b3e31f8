#include "hub/core/userinfo.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/store/person.h"
#include "id_token.h"

namespace hub::core {

Result<void> userinfo(View& view, const Caller& caller, Json& claims) {
  const auto person =
      caller.person_id && caller.token ? store::find_person(view.db(), *caller.person_id) : std::nullopt;
  if (!person) return Error{codes::insufficient_scope, "This is no token of a person."};
  const std::vector<std::string>& openid = caller.token->openid;
  const bool signed_in = std::ranges::find(openid, "openid") != openid.end();
  const bool reads_person = caller.has_scope({"zaikio", "person", Permission::r});
  if (!signed_in && !reads_person) return Error{codes::insufficient_scope, "This needs the scope openid."};
  claims = Json::object();
  claims["sub"] = person->id.text();
  if (signed_in) add_person_claims(claims, *person, openid);
  if (reads_person) {
    claims["name"] = person->full_name();
    claims["email"] = person->email;
    claims["email_verified"] = person->email_verified_at.has_value();
  }
  return {};
}

}  // namespace hub::core
