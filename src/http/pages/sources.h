#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "hub/base/embedded_file.h"
#include "hub/base/json.h"

// What pages are made of: text files that are part of the binary.
namespace hub::http {

std::span<const EmbeddedFile> embedded_templates();  // made by src/embed.cmake
std::span<const EmbeddedFile> embedded_texts();
std::span<const EmbeddedFile> embedded_styles();
std::span<const EmbeddedFile> embedded_scripts();

// templates/NAME.mustache; none when there is no such file.
std::optional<std::string> template_text(std::string_view name);

// All texts of a language by their keys, as one object.
const Json& texts_of(std::string_view language);
// One text; nullptr when there is none of this key.
const std::string* find_text(std::string_view language, std::string_view key);

// "/id/style-0123456789ab.css": another path for another style, so that browsers may keep it.
std::string_view style_path();
std::string style_text();
// The same for the one script there is, which copies a text.
std::string_view script_path();
std::string script_text();

}  // namespace hub::http
