#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/id.h"

namespace hub {

// The tenant (zaikio-hub.md section 5.5, nexus211.md section 1.3). `metadata` is the text of a JSON object.
struct Organization {
  OrganizationId id;
  std::string slug;  // unique, immutable, 1-63 of [a-z0-9-], no dash at either end
  std::string name;
  std::vector<std::string> kinds;  // at least one; see is_organization_kind()
  std::optional<std::string> country_code;
  std::string metadata = "{}";
  std::int64_t version = 1;
  Instant created_at, updated_at;
};

// "North County 211" -> "north-county-211"; at most 63 characters; "" when nothing is left. Latin letters
// lose their marks, other letters beyond ASCII separate words.
std::string make_slug(std::string_view name);
bool is_slug(std::string_view text);
std::vector<std::string_view> organization_kinds();
bool is_organization_kind(std::string_view kind);  // zaikio-hub.md section 5.5
bool is_country_code(std::string_view code);       // two upper-case letters

}  // namespace hub
