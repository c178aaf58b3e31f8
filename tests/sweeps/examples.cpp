#include <algorithm>

#include "hub/base/json.h"
#include "world.h"

namespace hub::testing {
namespace {

struct Example {
  std::string_view operation;
  std::string_view request;
};

// A key of nobody, for "key import".
constexpr std::string_view pem =
    "-----BEGIN PRIVATE KEY-----\\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\\n"
    "-----END PRIVATE KEY-----\\n";

constexpr Example hub_and_people[] = {
    {"status", R"({"check":true})"},
    {"org list", "{}"},
    {"org show", R"({"organization":"$org"})"},
    {"org create", R"({"name":"Delta","kinds":["printer"],"country_code":"DE","metadata":{"a":1}})"},
    {"org update", R"({"organization":"$org","name":"Renamed","kinds":["printer"],"country_code":"DE","metadata":{}})"},
    {"org delete", R"({"organization":"$org","confirm":"$slug"})"},
    {"person list", "{}"},
    {"person show", R"({"person":"$person"})"},
    {"person create", R"({"email":"new@delta.test","first_name":"New","last_name":"One","verified":true,
                          "password":"battery staple 1"})"},
    {"person update", R"({"person":"$person","email":"other@delta.test","first_name":"Re","last_name":"Named",
                          "pronoun":"She/Her","locale":"de","country_code":"DE","unit_system":"metric",
                          "time_zone":"Europe/Berlin"})"},
    {"person delete", R"({"person":"$person","confirm":"$address"})"},
    {"person set-password", R"({"person":"$person","password":"battery staple 2"})"},
    {"person reset-link", R"({"person":"$person"})"},
    {"person disconnect", R"({"person":"$person","app":"$app"})"},
    {"session list", R"({"person":"$person"})"},
    {"session end", R"({"session":"$session"})"},
    {"person verify-email", R"({"person":"$guest"})"},
    {"member list", R"({"org":"$org"})"},
    {"member show", R"({"member":"$member","org":"$org"})"},
    {"member add", R"({"person":"$guest","org":"$org","role":["member"]})"},
    {"member invite", R"({"email":"fresh@delta.test","org":"$org","role":["member"],"first_name":"F",
                          "last_name":"L"})"},
    {"member accept", R"({"member":"$invitation","org":"$org"})"},
    {"member update", R"({"member":"$member","org":"$org","add_role":["purchaser"],"first_name":"F","last_name":"L",
                          "metadata":{"a":1}})"},
    {"member remove", R"({"member":"$member","org":"$org"})"},
    {"member add-service", R"({"name":"nightly","org":"$org","role":"member"})"},
    {"role list", "{}"},
    {"role decode", R"({"value":3})"},
    {"role encode", R"({"roles":["owner","admin"]})"},
};

constexpr Example apps_and_scopes[] = {
    {"app list", "{}"},
    {"app show", R"({"app":"$app"})"},
    {"app create", R"({"name":"fresh_app","owner":"$org","title":"Fresh","description":"New.","audience":"list",
                       "audience_organization":["$partner"],"redirect":["https://fresh.test/cb"],"kind":"public",
                       "state":"active","refresh_reuse":"refuse"})"},
    {"app update", R"({"app":"$app","title":"Renamed","audience":"list","add_audience_organization":["$partner"]})"},
    {"app delete", R"({"app":"$app","confirm":"$app_name"})"},
    {"credential list", R"({"app":"$app"})"},
    {"credential show", R"({"credential":"$credential"})"},
    {"credential create", R"({"app":"$app","name":"new","confidential":true})"},
    {"credential rotate", R"({"credential":"$credential","overlap":"1h"})"},
    {"credential revoke", R"({"credential":"$credential"})"},
    {"credential verify", R"({"app":"$app","credential":"$credential","secret":"$secret"})"},
    {"scope list", R"({"provider":"$app","bearer":"organization"})"},
    {"scope provide", R"({"app":"$app","name":"orders","access":"r","bearer":["organization"],"title":"Orders",
                          "description":"All."})"},
    {"scope update", R"({"app":"$app","name":"items","title":"Renamed","add_bearer":["person"]})"},
    {"scope deprecate", R"({"app":"$app","name":"items"})"},
    {"scope explain", R"({"scopes":["Org.$app_name.items.r"]})"},
    {"scope desired list", R"({"app":"$app"})"},
    {"scope desired set", R"({"app":"$app","scopes":["zaikio.organization.r"]})"},
    {"scope desired add", R"({"app":"$app","scopes":["zaikio.organization_members.r"]})"},
    {"scope desired remove", R"({"app":"$app","scopes":["zaikio.organization.r"]})"},
    {"scope check", R"({"app":"$app","credential":"$credential","for":"org:$org","as":"person:$person",
                        "scope":["zaikio.organization.r"]})"},
};

