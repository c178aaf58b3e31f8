#include "sources.h"

#include <nlohmann/json.hpp>

#include "hub/base/file.h"

namespace hub::http {
namespace {

constexpr std::string_view languages[] = {"en", "de"};

// A folder that files are read from anew each time, for who edits them; empty in every build but a developer's own.
constexpr std::string_view live_folder = HUBCTL_PAGES_DIR;

std::optional<std::string> text_of(std::span<const EmbeddedFile> files, const std::string& folder,
                                   const std::string& name) {
  if constexpr (!live_folder.empty()) {
    Result<std::string> text = read_file(std::string(live_folder) + "/" + folder + name);
    if (text) return std::move(*text);
  }
  const EmbeddedFile* const file = find_embedded(files, name);
  if (file == nullptr) return std::nullopt;
  return std::string(file->text);
}

Json collect_texts(std::string_view language) {
  Json all = Json::object();
  for (const EmbeddedFile& file : embedded_texts()) {
    if (!file.name.ends_with("." + std::string(language) + ".json")) continue;
    const std::optional<std::string> text = text_of(embedded_texts(), "texts/", std::string(file.name));
    const Result<Json> parsed = parse_json(text.value_or(""));
    if (parsed && parsed->is_object()) all.update(*parsed);
  }
  return all;
}

std::string path_by_content(const std::string& name, std::span<const EmbeddedFile> files, const std::string& kind) {
  return "/id/" + name + "-" + std::string(files.front().sha256.substr(0, 12)) + "." + kind;
}

}  // namespace

std::optional<std::string> template_text(std::string_view name) {
  return text_of(embedded_templates(), "templates/", std::string(name) + ".mustache");
}

const Json& texts_of(std::string_view language) {
  static const Json english = collect_texts(languages[0]), german = collect_texts(languages[1]);
  return language == languages[1] ? german : english;
}

const std::string* find_text(std::string_view language, std::string_view key) {
  const Json& texts = texts_of(language);
  const auto found = texts.find(std::string(key));
  return found == texts.end() || !found->is_string() ? nullptr : &found->get_ref<const std::string&>();
}

std::string_view style_path() {
  static const std::string path = path_by_content("style", embedded_styles(), "css");
  return path;
}

std::string style_text() { return text_of(embedded_styles(), "", "style.css").value_or(""); }

std::string_view script_path() {
  static const std::string path = path_by_content("copy", embedded_scripts(), "js");
  return path;
}

std::string script_text() { return text_of(embedded_scripts(), "", "copy.js").value_or(""); }

}  // namespace hub::http
