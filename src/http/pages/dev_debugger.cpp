#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "debugger_run.h"
#include "dev_pages.h"
#include "fields.h"
#include "page.h"

namespace hub::http {
namespace {

// Of the organization that the demo data begins with: who opens the page can press a button at once.
constexpr std::array<std::pair<const char*, const char*>, 4> demo{
    {{"client_id", "019b76da-a800-7000-8000-000500000001"},
     {"client_secret", "development-only-secret-of-caresuite-000000"},
     {"redirect_uri", "http://127.0.0.1:8931/callback"},
     {"scope", "Org/019b76da-a800-7000-8000-000100000001.zaikio.organization.r"}}};
constexpr std::array<std::string_view, 6> steps{
    "client_credentials", "authorize", "exchange", "device", "poll", "refresh"};
constexpr std::array<const char*, 8> names{"client_id", "client_secret", "redirect_uri", "scope",
                                           "code",      "code_verifier", "device_code",  "refresh_token"};

Json fields_of(const DebuggerValues& values) {
  std::vector<Field> fields;
  for (const char* name : names) {
    const auto value = values.find(name);
    fields.push_back({.name = name,
                      .label = "debugger." + std::string(name),
                      .autocomplete = "off",
                      .value = value == values.end() ? "" : value->second,
                      .required = false,
                      .quiet = true});
  }
  fields[3].hint = "debugger.scope_hint";
  return as_json(fields);
}

Response show_debugger(Exchange& exchange, const DebuggerValues& values, Json run) {
  Json buttons = Json::array();
  for (const std::string_view step : steps) {
    buttons.push_back({{"step", std::string(step)}, {"step_label", "debugger.step_" + std::string(step)}});
  }
  return show_page(
      exchange, "debugger",
      {{"wide", true}, {"fields", fields_of(values)}, {"steps", std::move(buttons)}, {"run", std::move(run)}});
}

}  // namespace

Response debugger_page(Exchange& exchange) {
  DebuggerValues values;
  for (const auto& [name, value] : demo) values[name] = value;
  return show_debugger(exchange, values, false);
}

Response run_debugger(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  DebuggerValues values;
  for (const char* name : names) values[name] = sent(*form, name);
  const std::string step = sent(*form, "run");
  if (std::find(steps.begin(), steps.end(), step) == steps.end()) return show_debugger(exchange, values, false);
  Json run = run_step(exchange, step, values);
  return show_debugger(exchange, values, std::move(run));
}

}  // namespace hub::http
