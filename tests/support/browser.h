#pragma once
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "oauth_hub.h"

// A browser for tests: keeps cookies, follows redirects inside the hub, finds forms and sends them as a person without
// scripts would.
namespace hub::testing {

struct Form {
  std::string action, method;
  Fields fields;                                             // what is sent unless it is changed
  std::vector<std::pair<std::string, std::string>> choices;  // radio buttons and check boxes, checked or not
  std::vector<std::pair<std::string, std::string>> buttons;  // of kind submit, name and value
  bool has(const std::string& name) const {
    return std::ranges::any_of(fields, [&](const auto& field) { return field.first == name; }) ||
           std::ranges::any_of(choices, [&](const auto& choice) { return choice.first == name; });
  }
  bool offers(const std::string& name, const std::string& value) const {
    return std::ranges::find(choices, std::pair(name, value)) != choices.end();
  }
  bool has_button(const std::string& name, const std::string& value) const {
    return std::ranges::find(buttons, std::pair(name, value)) != buttons.end();
  }
  Form& set(const std::string& name, const std::string& value) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    fields.emplace_back(name, value);
    return *this;
  }
};

inline std::string unescaped(std::string text) {
  for (const auto& [entity, sign] : {std::pair<std::string, std::string>{"&lt;", "<"},
                                     {"&gt;", ">"},
                                     {"&quot;", "\""},
                                     {"&#39;", "'"},
                                     {"&#x2F;", "/"},
                                     {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = text.find(entity, at)) != std::string::npos; at += sign.size()) {
      text.replace(at, entity.size(), sign);
    }
  }
  return text;
}

// One tag of a page, from "<" to ">".
class Tag {
 public:
  explicit Tag(std::string text) : text_(std::move(text)) {}
  std::string name() const { return text_.substr(1, text_.find_first_of(" \n>/", 2) - 1); }
  std::string attribute(const std::string& name) const {
    for (const char space : {' ', '\n'}) {
      const std::string start = space + name + "=\"";
      const std::size_t at = text_.find(start);
      if (at == std::string::npos) continue;
      const std::size_t begin = at + start.size();
      return unescaped(text_.substr(begin, text_.find('"', begin) - begin));
    }
    return "";
  }
  bool flag(const std::string& name) const { return text_.find(" " + name) != std::string::npos; }

 private:
  std::string text_;
};

inline void add_control(Form& form, const Tag& tag, const std::string& after) {
  const std::string name = tag.attribute("name"), kind = tag.attribute("type");
  if (tag.name() == "button") {
    form.buttons.emplace_back(name, tag.attribute("value"));
  } else if (tag.name() == "textarea") {
    form.set(name, unescaped(after.substr(0, after.find("</textarea>"))));
  } else if (tag.name() == "select") {
    const std::string options = after.substr(0, after.find("</select>"));
    std::optional<std::string> chosen;
    for (std::size_t at = 0; (at = options.find("<option", at)) != std::string::npos; ++at) {
      const Tag option(options.substr(at, options.find('>', at) - at + 1));
      form.choices.emplace_back(name, option.attribute("value"));
      if (!chosen || option.flag("selected")) chosen = option.attribute("value");
    }
    form.set(name, chosen.value_or(""));
  } else if (kind == "radio" || kind == "checkbox") {
    form.choices.emplace_back(name, tag.attribute("value"));
    if (tag.flag("checked")) form.fields.emplace_back(name, tag.attribute("value"));
  } else if (kind == "submit") {
    form.buttons.emplace_back(name, tag.attribute("value"));
  } else if (!name.empty()) {
    form.fields.emplace_back(name, tag.attribute("value"));
  }
}

inline std::vector<Form> forms_of(const std::string& html) {
  std::vector<Form> out;
  for (std::size_t at = 0; (at = html.find("<form", at)) != std::string::npos; ++at) {
    const std::string body = html.substr(at, html.find("</form>", at) - at);
    const Tag open(body.substr(0, body.find('>') + 1));
    Form form{.action = open.attribute("action"),
              .method = open.attribute("method"),
              .fields = {},
              .choices = {},
              .buttons = {}};
    for (std::size_t tag = 1; (tag = body.find('<', tag)) != std::string::npos; ++tag) {
      const std::size_t end = body.find('>', tag);
      const Tag one(body.substr(tag, end - tag + 1));
      for (const char* name : {"input", "button", "select", "textarea"}) {
        if (one.name() == name) add_control(form, one, body.substr(end + 1));
      }
    }
    out.push_back(std::move(form));
  }
  return out;
}

