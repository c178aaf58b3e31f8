#include "hub/core/device.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "device_pages.h"
#include "fields.h"
#include "hub/base/codes.h"
#include "hub/domain/device_authorization.h"
#include "hub/http/qr_code.h"
#include "page.h"
#include "pages.h"

namespace hub::http {
namespace {

constexpr std::string_view verify_path = "/oauth/device_authorizations/verify";
constexpr std::string_view short_path = "/id/device";
constexpr std::string_view allowed_path = "/id/device/allowed", denied_path = "/id/device/denied";

// A phone that scans it opens the same page, so that nobody types an address (zaikio-hub.md section 3.6).
void add_qr_code(const Exchange& exchange, const std::string& code, Json& data) {
  const std::string url = exchange.services.issuer + std::string(verify_path) + "?code=" + code;
  const Result<QrCode> made = make_qr_code(url);
  if (!made) return;
  data["qr"] = {{"size", made->width + 2 * qr_margin}, {"path", qr_path(*made)}, {"url", url}};
}

Response show_device(Exchange& exchange, const std::string& typed, const Error* error) {
  // Whatever else stands in a link is not repeated on the page.
  const auto code = parse_user_code(typed);
  Json data{{"action", exchange.request.path}, {"code", code.value_or(error == nullptr ? "" : typed.substr(0, 20))}};
  if (code && error == nullptr) add_qr_code(exchange, *code, data);
  if (error != nullptr) data["error"] = text_for(exchange, "device.wrong");
  return show_refused(exchange, "device", std::move(data), error);
}

Response device_page(Exchange& exchange) { return show_device(exchange, query_text(exchange, "code"), nullptr); }

// A filled-in code leads nowhere until somebody sends this form (claim DV-01).
Response open_device(Exchange& exchange) {
  const Result<Parameters> form = read_form(exchange);
  if (!form) return show_problem(exchange, form.error());
  const std::string typed = sent(*form, "code");
  if (typed.empty()) return show_device(exchange, "", nullptr);
  const Visit& visit = *exchange.visit;
  const Result<core::Pending> opened = core::open_device(exchange.hub(), exchange.call(),
                                                         {.user_code = Secret(typed),
                                                          .browser = visit.browser,
                                                          .session = visit.signed_in->session.id,
                                                          .address = exchange.trace.address});
  if (opened) return redirect_to(exchange, "/grant?request=" + opened->handle.reveal());
  if (opened.error().code == codes::invalid_link) return show_device(exchange, typed, &opened.error());
  return show_problem(exchange, opened.error());
}

Response allowed_page(Exchange& exchange) { return show_page(exchange, "device_allowed", Json::object()); }
Response denied_page(Exchange& exchange) { return show_page(exchange, "device_denied", Json::object()); }

}  // namespace

Result<void> add_device_facts(Exchange& exchange, const LoginRequest& request, Json& data) {
  if (!request.device_id) return {};
  const Result<core::WaitingDevice> device =
      exchange.hub().read(exchange.call(), [&](core::View& view) { return core::waiting_device(view, request); });
  if (!device) return device.error();
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(exchange.hub().clock().now() - device->started_at).count();
  data["device"] = {
      {"user_code", device->user_code.reveal()}, {"address", device->address}, {"minutes", std::max(minutes, 0L)}};
  return {};
}

std::string device_end_path(bool allowed) { return std::string(allowed ? allowed_path : denied_path); }

std::vector<Route> device_page_routes() {
  return {own_page(Method::get, verify_path, &device_page, "the code of a device"),
          own_page(Method::post, verify_path, &open_device, "open a device by its code"),
          own_page(Method::get, short_path, &device_page, "the code of a device, short"),
          own_page(Method::post, short_path, &open_device, "open a device by its code, short"),
          own_page(Method::get, allowed_path, &allowed_page, "a device was let in"),
          own_page(Method::get, denied_path, &denied_page, "a device was refused")};
}

}  // namespace hub::http
