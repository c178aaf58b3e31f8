#include "route_samples.h"

// How the pages name things.
namespace hub::testing {
namespace {

constexpr RouteSample of_pages[] = {
    {"GET /oauth/authorize", "", "?client_id=<client>&redirect_uri=https://<slug>.test/callback&state=s"},
    {"GET /oauth/authorize", "", "?client_id=<inner_client>&redirect_uri=https://<slug>.test/callback&state=s"},
    {"GET /oauth/authorize", "", "?application=<inner_client>&redirect=https://<slug>.test/callback&state=s"},
    {"GET /oauth/authorize", "",
     "?client_id=<asked_client>&redirect_uri=https://gamma.test/callback&state=s"
     "&scope=Org/<org>.zaikio.organization.r&login_hint=<address>"},
    {"GET /id/sign-in", "", "?next=/grant?request%3D<login>"},
    {"POST /id/sign-in", "", "email=<owner_email>&password=wrong horse battery", true},
    {"POST /id/sign-in", "", "email=<owner_email>&password=x&next=/grant?request%3D<login>", true},
    {"GET /id/sign-up", "", "?next=/grant?request%3D<login>"},
    {"GET /id/sign-up", "", "?sent=<owner_email>"},
    {"POST /id/sign-up", "",
     "email=<owner_email>&first_name=A&last_name=B&password=correct horse battery&next=/grant?request%3D<login>", true},
    {"GET /id/verify-email", "", "?link=<reset_link>&next=/grant?request%3D<login>"},
    {"POST /id/verify-email", "", "link=<reset_link>"},
    {"POST /id/verify-email", "", "next=/grant?request%3D<login>"},
    {"GET /id/forgot-password", "", "?next=/grant?request%3D<login>"},
    {"POST /id/forgot-password", "", "email=<owner_email>"},
    {"GET /id/reset-password", "", "?link=<reset_link>"},
    {"POST /id/reset-password", "", "link=<reset_link>&password=correct horse battery", true},
    {"POST /id/account", "", "first_name=A&last_name=B&email=<owner_email>&locale=en&time_zone=Europe/Berlin"},
    {"POST /id/account", "", "first_name=A&last_name=B&email=<guest_email>&locale=en&time_zone=Europe/Berlin"},
    {"POST /id/account", "", "first_name=A&last_name=B&email=<address>&locale=en&time_zone=Europe/Berlin"},
    {"POST /id/account/applications/{app}/end", "tool"},
    {"POST /id/account/applications/{app}/end", "inner"},
    {"POST /id/account/sessions/{session}/end", "session"},
    {"GET /grant", "", "?request=<login>&organization=<org>&q=<slug>"},
    {"POST /grant", "", "request=<login>&organization=<org>&decision=allow"},
    {"POST /grant", "", "request=<login>&organization=<org>&decision=deny"},
    {"POST /grant/organization", "", "request=<login>&name=Omega&country_code=DE&kinds=printer"},
    {"POST /grant/ask", "", "request=<login>&organization=<org>"},
    {"GET /id/authorize", "", "?request=<nexus_login>&organization=<org>"},
    {"POST /id/authorize", "", "request=<nexus_login>&organization=<org>&decision=allow"},
    {"POST /id/requests/{request}/approve", "request"},
    {"POST /id/requests/{request}/decline", "request"},
    {"POST /oauth/device_authorizations/verify", "", "code=<user_code>"},
    {"POST /id/device", "", "code=<user_code>"},
};

}  // namespace

std::span<const RouteSample> page_samples() { return of_pages; }

}  // namespace hub::testing
