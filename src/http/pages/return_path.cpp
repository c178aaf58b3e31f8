#include <algorithm>
#include <array>

#include "hub/base/form.h"
#include "page.h"

namespace hub::http {
namespace {

// Pages that somebody may be sent to from another one.
constexpr std::array<std::string_view, 4> starts{"/id", "/grant", "/oauth/device_authorizations/verify", "/dev"};

bool is_below(std::string_view path, std::string_view start) {
  if (!path.starts_with(start)) return false;
  const std::string_view rest = path.substr(start.size());
  return rest.empty() || rest.front() == '/' || rest.front() == '?';
}

bool is_plain(std::string_view path) {
  return path.size() <= 2000 && std::all_of(path.begin(), path.end(), [](char c) {
           return c > ' ' && c < 0x7F && c != '\\' && c != '"' && c != '<' && c != '>';
         });
}

}  // namespace

std::string return_path(std::string_view asked) {
  const bool known =
      std::any_of(starts.begin(), starts.end(), [&](std::string_view start) { return is_below(asked, start); });
  const std::string_view path = asked.substr(0, asked.find('?'));
  const bool steps = path.find("//") != std::string_view::npos || path.find("/.") != std::string_view::npos;
  // Those would lead back to where somebody just came from.
  const bool loops = is_below(path, "/id/sign-in") || is_below(path, "/id/sign-up") || is_below(path, "/id/sign-out");
  return known && is_plain(asked) && !steps && !loops ? std::string(asked) : "/id";
}

std::string way_back(const std::string& asked) { return asked.empty() ? "" : return_path(asked); }

std::string with_next(std::string path, std::string_view way_back) {
  if (!way_back.empty()) add_parameter(path, "next", way_back);
  return path;
}

}  // namespace hub::http
