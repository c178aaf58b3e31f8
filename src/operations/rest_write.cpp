#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "hub/base/text.h"
#include "hub/operations/command.h"
#include "hub/operations/rest.h"

namespace hub::operations {
namespace {

constexpr std::size_t longest_segment = 200;

// Words that stand in paths themselves: a thing of such a name is told apart by naming it elsewhere.
const std::set<std::string, std::less<>>& path_words() {
  static const std::set<std::string, std::less<>> words = [] {
    std::set<std::string, std::less<>> out;
    for (const RestRoute& route : rest_routes()) {
      for (const std::string_view segment : split(route.path, '/')) out.emplace(segment);
    }
    return out;
  }();
  return words;
}

bool fits_segment(const std::string& text) {
  return !text.empty() && text != elsewhere && text != "." && text != ".." && text.size() <= longest_segment &&
         text.find('/') == std::string::npos && is_clean_utf8(text) && path_words().count(text) == 0;
}

class Query {
 public:
  void add(std::string_view name, const Json& value) {
    if (value.is_array()) {
      for (const Json& item : value) add(name, item);
      return;
    }
    begin(name);
    if (value.is_null()) return;
    const auto* const text = value.get_ptr<const Json::string_t*>();
    out_ += '=' + percent_encode(text != nullptr ? *text : to_line(value));
  }
  std::string text() const { return out_; }

 private:
  void begin(std::string_view name) {
    out_ += out_.empty() ? '?' : '&';
    out_ += percent_encode(name);
  }
  std::string out_;
};

// Empty lists say what their absence says.
bool says_nothing(const Json& value) { return value.is_array() && value.empty(); }

}  // namespace

RestMessage write_rest(const RestRoute& route, const Json& fields, const Call& call,
                       const std::optional<std::string>& actor, const std::vector<Parameter>& others) {
  RestMessage out;
  Json left = fields;
  for (const std::string_view segment : split(std::string_view(route.path).substr(1), '/')) {
    out.target += '/';
    if (!segment.starts_with('{')) {
      out.target += segment;
      continue;
    }
    const std::string name(segment.substr(1, segment.size() - 2));
    const Json* const value = find_member(left, name);
    const auto* const text = value == nullptr ? nullptr : value->get_ptr<const Json::string_t*>();
    if (text != nullptr && fits_segment(*text)) {
      out.target += percent_encode(*text);
      left.erase(name);
    } else {
      out.target += elsewhere;
    }
  }
  Query query;
  if (route.has_body) {
    out.body = to_line(left);
  } else {
    for (const auto& [name, value] : left.items()) {
      if (!says_nothing(value)) query.add(name, value);
    }
  }
  if (call.ensure) query.add("ensure", true);
  if (call.dry_run && route.operation->effect == Effect::change) query.add("dry_run", true);
  if (call.confirmed && find_field(route.parameters, "confirmed") != nullptr) {
    query.add("confirmed", true);
  }
  if (call.if_version) query.add("if_version", *call.if_version);
  if (call.reason && route.operation->effect == Effect::change) query.add("reason", *call.reason);
  if (actor) query.add("actor", *actor);
  for (const Parameter& one : others) query.add(one.name, one.value ? Json(*one.value) : Json());
  out.target += query.text();
  return out;
}

}  // namespace hub::operations
