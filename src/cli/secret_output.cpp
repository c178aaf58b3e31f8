#include "secret_output.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"

namespace hub::cli {
namespace {

using operations::FieldInfo;
using operations::ValueKind;

bool is_true(const Json& request, const char* name) {
  const auto found = request.find(name);
  return found != request.end() && found->is_boolean() && found->get<bool>();
}

Json& object_of(Json& answer) { return is_envelope(answer) ? answer["object"] : answer; }
const Json& object_of(const Json& answer) { return is_envelope(answer) ? answer["object"] : answer; }

// As far as can be told before: another process may still be faster, and then the file is not overwritten either.
Result<void> check_new_file(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) {
    return Error{codes::exists, path + " exists already.", "choose another name for --secret-out or remove the file"};
  }
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  if (::access(directory.c_str(), W_OK | X_OK) == 0) return {};
  return Error{codes::unwritable_file, directory + " cannot be written to.", "choose another place for --secret-out"};
}

}  // namespace

bool SecretOutput::shows_secret() const {
  if (options_.format == Format::raw) return true;
  const bool everything = is_structured(options_.format) && !options_.layout.chosen;
  const bool to_a_person = is_table(options_.format) && around_.output_is_terminal;
  if (everything) return true;
  if (!is_structured(options_.format) && options_.format != Format::env && !to_a_person) return false;
  const auto& columns = options_.layout.columns;
  return std::any_of(columns.begin(), columns.end(), [](const auto& field) { return field.kind == ValueKind::secret; });
}

Result<void> SecretOutput::check(const Json& request, bool is_batch) const {
  if (options_.secret_out) {
    if (is_batch) return usage_error("--secret-out is for one secret, not for those of a batch.");
    return check_new_file(*options_.secret_out);
  }
  if (!shape_.has_secret()) return {};
  if (shape_.list) {
    if (!is_true(request, "show_secrets") || !around_.output_is_terminal || options_.format == Format::none) return {};
    return usage_error("Secrets are not listed on a terminal.", "use a pipe, a file or --secret-out FILE");
  }
  if (options_.dry_run || is_batch || shows_secret() || options_.format == Format::header) return {};
  if (shape_.is_token_response() && is_table(options_.format) && around_.output_is_terminal)
    return {};                                // a notice says how
  if (is_true(request, "public")) return {};  // a public client has none
  const bool is_token = shape_.is_token_response();
  return usage_error(
      std::string("The ") + (is_token ? "token" : "secret") + " is shown only once and would be lost.",
      std::string("use --secret-out FILE, or -o json, env") + (is_token ? ", raw or header" : " or raw"));
}

void SecretOutput::take(Json& answer) {
  if (!shape_.has_secret() || (!options_.secret_out && !options_.dry_run)) return;
  Json& object = object_of(answer);
  if (!object.is_object()) return;
  for (const FieldInfo& field : shape_.fields) {
    if (field.kind != ValueKind::secret) continue;
    const auto found = object.find(std::string(field.name));
    if (found == object.end()) continue;
    const bool is_wanted = !shape_.is_token_response() || field.name == "access_token";
    if (is_wanted && found->is_string()) taken_.push_back(found->get<std::string>());
    object.erase(found);
  }
}

Result<void> SecretOutput::write() const {
  if (!options_.secret_out || options_.dry_run || taken_.empty()) return {};
  std::string content;
  for (const std::string& secret : taken_) content += secret + "\n";
  Result<void> written = write_new_file(*options_.secret_out, content);
  if (written) return {};
  Error error = written.error();
  error.message = "It was done, but its secret is lost: " + error.message;
  error.hint = "Rotate it with another --secret-out.";
  return error;
}

std::string SecretOutput::notice(const Json& answer) const {
  if (shape_.list || !around_.output_is_terminal) return "";
  if (shape_.is_token_response()) {
    const bool hidden = is_table(options_.format) && !options_.layout.chosen && !options_.secret_out;
    return hidden ? "The token itself is shown with -o json, raw, env or header.\n" : "";
  }
  const Json& object = object_of(answer);
  for (const FieldInfo& field : shape_.fields) {
    if (field.kind != ValueKind::secret || !object.is_object()) continue;
    if (object.contains(std::string(field.name)))
      return "The " + std::string(field.name) + " is shown only this once.\n";
  }
  return "";
}

}  // namespace hub::cli
