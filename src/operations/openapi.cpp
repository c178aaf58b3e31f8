#include "hub/operations/openapi.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "hub/base/text.h"
#include "hub/operations/command.h"
#include "hub/operations/rest.h"

namespace hub::operations {
namespace {

constexpr std::string_view about =
    "Every operation of the command line, over HTTP. A bearer token of the admin API is needed: `hubctl token "
    "issue-admin NAME`, with the role `read-only` (operations that only read) or `full`.\n\n"
    "A field that stands in the path may stand in the query or the body instead, with `-` in its place; references "
    "with a slash, like `billing/ci`, have to. Repeated fields of the query are repeated names. A name in the query "
    "without `=` is null, which leaves the field of an update without a value. Secrets stand in bodies only.\n\n"
    "Lists are pages: ask again with `cursor` until `next` is null. An answer that says \"no\" has the exit status of "
    "the command in the header `Hubctl-Exit`: 10 for a check, 11 to 14 for a token.";

std::string camel_case(std::string_view words) {
  std::string out;
  bool first = true;
  for (const char c : words) {
    const bool letter = c != ' ' && c != '-' && c != '_';
    if (letter) out += first && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    first = !letter;
  }
  return out;
}

std::string with_full_stop(std::string_view text) { return std::string(text) + (text.ends_with('.') ? "" : "."); }

Json type_of(const FieldInfo& field) {
  switch (field.kind) {
    case ValueKind::text:
      return {{"type", "string"}};
    case ValueKind::integer:
      return {{"type", "integer"}, {"format", "int64"}};
    case ValueKind::boolean:
      return {{"type", "boolean"}};
    case ValueKind::time:
      return {{"type", "string"}, {"format", "date-time"}};
    case ValueKind::duration:
      return {{"type", "string"}, {"pattern", "^[0-9]+[smhd]$"}, {"examples", {"90s", "15m", "8h", "7d"}}};
    case ValueKind::secret:
      return {{"type", "string"}, {"format", "password"}};
    case ValueKind::object:
      return {{"type", "object"}};
  }
  __builtin_unreachable();
}

// `may_be_null`: of an answer what may be missing, of an update what can be unset.
Json schema_of(const FieldInfo& field, bool may_be_null) {
  Json one = type_of(field);
  if (!field.choices.empty()) {
    one["enum"] = Json::array();
    for (const std::string_view choice : field.choices) one["enum"].push_back(choice);
    if (may_be_null && !field.repeated) one["enum"].push_back(nullptr);
  }
  Json out = field.repeated ? Json{{"type", "array"}, {"items", std::move(one)}} : std::move(one);
  if (may_be_null && !field.repeated) out["type"] = Json::array({out["type"], "null"});
  return out;
}

Json object_of(const std::vector<const FieldInfo*>& fields, bool is_answer) {
  Json out{{"type", "object"}, {"properties", Json::object()}};
  Json required = Json::array();
  for (const FieldInfo* field : fields) {
    Json schema =
        schema_of(*field, is_answer ? !field->required && field->kind != ValueKind::boolean : field->unsettable);
    schema["description"] = with_full_stop(field->description);
    out["properties"][std::string(field->name)] = std::move(schema);
    if (!is_answer && field->required) required.push_back(field->name);
  }
  if (!required.empty()) out["required"] = std::move(required);
  if (!is_answer) out["additionalProperties"] = false;
  return out;
}

std::vector<const FieldInfo*> pointers(const std::vector<FieldInfo>& fields) {
  std::vector<const FieldInfo*> out;
  for (const FieldInfo& field : fields) out.push_back(&field);
  return out;
}

Json reference(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

Json content(Json schema) { return {{"application/json", {{"schema", std::move(schema)}}}}; }

// What operations answer; those that answer the same share a schema.
class Schemas {
 public:
  Json add(const Operation& operation) {
    Json schema = object_of(pointers(operation.answer), true);
    const std::string text = to_line(schema);
    if (const auto known = names_.find(text); known != names_.end()) return reference(known->second);
    const std::string_view name = operation.info.name;
    std::string chosen = camel_case(name.substr(0, name.find(' ')));
    if (all_.contains(chosen)) chosen = camel_case(name);
    names_[text] = chosen;
    all_[chosen] = std::move(schema);
    return reference(chosen);
  }
  Json& all() { return all_; }

 private:
  std::map<std::string, std::string> names_;
  Json all_ = Json::object();
};

bool is_token_response(const Operation& operation) { return find_field(operation.answer, "access_token") != nullptr; }

Json answer_of(const Operation& operation, Json object) {
  if (operation.list) {
    return {{"type", "object"},
            {"properties",
             {{"items", {{"type", "array"}, {"items", std::move(object)}}},
              {"next", {{"type", Json::array({"string", "null"})}, {"description", "Cursor of the next page."}}}}},
            {"required", {"items", "next"}}};
  }
  if (operation.effect != Effect::change || is_token_response(operation)) return object;
  return {{"type", "object"},
          {"properties",
           {{"changed", {{"type", "boolean"}, {"description", "False if it was so already."}}},
            {"kind", {{"type", "string"}, {"const", operation.info.kind}}},
            {"name", {{"type", "string"}, {"description", "What other commands call the thing."}}},
            {"object", {{"anyOf", Json::array({std::move(object), Json{{"type", "null"}}})}}}}},
          {"required", {"changed", "kind", "name", "object"}}};
}

Json parameter_of(const FieldInfo& field, std::string_view place) {
  Json out{{"name", field.name}, {"in", place}};
  if (place == "path" || field.required) out["required"] = true;
  out["description"] = with_full_stop(field.description);
  if (field.kind == ValueKind::object) {
    out["content"] = content(schema_of(field, false));
  } else {
    out["schema"] = schema_of(field, false);
  }
  return out;
}

Json parameters_of(const RestRoute& route) {
  const Operation& operation = *route.operation;
  const auto is_placed = [&](const FieldInfo& field) {
    return std::find(route.placed.begin(), route.placed.end(), field.name) != route.placed.end();
  };
  Json out = Json::array();
  for (const std::string_view name : route.placed) {
    out.push_back(parameter_of(*find_field(operation.request, name), "path"));
  }
  for (const FieldInfo& field : operation.request) {
    if (!route.has_body && !is_placed(field)) out.push_back(parameter_of(field, "query"));
  }
  for (const FieldInfo& field : route.parameters) out.push_back(parameter_of(field, "query"));
  if (operation.info.if_version) out.push_back({{"$ref", "#/components/parameters/IfMatch"}});
  if (operation.list) {
    for (const FieldInfo& field : list_parameters()) out.push_back(parameter_of(field, "query"));
  }
  return out;
}

Json body_of(const RestRoute& route) {
  std::vector<const FieldInfo*> fields;
  bool required = false;
  for (const FieldInfo& field : route.operation->request) {
    if (std::find(route.placed.begin(), route.placed.end(), field.name) != route.placed.end()) continue;
    fields.push_back(&field);
    required = required || field.required;
  }
  if (fields.empty()) return nullptr;
  return {{"required", required}, {"content", content(object_of(fields, false))}};
}

Json responses_of(const Operation& operation, Json object) {
  std::map<int, std::string> failures;
  const auto add = [&](const Code& code) {
    std::string& codes = failures[http_status(code.failure)];
    codes += (codes.empty() ? "`" : ", `") + std::string(code.name) + "`";
  };
  for (const Code& code : operation.info.errors) add(code);
  const auto contains = [&](const Code& code) {
    return std::find(operation.info.errors.begin(), operation.info.errors.end(), code) != operation.info.errors.end();
  };
  for (const Code& code : {codes::invalid_request, codes::unknown_field, codes::unauthenticated, codes::invalid_token,
                           codes::principal_not_allowed, codes::rate_limited}) {
    if (!contains(code)) add(code);
  }
  Json done{{"description", with_full_stop(operation.info.summary)},
            {"content", content(answer_of(operation, std::move(object)))}};
  if (operation.effect == Effect::read)
    done["headers"] = {{"Hubctl-Exit", {{"$ref", "#/components/headers/HubctlExit"}}}};
  Json out{{"200", std::move(done)}};
  for (const auto& [status, codes] : failures) {
    out[std::to_string(status)] = {{"description", codes}, {"content", content(reference("Error"))}};
  }
  out["default"] = {{"$ref", "#/components/responses/Failure"}};
  return out;
}

Json described(const RestRoute& route, Schemas& schemas) {
  const OperationInfo& info = route.operation->info;
  std::string id(info.name);
  for (char& c : id) c = c == ' ' || c == '-' ? '_' : c;
  Json out{{"operationId", id}, {"summary", info.summary}, {"tags", {info.name.substr(0, info.name.find(' '))}}};
  if (!info.details.empty()) out["description"] = info.details;
  if (Json parameters = parameters_of(route); !parameters.empty()) out["parameters"] = std::move(parameters);
  if (route.has_body) {
    if (Json body = body_of(route); !body.is_null()) out["requestBody"] = std::move(body);
  }
  out["responses"] = responses_of(*route.operation, schemas.add(*route.operation));
  out["x-codeSamples"] = Json::array();
  for (const std::string_view example : info.examples) {
    out["x-codeSamples"].push_back({{"lang", "Shell"}, {"label", "hubctl"}, {"source", example}});
  }
  return out;
}

Json error_schema() {
  Json code{{"type", "string"}, {"enum", Json::array()}, {"description", "Stable name of the case."}};
  for (const Code& one : all_codes()) code["enum"].push_back(one.name);
  const Json text{{"type", "string"}};
  Json error{{"type", "object"},
             {"properties",
              {{"code", std::move(code)}, {"message", text}, {"hint", text}, {"field", text}, {"request_id", text}}},
             {"required", {"code", "message", "request_id"}}};
  return {{"type", "object"},
          {"properties", {{"error", std::move(error)}}},
          {"required", {"error"}},
          {"examples", Json::array({{{"error",
                                      {{"code", "not_found"},
                                       {"message", "There is no organization \"acme\"."},
                                       {"request_id", "019aa1de-4c1e-7d0c-8d5b-0a4f6d3c9b11"}}}}})}};
}

Json components(Json schemas) {
  schemas["Error"] = error_schema();
  return {
      {"schemas", std::move(schemas)},
      {"responses",
       {{"Failure", {{"description", "A failure; its code says which."}, {"content", content(reference("Error"))}}}}},
      {"parameters",
       {{"IfMatch",
         {{"name", "If-Match"},
          {"in", "header"},
          {"description", "Version the thing must have, as \"3\"."},
          {"schema", {{"type", "string"}}}}}}},
      {"headers",
       {{"HubctlExit",
         {{"description", "Exit status of the command when the answer says no: 10 to 14."},
          {"schema", {{"type", "integer"}, {"minimum", 10}, {"maximum", 14}}}}}}},
      {"securitySchemes",
       {{"admin",
         {{"type", "http"}, {"scheme", "bearer"}, {"description", "A token of `hubctl token issue-admin`."}}}}}};
}

// One per first word of a command, in their order.
Json tags() {
  Json out = Json::array();
  for (const Operation& operation : all_operations()) {
    const std::string_view word = operation.info.name.substr(0, operation.info.name.find(' '));
    const auto is_it = [&](const Json& tag) { return tag["name"] == word; };
    if (std::any_of(out.begin(), out.end(), is_it)) continue;
    const auto noun =
        std::find_if(nouns().begin(), nouns().end(), [&](const NounInfo& one) { return one.name == word; });
    const std::string_view about_it = noun == nouns().end() ? operation.info.summary : noun->summary;
    out.push_back({{"name", word}, {"description", with_full_stop(about_it)}});
  }
  return out;
}

std::string lower_case(std::string_view text) { return comparison_form(text); }

}  // namespace

Json openapi_of_table() {
  Schemas schemas;
  Json paths = Json::object();
  for (const RestRoute& route : rest_routes()) {
    paths[route.path][lower_case(route.method)] = described(route, schemas);
  }
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", "hubctl"},
            {"version", "1"},
            {"summary", "Identity hub for many organizations"},
            {"description", about},
            {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
          {"servers", Json::array({{{"url", "/"}}})},
          {"security", Json::array({{{"admin", Json::array()}}})},
          {"tags", tags()},
          {"paths", std::move(paths)},
          {"components", components(std::move(schemas.all()))}};
}

}  // namespace hub::operations
