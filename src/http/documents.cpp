#include "documents.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/text.h"
#include "hub/http/server.h"
#include "hub/operations/openapi.h"
#include "markup.h"

namespace hub::http {
namespace {

std::string slug(const Route& route) {
  std::string out = comparison_form(name(route.method)) + std::string(route.path);
  for (char& c : out) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    c = word || c == '-' ? c : '_';  // two paths differ in these alone
  }
  while (out.ends_with('_')) out.pop_back();
  return out;
}

Json path_parameters(std::string_view path) {
  Json out = Json::array();
  for (const std::string_view segment : split(path, '/')) {
    if (!segment.starts_with('{')) continue;
    out.push_back({{"name", segment.substr(1, segment.size() - 2)},
                   {"in", "path"},
                   {"required", true},
                   {"schema", {{"type", "string"}}}});
  }
  return out;
}

// Who may come in, each way for itself.
Json security_of(const Access& access) {
  Json out = Json::array();
  const auto add = [&](bool has, const char* scheme) {
    if (has) out.push_back(Json{{scheme, Json::array()}});
  };
  add(access.client || access.self, "client");
  add(access.organization || access.person || access.profile, "bearer");
  add(access.admin, "admin");
  return out;
}

// What the contracts prescribe is theirs to describe; here it is only named.
Json described(const Route& route) {
  Json out{{"operationId", slug(route)}, {"tags", Json::array({route.dialect->name})}};
  std::string summary(route.name.empty() ? route.path : route.name);
  if (summary[0] >= 'a' && summary[0] <= 'z') summary[0] = static_cast<char>(summary[0] - 'a' + 'A');
  out["summary"] = std::move(summary);
  out["security"] = security_of(route.access);
  if (Json parameters = path_parameters(route.path); !parameters.empty()) out["parameters"] = std::move(parameters);
  out["responses"] = {{"200", {{"description", "As the contract of its dialect says."}}},
                      {"4XX", {{"description", "A refusal in the words of its dialect."}}},
                      {"5XX", {{"description", "Not the caller's fault."}}}};
  return out;
}

const std::string& openapi_text() {
  static const std::string text = to_line(openapi_as_json()) + "\n";
  return text;
}

class Page {
 public:
  explicit Page(const Json& api) : api_(api) {}

  std::string text() {
    open_page();
    for (const auto& [path, methods] : api_["paths"].items()) {
      for (const auto& [method, operation] : methods.items()) show(path, method, operation);
    }
    out_ += "</main></body></html>\n";
    return std::move(out_);
  }

 private:
  void open_page() {
    out_ =
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>hubctl API</title>"
        "<meta name=\"viewport\" content=\"width=device-width\"><link rel=\"stylesheet\" href=\"/docs/style.css\">"
        "</head><body><main><h1>hubctl API</h1>\n";
    for (const std::string_view part : split(api_["info"]["description"].get_ref<const std::string&>(), '\n')) {
      if (!part.empty()) element("p", part);
    }
    out_ += "<p>The same for programs: <a href=\"/openapi.json\">openapi.json</a></p>\n<nav><ul>\n";
    for (const auto& [path, methods] : api_["paths"].items()) {
      for (const auto& [method, operation] : methods.items()) {
        out_ += "<li><a href=\"#" + escaped(text_of(operation, "operationId")) + "\"><code>" + upper(method) + " " +
                escaped(path) + "</code></a> " + escaped(text_of(operation, "summary")) + "</li>\n";
      }
    }
    out_ += "</ul></nav>\n";
  }

  void show(const std::string& path, const std::string& method, const Json& operation) {
    out_ += "<section id=\"" + escaped(text_of(operation, "operationId")) + "\"><h2><code>" + upper(method) + " " +
            escaped(path) + "</code></h2>\n";
    element("p", text_of(operation, "summary") + ".");
    if (operation.contains("description")) element("p", text_of(operation, "description"));
    show_fields(operation);
    out_ += "<dl>\n";
    for (const auto& [status, response] : operation["responses"].items()) {
      if (!response.contains("description")) continue;
      element("dt", status);
      element("dd", text_of(response, "description"));
    }
    out_ += "</dl>\n";
    if (operation.contains("x-codeSamples")) {
      for (const Json& sample : operation["x-codeSamples"]) element("pre", text_of(sample, "source"));
    }
    out_ += "</section>\n";
  }

