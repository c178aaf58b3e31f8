#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/result.h"

namespace hub::http {

// A square of dark and light modules (ISO/IEC 18004, level M).
struct QrCode {
  int width = 0;
  std::vector<bool> dark;  // row by row
  bool at(int x, int y) const { return dark[static_cast<std::size_t>(y * width + x)]; }
};
// invalid_request for text that is empty or longer than a code holds.
Result<QrCode> make_qr_code(std::string_view text);

// Its light margin, in modules.
inline constexpr int qr_margin = 4;
// The dark modules as the `d` of an SVG path, margin included.
std::string qr_path(const QrCode& code);
// For terminals, two rows of modules in each line; dark modules are spaces, so that it stands out on a dark ground.
std::string qr_text(const QrCode& code);

}  // namespace hub::http
