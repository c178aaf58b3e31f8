#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"
#include "hub/base/time.h"
#include "hub/core/authenticate.h"
#include "hub/http/message.h"
#include "rate_limiter.h"

// Who may ask how often (zaikio-hub.md section 7). Counted in this process alone, and gone with it.
namespace hub::http {

struct Route;

enum class Limit { api, token, address, failures, pages };
inline constexpr std::array limit_names{"api", "token", "address", "failures", "pages"};

// Indexed by Limit. api: each caller on the REST routes, by audience and subject; token: each client on the token
// routes; address: each address on the token routes; failures: client secrets of an address that were wrong; pages:
// each address on the pages that are open to everybody, some of which leave a row behind.
using RateRules = std::array<RateRule, limit_names.size()>;
inline constexpr RateRules default_rate_rules{RateRule{600, 60}, RateRule{6000, 60}, RateRule{6000, 60},
                                              RateRule{300, 60}, RateRule{600, 60}};
// "api=300/60s" or "token=off" changes one, "off" all; invalid_request.
Result<void> change_rate_rules(RateRules& rules, std::string_view text);

class RateLimits {
 public:
  RateLimits(const RateRules& rules, Monotonic now, const Clock& clock)
      : rules_(rules), limiter_(std::move(now)), clock_(clock) {}

  // What was exceeded.
  struct Excess {
    Limit limit = Limit::api;
    RateLimiter::Verdict verdict;
  };
  // Before anybody is authenticated. An address of this machine says nothing about who asks and is not counted.
  std::optional<Excess> check_address(const Route& route, std::string_view address);
  std::optional<Excess> check_caller(const Route& route, const core::Caller& caller);
  std::optional<Excess> check_client(std::string_view client_id);  // on token routes
  void note_failure(std::string_view address);

  // The 429 with its headers. Bodies of the hub dialect are text.
  void describe(const Route& route, const Excess& excess, Response& response) const;

  std::uint64_t refused(Limit limit) const { return refused_[static_cast<std::size_t>(limit)]; }

 private:
  std::optional<Excess> take(Limit limit, const RateKey& key);

  RateRules rules_;
  RateLimiter limiter_;
  const Clock& clock_;
  std::array<std::atomic<std::uint64_t>, limit_names.size()> refused_{};
};

}  // namespace hub::http
