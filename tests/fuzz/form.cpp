#include "hub/base/form.h"

#include <cstdint>
#include <cstdlib>

#include "hub/base/text.h"

// What is decoded is clean text, and encoding it gives the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto decoded = hub::percent_decode(text)) {
    if (!hub::is_clean_utf8(*decoded) || hub::percent_decode(hub::percent_encode(*decoded)) != decoded) std::abort();
  }
  if (const auto form = hub::parse_form(text)) {
    std::string again;
    for (const hub::Parameter& each : *form) {
      if (!hub::is_clean_utf8(each.name) || !hub::is_clean_utf8(each.value.value_or(""))) std::abort();
      again += hub::percent_encode(each.name) + (each.value ? "=" + hub::percent_encode(*each.value) : "") + "&";
    }
    const auto twice = hub::parse_form(again);
    // A parameter without name and value is written as nothing.
    if (!twice || twice->size() > form->size()) std::abort();
  }
  if (const auto path = hub::parse_path(text)) {
    std::string again;
    for (const std::string& segment : *path) {
      if (segment.empty() || segment == "." || segment == ".." || segment.find('/') != std::string::npos) std::abort();
      again += "/" + hub::percent_encode(segment);
    }
    const auto twice = hub::parse_path(again.empty() ? "/" : again);
    if (!twice || *twice != *path) std::abort();
  }
  return 0;
}