  void show_fields(const Json& operation) {
    std::string rows;
    const auto add = [&](std::string_view place, const std::string& name, bool required, const std::string& about) {
      rows += "<tr><td><code>" + escaped(name) + "</code></td><td>" + std::string(place) +
              (required ? ", required" : "") + "</td><td>" + escaped(about) + "</td></tr>\n";
    };
    if (operation.contains("parameters")) {
      for (const Json& one : operation["parameters"]) {
        if (one.contains("name")) {
          add(text_of(one, "in"), text_of(one, "name"), one.contains("required"), text_of(one, "description"));
        }
      }
    }
    if (operation.contains("requestBody")) {
      const Json& schema = operation["requestBody"]["content"]["application/json"]["schema"];
      const Json required = schema.contains("required") ? schema["required"] : Json::array();
      for (const auto& [name, field] : schema["properties"].items()) {
        const bool needed = std::find(required.begin(), required.end(), name) != required.end();
        add("body", name, needed, text_of(field, "description"));
      }
    }
    if (!rows.empty()) out_ += "<table><tbody>\n" + rows + "</tbody></table>\n";
  }

  void element(std::string_view tag, std::string_view text) {
    out_ += "<" + std::string(tag) + ">" + escaped(text) + "</" + std::string(tag) + ">\n";
  }
  static std::string text_of(const Json& object, const char* member) {
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
  }
  static std::string upper(std::string text) {
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
  }

  const Json& api_;
  std::string out_;
};

constexpr std::string_view style =
    "body{font:16px/1.5 sans-serif;margin:0;color:#1a1a1a;background:#fff}"
    "main{max-width:60rem;margin:0 auto;padding:1rem}"
    "h2{border-top:1px solid #ccc;padding-top:1rem;font-size:1.1rem;overflow-wrap:anywhere}"
    "nav ul{list-style:none;padding:0}table{border-collapse:collapse;width:100%}"
    "td{border:1px solid #ccc;padding:.25rem .5rem;vertical-align:top}"
    "pre{background:#f3f3f3;padding:.5rem;overflow-x:auto}dt{font-weight:bold}"
    "@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}pre{background:#262626}a{color:#8cf}"
    "td{border-color:#444}h2{border-color:#444}}\n";

Response document(std::string type, std::string text) {
  return {.status = 200, .content_type = std::move(type), .body = std::move(text), .headers = {}};
}

}  // namespace

Json openapi_as_json() {
  Json out = operations::openapi_of_table();
  Json& schemes = out["components"]["securitySchemes"];
  schemes["client"] = {{"type", "http"}, {"scheme", "basic"}, {"description", "Client id and secret of an app."}};
  schemes["bearer"] = {
      {"type", "http"}, {"scheme", "bearer"}, {"description", "An access token that this hub issued."}};
  Json tags = Json::array();
  for (const Route& route : all_routes()) {
    if (route.operation != nullptr) continue;
    out["paths"][std::string(route.path)][comparison_form(name(route.method))] = described(route);
    const Json tag{{"name", route.dialect->name}, {"description", "Routes of this dialect."}};
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  }
  for (Json& tag : tags) out["tags"].push_back(std::move(tag));
  return out;
}

Response openapi_document(Exchange&) { return document("application/json; charset=utf-8", openapi_text()); }

Response readable_document(Exchange&) {
  static const std::string page = Page(openapi_as_json()).text();
  Response response = document("text/html; charset=utf-8", page);
  response.add("Content-Security-Policy",
               "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  return response;
}

Response document_style(Exchange&) { return document("text/css; charset=utf-8", std::string(style)); }

}  // namespace hub::http
