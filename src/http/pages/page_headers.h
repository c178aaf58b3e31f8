#pragma once
#include <string>
#include <string_view>

#include "hub/base/json.h"
#include "hub/http/message.h"
#include "render.h"

namespace hub::http {

// What a form's answer may redirect to, as a source of the policy's form-action; "" for what is no target. Browsers
// hold every further redirect against the policy too, and an app's callback often leads on to another of its hosts, so
// an https target allows https, and one on this machine this machine. Any other: the origin, or the scheme of its own.
std::string form_target(std::string_view redirect_uri);

// The headers of claim WB-04. `form_targets`: beside the hub itself, divided by blanks. `has_script`: the page has a
// button that copies, which is all that scripts are for.
void add_page_headers(Response& response, std::string_view form_targets, bool has_script = false);

// The page with its headers; status 500 and the cause as its body when it could not be made.
Response page_response(std::string_view template_name, Json data, const Rendering& rendering, int status);

}  // namespace hub::http
