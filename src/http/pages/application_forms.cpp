#include "application_forms.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/domain/redirect_uri.h"
#include "page.h"
#include "scope_list.h"

namespace hub::http {
namespace {

// A form of the page of this application; its name is the last part of its path.
class Forms {
 public:
  Forms(const Exchange& exchange, const core::Area& area, const core::OwnApplication& own, const Refused* refused)
      : exchange_(exchange),
        own_(own),
        refused_(refused),
        path_(path_of(area) + "/applications/" + own.app.id.hash_id() + "/") {}

  Json secret() const {
    const bool first = !own_.credential.has_value();
    PortalForm form{.name = "secret",
                    .action = path_ + "secret",
                    .button = first ? "application.make_secret" : "application.rotate",
                    .lead = first ? "" : "application.rotate_lead",
                    .summary = first ? "" : "application.rotate_summary"};
    if (!first) form.version = own_.credential->version;
    if (first) {
      form.commands = {command(exchange_, "credential create", {{"app", own_.app.name}}, {}, true)};
      return as_json(exchange_, std::move(form), refused_);
    }
    form.fields = {overlap_field(exchange_)};
    form.commands = {command(exchange_, "credential rotate", {{"credential", own_.app.client_id}}, {"overlap"}, true)};
    return as_json(exchange_, std::move(form), refused_);
  }

  Json details() const {
    return as_json(exchange_,
                   {.name = "details",
                    .action = path_ + "details",
                    .button = "application.details_submit",
                    .summary = "application.details",
                    .version = own_.app.version,
                    .fields = {{.name = "title", .label = "own_applications.name", .value = own_.app.title},
                               {.name = "description",
                                .label = "own_applications.description",
                                .value = own_.app.description.value_or(""),
                                .required = false}},
                    .commands = {command(exchange_, "app update", {{"app", own_.app.name}}, {"title", "description"})}},
                   refused_);
  }

  Json scopes(const std::vector<core::ScopeAnswer>& offered) const {
    std::vector<std::string> desired;
    for (const ScopeName& scope : own_.app.desired_scopes) desired.push_back(scope.text());
    std::vector<std::string> others = desired;
    PortalForm form{.name = "scopes",
                    .action = path_ + "scopes",
                    .button = "application.scopes_submit",
                    .lead = "application.scopes_lead",
                    .summary = "application.scopes_summary",
                    .version = own_.app.version,
                    .commands = {command(exchange_, "scope desired set", {{"app", own_.app.name}}, {"scopes"})}};
    for (const auto& [name, provider] : {std::pair("nexus", "nexus211"), std::pair("zaikio", "zaikio")}) {
      Field field{
          .name = name, .label = "application.scopes_" + std::string(name), .type = "checkbox", .chosen = desired};
      for (const core::ScopeAnswer& scope : offered) {
        if (scope.provider != provider) continue;
        field.options.push_back(scope_option(scope, exchange_.visit->language));
        std::erase(others, scope.scope);
      }
      form.fields.push_back(std::move(field));
    }
    form.fields.push_back({.name = "others",
                           .label = "application.scopes_others",
                           .type = "lines",
                           .value = join(others, "\n"),
                           .required = false,
                           .hint = "application.scopes_hint"});
    return as_json(exchange_, std::move(form), refused_);
  }

