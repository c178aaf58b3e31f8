#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "hub/base/json.h"
#include "parameters.h"
#include "route.h"

// What all pages share: who is there, how a page is rendered, where it leads. `page_dialect().admit` has already seen
// to cookies, sign-in, Origin and the form's token before a handler runs (claims WB-01 to WB-04).
namespace hub::http {

// Errors as a page; JSON or text for whom asked for no HTML. Sessions come by cookie.
const Dialect& page_dialect();

// The page of this template (templates/NAME.mustache) inside the layout, with the headers of claim WB-04. `data` is
// what the template names; the layout adds who is signed in, the language and the texts. Its member "leads_to", a
// redirect target, is where the answer to a form of the page may lead beside the hub: browsers hold a form's redirects
// against the policy too.
Response show_page(Exchange& exchange, std::string_view template_name, Json data, int status = 200);
// 303 after a POST, 302 after a GET (claim AZ-10). `target`: a local path, or a redirect target that was checked.
Response redirect_to(const Exchange& exchange, std::string target);
// A page that says what happened, whose turn it is, and the request id.
Response show_problem(Exchange& exchange, const Error& error, int status = 0);

// The form that was posted; a field that is missing or empty is not there.
Result<Parameters> read_form(const Exchange& exchange);
// A parameter of the query; "" for nothing.
std::string query_text(const Exchange& exchange, std::string_view name);

// Sets or forgets the cookie of a session.
void keep_session(const Exchange& exchange, Response& response, const Secret& secret);
void forget_session(const Exchange& exchange, Response& response);

// One text in the visitor's language (texts/*.json); unknown keys are a mistake that a test finds.
std::string text_for(const Exchange& exchange, std::string_view key);

// Where to go on after signing in: the pending request, or a page of the hub; anything else is "/id" (claim WB-06).
std::string return_path(std::string_view asked);
// The same, but "" where nobody said where to.
std::string way_back(const std::string& asked);
// The path with the way back as its parameter `next`; without one where there is none.
std::string with_next(std::string path, std::string_view way_back);

}  // namespace hub::http
