#include "portal_form.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/text.h"
#include "hub/operations/command_line.h"
#include "hub/operations/dispatch.h"
#include "page.h"
#include "sources.h"

namespace hub::http {
namespace {

constexpr std::string_view no_scopes = "-";

void fill_again(std::vector<Field>& fields, const Parameters& form) {
  for (Field& field : fields) {
    if (field.type == "checkbox") {
      field.chosen = sent_list(form, field.name);
    } else if (field.type == "lines") {
      field.value = join(sent_lines(form, field.name), "\n");  // browsers end lines in another way
    } else {
      field.value = sent(form, field.name);
    }
  }
}

}  // namespace

Response show_portal(Exchange& exchange, std::string_view template_name, Json data, const Refused* refused) {
  return show_refused(exchange, template_name, std::move(data), refused == nullptr ? nullptr : &refused->error);
}

std::string command(const Exchange& exchange, std::string_view operation, const Json& request,
                    std::vector<std::string_view> open, bool keeps_secret) {
  return operations::in_shell(
      operation, request,
      {.open = std::move(open), .actor = exchange.visit->signed_in->person.email, .keeps_secret = keeps_secret});
}

Json commands_as_json(const std::vector<std::string>& commands) {
  Json out = Json::array();
  for (const std::string& line : commands) out.push_back({{"line", line}});
  return out;
}

Json as_json(const Exchange& exchange, PortalForm form, const Refused* refused) {
  const bool is_refused = refused != nullptr && refused->form == form.name;
  if (is_refused) fill_again(form.fields, refused->sent);
  Json fields = as_json(form.fields);
  for (Json& field : fields) field["id"] = form.name + "-" + field["name"].get<std::string>();
  if (form.version) form.hidden.emplace_back("version", std::to_string(*form.version));
  Json hidden = Json::array();
  for (const auto& [name, value] : form.hidden) hidden.push_back({{"name", name}, {"value", value}});
  Json out{{"form_id", form.name},
           {"action", with_part(exchange, form.action)},
           {"hidden", std::move(hidden)},
           {"button", form.button},
           {"style", form.style},
           {"lead", form.lead},
           {"summary", form.summary},
           {"is_open", form.is_open || is_refused},
           {"error", false},
           {"fields", std::move(fields)},
           {"commands", commands_as_json(form.commands)}};
  if (is_refused) show_error(out, refused->error, exchange.visit->language);
  return out;
}

Result<Json> run_as_visitor(Exchange& exchange, std::string_view operation, const Json& request, const Parameters* form,
                            bool ensure) {
  Call call = exchange.call();
  call.ensure = ensure;
  if (form != nullptr) {
    const std::string version = sent(*form, "version");
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(version.data(), version.data() + version.size(), number);
    if (!version.empty() && problem == std::errc()) call.if_version = number;
  }
  Json answer;
  const Result<int> done =
      operations::run(*operations::find_operation(operation), &exchange.hub(), call, request, answer);
  if (!done) return done.error();
  return operations::member(answer, "object");
}

std::string with_part(const Exchange& exchange, std::string path) {
  for (const char* name : {"q", "tab", "ended", "skip"}) {
    const std::string value = query_text(exchange, name);
    const bool is_there = path.find(std::string(name) + "=") != std::string::npos;
    if (!value.empty() && !is_there) add_parameter(path, name, value);
  }
  return path;
}

std::pair<std::string, std::string> shown_scopes(const std::vector<std::string>& scopes) {
  return {"shown_scopes", scopes.empty() ? std::string(no_scopes) : join(scopes, " ")};
}

void add_shown_scopes(const Parameters& form, Json& request) {
  const std::string shown = sent(form, "shown_scopes");
  if (shown.empty()) return;
  request["if_scope"] = Json::array();
  if (shown == no_scopes) return;
  for (const std::string_view scope : split(shown, ' ')) request["if_scope"].push_back(std::string(scope));
}

Field overlap_field(const Exchange& exchange) {
  return {.name = "overlap",
          .label = "portal.overlap",
          .required = false,
          .quiet = true,
          .hint = "portal.overlap_hint",
          .options = {{"", text_for(exchange, "portal.overlap_none")},
                      {"1h", text_for(exchange, "portal.overlap_hour")},
                      {"24h", text_for(exchange, "portal.overlap_day")},
                      {"168h", text_for(exchange, "portal.overlap_week")}}};
}

Error not_confirmed(const std::string& name) {
  return {codes::invalid_request, "This needs the name repeated: " + name, "", "confirm"};
}

std::string done_text(const Exchange& exchange, std::string_view page) {
  const std::string done = query_text(exchange, "done");
  const bool plain = std::ranges::all_of(done, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
  if (done.empty() || !plain) return "";
  const std::string* const text = find_text(exchange.visit->language, std::string(page) + ".done_" + done);
  return text == nullptr ? "" : *text;
}

}  // namespace hub::http
