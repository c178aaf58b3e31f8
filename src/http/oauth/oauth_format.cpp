#include "oauth_format.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "hub/base/text.h"
#include "json_answer.h"
#include "markup.h"

namespace hub::http {
namespace {

// What a media range asks for; none: a type that is not made here.
std::optional<Format> format_named(std::string_view range) {
  if (range == "text/xml" || range == "application/xml") return Format::xml;
  if (range == "text/plain") return Format::text;
  for (const std::string_view json :
       {"application/json", "*/*", "application/*", "text/html", "application/xhtml+xml"}) {
    if (range == json) return Format::json;
  }
  return std::nullopt;
}

// The weight of a media range: 1 without a q, 0 for one that is no number.
double weight_of(std::string_view parameters) {
  for (const std::string_view part : split(parameters, ';')) {
    const std::string parameter = comparison_form(trim(part));
    if (!parameter.starts_with("q=")) continue;
    double weight = 0;
    const auto [end, problem] =
        std::from_chars(parameter.data() + 2, parameter.data() + parameter.size(), weight, std::chars_format::fixed);
    return problem == std::errc() && end == parameter.data() + parameter.size() ? weight : 0;
  }
  return 1;
}

std::string text_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string joined;
  for (const Json& element : value) joined += (joined.empty() ? "" : ",") + text_of(element);
  return joined;
}

void append_fields(std::string& out, const Json& fields) {
  for (const auto& [name, value] : fields.items()) {
    out.append("<").append(name).append(">");
    if (value.is_object()) {
      append_fields(out, value);
    } else {
      out += escaped(text_of(value));
    }
    out.append("</").append(name).append(">");
  }
}

}  // namespace

Format format_of(const Request& request) {
  const std::string* const accept = request.header("accept");
  if (accept == nullptr || request.path.ends_with(".json")) return Format::json;
  Format best = Format::json;
  double most = 0;
  for (const std::string_view range : split(*accept, ',')) {
    const std::size_t end = std::min(range.find(';'), range.size());
    const auto format = format_named(comparison_form(trim(range.substr(0, end))));
    const double weight = format ? weight_of(range.substr(end)) : 0;
    if (weight <= most) continue;
    best = *format;
    most = weight;
  }
  return best;
}

std::string to_xml(const Json& fields) {
  std::string out = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  out += "\n<OAuth>";
  append_fields(out, fields);
  out += "</OAuth>\n";
  return out;
}

Response not_stored(Response response) {
  response.add("Cache-Control", "no-store").add("Pragma", "no-cache");
  return response;
}

Response formatted(const Request& request, int status, const Json& fields, std::string text) {
  switch (format_of(request)) {
    case Format::json:
      return not_stored(json_response(status, fields));
    case Format::xml:
      return not_stored(
          {.status = status, .content_type = "text/xml; charset=utf-8", .body = to_xml(fields), .headers = {}});
    case Format::text:
      return not_stored(
          {.status = status, .content_type = "text/plain; charset=utf-8", .body = std::move(text), .headers = {}});
  }
  __builtin_unreachable();
}

}  // namespace hub::http
