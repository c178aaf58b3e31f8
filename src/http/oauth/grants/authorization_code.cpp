#include "hub/core/code.h"
#include "oauth/grants/grants.h"

namespace hub::http {

Result<core::Issued> authorization_code_grant(const TokenCall& call) {
  Result<std::string> code = call.required("code");
  if (!code) return code.error();
  const Result<core::Client> client = call.client();
  if (!client) return client.error();
  return core::redeem_code(call.exchange.hub(), call_of(call.exchange, *client),
                           {.code = Secret(std::move(*code)),
                            .dialect = call.standard() ? CodeDialect::standard : CodeDialect::hub,
                            .credential_id = client->credential.id,
                            .redirect_uri = call.optional("redirect_uri"),
                            .code_verifier = call.optional("code_verifier")});
}

}  // namespace hub::http
