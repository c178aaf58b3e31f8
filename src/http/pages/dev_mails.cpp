#include <nlohmann/json.hpp>

#include "dev_pages.h"
#include "hub/core/mail.h"
#include "page.h"

namespace hub::http {
namespace {

constexpr std::size_t mails_most = 50;

struct Line {
  std::string before, link, after;
};

// The links of a mail can be followed from the page. Only those that lead here.
Line line_of(std::string_view text, const std::string& issuer) {
  const std::size_t at = text.find(issuer + "/");
  if (at == std::string_view::npos) return {std::string(text), "", ""};
  const std::size_t end = std::min(text.find_first_of(" \t\r", at), text.size());
  return {std::string(text.substr(0, at)), std::string(text.substr(at, end - at)), std::string(text.substr(end))};
}

Json lines_of(const std::string& text, const std::string& issuer) {
  Json out = Json::array();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const Line line = line_of(std::string_view(text).substr(at, end - at), issuer);
    out.push_back({{"before", line.before}, {"link", line.link}, {"after", line.after}});
    at = end + 1;
  }
  return out;
}

}  // namespace

Response mails_page(Exchange& exchange) {
  const auto mails =
      exchange.hub().read(exchange.call(), [](core::View& view) { return core::recent_mails(view, mails_most); });
  if (!mails) return show_problem(exchange, mails.error());
  Json list = Json::array();
  for (const core::Mail& mail : *mails) {
    list.push_back({{"recipient", mail.recipient},
                    {"subject", mail.subject},
                    {"at", to_rfc3339(mail.created_at)},
                    {"lines", lines_of(mail.text, exchange.services.issuer)}});
  }
  Json data{{"wide", true}, {"none", list.empty()}, {"mails", std::move(list)}};
  return show_page(exchange, "mails", std::move(data));
}

}  // namespace hub::http
