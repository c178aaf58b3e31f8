#include <algorithm>
#include <nlohmann/json.hpp>

#include "application_forms.h"
#include "hub/base/codes.h"
#include "hub/core/scope.h"
#include "page.h"
#include "pending.h"
#include "portal.h"
#include "shown_secret.h"
#include "when.h"

// /id/organizations/{organization}/applications/{application}
namespace hub::http {
namespace {

// An application with what its page lists beside it.
struct Looked {
  core::OwnApplication own;
  core::Rows<core::AuthorizedBy> authorized;
  std::vector<core::ScopeAnswer> scopes;  // of the hub itself, to choose from
};

Result<Looked> look_at(Exchange& exchange, const core::Area& area, const core::Part& part) {
  return exchange.hub().read(exchange.call(), [&](core::View& view) -> Result<Looked> {
    Result<core::OwnApplication> own = core::application_of(view, area, exchange.segments[1]);
    if (!own) return own.error();
    Looked out{*std::move(own), {}, {}};
    out.authorized = core::authorized_by(view, out.own.app, part);
    for (const char* provider : {"nexus211", "zaikio"}) {
      const Result<void> listed =
          core::list_scopes(view, {.provider = provider, .bearer = {}}, [&](const core::ScopeAnswer& scope) {
            if (scope.state == "active") out.scopes.push_back(scope);
            return true;
          });
      if (!listed) return listed.error();
    }
    return out;
  });
}

Json authorized_as_json(const Exchange& exchange, const core::AuthorizedBy& one) {
  Json out{{"organization", one.organization},
           {"granted", day_text(exchange, one.granted_at)},
           {"granted_at", to_rfc3339(one.granted_at)},
           {"used", false}};
  if (one.last_used_at) {
    out["used"] = moment_text(exchange, *one.last_used_at);
    out["used_at"] = to_rfc3339(*one.last_used_at);
  }
  return out;
}

Json application_data(const Exchange& exchange, const core::Area& area, const Looked& looked) {
  const App& app = looked.own.app;
  const auto& credential = looked.own.credential;
  Json data = area_data(exchange, area, "applications", "application");
  data["app_title"] = app.title;
  data["app_name"] = app.name;
  data["description"] = app.description.value_or("");
  data["asking"] = asking_as_json(app.title, area.organization.name);
  data["client_id"] = app.client_id;
  data["tenancy"] = tenancy_of(app);
  data["open_to_all"] = app.audience == Audience::any;
  data["has_sign_in"] = app.audience != Audience::none;
  data["audience"] = "application.audience_" + std::string(name(app.audience));
  data["redirects"] = app.redirects;
  data["any_redirects"] = !app.redirects.empty();
  data["scopes"] = names_of(app.desired_scopes);
  data["any_scopes"] = !app.desired_scopes.empty();
  data["no_secret"] = !credential.has_value();
  data["public_client"] = credential && !credential->confidential;
  data["rotated"] = false;
  if (credential && credential->rotated_at) {
    data["rotated"] = moment_text(exchange, *credential->rotated_at);
    data["rotated_at"] = to_rfc3339(*credential->rotated_at);
  }
  data["authorized"] = Json::array();
  for (const core::AuthorizedBy& one : looked.authorized.rows) {
    data["authorized"].push_back(authorized_as_json(exchange, one));
  }
  data["no_authorized"] = looked.authorized.rows.empty();
  return data;
}

Response show_application(Exchange& exchange, const core::Area& area, const Refused* refused) {
  const core::Part part = part_of(exchange);
  const Result<Looked> looked = look_at(exchange, area, part);
  if (!looked) return show_problem(exchange, looked.error());
  const App& app = looked->own.app;
  Json data = application_data(exchange, area, *looked);
  add_parts(exchange, path_of(area) + "/applications/" + app.id.hash_id(), part, looked->authorized.more, data);
  data["secret_form"] = data["details_form"] = data["scopes_form"] = data["sign_in_forms"] = data["delete_form"] =
      false;
  if (area.is_admin()) add_application_forms(exchange, area, looked->own, looked->scopes, refused, data);
  for (std::size_t i = 0; i < looked->authorized.rows.size(); ++i) {
    const core::AuthorizedBy& one = looked->authorized.rows[i];
    const bool may = area.is_admin() && !one.key.empty();
    data["authorized"][i]["key_form"] = may ? key_form(exchange, area, app, one, refused) : Json(false);
  }
  const std::optional<Secret> secret = take_shown_secret(exchange, app.id.text());
  data["new_secret"] = secret ? Json(secret->reveal()) : Json(false);
  data["copies"] = true;
  Response response = show_portal(exchange, "application", std::move(data), refused);
  if (exchange.request.method != Method::head) forget_shown_secret(exchange, response);
  return response;
}

// The application that a form was sent to.
struct Meant {
  Posted posted;
  core::OwnApplication own;
  std::string path() const { return path_of(posted.area) + "/applications/" + own.app.id.hash_id(); }
};
Result<Meant> meant(Exchange& exchange) {
  Result<Posted> posted = read_portal_form(exchange);
  if (!posted) return posted.error();
  Result<core::OwnApplication> own = exchange.hub().read(exchange.call(), [&](core::View& view) {
    return core::application_of(view, posted->area, exchange.segments[1]);
  });
  if (!own) return own.error();
  return Meant{*std::move(posted), *std::move(own)};
}

Response refused_form(Exchange& exchange, const Meant& form, const std::string& name, const Error& error) {
  if (!is_form_error(error)) return show_problem(exchange, error);
  const Refused refused{name, form.posted.fields, error};
  return show_application(exchange, form.posted.area, &refused);
}

Response answered(Exchange& exchange, const Meant& form, const std::string& name, const Result<Json>& done) {
  if (!done) return refused_form(exchange, form, name, done.error());
  std::string what = name;
  std::ranges::replace(what, '-', '_');
  return redirect_to(exchange, with_part(exchange, form.path() + "?done=" + what));
}

}  // namespace

Response application_page(Exchange& exchange) {
  const Result<core::Area> area = enter_as_member(exchange);
  return area ? show_application(exchange, *area, nullptr) : show_problem(exchange, area.error());
}

Response change_application(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string description = sent(form->posted.fields, "description");
  Json request{{"app", form->own.app.id.text()}, {"title", sent(form->posted.fields, "title")}};
  request["description"] = description.empty() ? Json() : Json(description);
  return answered(exchange, *form, "details", run_as_visitor(exchange, "app update", request, &form->posted.fields));
}

Response change_scopes(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  std::vector<std::string> scopes = sent_list(form->posted.fields, "nexus");
  for (auto& more : {sent_list(form->posted.fields, "zaikio"), sent_lines(form->posted.fields, "others")}) {
    scopes.insert(scopes.end(), more.begin(), more.end());
  }
  const Json request{{"app", form->own.app.id.text()}, {"scopes", scopes}};
  return answered(exchange, *form, "scopes",
                  run_as_visitor(exchange, "scope desired set", request, &form->posted.fields));
}

Response change_sign_in(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  const Parameters& fields = form->posted.fields;
  const std::string audience = sent(fields, "audience");
  const std::vector<std::string> redirects = sent_lines(fields, "redirect");
  if (const Result<void> checked = check_sign_in(audience, redirects); !checked) {
    return refused_form(exchange, *form, "sign-in", checked.error());
  }
  Json request{{"app", form->own.app.id.text()}, {"audience", audience}, {"redirect", redirects}};
  if (audience == "list") request["audience_organization"] = sent_lines(fields, "audience_organization");
  return answered(exchange, *form, "sign-in", run_as_visitor(exchange, "app update", request, &form->posted.fields));
}

Response remove_sign_in(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  return answered(
      exchange, *form, "sign-in-remove",
      run_as_visitor(exchange, "app update", without_sign_in(form->own.app.id.text()), &form->posted.fields));
}

Response rotate_secret(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  const App& app = form->own.app;
  Result<Json> made = Json();
  if (form->own.credential) {
    Json request{{"credential", form->own.credential->id.text()}};
    const std::string overlap = sent(form->posted.fields, "overlap");
    if (!overlap.empty()) request["overlap"] = overlap;
    made = run_as_visitor(exchange, "credential rotate", request, &form->posted.fields);
  } else {
    made = run_as_visitor(exchange, "credential create", {{"app", app.id.text()}});
  }
  // Sent twice, the first one has made the secret that the page shows now.
  if (!made && made.error().code == codes::stale) return redirect_to(exchange, form->path());
  if (!made) return refused_form(exchange, *form, "secret", made.error());
  return show_secret_at(exchange, form->path(), app.id.text(), *made);
}

// The application reads the new secret where it reads all of its keys.
Response rotate_key(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string& key = exchange.segments.back();
  Json request{{"key", key}};
  if (const std::string overlap = sent(form->posted.fields, "overlap"); !overlap.empty()) request["overlap"] = overlap;
  const Result<Json> done = run_as_visitor(exchange, "authorization keys rotate", request, &form->posted.fields);
  if (!done) return refused_form(exchange, *form, "key-" + key, done.error());
  return redirect_to(exchange, with_part(exchange, form->path() + "?done=key"));
}

Response delete_application(Exchange& exchange) {
  const Result<Meant> form = meant(exchange);
  if (!form) return show_problem(exchange, form.error());
  const Result<Json> done = run_as_visitor(
      exchange, "app delete", {{"app", form->own.app.id.text()}, {"confirm", sent(form->posted.fields, "confirm")}},
      &form->posted.fields);
  if (!done) return refused_form(exchange, *form, "delete", done.error());
  return redirect_to(exchange, path_of(form->posted.area) + "/applications?done=deleted");
}

}  // namespace hub::http
