#include "client_authentication.h"

#include <algorithm>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/base/form.h"
#include "hub/base/text.h"

namespace hub::http {
namespace {

Error malformed() { return {codes::invalid_client, "The Authorization header is no client id and secret."}; }

// RFC 4648 section 4, with its padding.
bool decode_base64(std::string_view text, Bytes& out) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string_view::npos) return false;
  for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
  std::string url(text);
  std::replace(url.begin(), url.end(), '+', '-');
  std::replace(url.begin(), url.end(), '/', '_');
  return decode_base64url(url, out);
}

// One half of the credentials of a client that may have encoded it. Ids and secrets are made of characters that the
// encoding leaves alone, so what does not decode was not encoded.
std::string form_decoded(std::string half) {
  if (half.find_first_of("%+") == std::string::npos) return half;
  std::string spaced = half;
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  return percent_decode(spaced).value_or(std::move(half));
}

std::optional<Secret> secret_of(std::string text) {
  if (text.empty()) return std::nullopt;
  return Secret(std::move(text));
}

std::optional<PresentedClient> from_parameters(const Parameters& parameters) {
  const std::string* const client_id = parameters.find("client_id");
  const std::string* const secret = parameters.find("client_secret");
  if (client_id == nullptr && secret == nullptr) return std::nullopt;
  return PresentedClient{client_id == nullptr ? "" : *client_id, secret_of(secret == nullptr ? "" : *secret)};
}

}  // namespace

Result<Authorization> read_authorization(const Request& request) {
  if (request.count("authorization") > 1) {
    return Error{codes::invalid_request, "There are two Authorization headers."};
  }
  const std::string* const header = request.header("authorization");
  if (header == nullptr) return Authorization{};
  const std::string_view text = trim(*header);
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string scheme = comparison_form(text.substr(0, end));
  Authorization out{Authorization::Scheme::other, trim(text.substr(end))};
  if (scheme == "basic") out.scheme = Authorization::Scheme::basic;
  if (scheme == "bearer" && !out.credentials.empty()) out.scheme = Authorization::Scheme::bearer;
  return out;
}

Result<PresentedClient> read_basic(std::string_view credentials, BasicRule rule) {
  Bytes pair;
  if (!decode_base64(credentials, pair) || !is_clean_utf8(pair)) return malformed();
  const std::size_t colon = pair.find(':');
  if (colon == std::string::npos) return malformed();
  std::string id = pair.substr(0, colon), secret = pair.substr(colon + 1);
  if (rule == BasicRule::raw) return PresentedClient{std::move(id), secret_of(std::move(secret))};
  return PresentedClient{form_decoded(std::move(id)), secret_of(form_decoded(std::move(secret)))};
}

Result<std::optional<PresentedClient>> read_client(const Request& request, const Parameters& parameters,
                                                   BothStyles both) {
  const Result<Authorization> authorization = read_authorization(request);
  if (!authorization) return authorization.error();
  std::optional<PresentedClient> sent = from_parameters(parameters);
  if (authorization->scheme == Authorization::Scheme::none) {
    if (sent && sent->client_id.empty()) {
      return Error{codes::invalid_request, "A client_secret goes with a client_id.", "", "client_id"};
    }
    return sent;
  }
  if (authorization->scheme != Authorization::Scheme::basic) return malformed();
  Result<PresentedClient> basic = read_basic(authorization->credentials, BasicRule::decoded);
  if (!basic) return basic.error();
  if (!sent) return std::optional(std::move(*basic));
  const bool same_id = sent->client_id.empty() || sent->client_id == basic->client_id;
  const bool same_secret = !sent->secret || (basic->secret && sent->secret->reveal() == basic->secret->reveal());
  if (!same_id || !same_secret || (sent->secret && both == BothStyles::refused)) {
    return Error{codes::invalid_request, "The client authenticates in two ways at once."};
  }
  return std::optional(std::move(*basic));
}

}  // namespace hub::http
