#include "context.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/base/json.h"
#include "hub/base/text.h"

namespace hub::cli {
namespace {

std::optional<std::string> contexts_path(const Surroundings& around) {
  if (const auto config = around.variable("XDG_CONFIG_HOME")) return *config + "/hubctl/contexts";
  if (const auto home = around.variable("HOME")) return *home + "/.config/hubctl/contexts";
  return std::nullopt;
}

Error damaged(const std::string& path) {
  return {codes::malformed_json, "The file " + path + " does not hold contexts."};
}

bool read_text(const Json& object, const char* name, std::string& out) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return false;
  out = found->get<std::string>();
  return true;
}

Result<Contexts> contexts_of(const Json& json, const std::string& path) {
  Contexts out;
  if (!json.is_object() || !json.contains("contexts") || !json["contexts"].is_array()) return damaged(path);
  if (!read_text(json, "current", out.current)) return damaged(path);
  for (const Json& one : json["contexts"]) {
    Context context;
    std::string token;
    if (!one.is_object() || !read_text(one, "name", context.name) || !read_text(one, "url", context.url) ||
        !read_text(one, "token", token)) {
      return damaged(path);
    }
    context.token = Secret(std::move(token));
    out.all.push_back(std::move(context));
  }
  return out;
}

}  // namespace

const Context* Contexts::find(std::string_view name) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Context& one) { return one.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const Context* Contexts::find_url(std::string_view url) const {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Context& one) { return one.url == url; });
  return found == all.end() ? nullptr : &*found;
}

Result<Contexts> read_contexts(const Surroundings& around) {
  const std::optional<std::string> path = contexts_path(around);
  struct stat status {};
  if (!path || (::stat(path->c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR))) return Contexts();
  const Result<Secret> text = read_secret_file(*path);
  if (!text) return text.error();
  const Result<Json> json = parse_json(text->reveal());
  if (!json) return damaged(*path);
  return contexts_of(*json, *path);
}

Result<void> write_contexts(const Contexts& contexts, const Surroundings& around) {
  const std::optional<std::string> path = contexts_path(around);
  if (!path) return usage_error("There is no home directory to keep contexts in.");
  Json json{{"current", contexts.current}, {"contexts", Json::array()}};
  for (const Context& one : contexts.all) {
    json["contexts"].push_back({{"name", one.name}, {"url", one.url}, {"token", one.token.reveal()}});
  }
  const std::filesystem::path directory = std::filesystem::path(*path).parent_path();
  std::error_code problem;
  std::filesystem::create_directories(directory, problem);
  if (problem) return Error{codes::unwritable_file, "The directory " + directory.string() + " cannot be made."};
  return replace_file(*path, to_line(json) + "\n");
}

Error unknown_context(const Contexts& contexts, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Context& one : contexts.all) names.push_back(one.name);
  const std::string_view near = nearest(name, names);
  const std::string shown = is_display_name(name, 64) ? " \"" + std::string(name) + "\"" : " of that name";
  return {codes::not_found, "There is no context" + shown + ".",
          near.empty() ? "hubctl context list" : "did you mean \"" + std::string(near) + "\"?"};
}

}  // namespace hub::cli
