#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "handlers.h"
#include "hub/base/text.h"
#include "json_answer.h"

namespace hub::http::hub_api {
namespace {

constexpr std::string_view blank = "can't be blank";

// Members that are kept as they are sent: name and whether it is an array.
struct Kept {
  std::string_view name;
  bool array;
};
constexpr std::array kept{Kept{"entry_point_url", false}, Kept{"webhook_url", false},      Kept{"category", false},
                          Kept{"translations", true},     Kept{"subscribed_events", true}, Kept{"events", true}};

bool is_slug_like(std::string_view text) {
  return !text.empty() && text.size() <= limits::scope_name_bytes && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

bool fits(const Json& value, const Kept& member) {
  if (value.is_null()) return true;
  if (member.array) return value.is_array();
  return value.is_string() && value.get<std::string>().size() <= limits::text_bytes;
}

// The text of a translation, English if there is one.
std::optional<std::string> translated(const Json& translations, std::string_view name) {
  std::optional<std::string> out;
  for (const Json& one : translations) {
    const std::optional<std::string> text = text_member(one, name);
    if (text && (!out || text_member(one, "locale") == "en")) out = text;
  }
  return out;
}

Result<void> read_kept(const Json& configuration, core::ConfigureApp& request) {
  Json further = Json::object();
  for (const Kept& member : kept) {
    if (!has_member(configuration, member.name)) continue;
    const Json& value = configuration[std::string(member.name)];
    if (!fits(value, member)) return invalid_field(member.name);
    further[std::string(member.name)] = member.array && value.is_null() ? Json::array() : value;
  }
  if (has_member(further, "category")) {
    const std::string category = text_member(further, "category").value_or("");
    if (category.empty()) return invalid_field("category", blank);
    if (!is_slug_like(category)) return invalid_field("category");
  }
  if (const Json* const translations = member_of(further, "translations")) {
    request.title = translated(*translations, "title");
  }
  request.further.json = to_line(further);
  return {};
}

Result<core::OfferedScope> read_scope(const Json& scope) {
  core::OfferedScope out{.name = text_member(scope, "name").value_or(""), .access = {}, .title = {}, .description = {}};
  const std::string kind = text_member(scope, "kind").value_or("");
  if (kind == "read_only") out.access = "r";
  if (kind == "write_only") out.access = "w";
  if (kind == "read_write") out.access = "rw";
  if (out.name.empty() || out.access.empty()) return invalid_field("oauth_scopes");
  if (const Json* const translations = member_of(scope, "translations"); translations != nullptr) {
    if (!translations->is_array()) return invalid_field("oauth_scopes");
    out.title = translated(*translations, "title");
    out.description = translated(*translations, "description");
  }
  return out;
}

}  // namespace

Result<core::ConfigureApp> read_configuration(const Json& configuration) {
  core::ConfigureApp request;
  if (Result<void> read = read_kept(configuration, request); !read) return read.error();
  const auto redirects = read_texts(configuration, "oauth_redirect_urls");
  if (!redirects) return redirects.error();
  if (has_member(configuration, "oauth_redirect_urls") && (!*redirects || (*redirects)->empty())) {
    return invalid_field("oauth_redirect_urls", blank);
  }
  request.redirects = *redirects;
  const auto desired = read_texts(configuration, "desired_oauth_scopes");
  if (!desired) return desired.error();
  request.desired_scopes = *desired;
  if (const Json* const scopes = member_of(configuration, "oauth_scopes"); scopes != nullptr) {
    if (!scopes->is_array()) return invalid_field("oauth_scopes");
    for (const Json& scope : *scopes) {
      Result<core::OfferedScope> offered = read_scope(scope);
      if (!offered) return offered.error();
      request.scopes.push_back(std::move(*offered));
    }
  }
  return request;
}

}  // namespace hub::http::hub_api
