#include "hub/core/shown_once.h"

#include <charconv>

#include "hub/base/bytes.h"

namespace hub::core {
namespace {

std::string bound_to(const SessionId& session, std::string_view about) {
  return "shown once:" + session.text() + ":" + std::string(about);
}

}  // namespace

Result<Secret> seal_to_show(Hub& hub, const SessionId& session, std::string_view about, const Secret& secret) {
  const Result<Keys*> keys = hub.keys();
  if (!keys) return keys.error();
  const Secret text(std::to_string(unix_seconds(hub.clock().now())) + ":" + secret.reveal());
  return Secret(base64url((*keys)->store_keys.sealer().seal(text, bound_to(session, about), hub.random())));
}

std::optional<Secret> open_to_show(Hub& hub, const SessionId& session, std::string_view about, const Secret& sealed) {
  const Result<Keys*> keys = hub.keys();
  Bytes bytes;
  if (!keys || !decode_base64url(sealed.reveal(), bytes)) return std::nullopt;
  const Result<Secret> opened = (*keys)->store_keys.sealer().open(bytes, bound_to(session, about));
  if (!opened) return std::nullopt;
  const std::string& text = opened->reveal();
  std::int64_t made_at_s = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), made_at_s);
  const std::int64_t age_s = unix_seconds(hub.clock().now()) - made_at_s;
  if (problem != std::errc() || age_s < 0 || age_s > shown_once_lifetime.count()) return std::nullopt;
  return Secret(text.substr(static_cast<std::size_t>(end - text.data()) + 1));
}

}  // namespace hub::core
