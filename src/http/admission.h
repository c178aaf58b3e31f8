#pragma once
#include <optional>
#include <string_view>
#include <utility>

#include "client_authentication.h"
#include "route.h"

// What the dialects of the REST routes share of letting somebody in.
namespace hub::http {

// The app behind Basic credentials. invalid_client.
Result<core::Caller> authenticate_basic(Exchange& exchange, std::string_view credentials, BasicRule rule);

// `wanted` as in Access: one scope, or several separated by "|" of which any will do; "" asks for none.
bool has_any_scope(const core::Caller& caller, std::string_view wanted);

// Every refusal of a signed-in person is in the audit trail (decisions-week-one.md 29). What was refused left nothing
// behind, so this is a write of its own; the caller gets the refusal in any case.
void note_refusal(Exchange& exchange, const Error& error);

// Dialect::admit: asks for nobody where anyone may come in or the handler asks itself; else `admitted` lets the caller
// in and writes them into the exchange, or says why not.
std::optional<Response> admit_by(Exchange& exchange, Result<void> (&admitted)(Exchange&));

// A change on behalf of the caller, in one transaction.
template <class Job>
auto write_as_caller(Exchange& exchange, Job&& job) {
  auto out = exchange.hub().write(exchange.call(), std::forward<Job>(job));
  if (!out) note_refusal(exchange, out.error());
  return out;
}

}  // namespace hub::http
