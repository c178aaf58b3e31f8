#include <array>

#include "client_authentication.h"
#include "oauth/oauth_format.h"
#include "parameters.h"
#include "support/oauth_hub.h"

namespace hub::testing {
namespace {

constexpr std::array<std::string_view, 3> texts{"code", "client_secret", "scope"};

http::Request request_of(const std::string& content_type, const std::string& body, const std::string& query = "") {
  http::Request request{.method = Method::post, .path = "/oauth/token", .query = query, .body = body};
  if (!content_type.empty()) request.headers.push_back({"content-type", content_type});
  return request;
}

// "name=value" of each; a null is "name", what is no text has a "!" before it.
Texts read(const Result<http::Parameters>& parameters) {
  if (!parameters) return {std::string(parameters.error().code.name)};
  Texts out;
  for (const http::Parameters::Entry& entry : parameters->entries()) {
    out.push_back((entry.text ? "" : "!") + entry.name + (entry.value ? "=" + *entry.value : ""));
  }
  return out;
}

TEST_CASE("a body is read by its content type and put before the query") {
  const std::string form = "application/x-www-form-urlencoded", json = "application/json";
  const struct {
    const char* what;
    std::string type, body, query;
    Texts read;
  } rows[] = {
      {"a form", form, "a=1&b=x+y%21", "", {"a=1", "b=x y!"}},
      {"a form with a charset", "Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1", "", {"a=1"}},
      {"no content type", "", "a=1", "", {"a=1"}},
      {"bare equals signs", form, "state=abc==&x=a=b", "", {"state=abc==", "x=a=b"}},
      {"null and empty", form, "a&b=", "", {"a", "b="}},
      {"brackets", form, "person%5Bfirst_name%5D=J&k%5B%5D=1&k[]=2", "", {"person[first_name]=J", "k[]=1", "k[]=2"}},
      {"body and query", form, "a=1", "a=2&c=3", {"a=1", "a=2", "c=3"}},
      {"only a query", "", "", "a=1", {"a=1"}},
      {"json", json, R"({"a":"1","b":null,"c":2,"d":true})", "", {"a=1", "b", "!c=2", "!d=true"}},
      {"nested json", json, R"({"p":{"n":"x","k":["1","2"]},"e":{},"l":[]})", "", {"!p", "!e", "!l"}},
      {"an empty object", json, "{}", "", {}},
      {"json without a body", json, "", "a=1", {"a=1"}},
      {"json with a charset", "application/json; charset=utf-8", R"({"a":"1"})", "", {"a=1"}},
      {"twice in the body", form, "a=1&a=1", "", {"invalid_request"}},
      {"twice in the query", form, "", "a=1&a=2", {"invalid_request"}},
      {"twice in json", json, R"({"a":"1","a":"2"})", "", {"malformed_json"}},
      {"a bad escape", form, "a=%zz", "", {"invalid_request"}},
      {"broken utf-8", form, "a=%ff", "", {"invalid_request"}},
      {"a NUL", form, "a=%00", "", {"invalid_request"}},
      {"broken json", json, "{", "", {"malformed_json"}},
      {"deep json", json, std::string(40, '[') + std::string(40, ']'), "", {"malformed_json"}},
      {"a json array", json, "[]", "", {"invalid_request"}},
      {"a json text", json, R"("a")", "", {"invalid_request"}},
      {"a number where a text belongs", json, R"({"code":5})", "", {"invalid_request"}},
      {"an array where a text belongs", json, R"({"code":["x"]})", "", {"invalid_request"}},
      {"an object where a text belongs", json, R"({"client_secret":{"a":"b"}})", "", {"invalid_request"}},
      {"an empty object where a text belongs", json, R"({"scope":{}})", "", {"invalid_request"}},
      {"brackets where a text belongs", form, "code[]=x", "", {"invalid_request"}},
      {"null where a text belongs", json, R"({"code":null})", "", {"code"}},
      {"another media type", "text/plain", "a=1", "", {"unsupported_media_type"}},
      {"multipart", "multipart/form-data; boundary=x", "--x--", "", {"unsupported_media_type"}},
      {"another media type without a body", "text/plain", "", "a=1", {"a=1"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.what);
    CHECK(read(http::read_parameters(request_of(row.type, row.body, row.query), texts)) == row.read);
  }
}

TEST_CASE("a parameter is found in the body first and counts as absent when it is empty") {
  const auto parameters = must(http::read_parameters(request_of("", "a=1&b=&c", "a=2&b=2&c=2&d=4"), texts));
  REQUIRE(parameters.find("a") != nullptr);
  CHECK(*parameters.find("a") == "1");
  CHECK(parameters.find("b") == nullptr);
  CHECK(parameters.find("c") == nullptr);
  REQUIRE(parameters.find("d") != nullptr);
  CHECK(parameters.find("e") == nullptr);
}

TEST_CASE("CA-02 secrets are not taken from the query") {
  for (const char* name :
       {"access_token", "client_secret", "code", "code_verifier", "device_code", "refresh_token", "token"}) {
    CAPTURE(name);
    const std::string query = std::string(name) + "=x";
    CHECK(read(http::read_token_parameters(request_of("", "", query), texts)) == Texts{"invalid_request"});
    CHECK(read(http::read_token_parameters(request_of("", query), texts)) == Texts{query});
    // Nothing was sent.
    CHECK(http::read_token_parameters(request_of("", "", name), texts).has_value());
    CHECK(http::read_token_parameters(request_of("", "", std::string(name) + "="), texts).has_value());
  }
}

TEST_CASE("the standard token route takes parameters from the body only and the hub one from the query as well") {
  OauthHub hub;
  const std::string wanted = hub.org("shop.items.r");
  const Fields all{{"grant_type", "client_credentials"}, {"scope", wanted}};
  const std::string query = "?" + form_of(all);
  const auto status = [&](const std::string& target, const Fields& fields) {
    return hub.send(form(target, fields, hub.basic())).status;
  };
  CHECK(status("/oauth/access_token" + query, {}) == 200);
  CHECK(status("/oauth/token" + query, {}) == 400);
  CHECK(status("/oauth/token", all) == 200);
  for (const char* name : {"client_id", "grant_type", "redirect_uri", "scope"}) {
    CAPTURE(name);
    const Answer refused = hub.send(form("/oauth/token?" + std::string(name) + "=x", all, hub.basic()));
    CHECK(refused.status == 400);
    CHECK(refused.text("error") == "invalid_request");
  }
  CHECK(status("/oauth/token?tenant=x", all) == 200);
}

// "id secret" or the code of a refusal.
std::string basic_of(const std::string& credentials, http::BasicRule rule) {
  const Result<http::PresentedClient> client = http::read_basic(credentials, rule);
  if (!client) return std::string(client.error().code.name);
  return client->client_id + " " + (client->secret ? client->secret->reveal() : "(none)");
}

TEST_CASE("CA-01 Basic is decoded for hub and standard clients and split for Nexus ones") {
  const auto encoded = [](const std::string& id, const std::string& secret) {
    return basic_header(id, secret).substr(6);
  };
  const struct {
    std::string credentials, decoded, raw;
  } rows[] = {
      {encoded("id", "secret"), "id secret", "id secret"},
      {encoded("i%64", "s%2De+t"), "id s-e t", "i%64 s%2De+t"},
      {encoded("id", "50%"), "id 50%", "id 50%"},
      {encoded("id", "a:b"), "id a:b", "id a:b"},
      {encoded("id", ""), "id (none)", "id (none)"},
      {"aWQ6c2VjcmV0!", "invalid_client", "invalid_client"},
      {"aWQ6c2VjcmV", "invalid_client", "invalid_client"},
      {"aWQ=", "invalid_client", "invalid_client"},
      {"", "invalid_client", "invalid_client"},
      {"_z8-", "invalid_client", "invalid_client"},
      {encoded("id", "\xff"), "invalid_client", "invalid_client"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.credentials);
    CHECK(basic_of(row.credentials, http::BasicRule::decoded) == row.decoded);
    CHECK(basic_of(row.credentials, http::BasicRule::raw) == row.raw);
  }
}

TEST_CASE("the scheme of an Authorization header is compared without case") {
  const struct {
    const char* header;
    http::Authorization::Scheme scheme;
    const char* credentials;
  } rows[] = {
      {"Basic abc", http::Authorization::Scheme::basic, "abc"},
      {"bAsIc   abc ", http::Authorization::Scheme::basic, "abc"},
      {"bearer x.y.z", http::Authorization::Scheme::bearer, "x.y.z"},
      {"Bearer", http::Authorization::Scheme::other, ""},
      {"Digest x", http::Authorization::Scheme::other, "x"},
      {"", http::Authorization::Scheme::other, ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.header);
    http::Request request;
    request.headers = {{"authorization", row.header}};
    const http::Authorization found = must(http::read_authorization(request));
    CHECK(found.scheme == row.scheme);
    CHECK(found.credentials == row.credentials);
    request.headers.push_back({"authorization", row.header});
    CHECK(code_of(http::read_authorization(request)) == "invalid_request");
  }
  CHECK(must(http::read_authorization({})).scheme == http::Authorization::Scheme::none);
}

TEST_CASE("the format of an answer follows Accept") {
  using http::Format;
  const struct {
    const char* accept;
    Format format;
  } rows[] = {
      {"*/*", Format::json},
      {"application/json", Format::json},
      {"application/json, text/plain, */*", Format::json},
      {"text/xml", Format::xml},
      {"application/xml", Format::xml},
      {"Text/XML; charset=utf-8", Format::xml},
      {"text/plain", Format::text},
      {"text/plain;q=0.5, text/xml;q=0.9", Format::xml},
      {"*/*;q=0.1, text/plain", Format::text},
      {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Format::json},
      {"image/png", Format::json},
      {"image/png, text/xml", Format::xml},
      {"text/xml;q=0", Format::json},
      {"text/xml;q=x", Format::json},
      {"", Format::json},
      {",,;;", Format::json},
  };
  for (const auto& row : rows) {
    CAPTURE(row.accept);
    http::Request request{.path = "/oauth/access_token", .headers = {{"accept", row.accept}}};
    CHECK(http::format_of(request) == row.format);
    request.path += ".json";
    CHECK(http::format_of(request) == Format::json);
  }
}

}  // namespace
}  // namespace hub::testing
