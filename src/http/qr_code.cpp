#include "hub/http/qr_code.h"

#include <qrencode.h>

#include <memory>

#include "hub/base/codes.h"

namespace hub::http {

Result<QrCode> make_qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                        QR_ECLEVEL_M),
      &QRcode_free);
  if (!made) return Error{codes::invalid_request, "This text fits into no QR code."};
  QrCode out{.width = made->width, .dark = {}};
  const auto modules = static_cast<std::size_t>(made->width) * static_cast<std::size_t>(made->width);
  for (std::size_t i = 0; i < modules; ++i) out.dark.push_back((made->data[i] & 1U) != 0);
  return out;
}

std::string qr_path(const QrCode& code) {
  std::string out;
  for (int y = 0; y < code.width; ++y) {
    for (int x = 0; x < code.width; ++x) {
      if (!code.at(x, y)) continue;
      int length = 1;
      while (x + length < code.width && code.at(x + length, y)) ++length;
      const std::string across = std::to_string(length);
      out += "M" + std::to_string(x + qr_margin) + " " + std::to_string(y + qr_margin) + "h" + across + "v1h-" +
             across + "z";
      x += length;
    }
  }
  return out;
}

std::string qr_text(const QrCode& code) {
  const auto light = [&](int x, int y) {
    const bool inside = x >= 0 && y >= 0 && x < code.width && y < code.width;
    return !inside || !code.at(x, y);
  };
  std::string out;
  for (int y = -qr_margin; y < code.width + qr_margin; y += 2) {
    for (int x = -qr_margin; x < code.width + qr_margin; ++x) {
      const bool above = light(x, y), below = y + 1 < code.width + qr_margin && light(x, y + 1);
      out += above ? (below ? "█" : "▀") : (below ? "▄" : " ");
    }
    out += "\n";
  }
  return out;
}

}  // namespace hub::http
