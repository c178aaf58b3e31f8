#include "hub/base/form.h"

#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/base/text.h"

namespace hub {
namespace {

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

// False for a bad escape. The octets are not looked at.
bool unescape(std::string_view text, bool plus_is_space, std::string& out) {
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += plus_is_space && text[i] == '+' ? ' ' : text[i];
      continue;
    }
    if (text.size() - i < 3) return false;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return false;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return true;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  if (!unescape(text, plus_is_space, out) || !is_clean_utf8(out)) return std::nullopt;
  return out;
}

Error unclean_form() {
  return Error{codes::invalid_request, "A parameter has a bad percent escape or is not UTF-8 text.",
               "encode each octet as % and two hexadecimal digits"};
}

Error bad_path(std::string_view problem) {
  return Error{codes::invalid_request, "The path " + std::string(problem) + ".", "", "path"};
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text) { return decode(text, false); }

std::string percent_encode(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    out += {'%', digits[octet >> 4], digits[octet & 0x0fU]};
  }
  return out;
}

Result<std::vector<Parameter>> parse_form(std::string_view text) {
  std::vector<Parameter> out;
  for (const std::string_view part : split(text, '&')) {
    if (part.empty()) continue;
    if (out.size() == limits::json_members) {
      return Error{codes::invalid_request,
                   "More than " + std::to_string(limits::json_members) + " parameters were sent."};
    }
    const std::size_t equals = part.find('=');
    std::optional<std::string> name = decode(part.substr(0, equals), true);
    if (!name) return unclean_form();
    Parameter parameter{std::move(*name), std::nullopt};
    if (equals != std::string_view::npos) {
      parameter.value = decode(part.substr(equals + 1), true);
      if (!parameter.value) return unclean_form();
    }
    out.push_back(std::move(parameter));
  }
  return out;
}

void add_parameter(std::string& url, std::string_view name, std::string_view value) {
  if (url.find('?') == url.npos) {
    url += '?';
  } else if (!url.ends_with('?') && !url.ends_with('&')) {
    url += '&';
  }
  url.append(name).append("=").append(percent_encode(value));
}

Result<std::vector<std::string>> parse_path(std::string_view path) {
  if (!path.starts_with('/')) return bad_path("does not start with a slash");
  std::vector<std::string> out;
  path.remove_prefix(1);
  if (path.empty()) return out;
  if (path.ends_with('/')) path.remove_suffix(1);
  for (const std::string_view part : split(path, '/')) {
    std::optional<std::string> segment = percent_decode(part);
    if (!segment) return bad_path("has a bad percent escape or is not UTF-8 text");
    if (segment->empty()) return bad_path("has an empty segment");
    if (*segment == "." || *segment == "..") return bad_path("has a segment that climbs");
    if (segment->find('/') != std::string::npos) return bad_path("has an encoded slash");
    out.push_back(std::move(*segment));
  }
  return out;
}

}  // namespace hub
