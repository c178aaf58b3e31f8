#include "hub/core/free_name.h"

#include <algorithm>
#include <array>

#include "hub/base/bytes.h"
#include "hub/core/hub.h"
#include "hub/domain/organization.h"
#include "hub/store/app.h"
#include "hub/store/organization.h"

namespace hub::core {
namespace {

constexpr std::array<std::string_view, 7> reserved_names{"admin",    "api",   "directory", "hub",
                                                         "nexus211", "oauth", "zaikio"};
constexpr std::size_t app_name_bytes = 40, slug_bytes = 50;
constexpr int names_to_try = 20;  // then one that nobody can have taken away

// Whatever a title is, something that can be a technical name.
std::string made_of(std::string_view title) {
  std::string out = make_slug(title).substr(0, app_name_bytes);
  std::ranges::replace(out, '-', '_');
  if (out.empty() || out.front() < 'a' || out.front() > 'z') out.insert(0, "app_");
  if (out.size() < 3) out += "_app";
  while (out.ends_with('_')) out.pop_back();
  return out;
}

std::string ending(View& view, int number) {
  if (number <= names_to_try) return std::to_string(number);
  std::array<unsigned char, 4> octets{};
  view.hub().random().fill(octets);
  return hex({reinterpret_cast<const char*>(octets.data()), octets.size()});
}

}  // namespace

std::string free_slug(View& view, std::string_view name) {
  std::string base = make_slug(name).substr(0, slug_bytes);
  while (base.ends_with('-')) base.pop_back();
  if (base.empty()) base = "organization";
  std::string slug = base;
  for (int i = 2; store::slug_taken(view.db(), slug); ++i) slug = base + "-" + ending(view, i);
  return slug;
}

bool is_reserved_app_name(std::string_view name) {
  return std::ranges::find(reserved_names, name) != reserved_names.end();
}

std::string free_app_name(View& view, std::string_view title) {
  const std::string base = made_of(title);
  std::string name = base;
  const auto is_free = [&] { return !is_reserved_app_name(name) && !store::name_or_client_id_taken(view.db(), name); };
  for (int i = 2; !is_free(); ++i) name = base + "_" + ending(view, i);
  return name;
}

}  // namespace hub::core