class Browser {
 public:
  explicit Browser(OauthHub& hub) : hub_(hub) {}

  // Follows redirects inside the hub, as many as a browser would; one that leads elsewhere ends in left_for().
  Answer open(const std::string& target) { return followed(ask(target, Method::get, "")); }
  Answer submit(Form form, const std::string& button = "", const std::string& value = "") {
    if (!button.empty()) form.set(button, value);
    if (form.method == "get") return open(form.action + "?" + form_of(form.fields));
    return followed(ask(form.action, Method::post, form_of(form.fields)));
  }
  // The form with this action (without its query) on the page shown last.
  Form form(const std::string& action) const {
    for (const Form& one : forms_of(page_.body)) {
      if (one.action.substr(0, one.action.find('?')) == action) return one;
    }
    FAIL_CHECK("no form " << action << " on the page: " << page_.body);
    return {};
  }
  bool has_form(const std::string& action) const {
    return std::ranges::any_of(forms_of(page_.body),
                               [&](const Form& one) { return one.action.substr(0, one.action.find('?')) == action; });
  }
  // One request, no redirect followed.
  Answer ask(const std::string& target, Method method, const std::string& body) {
    Ask out{.target = target, .body = body, .headers = {{"accept", "text/html"}}, .method = method};
    out.target = target.empty() ? path_ : target;
    if (method == Method::post) {
      out.headers.push_back({"content-type", "application/x-www-form-urlencoded"});
      out.headers.push_back({"origin", origin});
    }
    std::string jar;
    for (const auto& [name, value] : cookies_) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
    if (!jar.empty()) out.headers.push_back({"cookie", jar});
    if (!language.empty()) out.headers.push_back({"accept-language", language});
    path_ = out.target;
    page_ = hub_.send(hub_.services(), out);
    take_cookies();
    return page_;
  }

  Answer sign_in(const std::string& email, const std::string& password, const std::string& at = "/id/sign-in") {
    open(at);
    return submit(form("/id/sign-in").set("email", email).set("password", password));
  }

  const Answer& page() const { return page_; }
  const std::string& path() const { return path_; }  // of the page shown last
  // Where the last redirect led that left the hub; and one parameter of it.
  const std::string& left_for() const { return left_for_; }
  std::string returned(const std::string& name) const {
    const std::size_t query = left_for_.find('?');
    if (query == std::string::npos) return "";
    for (const Parameter& one : must(parse_form(left_for_.substr(query + 1)))) {
      if (one.name == name) return one.value.value_or("");
    }
    return "";
  }
  bool shows(const std::string& text) const { return page_.body.find(text) != std::string::npos; }
  std::map<std::string, std::string>& cookies() { return cookies_; }

  std::string origin = "http://127.0.0.1:4000";
  std::string language;

 private:
  Answer followed(Answer answer) {
    left_for_.clear();
    for (int hops = 0; answer.status == 302 || answer.status == 303; ++hops) {
      REQUIRE(hops < 10);
      std::string target = answer.header("Location");
      if (target.starts_with(origin + "/")) target = target.substr(origin.size());
      if (!target.starts_with("/")) {
        left_for_ = target;
        return answer;
      }
      answer = ask(target, Method::get, "");
    }
    return answer;
  }
  void take_cookies() {
    for (const http::Header& header : page_.headers) {
      if (header.name != "Set-Cookie") continue;
      const std::string pair = header.value.substr(0, header.value.find(';'));
      const std::size_t equals = pair.find('=');
      const std::string name = pair.substr(0, equals), value = pair.substr(equals + 1);
      if (value.empty() || header.value.find("Max-Age=0") != std::string::npos) {
        cookies_.erase(name);
      } else {
        cookies_[name] = value;
      }
    }
  }

  OauthHub& hub_;
  std::map<std::string, std::string> cookies_;
  Answer page_;
  std::string path_, left_for_;
};

}  // namespace hub::testing
