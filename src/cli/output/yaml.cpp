#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "output/writer.h"

namespace hub::cli {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Only what no reader of any YAML version could take for something else; all the rest is quoted as in JSON, which is
// YAML.
bool is_plain(const std::string& text) {
  constexpr std::array<std::string_view, 9> words = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"};
  if (text.empty() || !is_letter(text.front())) return false;
  std::string lower = text;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (std::find(words.begin(), words.end(), lower) != words.end()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("_-./@+").find(c) != std::string_view::npos;
  });
}

bool is_block(const Json& value) { return value.is_structured() && !value.empty(); }

std::string scalar(const Json& value) {
  if (value.is_string() && is_plain(value.get_ref<const std::string&>())) return value.get<std::string>();
  return to_line(value);  // also {} and []
}

void write_block(const Json& value, const std::string& indent, std::string& out);

// What follows a key or a dash.
void write_value(const Json& value, const std::string& indent, std::string& out) {
  if (!is_block(value)) {
    out += " " + scalar(value) + "\n";
    return;
  }
  out += "\n";
  write_block(value, indent + "  ", out);
}

void write_block(const Json& value, const std::string& indent, std::string& out) {
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      out += indent + scalar(Json(key)) + ":";
      write_value(member, indent, out);
    }
    return;
  }
  for (const Json& item : value) {
    out += indent + "-";
    write_value(item, indent, out);
  }
}

class YamlWriter final : public Writer {
 public:
  YamlWriter(const Layout& layout, Sink& sink) : layout_(layout), sink_(sink) {}

  void row(const Json& row) override {
    const Json chosen = chosen_fields(row, layout_);
    std::string text;
    write_block(chosen, "  ", text);
    if (text.empty()) text = "  {}\n";
    text[0] = '-';  // "  key: value" becomes "- key: value"
    sink_.write(text);
    any_ = true;
  }

  void object(const Json& object) override {
    std::string text;
    write_block(chosen_fields(object, layout_), "", text);
    sink_.write(text.empty() ? "{}\n" : text);
  }

  void finish() override {
    if (layout_.shape.list && !any_) sink_.write("[]\n");
  }

 private:
  const Layout layout_;
  Sink& sink_;
  bool any_ = false;
};

}  // namespace

std::unique_ptr<Writer> yaml_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<YamlWriter>(layout, sink);
}

}  // namespace hub::cli
