#include "seed_text.h"

#include <initializer_list>
#include <nlohmann/json.hpp>
#include <variant>

#include "hub/base/codes.h"

namespace hub::core {
namespace {

constexpr int members_most = 100'000;

Error no_seed(const std::string& where, const std::string& why) {
  return {codes::invalid_request, "The seed has " + why + " in " + where + ".", "", "seed"};
}

// A member of an entry and where its value goes. Everything may be left out; the functions that make things say what
// they cannot do without.
struct Slot {
  std::string_view name;
  std::variant<std::string*, std::vector<std::string>*, bool*, const Json**> to;
};

Result<void> fill(const Slot& slot, const Json& value, const std::string& where) {
  const std::string what = "another kind of value for " + std::string(slot.name);
  if (auto* const* const text = std::get_if<std::string*>(&slot.to)) {
    if (!value.is_string()) return no_seed(where, what);
    **text = value.get<std::string>();
  } else if (auto* const* const flag = std::get_if<bool*>(&slot.to)) {
    if (!value.is_boolean()) return no_seed(where, what);
    **flag = value.get<bool>();
  } else if (auto* const* const list = std::get_if<std::vector<std::string>*>(&slot.to)) {
    if (!value.is_array()) return no_seed(where, what);
    for (const Json& each : value) {
      if (!each.is_string()) return no_seed(where, what);
      (*list)->push_back(each.get<std::string>());
    }
  } else {
    *std::get<const Json**>(slot.to) = &value;
  }
  return {};
}

Result<void> read_object(const Json& object, std::initializer_list<Slot> slots, const std::string& where) {
  if (!object.is_object()) return no_seed(where, "something that is no object");
  for (const auto& [name, value] : object.items()) {
    const auto* const slot =
        std::find_if(slots.begin(), slots.end(), [&key = name](const Slot& each) { return each.name == key; });
    if (slot == slots.end()) return no_seed(where, "an unknown member");
    if (Result<void> filled = fill(*slot, value, where); !filled) return filled;
  }
  return {};
}

template <class T>
Result<void> read_list(const Json* list, std::vector<T>& out, const std::string& where,
                       Result<void> (*read)(const Json&, T&, const std::string&)) {
  if (list == nullptr) return {};
  if (!list->is_array()) return no_seed(where, "something that is no list");
  for (const Json& entry : *list) {
    const std::string place = where + " " + std::to_string(out.size() + 1);
    if (Result<void> done = read(entry, out.emplace_back(), place); !done) return done;
  }
  return {};
}

Result<void> organization(const Json& entry, SeedText::Organization& out, const std::string& where) {
  return read_object(entry,
                     {{"id", &out.id},
                      {"slug", &out.slug},
                      {"name", &out.name},
                      {"kinds", &out.kinds},
                      {"country_code", &out.country_code}},
                     where);
}

Result<void> person(const Json& entry, SeedText::Person& out, const std::string& where) {
  return read_object(
      entry, {{"id", &out.id}, {"email", &out.email}, {"first_name", &out.first_name}, {"last_name", &out.last_name}},
      where);
}

Result<void> member(const Json& entry, SeedText::Member& out, const std::string& where) {
  return read_object(entry, {{"id", &out.id}, {"person", &out.person}, {"org", &out.org}, {"roles", &out.roles}},
                     where);
}

Result<void> scope(const Json& entry, SeedText::Scope& out, const std::string& where) {
  return read_object(
      entry,
      {{"id", &out.id}, {"name", &out.name}, {"access", &out.access}, {"bearer", &out.bearer}, {"title", &out.title}},
      where);
}

Result<void> credential(const Json& entry, SeedText::Credential& out, const std::string& where) {
  return read_object(entry,
                     {{"id", &out.id},
                      {"client_id", &out.client_id},
                      {"name", &out.name},
                      {"secret", &out.secret},
                      {"public", &out.is_public}},
                     where);
}

Result<void> app(const Json& entry, SeedText::App& out, const std::string& where) {
  const Json* provides = nullptr;
  const Json* credentials = nullptr;
  Result<void> read = read_object(entry,
                                  {{"id", &out.id},
                                   {"client_id", &out.client_id},
                                   {"name", &out.name},
                                   {"owner", &out.owner},
                                   {"title", &out.title},
                                   {"kind", &out.kind},
                                   {"redirects", &out.redirects},
                                   {"desired", &out.desired},
                                   {"provides", &provides},
                                   {"credentials", &credentials}},
                                  where);
  if (read) read = read_list(provides, out.provides, where + " provides", &scope);
  if (read) read = read_list(credentials, out.credentials, where + " credentials", &credential);
  return read;
}

Result<void> connection(const Json& entry, SeedText::Connection& out, const std::string& where) {
  const Json* key = nullptr;
  Result<void> read = read_object(entry,
                                  {{"id", &out.id},
                                   {"app", &out.app},
                                   {"for", &out.subject},
                                   {"scopes", &out.scopes},
                                   {"desired", &out.desired},
                                   {"key", &key}},
                                  where);
  if (read && key != nullptr) read = read_object(*key, {{"id", &out.key_id}, {"secret", &out.key_secret}}, where);
  return read;
}

}  // namespace

Result<SeedText> read_seed(std::string_view text) {
  const Result<Json> json = parse_json(text, {.members = members_most});
  if (!json) return json.error();
  SeedText out;
  std::string about, at;
  const Json *admin = nullptr, *organizations = nullptr, *people = nullptr, *members = nullptr, *apps = nullptr,
             *connections = nullptr;
  Result<void> read = read_object(*json,
                                  {{"about", &about},
                                   {"at", &at},
                                   {"admin_token", &admin},
                                   {"organizations", &organizations},
                                   {"people", &people},
                                   {"members", &members},
                                   {"apps", &apps},
                                   {"connections", &connections}},
                                  "the whole");
  if (read && admin != nullptr) {
    read = read_object(*admin, {{"name", &out.admin_token_name}, {"secret", &out.admin_token_secret}}, "admin_token");
  }
  if (read) read = read_list(organizations, out.organizations, "organizations", &organization);
  if (read) read = read_list(people, out.people, "people", &person);
  if (read) read = read_list(members, out.members, "members", &member);
  if (read) read = read_list(apps, out.apps, "apps", &app);
  if (read) read = read_list(connections, out.connections, "connections", &connection);
  if (!read) return read.error();
  const std::optional<Instant> made = parse_rfc3339(at);
  if (!made) return no_seed("at", "no RFC 3339 time");
  out.at = *made;
  return out;
}

}  // namespace hub::core
