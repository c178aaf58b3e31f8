#include "errors.h"

#include <nlohmann/json.hpp>

#include "hub/base/codes.h"

namespace hub::cli {
namespace {

// Nothing that came from outside may move the cursor or start a line of its own.
std::string one_line(const std::string& text) {
  std::string out = text;
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return out;
}

}  // namespace

Json error_json(const Error& error) {
  Json out = Json::object();
  out["code"] = std::string(error.code.name);
  out["message"] = error.message;
  if (!error.hint.empty()) out["hint"] = error.hint;
  out["exit"] = exit_status(error.code.failure);
  return out;
}

std::string error_text(const Error& error, bool as_json, bool color) {
  if (as_json) {
    Json out = Json::object();
    out["error"] = error_json(error);
    return to_line(out) + "\n";
  }
  const std::string name = color ? "\x1b[31mhubctl:\x1b[0m " : "hubctl: ";
  std::string out = name + one_line(error.message) + "\n";
  if (!error.hint.empty()) out += "hint: " + one_line(error.hint) + "\n";
  return out;
}

Error usage_error(std::string message, std::string hint) { return {codes::usage, std::move(message), std::move(hint)}; }

}  // namespace hub::cli
