#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/base/text.h"
#include "hub/operations/command.h"
#include "hub/operations/rest.h"

namespace hub::operations {
namespace {

constexpr std::size_t shown_name_bytes = 64;

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

Error wrong(std::string_view name, const std::string& what) {
  return {codes::invalid_request, in_quotes(name) + ' ' + what + '.', {}, std::string(name)};
}

// The JSON that a text in a query or path stands for. What does not fit stays a text, which reading the field refuses.
Result<Json> json_of(const FieldInfo& field, const std::string& text) {
  switch (field.kind) {
    case ValueKind::integer: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error == std::errc() && end == text.data() + text.size()) return Json(number);
      break;
    }
    case ValueKind::boolean:
      if (text == "true" || text == "false") return Json(text == "true");
      break;
    case ValueKind::object:
      return parse_json(text);
    case ValueKind::text:
    case ValueKind::time:
    case ValueKind::duration:
    case ValueKind::secret:
      break;
  }
  return Json(text);
}

class Reader {
 public:
  Reader(const RestRoute& route, const RestParts& parts, Json& fields)
      : operation_(*route.operation), route_(route), parts_(parts), fields_(fields) {
    out_.fields = &fields;
    out_.limit = limits::list_page;
  }

  Result<RestRequest> read() {
    for (const auto step : {&Reader::read_body, &Reader::read_path, &Reader::read_query, &Reader::read_if_match}) {
      if (Result<void> done = (this->*step)(); !done) return done.error();
    }
    return std::move(out_);
  }

 private:
  Result<void> read_body() {
    fields_ = Json::object();
    if (parts_.body.empty()) return {};
    if (!route_.has_body) {
      return Error{codes::invalid_request, "This request takes its fields from the query and no body."};
    }
    Result<Json> body = parse_json(parts_.body);
    if (!body) return body.error();
    if (!body->is_object()) return Error{codes::invalid_request, "The body must be a JSON object."};
    fields_ = std::move(*body);
    return {};
  }

  Result<void> read_path() {
    for (std::size_t i = 0; i < route_.placed.size() && i < parts_.placed.size(); ++i) {
      if (parts_.placed[i] == elsewhere) continue;
      const FieldInfo* const field = find_field(operation_.request, route_.placed[i]);
      if (Result<void> added = add_field(*field, parts_.placed[i]); !added) return added;
    }
    return {};
  }

  Result<void> read_query() {
    const Result<std::vector<Parameter>> query = parse_form(parts_.query);
    if (!query) return query.error();
    for (const Parameter& one : *query) {
      if (Result<void> read = read_parameter(one); !read) return read;
    }
    return {};
  }

  Result<void> read_parameter(const Parameter& one) {
    if (const FieldInfo* const field = find_field(operation_.request, one.name)) {
      if (field->kind == ValueKind::secret) return wrong(one.name, "is a secret and must stand in the body");
      return add_field(*field, one.value);
    }
    const FieldInfo* known = find_field(route_.parameters, one.name);
    if (known == nullptr && operation_.list) known = find_field(list_parameters(), one.name);
    if (known == nullptr) return unknown(one.name);
    if (!known->repeated) {
      if (std::find(seen_.begin(), seen_.end(), known) != seen_.end()) return wrong(one.name, "stands there twice");
      seen_.push_back(known);
    }
    const Result<Json> value = json_of(*known, one.value.value_or(""));
    if (!value) return value.error();
    return operation_.list && find_field(list_parameters(), one.name) == known ? read_list_parameter(*known, *value)
                                                                               : read_call_parameter(*known, *value);
  }

  Result<void> add_field(const FieldInfo& field, const std::optional<std::string>& text) {
    Json value;
    if (text) {
      Result<Json> read = json_of(field, *text);
      if (!read) return read.error();
      value = std::move(*read);
    }
    const std::string name(field.name);
    if (field.repeated && text) {
      Json& list = fields_[name];
      if (list.is_null()) list = Json::array();
      if (!list.is_array()) return wrong(name, "stands there twice");
      list.push_back(std::move(value));
      return {};
    }
    if (fields_.contains(name)) return wrong(name, "stands there twice");
    fields_[name] = std::move(value);
    return {};
  }

