#include <array>

#include "rules.h"

namespace hub::tidy {
namespace {

constexpr std::string_view by_id = "by the id of a row that a look-up within the tenant gave";
constexpr std::string_view of_app = "rows of one app, which core has found within the caller's reach";
constexpr std::string_view names = "names of apps are unique in the hub; core decides who may see the app";
constexpr std::string_view signs_in = "a presented secret or token says who asks; there is no tenant before it";
constexpr std::string_view revokes = "revocation follows a family, a credential or a connection wherever it leads";
constexpr std::string_view whole_hub = "for the operator, about the whole hub";

constexpr std::array exceptions{
    TenantFree{"src/store/app.cpp", "apps_named", names},
    TenantFree{"src/store/app.cpp", "find_app", by_id},
    TenantFree{"src/store/app.cpp", "find_app_by_name", names},
    TenantFree{"src/store/app.cpp", "name_or_client_id_taken", names},
    TenantFree{"src/store/authorization_code.cpp", "find_authorization_code", signs_in},
    TenantFree{"src/store/authorization_code.cpp", "use_authorization_code", signs_in},
    TenantFree{"src/store/authorization_code.cpp", "end_codes_of_app", of_app},
    TenantFree{"src/store/connection.cpp", "find_connection", by_id},
    TenantFree{"src/store/connection.cpp", "every_connection", whole_hub},
    TenantFree{"src/store/connection.cpp", "each_connection_of_app", of_app},
    TenantFree{"src/store/connection_request.cpp", "find_connection_request", by_id},
    TenantFree{"src/store/connection_request.cpp", "forget_connection_requests_of_app", of_app},
    TenantFree{"src/store/consent.cpp", "forget_consents_of_app", of_app},
    TenantFree{"src/store/credential.cpp", "find_credential", by_id},
    TenantFree{"src/store/credential.cpp", "find_own_credential", signs_in},
    TenantFree{"src/store/credential.cpp", "find_credential_by_name", of_app},
    TenantFree{"src/store/credential.cpp", "find_first_credential", of_app},
    TenantFree{"src/store/credential.cpp", "find_key_of_connection", by_id},
    TenantFree{"src/store/credential.cpp", "find_sealed_secret", by_id},
    TenantFree{"src/store/credential.cpp", "find_secret", signs_in},
    TenantFree{"src/store/credential.cpp", "find_credential_by_secret", signs_in},
    TenantFree{"src/store/credential.cpp", "rotate_secret", by_id},
    TenantFree{"src/store/credential.cpp", "revoke_credential", by_id},
    TenantFree{"src/store/credential.cpp", "each_credential_of_app", of_app},
    TenantFree{"src/store/event.cpp", "every_audit_row", whole_hub},
    TenantFree{"src/store/event.cpp", "append_audit", "the chain of hashes runs through all tenants"},
    TenantFree{"src/store/membership.cpp", "every_membership", whole_hub},
    TenantFree{"src/store/list_filter.cpp", "keys_of_app", of_app},
    TenantFree{"src/store/membership.cpp", "find_membership", by_id},
    TenantFree{"src/store/membership.cpp", "delete_membership", by_id},
    TenantFree{"src/store/credential.cpp", "note_secret_use", by_id},
    TenantFree{"src/store/nexus_token.cpp", "find_nexus_token", signs_in},
    TenantFree{"src/store/nexus_token.cpp", "revoke_nexus_token", by_id},
    TenantFree{"src/store/nexus_token.cpp", "revoke_nexus_tokens_of_app", of_app},
    TenantFree{"src/store/nexus_token.cpp", "revoke_nexus_tokens_of_credential", revokes},
    TenantFree{"src/store/nexus_token.cpp", "each_nexus_token_of_app", of_app},
    TenantFree{"src/store/page.cpp", "key_of_app", of_app},
    TenantFree{"src/store/purge.cpp", "each_old_code", whole_hub},
    TenantFree{"src/store/purge.cpp", "delete_code", by_id},
    TenantFree{"src/store/token.cpp", "find_token", signs_in},
    TenantFree{"src/store/token.cpp", "find_living_in_family", revokes},
    TenantFree{"src/store/token.cpp", "revoke_children", revokes},
    TenantFree{"src/store/token.cpp", "find_refresh_hash", signs_in},
    TenantFree{"src/store/token.cpp", "use_refresh_token", signs_in},
    TenantFree{"src/store/token.cpp", "revoke_token", revokes},
    TenantFree{"src/store/token.cpp", "revoke_family", revokes},
    TenantFree{"src/store/token.cpp", "revoke_tokens_of_credential", revokes},
    TenantFree{"src/store/token.cpp", "revoke_tokens_of_connection", revokes},
    TenantFree{"src/store/token.cpp", "revoke_all_tokens", whole_hub},
    TenantFree{"src/store/token.cpp", "revoke_tokens_of_key", whole_hub},
    TenantFree{"src/store/token.cpp", "each_revoked_token", whole_hub},
    TenantFree{"src/store/token.cpp", "each_token_of_app", of_app},
    TenantFree{"src/store/token.cpp", "each_token_of_credential", by_id},
};

}  // namespace

std::span<const TenantFree> tenant_free_statements() { return exceptions; }

}  // namespace hub::tidy
