#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "pages/language.h"
#include "pages/page_headers.h"
#include "pages/render.h"
#include "pages/sources.h"

// What pages are made of: templates and texts.
namespace hub::http {
namespace {

// What stands between `start` and `end`, each time.
std::vector<std::string> between(std::string_view text, std::string_view start, std::string_view end) {
  std::vector<std::string> out;
  for (std::size_t at = 0; (at = text.find(start, at)) != std::string_view::npos;) {
    at += start.size();
    out.emplace_back(text.substr(at, text.find(end, at) - at));
  }
  return out;
}

std::set<std::string> variables_of(std::string_view text) {
  const std::vector<std::string> found = between(text, "{{", "}}");
  return {found.begin(), found.end()};
}

Rendering english() {
  return {.language = "en", .form_token = [](std::string_view action) { return "token-of-" + std::string(action); }};
}

TEST_CASE("all texts are there in both languages and name the same variables") {
  const Json &texts = texts_of("en"), &german = texts_of("de");
  CHECK(texts.size() > 100);
  CHECK(texts.size() == german.size());
  for (const auto& [key, text] : texts.items()) {
    CAPTURE(key);
    REQUIRE(german.contains(key));
    REQUIRE(text.is_string());
    REQUIRE(german[key].is_string());
    CHECK(!text.get<std::string>().empty());
    CHECK(variables_of(text.get<std::string>()) == variables_of(german[key].get<std::string>()));
  }
}

TEST_CASE("every text file is read whole") {
  for (const EmbeddedFile& file : embedded_texts()) {
    CAPTURE(file.name);
    const Result<Json> parsed = parse_json(file.text);
    REQUIRE(parsed.has_value());
    const bool english_one = file.name.ends_with(".en.json");
    CHECK((english_one || file.name.ends_with(".de.json")));
    for (const auto& [key, text] : parsed->items()) {
      CAPTURE(key);
      const std::string* const found = find_text(english_one ? "en" : "de", key);
      REQUIRE(found != nullptr);
      CHECK(*found == text.get<std::string>());  // no other file has the key too
    }
  }
}

TEST_CASE("every text that a template names exists and every page has a title") {
  for (const EmbeddedFile& file : embedded_templates()) {
    CAPTURE(file.name);
    for (const std::string& key : between(file.text, "{{#t}}", "{{/t}}")) {
      CAPTURE(key);
      if (key.find("{{") == std::string::npos) CHECK(find_text("en", key) != nullptr);
    }
    if (file.text.find("<h1") == std::string_view::npos) continue;
    const std::string title = std::string(file.name.substr(0, file.name.find('.'))) + ".title";
    CAPTURE(title);
    CHECK(find_text("en", title) != nullptr);
  }
}

TEST_CASE("WB-05: templates escape all they fill in") {
  for (const EmbeddedFile& file : embedded_templates()) {
    CAPTURE(file.name);
    CHECK(file.text.find("{{{") == std::string_view::npos);
    CHECK(file.text.find("{{&") == std::string_view::npos);
    // The one script there is stands in a file of its own.
    const bool is_layout = file.name == "layout.mustache";
    CHECK(between(file.text, "<script", "</script>").size() == (is_layout ? 1 : 0));
    for (const std::string& script : between(file.text, "<script", "</script>")) {
      CHECK(script == " src=\"{{script_path}}\" defer>");
    }
    CHECK(file.text.find("style=") == std::string_view::npos);
    CHECK(file.text.find("javascript:") == std::string_view::npos);
    for (const std::string& order : between(file.text, "tabindex=\"", "\"")) CHECK(order == "-1");
  }
  const Json data{{"error", "<i>\"&'\xE2\x80\xAE\xE2\x80\x8B\x1B"}, {"page", "signed_out"}};
  const Result<std::string> page = render_page("forgot_password", data, english());
  REQUIRE(page.has_value());
  CHECK(page->find("&lt;i&gt;&quot;&amp;&apos;\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</p>") != std::string::npos);
  CHECK(page->find("value=\"token-of-/id/forgot-password\"") != std::string::npos);
}

TEST_CASE("a template that is missing is an error and a text that is missing is its key") {
  CHECK(!render_page("no_such_page", Json::object(), english()).has_value());
  CHECK(render_text("no.such.text", Json::object(), "en") == "no.such.text");
  CHECK(render_text("asking.owner", {{"owner", "A & B"}}, "de") == "von A & B");
}

TEST_CASE("the language is the person's or else the one that the browser likes best") {
  const auto asked = [](const std::string& accepted) {
    Request request;
    request.headers = {{"accept-language", accepted}};
    return language_of(request, nullptr);
  };
  CHECK(asked("") == "en");
  CHECK(asked("fr") == "en");
  CHECK(asked("de") == "de");
  CHECK(asked("DE-at, en") == "de");
  CHECK(asked("de;q=0.3, en;q=0.8") == "en");
  CHECK(asked("de;q=0, en;q=0") == "en");
  CHECK(asked("en-US,en;q=0.9,de;q=0.8") == "en");
  Person person;
  person.locale = "de";
  Request request;
  CHECK(language_of(request, &person) == "de");
  person.locale = "en-US";
  CHECK(language_of(request, &person) == "en");
}

TEST_CASE("a form leads to where its request leads and nowhere else") {
  CHECK(form_target("https://shop.test/callback?a=b") == "https:");
  CHECK(form_target("http://127.0.0.1:8931/callback") == "http://127.0.0.1:* http://localhost:*");
  CHECK(form_target("http://localhost/callback") == "http://127.0.0.1:* http://localhost:*");
  CHECK(form_target("http://localhost.evil.test/callback") == "http://localhost.evil.test");
  CHECK(form_target("http://shop.test:8080/callback") == "http://shop.test:8080");
  CHECK(form_target("http://[::1]:8931/callback") == "http:");
  CHECK(form_target("com.example.app:/callback") == "com.example.app:");
  CHECK(form_target("").empty());
  CHECK(form_target("/callback").empty());
  CHECK(form_target("http://shop.test;script-src *").empty());
}

}  // namespace
}  // namespace hub::http