  Result<void> read_call_parameter(const FieldInfo& known, const Json& value) {
    std::string text;
    if (known.name == "ensure") return read_value(known, value, out_.call.ensure);
    if (known.name == "dry_run") return read_value(known, value, out_.call.dry_run);
    if (known.name == "confirmed") return read_value(known, value, out_.call.confirmed);
    if (known.name == "if_version") {
      std::int64_t version = 0;
      if (Result<void> read = read_value(known, value, version); !read) return read;
      out_.call.if_version = version;
      return {};
    }
    if (Result<void> read = read_value(known, value, text); !read) return read;
    (known.name == "actor" ? out_.actor : out_.call.reason) = std::move(text);
    return {};
  }

  Result<void> read_list_parameter(const FieldInfo& known, const Json& value) {
    if (known.kind == ValueKind::integer) return read_count(known, value);
    std::string text;
    if (Result<void> read = read_value(known, value, text); !read) return read;
    if (known.name == "cursor") {
      out_.cursor = std::move(text);
    } else if (known.name == "sort") {
      Result<std::vector<SortKey>> keys = parse_sort(text, operation_.answer);
      if (!keys) return keys.error();
      out_.query.sort = std::move(*keys);
    } else {
      Result<Condition> condition = parse_condition(text, operation_.answer);
      if (!condition) return condition.error();
      out_.query.conditions.push_back(std::move(*condition));
    }
    return {};
  }

  Result<void> read_count(const FieldInfo& known, const Json& value) {
    std::int64_t count = 0;
    if (Result<void> read = read_value(known, value, count); !read) return read;
    const bool is_limit = known.name == "limit";
    if (is_limit && (count < 1 || count > limits::list_page)) {
      return wrong(known.name, "must be 1 to " + std::to_string(limits::list_page));
    }
    if (count < 0) return wrong(known.name, "must not be negative");
    (is_limit ? out_.limit : out_.query.skip) = count;
    return {};
  }

  Result<void> read_if_match() {
    if (!parts_.if_match || *parts_.if_match == "*") return {};
    if (!operation_.info.if_version) return Error{codes::invalid_request, "This request takes no If-Match."};
    if (out_.call.if_version) return Error{codes::invalid_request, "Give If-Match or if_version, not both."};
    std::string_view text = trim(*parts_.if_match);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::int64_t version = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), version);
    if (error != std::errc() || end != text.data() + text.size()) {
      return Error{codes::invalid_request, "If-Match must be the version of the thing, like \"3\"."};
    }
    out_.call.if_version = version;
    return {};
  }

  Error unknown(const std::string& name) const {
    std::vector<std::string_view> names;
    for (const FieldInfo& field : operation_.request) names.push_back(field.name);
    for (const FieldInfo& field : route_.parameters) names.push_back(field.name);
    if (operation_.list) {
      for (const FieldInfo& field : list_parameters()) names.push_back(field.name);
    }
    const bool shown = is_display_name(name, shown_name_bytes);
    const std::string_view near = nearest(name, names);
    return {codes::unknown_field, "There is no parameter " + (shown ? in_quotes(name) : "of that name") + ".",
            near.empty() ? std::string() : "did you mean " + in_quotes(near) + "?", shown ? name : std::string()};
  }

  const Operation& operation_;
  const RestRoute& route_;
  const RestParts& parts_;
  Json& fields_;
  RestRequest out_{};
  std::vector<const FieldInfo*> seen_;
};

}  // namespace

Result<RestRequest> read_rest(const RestRoute& route, const RestParts& parts, Json& fields) {
  return Reader(route, parts, fields).read();
}

}  // namespace hub::operations
