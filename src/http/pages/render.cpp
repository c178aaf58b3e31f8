#include "render.h"

#include <kainjow/mustache.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "sources.h"

namespace hub::http {
namespace {

namespace mustache = kainjow::mustache;

// The code points that nobody sees and that make text read as something else.
bool is_misleading(unsigned code) {
  const bool control = code < 0x20 ? code != '\n' && code != '\t' : code >= 0x7F && code < 0xA0;
  return control || code == 0xAD || code == 0x61C || code == 0x180E || (code >= 0x200B && code <= 0x200F) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
}

// Of text that is known to be UTF-8.
std::size_t length_of(unsigned char first) { return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4; }

unsigned code_at(const std::string& text, std::size_t at, std::size_t length) {
  const auto octet = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[at + i])); };
  if (length == 1) return octet(0);
  unsigned code = octet(0) & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) code = code << 6 | (octet(i) & 0x3FU);
  return code;
}

std::string shown(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::min(length_of(static_cast<unsigned char>(text[at])), text.size() - at);
    out += is_misleading(code_at(text, at, length)) ? "\xEF\xBF\xBD" : text.substr(at, length);
    at += length;
  }
  return mustache::html_escape(out);
}

mustache::data data_of(const Json& value) {
  if (value.is_object()) {
    mustache::data out(mustache::data::type::object);
    for (const auto& [name, member] : value.items()) out.set(name, data_of(member));
    return out;
  }
  if (value.is_array()) {
    mustache::data out(mustache::data::type::list);
    for (const Json& element : value) out << data_of(element);
    return out;
  }
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_null()) return false;
  // An empty text is no text: sections and their opposites go by it.
  std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  if (text.empty()) return false;
  return text;
}

// Looks up partials among the templates.
class Context final : public mustache::context<std::string> {
 public:
  Context(const mustache::data* data, std::string_view page) : context(data), page_(page) {}

  const mustache::data* get_partial(const std::string& name) const override {
    const auto [found, added] = partials_.try_emplace(name);
    if (added) {
      std::optional<std::string> text = template_text(name == "page" ? page_ : std::string_view(name));
      if (text) {
        found->second = std::make_unique<mustache::data>(std::move(*text));
      } else {
        missing_ = name;
      }
    }
    return found->second.get();
  }
  const std::string& missing() const { return missing_; }

 private:
  std::string_view page_;
  mutable std::map<std::string, std::unique_ptr<mustache::data>> partials_;
  mutable std::string missing_;
};

Error broken(std::string_view page, const std::string& problem) {
  return {codes::internal, "A page could not be made.", "", "", std::string(page) + ": " + problem};
}

mustache::lambda2 translated(std::string_view language) {
  return [language](const std::string& section, const mustache::renderer& render) -> std::string {
    const std::string key = render(section, false);
    const std::string* const text = find_text(language, key);
    return text == nullptr ? key : render(mustache::html_escape(*text), false);
  };
}

mustache::lambda2 hidden_field(const Rendering& rendering) {
  return [&rendering](const std::string& section, const mustache::renderer& render) -> std::string {
    const std::string action = render(section, false);
    return "<input type=\"hidden\" name=\"csrf\" value=\"" + shown(rendering.form_token(action)) + "\">";
  };
}

}  // namespace

Result<std::string> render_page(std::string_view page, const Json& data, const Rendering& rendering) {
  const std::optional<std::string> layout = template_text("layout");
  if (!layout || !template_text(page)) return broken(page, "there is no template");
  mustache::data values = data_of(data);
  values.set("t", mustache::data(translated(rendering.language)));
  values.set("form", mustache::data(hidden_field(rendering)));
  mustache::mustache made(*layout);
  made.set_custom_escape(&shown);
  Context context(&values, page);
  std::string out = made.render(context);
  if (!made.is_valid()) return broken(page, made.error_message());
  if (!context.missing().empty()) return broken(page, "there is no template " + context.missing());
  return out;
}

std::string render_text(std::string_view key, const Json& data, std::string_view language) {
  const std::string* const text = find_text(language, key);
  if (text == nullptr) return std::string(key);
  mustache::mustache made(*text);
  made.set_custom_escape([](const std::string& value) { return value; });
  return made.render(data_of(data));
}

}  // namespace hub::http
