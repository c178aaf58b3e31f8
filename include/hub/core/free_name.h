#pragma once
#include <string>
#include <string_view>

#include "hub/core/work.h"

// Names that nobody has, out of what people call things.
namespace hub::core {

// A slug of this name that no organization has: with -2, -3 and so on where names need not be unique
// (decisions-week-one.md 12).
std::string free_slug(View& view, std::string_view name);
// A technical name that no app has, made of the words of a title: "north_county_211".
std::string free_app_name(View& view, std::string_view title);
// Names of the hub itself and of its paths, which no app may have (claim AC-06).
bool is_reserved_app_name(std::string_view name);

}  // namespace hub::core
