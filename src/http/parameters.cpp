#include "parameters.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/json.h"
#include "hub/base/text.h"

namespace hub::http {
namespace {

constexpr std::string_view form_type = "application/x-www-form-urlencoded", json_type = "application/json";

constexpr std::array<std::string_view, 7> secrets{"access_token", "client_secret", "code", "code_verifier",
                                                  "device_code",  "refresh_token", "token"};

Result<void> add_form(std::vector<Parameters::Entry>& entries, std::string_view text, bool in_query) {
  if (text.empty()) return {};
  Result<std::vector<Parameter>> parsed = parse_form(text);
  if (!parsed) return parsed.error();
  for (Parameter& one : *parsed) {
    entries.push_back({.name = std::move(one.name), .value = std::move(one.value), .in_query = in_query});
  }
  return {};
}

// Of a structure only its name is kept: whoever takes one reads the body itself. A copy of the name for each leaf would
// let a small body fill much memory.
void add_json(std::vector<Parameters::Entry>& entries, const std::string& name, const Json& value) {
  if (value.is_string()) {
    entries.push_back({.name = name, .value = value.get_ref<const std::string&>()});
  } else if (value.is_null() || value.is_structured()) {
    entries.push_back({.name = name, .value = std::nullopt, .text = value.is_null()});
  } else {
    entries.push_back({.name = name, .value = value.dump(), .text = false});
  }
}

Result<void> add_body(std::vector<Parameters::Entry>& entries, const Request& request) {
  if (request.body.empty()) return {};
  const std::string type = media_type(request);
  if (type.empty() || type == form_type) return add_form(entries, request.body, false);
  if (type != json_type) {
    return Error{codes::unsupported_media_type, "A body is a form or JSON.", "Content-Type: " + std::string(form_type)};
  }
  const Result<Json> body = parse_json(request.body);
  if (!body) return body.error();
  if (!body->is_object()) return Error{codes::invalid_request, "A JSON body is an object."};
  for (const auto& [key, member] : body->items()) add_json(entries, key, member);
  return {};
}

Result<void> check_once(std::span<const Parameters::Entry> entries) {
  std::vector<std::string_view> names;
  names.reserve(entries.size());
  for (const Parameters::Entry& entry : entries) {
    if (!entry.name.ends_with("[]")) names.push_back(entry.name);
  }
  std::sort(names.begin(), names.end());
  if (std::adjacent_find(names.begin(), names.end()) == names.end()) return {};
  return Error{codes::invalid_request, "A parameter is there twice."};
}

bool below(std::string_view name, std::string_view text) {
  return name.size() > text.size() && name.starts_with(text) && name[text.size()] == '[';
}

Result<void> check_texts(std::span<const Parameters::Entry> entries, std::span<const std::string_view> texts) {
  for (const Parameters::Entry& entry : entries) {
    for (const std::string_view text : texts) {
      if ((entry.name == text && !entry.text) || below(entry.name, text)) {
        return Error{codes::invalid_request, "The parameter " + std::string(text) + " is one text.", "",
                     std::string(text)};
      }
    }
  }
  return {};
}

}  // namespace

std::string media_type(const Request& request) {
  const std::string* const header = request.header("content-type");
  if (header == nullptr) return "";
  return comparison_form(trim(std::string_view(*header).substr(0, header->find(';'))));
}

const std::string* Parameters::find(std::string_view name) const {
  const auto found =
      std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
  return found == entries_.end() || !found->value || found->value->empty() ? nullptr : &*found->value;
}

Result<Parameters> read_parameters(const Request& request, std::span<const std::string_view> texts) {
  Parameters out;
  if (Result<void> added = add_body(out.entries_, request); !added) return added.error();
  const std::size_t of_body = out.entries_.size();
  if (Result<void> added = add_form(out.entries_, request.query, true); !added) return added.error();
  const std::span<const Parameters::Entry> all(out.entries_);
  for (const auto place : {all.first(of_body), all.subspan(of_body)}) {
    if (Result<void> once = check_once(place); !once) return once.error();
  }
  if (Result<void> checked = check_texts(all, texts); !checked) return checked.error();
  return out;
}

Result<Parameters> read_token_parameters(const Request& request, std::span<const std::string_view> texts) {
  Result<Parameters> out = read_parameters(request, texts);
  if (!out) return out;
  for (const Parameters::Entry& entry : out->entries()) {
    const bool sent = entry.in_query && entry.value && !entry.value->empty();
    if (sent && std::find(secrets.begin(), secrets.end(), entry.name) != secrets.end()) {
      return Error{codes::invalid_request, "The parameter " + entry.name + " is not taken from the query.",
                   "send it in the body", entry.name};
    }
  }
  return out;
}

}  // namespace hub::http
