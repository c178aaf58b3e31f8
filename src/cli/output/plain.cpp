#include <nlohmann/json.hpp>

#include "output/cell.h"
#include "output/writer.h"

namespace hub::cli {
namespace {

// One field's value per line and nothing else.
class ValueWriter final : public Writer {
 public:
  ValueWriter(std::string_view field, std::string_view prefix, Sink& sink)
      : field_(field), prefix_(prefix), sink_(sink) {}

  void row(const Json& row) override {
    const std::string text = plain_text(find_value(row, field_));
    if (!text.empty()) sink_.write(prefix_ + text + "\n");
  }
  void object(const Json& object) override { row(object); }

 private:
  const std::string field_;
  const std::string prefix_;
  Sink& sink_;
};

bool is_safe_in_shell(const std::string& text) {
  constexpr std::string_view safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./:@%+=,-";
  return text.find_first_not_of(safe) == std::string::npos;
}

std::string shell_quoted(const std::string& text) {
  if (is_safe_in_shell(text)) return text;
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string variable_name(std::string_view field) {
  std::string out(field);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

// NAME=value for each scalar that has a value, to be read by a shell or as a .env file.
class EnvWriter final : public Writer {
 public:
  EnvWriter(const Layout& layout, Sink& sink) : layout_(layout), sink_(sink) {}

  void row(const Json& row) override { object(row); }

  void object(const Json& object) override {
    for (const operations::FieldInfo& field : layout_.columns) {
      const Json* value = find_value(object, field.name);
      if (value == nullptr || value->is_null() || value->is_structured()) continue;
      sink_.write(variable_name(field.name) + "=" + shell_quoted(plain_text(value)) + "\n");
    }
  }

 private:
  const Layout layout_;
  Sink& sink_;
};

}  // namespace

std::unique_ptr<Writer> value_writer(std::string_view field, std::string_view prefix, Sink& sink) {
  return std::make_unique<ValueWriter>(field, prefix, sink);
}

std::unique_ptr<Writer> env_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<EnvWriter>(layout, sink);
}

}  // namespace hub::cli
