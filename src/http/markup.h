#pragma once
#include <string>
#include <string_view>

namespace hub::http {

// Text as content of an element of XML or HTML, or of an attribute in double quotes.
std::string escaped(std::string_view text);

}  // namespace hub::http