constexpr Example grants_and_tokens[] = {
    {"connection list", R"({"app":"$app"})"},
    {"connection show", R"({"connection":"$connection"})"},
    {"connection install", R"({"app":"$spare","for":"org:$org","scope":["zaikio.organization.r"]})"},
    {"connection update", R"({"connection":"$connection","remove_scope":["zaikio.organization.r"]})"},
    {"connection uninstall", R"({"connection":"$connection"})"},
    {"connection request", R"({"app":"$spare","org":"$org","scope":["zaikio.organization.r"],"person":"$person"})"},
    {"connection requests", R"({"org":"$org"})"},
    {"connection approve", R"({"request":"$request"})"},
    {"connection decline", R"({"request":"$request"})"},
    {"authorization list", R"({"by":"$org"})"},
    {"authorization show", R"({"authorization":"$authorization"})"},
    {"authorization grant", R"({"app":"$third_app","by":"$org"})"},
    {"authorization approve", R"({"authorization":"$authorization"})"},
    {"authorization rotate", R"({"authorization":"$authorization","overlap":"1h"})"},
    {"authorization revoke", R"({"authorization":"$authorization"})"},
    {"authorization keys list", R"({"app":"$app","show_secrets":true})"},
    {"authorization keys rotate", R"({"key":"$key","overlap":"1h"})"},
    {"code create", R"({"app":"$app","credential":"$credential","dialect":"standard","for":"org:$org",
                        "scope":["zaikio.organization.r"],"code_challenge_method":"S256",
                        "code_challenge":"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"})"},
    {"device start", R"({"app":"$app","credential":"$credential","scope":["Org.zaikio.organization.r"]})"},
    {"device poll", R"({"app":"$app","credential":"$credential","device_code":"$device_code"})"},
    {"device list", R"({"app":"$app","state":"waiting"})"},
    {"device show", R"({"device":"$device"})"},
    {"device approve", R"({"device":"$device","for":"org:$org"})"},
    {"device deny", R"({"device":"$device"})"},
    {"token issue", R"({"app":"$app","credential":"$credential","for":"org:$org","scope":["zaikio.organization.r"],
                        "ttl":"5m"})"},
    {"token refresh", R"({"token":"$refresh"})"},
    {"token verify", R"({"token":"$refresh","aud":"$app_name"})"},
    {"token introspect", R"({"token":"$refresh"})"},
    {"token list", R"({"app":"$app"})"},
    {"token show", R"({"jti":"$token"})"},
    {"token revoke", R"({"jti":"$token"})"},
    {"token revoked", "{}"},
    {"token private create", R"({"for":"org:$org","name":"Nightly","scope":["zaikio.organization.r"],"ttl":"24h"})"},
    {"token private list", R"({"for":"org:$org"})"},
    {"token issue-admin", R"({"name":"dashboard","role":"full","ttl":"1h"})"},
    {"token list-admin", "{}"},
    {"token revoke-admin", R"({"token":"$admin_token"})"},
    {"key list", "{}"},
    {"key show", R"({"kid":"$staged"})"},
    {"key export", R"({"kids":["$staged"]})"},
    {"key rotate", R"({"alg":"ES256","publish_ahead":"0s"})"},
    {"key stage", R"({"alg":"ES256"})"},
    {"key activate", R"({"kid":"$staged"})"},
    {"key retire", R"({"kid":"$staged"})"},
    {"key revoke", R"({"kid":"$staged","confirm":"$staged"})"},
    {"audit list", R"({"action":"org create"})"},
};

std::map<std::string, Json, std::less<>> parsed_examples() {
  std::map<std::string, Json, std::less<>> out;
  const auto take = [&](const auto& examples) {
    for (const Example& example : examples) out.emplace(example.operation, *parse_json(example.request));
  };
  take(hub_and_people);
  take(apps_and_scopes);
  take(grants_and_tokens);
  out.emplace("key import", *parse_json(R"({"key":")" + std::string(pem) + R"("})"));
  return out;
}

// Calls `change` with every text in the value.
template <class Change>
void each_text(Json& value, const Change& change) {
  if (auto* const text = value.get_ptr<Json::string_t*>()) return change(*text);
  if (!value.is_structured()) return;
  for (Json& item : value) each_text(item, change);
}

// Where the placeholder that begins at `at` ends.
std::size_t end_of_placeholder(const std::string& text, std::size_t at) {
  const std::size_t end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at + 1);
  return end == std::string::npos ? text.size() : end;
}

}  // namespace

const Json* find_example(std::string_view operation) {
  static const auto examples = parsed_examples();
  const auto found = examples.find(operation);
  return found == examples.end() ? nullptr : &found->second;
}

Json filled(const Json& example, const Names& names) {
  Json out = example;
  each_text(out, [&](std::string& text) {
    const std::size_t at = text.find('$');
    if (at == std::string::npos) return;
    const std::size_t end = end_of_placeholder(text, at);
    text.replace(at, end - at, names.at(text.substr(at + 1, end - at - 1)));
  });
  return out;
}

Json example_for(std::string_view operation, const std::string& tenant, Spelling spelling) {
  return filled(*find_example(operation), blueprint().tenants.at(tenant).names.at(spelling));
}

std::vector<std::string> placeholders_in(const Json& example) {
  std::vector<std::string> out;
  Json copy = example;
  each_text(copy, [&](std::string& text) {
    const std::size_t at = text.find('$');
    if (at == std::string::npos) return;
    const std::string name = text.substr(at + 1, end_of_placeholder(text, at) - at - 1);
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  });
  return out;
}

}  // namespace hub::testing
