#include <doctest/doctest.h>

#include "world.h"

// Requests that are wrong in form: nothing happens, and the caller learns which field it was (claims TN-04 and IN-05).
namespace hub::testing {

using operations::all_operations;
using operations::FieldInfo;
using operations::Operation;
using operations::ValueKind;

namespace {

// Values that a field of this kind never takes.
std::vector<Json> wrong_values(const FieldInfo& field) {
  const Json text = "ten";
  std::vector<Json> out{true, 42, -1, 1.5, Json::object({{"a", 1}}), Json::array({1}), Json::array({Json::array()})};
  const auto without = [&](auto&& fits) { std::erase_if(out, fits); };
  switch (field.kind) {
    case ValueKind::text:
    case ValueKind::secret:
      if (!field.repeated) out.push_back(Json::array({"ten"}));
      out.emplace_back("not \xff UTF-8");
      out.emplace_back(std::string("a\0b", 3));
      out.emplace_back(std::string(70'000, 'a'));
      if (!field.choices.empty()) out.push_back(text);
      break;
    case ValueKind::integer:
      without([](const Json& value) { return value.is_number_integer(); });
      out.insert(out.end(), {text, "1", 18'446'744'073'709'551'615ULL});
      break;
    case ValueKind::boolean:
      without([](const Json& value) { return value.is_boolean(); });
      out.insert(out.end(), {text, "true", 1});
      break;
    case ValueKind::time:
    case ValueKind::duration:
      out.insert(out.end(), {text, "", "-5s", "2026-13-45T00:00:00Z"});
      break;
    case ValueKind::object:
      without([](const Json& value) { return value.is_object(); });
      out.push_back(text);
      break;
  }
  return out;
}

// The operation refuses the request with that code because of that field, and leaves the hub as it was.
void check_refused(World& world, const Operation& one, const Json& request, const std::string& code,
                   const std::string& field) {
  const Dump before = world.dump();
  const Said said = world.run(World::as_operator(), one, request);
  CHECK(said.code() == code);
  if (said.error) CHECK(said.error->field == field);
  CHECK(changed_tables(before, world.dump()) == "");
}

}  // namespace

TEST_CASE("no operation takes a member it does not declare") {
  World world;
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    // Read-only and inner members of the things themselves among them.
    for (const char* name : {"unknown", "id", "hash_id", "version", "created_at", "password_hash", "organization_id",
                             "granted_by", "roles ", "", "__proto__", "client_secret"}) {
      Json request = example_for(one.info.name);
      request[name] = "x";
      check_refused(world, one, request, "unknown_field", name);
    }
  }
}

TEST_CASE("every field refuses values of another kind by its name") {
  World world;
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    for (const FieldInfo& field : one.request) {
      const std::string name(field.name);
      CAPTURE(name);
      for (const Json& wrong : wrong_values(field)) {
        CAPTURE(wrong.dump(-1, ' ', true, Json::error_handler_t::replace).substr(0, 60));
        Json request = example_for(one.info.name);
        request[name] = wrong;
        check_refused(world, one, request, "invalid_request", name);
      }
    }
  }
}

TEST_CASE("every required field is missed by its name") {
  World world;
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    for (const FieldInfo& field : one.request) {
      if (!field.required) continue;
      const std::string name(field.name);
      CAPTURE(name);
      Json request = example_for(one.info.name);
      REQUIRE(request.contains(name));
      request[name] = nullptr;
      check_refused(world, one, request, "invalid_request", name);
      request.erase(name);
      check_refused(world, one, request, "invalid_request", name);
    }
  }
}

TEST_CASE("a request that is no object is refused") {
  World world;
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    for (const Json& request : {Json(), Json::array(), Json("x"), Json(1), Json(true)}) {
      check_refused(world, one, request, "invalid_request", "");
    }
  }
}

}  // namespace hub::testing
