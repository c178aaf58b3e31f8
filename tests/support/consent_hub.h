#pragma once
#include <optional>
#include <string>
#include <variant>

#include "client_hub.h"
#include "hub/core/consent.h"
#include "hub/core/login_request.h"
#include "hub/core/session.h"
#include "hub/store/person.h"

namespace hub::testing {

// A ClientHub with people at their browsers. acme has an owner and a member; the owner of acme is a member of vendor's
// neighbour zeta, where somebody else is admin. Nobody is connected to shop.
class ConsentHub : public ClientHub {
 public:
  static constexpr const char* target = "https://shop.test/cb";
  static constexpr const char* owner = "owner@acme.test";
  static constexpr const char* member_of_acme = "member@acme.test";
  static constexpr const char* loner = "loner@nowhere.test";

  ConsentHub() {
    organization("zeta");
    person("admin@zeta.test");
    member("admin@zeta.test", "zeta", {"admin"});
    member(owner, "zeta", {"member"});
    person(member_of_acme);
    member(member_of_acme, "acme", {"member"});
    person(loner);
  }

  const Secret browser{"this browser"};

  core::SignedIn at_browser(const std::string& email) {
    const PersonId id = person_id(email);
    clock().advance(std::chrono::milliseconds(1));
    return must(hub().write(as_nobody(), [&](core::Work& work) -> Result<core::SignedIn> {
      Result<core::NewSession> session = core::begin_session(work, id, "test", "127.0.0.1");
      if (!session) return session.error();
      return session->signed_in;
    }));
  }
  core::AskAuthorization asking(const std::string& scope) {
    return {.client_id = client_id(), .redirect_uri = target, .scope = scope, .state = "s"};
  }
  Result<core::Asked> asked(const core::AskAuthorization& request) {
    clock().advance(std::chrono::milliseconds(1));
    return core::ask_authorization(hub(), as_nobody(), request, browser);
  }
  core::Pending pending(const core::AskAuthorization& request) {
    const core::Asked answer = must(asked(request));
    const auto* const kept = std::get_if<core::Pending>(&answer);
    REQUIRE_MESSAGE(kept != nullptr, core::url_of(std::get<core::Answer>(answer)));
    return *kept;
  }
  core::Pending pending(const std::string& scope) { return pending(asking(scope)); }
  // Where the browser is sent at once.
  std::string turned_away(const core::AskAuthorization& request) {
    const core::Asked answer = must(asked(request));
    const auto* const refused = std::get_if<core::Answer>(&answer);
    REQUIRE(refused != nullptr);
    return core::url_of(*refused);
  }
  core::ConsentAsked considered(const LoginRequest& request, const std::string& email,
                                const std::optional<std::string>& chosen = std::nullopt) {
    const core::SignedIn who = at_browser(email);
    const auto id = chosen ? OrganizationId::parse(org_id(*chosen)) : std::nullopt;
    return must(hub().read(as_nobody(), [&](core::View& view) { return core::ask_consent(view, request, who, id); }));
  }
  core::ConsentAsk page(const std::string& scope, const std::string& email,
                        const std::optional<std::string>& chosen = std::nullopt) {
    core::ConsentAsked asked = considered(pending(scope).request, email, chosen);
    REQUIRE_MESSAGE(std::holds_alternative<core::ConsentAsk>(asked), core::url_of(std::get<core::Answer>(asked)));
    return std::get<core::ConsentAsk>(std::move(asked));
  }
  // The identifier that the app is told instead of a page being shown.
  std::string refusal(const std::string& scope, const std::string& email) {
    const core::ConsentAsked asked = considered(pending(scope).request, email);
    const auto* const answer = std::get_if<core::Answer>(&asked);
    return answer == nullptr ? "none" : std::string(answer->error->code.name);
  }
  Result<core::Decision> decided(const core::Pending& pending, const std::string& email,
                                 const std::optional<std::string>& chosen = std::nullopt, bool allow = true,
                                 bool silent = false) {
    const core::SignedIn who = at_browser(email);
    const auto id = chosen ? OrganizationId::parse(org_id(*chosen)) : std::nullopt;
    return core::decide(
        hub(), as_nobody(), who,
        {.handle = pending.handle, .browser = browser, .allow = allow, .silent = silent, .organization = id});
  }
  core::Answer answered(const core::Pending& pending, const std::string& email,
                        const std::optional<std::string>& chosen = std::nullopt) {
    return *must(decided(pending, email, chosen)).answer;
  }
  // The tokens at the end of the whole way.
  core::Issued signed_in(const std::string& scope, const std::string& email,
                         const std::optional<std::string>& chosen = std::nullopt) {
    const core::Answer answer = answered(pending(scope), email, chosen);
    REQUIRE_MESSAGE(answer.code, core::url_of(answer));
    return must(redeemed(*answer.code));
  }
};

}  // namespace hub::testing
