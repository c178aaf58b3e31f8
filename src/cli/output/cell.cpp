#include "output/cell.h"

#include <clocale>
#include <ctime>
#include <cwchar>
#include <nlohmann/json.hpp>

#include "hub/base/time.h"

namespace hub::cli {
namespace {

std::string joined(const Json& array, std::string_view separator) {
  std::string out;
  for (const Json& item : array) {
    if (!out.empty()) out += separator;
    out += plain_text(&item);
  }
  return out;
}

std::string local_time(const std::string& text) {
  const std::optional<Instant> at = parse_rfc3339(text);
  if (!at) return text;
  const std::time_t seconds = static_cast<std::time_t>(unix_seconds(*at));
  std::tm fields{};
  if (::localtime_r(&seconds, &fields) == nullptr) return text;
  char out[32];
  return std::string(out, std::strftime(out, sizeof out, "%Y-%m-%d %H:%M:%S", &fields));
}

// A control character could move the cursor or colour what follows.
std::string without_controls(const std::string& text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet != 0x7f) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += "\\x";
      out += digits[octet >> 4];
      out += digits[octet & 15];
    }
  }
  return out;
}

// The character that starts at `at`, which moves behind it; an octet that is no UTF-8 stands for itself.
wchar_t next_character(std::string_view text, std::size_t& at) {
  const auto first = static_cast<unsigned char>(text[at++]);
  const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more == 0 || at + static_cast<std::size_t>(more) > text.size()) return static_cast<wchar_t>(first);
  unsigned code = first & (0x3fu >> more);
  for (int i = 0; i < more; ++i) code = code << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fu);
  return static_cast<wchar_t>(code);
}

}  // namespace

const Json* find_value(const Json& row, std::string_view name) {
  if (!row.is_object()) return nullptr;
  if (const auto found = row.find(std::string(name)); found != row.end()) return &*found;
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return nullptr;
  const auto outer = row.find(std::string(name.substr(0, dot)));
  return outer == row.end() ? nullptr : find_value(*outer, name.substr(dot + 1));
}

std::string plain_text(const Json* value) {
  if (value == nullptr || value->is_null()) return "";
  if (value->is_string()) return value->get<std::string>();
  if (value->is_array()) return joined(*value, ",");
  return to_line(*value);
}

std::string cell_text(const Json* value, operations::ValueKind kind, bool local_times) {
  if (value == nullptr || value->is_null()) return "";
  if (value->is_boolean()) return value->get<bool>() ? "yes" : "no";
  if (value->is_array()) return without_controls(joined(*value, ", "));
  if (value->is_string() && kind == operations::ValueKind::time && local_times) {
    return local_time(value->get<std::string>());
  }
  return without_controls(plain_text(value));
}

std::size_t display_width(std::string_view text) {
  static const bool ready = std::setlocale(LC_CTYPE, "C.UTF-8") != nullptr;  // wcwidth() answers by locale
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const wchar_t c = next_character(text, at);
    const int columns = ready ? ::wcwidth(c) : 1;
    width += columns < 0 ? 1u : static_cast<std::size_t>(columns);
  }
  return width;
}

}  // namespace hub::cli
