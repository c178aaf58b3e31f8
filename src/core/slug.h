#pragma once
#include <string>
#include <string_view>

#include "hub/core/work.h"

namespace hub::core {

// A slug of this name that no organization has: with -2, -3 and so on where names need not be unique
// (decisions-week-one.md 12).
std::string free_slug(View& view, std::string_view name);

}  // namespace hub::core
