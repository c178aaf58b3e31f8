#include "hub/operations/rest.h"

#include <algorithm>

#include "hub/base/text.h"
#include "hub/operations/command.h"

namespace hub::operations {
namespace {

// The words of "scope desired add": the path of what it is about, and what is done with it.
struct Words {
  std::string collection;  // "/scopes/desired"
  std::string verb;        // "add"; "" of a command without a noun
};

std::string_view plural_of(std::string_view noun) {
  for (const NounInfo& known : nouns()) {
    if (known.name == noun) return known.plural;
  }
  return noun;
}

Words words_of(std::string_view name) {
  const std::vector<std::string_view> words = split(name, ' ');
  Words out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0 && i + 1 == words.size()) {
      out.verb = words[i];
    } else {
      out.collection += '/';
      out.collection += i == 0 ? plural_of(words[i]) : words[i];
    }
  }
  return out;
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The positionals that say which thing is meant: those in front that must be there.
std::vector<std::string_view> targets_of(const Operation& operation) {
  std::vector<std::string_view> out;
  for (const std::string_view name : operation.info.arguments) {
    const FieldInfo* const field = find_field(operation.request, name);
    if (field == nullptr || !field->required || field->repeated) break;
    if (out.empty() && field->reference.empty()) break;  // a name yet to be given, or a value
    out.push_back(name);
  }
  return out;
}

// "add" and "remove" with a list of words change the list of a thing, not which things there are.
bool takes_list(const Operation& operation) {
  const std::vector<std::string_view>& names = operation.info.arguments;
  if (names.empty()) return false;
  const FieldInfo* const last = find_field(operation.request, names.back());
  return last != nullptr && last->repeated;
}

bool takes_secret(const Operation& operation) {
  return std::any_of(operation.request.begin(), operation.request.end(),
                     [](const FieldInfo& field) { return field.kind == ValueKind::secret; });
}

std::string_view method_of(const Operation& operation, std::string_view verb) {
  if (operation.effect != Effect::change) return takes_secret(operation) ? "POST" : "GET";
  if (verb == "update") return "PATCH";
  if (verb == "delete" || (verb == "remove" && !takes_list(operation))) return "DELETE";
  return "POST";
}

FieldInfo parameter(std::string_view name, std::string_view description, ValueKind kind = ValueKind::text) {
  FieldInfo out{name, description};
  out.kind = kind;
  return out;
}

std::vector<FieldInfo> parameters_of(const Operation& operation) {
  std::vector<FieldInfo> out;
  const auto add = [&](bool has, FieldInfo info) {
    if (has && find_field(operation.request, info.name) == nullptr) out.push_back(std::move(info));
  };
  const bool changes = operation.effect == Effect::change;
  const bool confirms = find_field(operation.request, "confirm") != nullptr;
  add(operation.info.ensure,
      parameter("ensure", "Succeed with \"changed\": false if it is already so.", ValueKind::boolean));
  add(operation.info.if_version,
      parameter("if_version", "Refuse unless the thing has this version; If-Match says the same.", ValueKind::integer));
  add(changes, parameter("dry_run", "Check everything, change nothing.", ValueKind::boolean));
  add(confirms, parameter("confirmed", "Take the confirmation as given, whatever it says.", ValueKind::boolean));
  add(changes, parameter("reason", "Why; kept in the audit trail."));
  if (operation.info.access == Access::people || operation.info.access == Access::operators) {
    add(true, parameter("actor", "Act with the rights of this person: person:jane@acme.test."));
  }
  return out;
}

}  // namespace

RestRoute rest_route(const Operation& operation) {
  const Words words = words_of(operation.info.name);
  RestRoute out;
  out.operation = &operation;
  out.method = method_of(operation, words.verb);
  out.path = std::string(rest_prefix) + words.collection;
  const bool makes = words.verb == "create" || (words.verb == "add" && !takes_list(operation));
  if (!makes) out.placed = targets_of(operation);
  for (const std::string_view name : out.placed) out.path += "/{" + std::string(name) + "}";
  const bool plain = makes || out.method == "PATCH" || out.method == "DELETE" ||
                     (one_of(words.verb, {"list", "show", ""}) && out.method == "GET");
  if (!plain) out.path += "/" + words.verb;
  out.has_body = out.method == "POST" || out.method == "PATCH";
  out.parameters = parameters_of(operation);
  return out;
}

const std::vector<RestRoute>& rest_routes() {
  static const std::vector<RestRoute> all = [] {
    std::vector<RestRoute> out;
    for (const Operation& operation : all_operations()) out.push_back(rest_route(operation));
    return out;
  }();
  return all;
}

const std::vector<FieldInfo>& list_parameters() {
  static const std::vector<FieldInfo> all = [] {
    std::vector<FieldInfo> out{
        parameter("filter", "Rows that match only: name=value, name:like=%press%. Several must all hold."),
        parameter("sort", "Order of the rows: -created_at,name."),
        parameter("skip", "Leave out the first rows; not with a cursor.", ValueKind::integer),
        parameter("limit", "Rows of a page, 1000 at most and by default.", ValueKind::integer),
        parameter("cursor", "The \"next\" of the page before.")};
    out.front().repeated = true;
    return out;
  }();
  return all;
}

}  // namespace hub::operations
