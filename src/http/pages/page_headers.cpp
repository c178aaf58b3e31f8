#include "page_headers.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "json_answer.h"
#include "sources.h"

namespace hub::http {
namespace {

bool is_source_character(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' || c == '-' ||
         c == ':' || c == '/' || c == '+';
}

bool is_loopback(std::string_view origin) {
  for (const std::string_view host : {"http://127.0.0.1", "http://localhost"}) {
    if (origin == host || origin.starts_with(std::string(host) + ":")) return true;
  }
  return false;
}

}  // namespace

std::string form_target(std::string_view redirect_uri) {
  const std::size_t colon = redirect_uri.find(':');
  if (colon == std::string_view::npos || colon == 0) return "";
  std::string source(redirect_uri.substr(0, colon + 1));
  if (source == "http:") {
    source = redirect_uri.substr(0, redirect_uri.find_first_of("/?#", colon + 3));
    if (is_loopback(source)) return "http://127.0.0.1:* http://localhost:*";
    // A policy has no words for a bare IPv6 address.
    if (source.find('[') != std::string::npos) return "http:";
  }
  return std::all_of(source.begin(), source.end(), is_source_character) ? source : "";
}

void add_page_headers(Response& response, std::string_view form_targets, bool has_script) {
  std::string policy = has_script ? "script-src 'self'; " : "";
  policy +=
      "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action "
      "'self'";
  if (!form_targets.empty()) policy += " " + std::string(form_targets);
  response.add("Content-Security-Policy", std::move(policy))
      .add("X-Frame-Options", "DENY")
      .add("Referrer-Policy", "no-referrer")
      .add("Cache-Control", "no-store");
}

Response page_response(std::string_view template_name, Json data, const Rendering& rendering, int status) {
  const std::string leads_to = form_target(text_member(data, "leads_to").value_or(""));
  data["page"] = std::string(template_name);
  data["language"] = std::string(rendering.language);
  data["style_path"] = std::string(style_path());
  data["script_path"] = std::string(script_path());
  const auto copies = data.find("copies");
  const bool has_script = copies != data.end() && *copies == true;
  data["copies"] = has_script;
  Response response{.status = status, .content_type = "text/html; charset=utf-8", .body = {}, .headers = {}};
  Result<std::string> page = render_page(template_name, data, rendering);
  if (page) {
    response.body = std::move(*page);
  } else {
    response.status = 500;
    response.body = page.error().cause;
  }
  add_page_headers(response, leads_to, has_script);
  return response;
}

}  // namespace hub::http
