#include <doctest/doctest.h>

#include <sstream>

#include "hub/base/bytes.h"
#include "hub/base/file.h"
#include "world.h"

// Every secret the run makes is written down and looked for wherever it must not be (claims G-05, CL-05 and TM-04).
namespace hub::testing {

using operations::all_operations;
using operations::FieldInfo;
using operations::Operation;
using operations::ValueKind;

namespace {

// Secrets with all the forms in which they could lie about.
class Ledger {
 public:
  void add(const std::string& what, const std::string& secret) {
    if (secret.starts_with("-----BEGIN")) return add_pem(what, secret);
    forms_.emplace_back(what, secret);
    Bytes octets;
    const std::string encoded = secret.starts_with("hrt_") ? secret.substr(4) : secret;
    if (encoded.size() >= 43 && decode_base64url(encoded, octets)) forms_.emplace_back(what + ", decoded", octets);
    const std::size_t dot = secret.rfind('.');
    if (secret.starts_with("ey") && dot != std::string::npos)
      forms_.emplace_back(what + ", signature", secret.substr(dot));
  }

  // What of the ledger stands in the text; empty: nothing.
  std::string found_in(const std::string& text) const {
    std::string out;
    for (const auto& [what, form] : forms_) {
      if (text.find(form) != std::string::npos) out += what + "; ";
    }
    return out;
  }
  std::size_t size() const { return forms_.size(); }

 private:
  void add_pem(const std::string& what, const std::string& pem) {
    std::istringstream lines(pem);
    std::string all;
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || line.starts_with("-----")) continue;
      forms_.emplace_back(what + ", a line", line);
      all += line;
    }
    for (char& c : all) c = c == '+' ? '-' : (c == '/' ? '_' : c);
    while (all.ends_with('=')) all.pop_back();
    Bytes der;
    if (!decode_base64url(all, der)) return;
    // The private number itself, wherever the encoding puts it.
    forms_.emplace_back(what + ", decoded", der.substr(der.size() > 64 ? 36 : 16, 32));
  }

  std::vector<std::pair<std::string, std::string>> forms_;
};

Ledger ledger_of_blueprint() {
  Ledger ledger;
  for (const auto& [what, secret] : blueprint().secrets) ledger.add(what, secret);
  return ledger;
}

// Calls `see` with each secret of the object and takes it out.
template <class See>
void take_secrets(const std::vector<FieldInfo>& fields, Json& object, const See& see) {
  for (const FieldInfo& field : fields) {
    const std::string name(field.name);
    if (field.kind != ValueKind::secret || !object.is_object() || !object.contains(name)) continue;
    if (object[name].is_string()) see(object[name].get<std::string>());
    object.erase(name);
  }
}

void take_secrets_of_answer(const Operation& one, Json& answer, Ledger& ledger) {
  const auto see = [&](const std::string& secret) { ledger.add("secret of " + std::string(one.info.name), secret); };
  if (answer.is_array()) {
    for (Json& row : answer) take_secrets(one.answer, row, see);
    return;
  }
  take_secrets(one.answer, answer, see);
  if (answer.contains("object")) take_secrets(one.answer, answer["object"], see);
}

std::string octets_of_store(const World& world) {
  std::string all;
  for (const char* suffix : {"", "-wal", "-shm"}) {
    const std::string path = world.path() + suffix;
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    REQUIRE_MESSAGE(file != nullptr, path);
    std::string part(1 << 16, '\0');
    while (const std::size_t count = std::fread(part.data(), 1, part.size(), file)) all.append(part, 0, count);
    std::fclose(file);
  }
  return all;
}

std::string told(const Said& said) {
  return said.error ? said.error->message + said.error->hint + said.error->field + said.error->cause
                    : to_line(said.answer);
}

}  // namespace

TEST_CASE("no secret of the hub lies in its store or shows where it should not") {
  Ledger ledger = ledger_of_blueprint();
  REQUIRE(ledger.size() > 40);
  for (const Operation& one : all_operations()) {
    CAPTURE(one.info.name);
    World world;
    Json request = example_for(one.info.name);
    Said said = world.run(World::as_operator(), one, request);
    REQUIRE(said.code() == "ok");
    take_secrets(one.request, request,
                 [&](const std::string& secret) { ledger.add("request of " + std::string(one.info.name), secret); });
    take_secrets_of_answer(one, said.answer, ledger);
    CHECK(ledger.found_in(told(said)) == "");
    const std::string octets = octets_of_store(world);
    CHECK(octets.find("alpha_spare") != std::string::npos);  // the search finds what is there
    CHECK(ledger.found_in(octets) == "");
  }
  World world;
  for (const char* table : {"audit", "event"}) {
    for (const std::string& row : world.dump()->at(table)) CHECK(ledger.found_in(row) == "");
  }
}

TEST_CASE("errors and the audit trail hold no secret of a request that is refused") {
  const std::string secret = "tr0ub4dor-and-3-more-words";
  Ledger ledger;
  ledger.add("secret of the request", secret);
  int fields = 0;
  for (const Operation& one : all_operations()) {
    for (const FieldInfo& field : one.request) {
      if (field.kind != ValueKind::secret) continue;
      ++fields;
      CAPTURE(one.info.name);
      World world;
      const std::string name(field.name);
      for (const Json& value : {Json(secret), Json::array({secret}), Json::object({{secret, secret}}),
                                Json(secret + std::string(1, '\0')), Json(std::string(100'000, 'x') + secret)}) {
        for (const std::string who : {"", "contact@alpha.test", "foreign@nowhere.test"}) {
          Json request = example_for(one.info.name);
          request[name] = value;
          const Said said = world.run(who.empty() ? World::as_operator() : world.as(who), one, request);
          CHECK(ledger.found_in(told(said)) == "");
        }
      }
      CHECK(ledger.found_in(octets_of_store(world)) == "");
    }
  }
  CHECK(fields >= 5);
}

}  // namespace hub::testing
