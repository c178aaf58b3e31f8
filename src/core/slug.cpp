#include "slug.h"

#include "hub/domain/organization.h"
#include "hub/store/organization.h"

namespace hub::core {
namespace {

constexpr std::size_t base_bytes = 50;
constexpr int slugs_to_try = 1000;

}  // namespace

std::string free_slug(View& view, std::string_view name) {
  std::string base = make_slug(name).substr(0, base_bytes);
  while (base.ends_with('-')) base.pop_back();
  if (base.empty()) base = "organization";
  std::string slug = base;
  for (int i = 2; i <= slugs_to_try && store::slug_taken(view.db(), slug); ++i) slug = base + "-" + std::to_string(i);
  return slug;
}

}  // namespace hub::core