  Json sign_in() const {
    const App& app = own_.app;
    std::vector<std::string> organizations;
    for (const OrganizationId& id : app.audience_organizations) organizations.push_back(id.hash_id());
    const std::string audience = app.audience == Audience::none ? "any" : std::string(name(app.audience));
    const auto option = [&](const std::string& value) {
      const std::string key = "application.audience_" + value;
      return Option{value, text(key), text(key + "_note")};
    };
    return as_json(
        exchange_,
        {.name = "sign-in",
         .action = path_ + "sign-in",
         .button = "application.sign_in_submit",
         .summary = app.audience == Audience::none ? "application.sign_in_add" : "application.sign_in_change",
         .version = app.version,
         .fields = {{.name = "redirect",
                     .label = "application.redirects",
                     .type = "lines",
                     .value = join(app.redirects, "\n"),
                     .quiet = true,
                     .hint = "application.redirects_hint"},
                    {.name = "audience",
                     .label = "application.audience",
                     .type = "radio",
                     .value = audience,
                     .options = {option("any"), option("own"), option("list")}},
                    {.name = "audience_organization",
                     .label = "application.organizations",
                     .type = "lines",
                     .value = join(organizations, "\n"),
                     .required = false,
                     .hint = "application.organizations_hint"}},
         .commands = {command(exchange_, "app update", {{"app", app.name}}, {"redirect", "audience"})}},
        refused_);
  }

  Json no_sign_in() const {
    return as_json(exchange_,
                   {.name = "sign-in-remove",
                    .action = path_ + "sign-in/remove",
                    .button = "application.sign_in_remove_submit",
                    .style = "danger",
                    .lead = "application.sign_in_remove_lead",
                    .summary = "application.sign_in_remove",
                    .version = own_.app.version,
                    .commands = {command(exchange_, "app update", without_sign_in(own_.app.name))}},
                   refused_);
  }

  Json removal() const {
    return as_json(exchange_,
                   {.name = "delete",
                    .action = path_ + "delete",
                    .button = "application.delete_submit",
                    .style = "danger",
                    .lead = "application.delete_lead",
                    .summary = "application.delete",
                    .version = own_.app.version,
                    .fields = {{.name = "confirm", .label = "application.confirm", .autocomplete = "off"}},
                    .commands = {command(exchange_, "app delete", {{"app", own_.app.name}}, {"confirm"})}},
                   refused_);
  }

 private:
  std::string text(const std::string& key) const { return text_for(exchange_, key); }

  const Exchange& exchange_;
  const core::OwnApplication& own_;
  const Refused* refused_;
  std::string path_;
};

}  // namespace

void add_application_forms(const Exchange& exchange, const core::Area& area, const core::OwnApplication& own,
                           const std::vector<core::ScopeAnswer>& scopes, const Refused* refused, Json& data) {
  const Forms forms(exchange, area, own, refused);
  if (!own.credential || own.credential->confidential) data["secret_form"] = forms.secret();
  data["details_form"] = forms.details();
  data["scopes_form"] = forms.scopes(scopes);
  data["sign_in_forms"] = Json::array({forms.sign_in()});
  if (own.app.audience != Audience::none) data["sign_in_forms"].push_back(forms.no_sign_in());
  data["delete_form"] = forms.removal();
}

Json key_form(const Exchange& exchange, const core::Area& area, const App& app, const core::AuthorizedBy& by,
              const Refused* refused) {
  const std::string& key = by.key;
  return as_json(exchange,
                 {.name = "key-" + key,
                  .action = path_of(area) + "/applications/" + app.id.hash_id() + "/keys/" + key + "/rotate",
                  .button = "authorized.rotate",
                  .lead = "application.key_lead",
                  .summary = "authorized.rotate_summary",
                  .version = by.key_version,
                  .fields = {overlap_field(exchange)},
                  .commands = {command(exchange, "authorization keys rotate", {{"key", key}}, {"overlap"}, true)}},
                 refused);
}

Result<void> check_sign_in(const std::string& audience, const std::vector<std::string>& redirects) {
  if (audience != "any" && audience != "own" && audience != "list") {
    return Error{codes::invalid_request, "The audience is any, own or list.", "", "audience"};
  }
  if (!redirects.empty() && std::ranges::all_of(redirects, is_web_target)) return {};
  return Error{codes::invalid_redirect, "A redirect is an https address, or http on this machine.", "", "redirect"};
}

Json without_sign_in(const std::string& app) {
  return {{"app", app}, {"redirect", Json()}, {"audience", "none"}, {"audience_organization", Json()}};
}

}  // namespace hub::http
