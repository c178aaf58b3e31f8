#include "dev_pages.h"
#include "pages.h"
#include "pick_person.h"

namespace hub::http {
namespace {

Route dev_page(Method method, std::string_view path, Handler handler, std::string_view name) {
  Route route = open_page(method, path, handler, name);
  route.dev_only = true;
  return route;
}

}  // namespace

std::vector<Route> dev_page_routes() {
  using enum Method;
  return {dev_page(post, "/id/sign-in/as", &sign_in_as, "sign in as somebody (development)"),
          dev_page(get, "/dev/mails", &mails_page, "mails that were sent (development)"),
          dev_page(get, "/dev/debugger", &debugger_page, "runs each flow (development)"),
          dev_page(post, "/dev/debugger", &run_debugger, "runs one flow (development)")};
}

}  // namespace hub::http
