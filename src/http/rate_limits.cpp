#include "rate_limits.h"

#include "hub/base/codes.h"
#include "hub/domain/address.h"
#include "proxies.h"
#include "route.h"

namespace hub::http {
namespace {

constexpr std::size_t index_of(Limit limit) { return static_cast<std::size_t>(limit); }

std::int64_t whole_seconds(std::chrono::microseconds wait) {
  return std::max<std::int64_t>(std::chrono::ceil<Seconds>(wait).count(), 1);
}

bool is_rest(std::string_view dialect) { return dialect == "hub" || dialect == "nexus"; }

}  // namespace

Result<void> change_rate_rules(RateRules& rules, std::string_view text) {
  if (text == "off") {
    rules.fill(RateRule{.requests = 0});
    return {};
  }
  const std::size_t equals = text.find('=');
  const auto name = std::find(limit_names.begin(), limit_names.end(), text.substr(0, equals));
  const std::optional<RateRule> rule =
      equals == std::string_view::npos ? std::nullopt : parse_rate_rule(text.substr(equals + 1));
  if (name == limit_names.end() || !rule) {
    return Error{codes::invalid_request, "\"" + std::string(text) + "\" is no rate limit.",
                 "api=600/60s, token=6000/60s, address=6000/60s, failures=300/60s, pages=600/60s, or off",
                 "rate_limit"};
  }
  rules[static_cast<std::size_t>(name - limit_names.begin())] = *rule;
  return {};
}

std::optional<RateLimits::Excess> RateLimits::take(Limit limit, const RateKey& key) {
  const RateLimiter::Verdict verdict = limiter_.take(key.value(), rules_[index_of(limit)]);
  if (verdict.allowed) return std::nullopt;
  refused_[index_of(limit)].fetch_add(1, std::memory_order_relaxed);
  return Excess{limit, verdict};
}

std::optional<RateLimits::Excess> RateLimits::check_address(const Route& route, std::string_view address) {
  if (is_own_address(address)) return std::nullopt;
  const bool page = route.dialect->name == "page";
  if (route.access.anyone && !page) return std::nullopt;
  const std::string part = address_group(address);
  const bool counted = route.access.anyone || route.method == Method::post;
  if (page) return counted ? take(Limit::pages, RateKey("pages").add(part)) : std::nullopt;
  const RateLimiter::Verdict failures =
      limiter_.peek(RateKey("failures").add(part).value(), rules_[index_of(Limit::failures)]);
  if (!failures.allowed) {
    refused_[index_of(Limit::failures)].fetch_add(1, std::memory_order_relaxed);
    return Excess{Limit::failures, failures};
  }
  return route.token_route ? take(Limit::address, RateKey("address").add(part)) : std::nullopt;
}

std::optional<RateLimits::Excess> RateLimits::check_caller(const Route& route, const core::Caller& caller) {
  if (caller.kind == core::Caller::Kind::admin) return std::nullopt;
  if (route.token_route) {
    return caller.credential ? check_client(caller.credential->client_id) : std::nullopt;
  }
  if (!is_rest(route.dialect->name)) return std::nullopt;
  // Audience and subject; a client's subject is the organization it acts for.
  RateKey key("api");
  if (caller.app) key.add(caller.app->id.uuid().octets());
  if (caller.organization_id) key.add(caller.organization_id->uuid().octets());
  if (caller.person_id) key.add(caller.person_id->uuid().octets());
  if (caller.membership) key.add(caller.membership->id.uuid().octets());
  return take(Limit::api, key);
}

std::optional<RateLimits::Excess> RateLimits::check_client(std::string_view client_id) {
  return take(Limit::token, RateKey("token").add(client_id));
}

void RateLimits::note_failure(std::string_view address) {
  if (is_own_address(address)) return;
  limiter_.take(RateKey("failures").add(address_group(address)).value(), rules_[index_of(Limit::failures)]);
}

void RateLimits::describe(const Route& route, const Excess& excess, Response& response) const {
  const RateRule& rule = rules_[index_of(excess.limit)];
  response.status = 429;
  if (route.dialect->name == "hub" || route.dialect->name == "oauth") {
    response.content_type = "text/plain; charset=utf-8";
    response.body = "Too many requests, the limit is " + text_of(rule) + ".\n";
  }
  response.add("RateLimit-Reset", std::to_string(unix_seconds(clock_.now()) + whole_seconds(excess.verdict.full)))
      .add("RateLimit-Rule", text_of(rule))
      .add("Retry-After", std::to_string(whole_seconds(excess.verdict.next)));
}

}  // namespace hub::http
