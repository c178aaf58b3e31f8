#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "hub/base/json.h"
#include "hub/base/result.h"

namespace hub::http {

// How a template is filled. Everything that data holds is escaped; what would lead the reader astray (controls that
// turn the direction of text, invisible characters) is shown as a replacement character (claim WB-05).
struct Rendering {
  std::string_view language;
  std::function<std::string(std::string_view action)> form_token;  // {{#form}}/path{{/form}}: a hidden field
};

// templates/layout.mustache, with `page` as its partial "page". internal when a template is missing or malformed.
Result<std::string> render_page(std::string_view page, const Json& data, const Rendering& rendering);

// A text of texts/*.json; the key itself when there is none.
std::string render_text(std::string_view key, const Json& data, std::string_view language);

}  // namespace hub::http
