#include "route_try.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "hub/base/form.h"
#include "hub/base/text.h"

namespace hub::testing {
namespace {

using Encode = std::string (*)(std::string_view);
std::string as_it_is(std::string_view text) { return std::string(text); }

// "<org>" in a text becomes what the name stands for.
std::string with_names(std::string_view text, const Names& names, Encode encode) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find('<', done)) != std::string_view::npos;) {
    const std::size_t end = text.find('>', at);
    out += text.substr(done, at - done);
    out += encode(names.at(std::string(text.substr(at + 1, end - at - 1))));
    done = end + 1;
  }
  return out + std::string(text.substr(done));
}

std::string with_places(std::string_view path, std::string_view places, const Names& names) {
  const std::vector<std::string_view> wanted = split_words(places);
  std::string out;
  std::size_t next = 0;
  for (const std::string_view part : split(path.substr(1), '/')) {
    out += '/';
    out += part.starts_with('{') ? percent_encode(names.at(std::string(wanted.at(next++)))) : std::string(part);
  }
  return out;
}

// Whoever administers the hub asks about every token of every organization (RFC 7662 section 2.1).
bool administers(const http::Route& route) { return route.path == "/oauth/introspect"; }

// A row of the audit trail ends with a hash over the one before it and all it says, names among it.
std::string without_hashes(std::string row) {
  std::size_t digits = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    digits = std::string_view("0123456789abcdef").find(row[at]) == std::string_view::npos ? 0 : digits + 1;
    if (digits == 64) row.replace(at - 63, 64, 64, '#');
  }
  return row;
}

// A signature is another each time.
std::string without_signatures(std::string text) {
  for (std::size_t at = 0; (at = text.find("\"eyJ", at)) != std::string::npos; ++at) {
    const std::size_t end = text.find('"', at + 1), dot = text.rfind('.', end);
    if (end != std::string::npos && dot > at) text.erase(dot, end - dot);
  }
  return text;
}

// "- table: row" and "+ table: row" of all that is not in both.
std::string difference(const std::string& table, const std::vector<std::string>& before,
                       const std::vector<std::string>& after) {
  if (table == "failed_attempt") return "* failed_attempt\n";  // kept under a keyed hash of what was tried
  std::string out;
  for (const std::string& row : before) {
    if (std::ranges::find(after, row) == after.end()) out += "- " + table + ": " + without_hashes(row) + "\n";
  }
  for (const std::string& row : after) {
    if (std::ranges::find(before, row) == before.end()) out += "+ " + table + ": " + without_hashes(row) + "\n";
  }
  return out;
}

// The tables that the statements write to; there are no triggers and no cascades.
std::set<std::string> written_tables(const std::vector<std::string>& statements) {
  std::set<std::string> out;
  for (const std::string& one : statements) {
    for (const std::string_view start : {"INSERT INTO ", "UPDATE ", "DELETE FROM "}) {
      if (one.starts_with(start))
        out.insert(one.substr(start.size(), one.find_first_of(" (", start.size()) - start.size()));
    }
  }
  return out;
}

const operations::RestRoute* rest_of(const http::Route& route) {
  if (route.operation == nullptr) return nullptr;
  const auto& all = operations::rest_routes();
  return &*std::ranges::find_if(all, [&](const auto& one) { return one.operation == route.operation; });
}

}  // namespace

RouteSweep::RouteSweep() : pristine_(world_.dump()) {
  world_.record_statements();
  for (const Visitor& visitor : route_plan().visitors) {  // what is kept in memory is there from here on
    for (const std::string_view path : {"/api/v1/access_token", "/keys", "/id"}) {
      const auto& all = http::all_routes();
      const auto route = std::ranges::find(all, path, &http::Route::path);
      REQUIRE(route != all.end());
      told(request_of(visitor, *route, std::string(path), "", world_.clock().now()));
    }
  }
}

Told RouteSweep::told(const http::Request& request) {
  world_.reseed(4);
  world_.take_statements();
  const http::Response response = world_.send(request);
  Told out{response.status, in_words(response), "", world_.take_statements(), is_done(response)};
  for (const std::string& table : written_tables(out.statements)) {
    const std::vector<std::string> rows = world_.rows_of(table), &before = pristine_->at(table);
    if (rows == before) continue;
    out.changes += difference(table, before, rows);
    world_.restore(table);
  }
  return out;
}

const Visitor& visitor_named(const std::string& name) {
  const auto& all = route_plan().visitors;
  const auto found = std::ranges::find(all, name, &Visitor::name);
  REQUIRE_MESSAGE(found != all.end(), name);
  return *found;
}

std::vector<Try> tries_of(const http::Route& route) {
  std::vector<Try> out;
  if (const operations::RestRoute* const rest = rest_of(route)) {
    std::vector<std::string> names = placeholders_in(*find_example(rest->operation->info.name));
    out.push_back({.route = &route, .sample = {}, .rest = rest, .names = std::move(names)});
    return out;
  }
  for (const RouteSample& sample : samples_of(route)) {
    out.push_back({.route = &route, .sample = sample, .rest = nullptr, .names = names_in(sample)});
  }
  if (out.empty()) out.push_back({.route = &route});
  return out;
}

http::Request request_of(const Try& one, const Visitor& visitor, const Names& names, Instant now) {
  if (one.rest != nullptr) {
    const Json fields = filled(*find_example(one.rest->operation->info.name), names);
    const auto actor = visitor.actor.empty() ? std::nullopt : std::optional(visitor.actor);
    const operations::RestMessage message = operations::write_rest(*one.rest, fields, {}, actor, {});
    return request_of(visitor, *one.route, message.target, message.body, now);
  }
  std::string target = with_places(one.route->path, one.sample.places, names), body;
  const std::string_view rest = one.sample.rest;
  (rest.starts_with('?') ? target : body) +=
      with_names(rest, names, rest.starts_with('{') ? &as_it_is : &percent_encode);
  std::ranges::replace(rest.starts_with('?') ? target : body, ' ', rest.starts_with('{') ? ' ' : '+');
  return request_of(visitor, *one.route, target, body, now);
}

bool may_try(const Try& one, const Visitor& visitor) {
  if (one.sample.costly) return visitor.name == "nobody";
  const bool is_plain = visitor.name == "nobody" || visitor.name == "a profile, owner";
  if (is_alias(*one.route)) return is_plain || visitor.name == "an app by Basic with its own secret";
  if (one.rest != nullptr) return !visitor.actor.empty() || is_plain;
  return visitor.actor.empty() || (visitor.actor.starts_with("person:owner@") && !administers(*one.route));
}

bool is_done(const http::Response& response) {
  if (response.status >= 400) return false;
  const std::string* const location = header_of(response, "Location");
  return location == nullptr || location->find("/id/sign-in") == std::string::npos;
}

std::string in_words(const http::Response& response) {
  std::string out = std::to_string(response.status) + " " + response.content_type + "\n";
  for (const http::Header& header : response.headers) out += header.name + ": " + header.value + "\n";
  return out + without_signatures(response.body);
}

}  // namespace hub::testing
