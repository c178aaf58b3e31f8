#include "request.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "errors.h"
#include "hub/base/file.h"
#include "hub/base/text.h"
#include "secret_input.h"
#include "terminal.h"
#include "values.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;
using operations::FieldInfo;
using operations::ValueKind;

constexpr std::string_view confirm_name = "confirm";

// As a person would have to write it: "--app APP" or "NAME".
std::string spelled(const CommandInfo& command, const FieldInfo& field) {
  if (operations::is_argument(command, field)) return operations::argument_name(field);
  const std::string value = operations::value_name(field);
  return "--" + operations::flag_name(field) + (value.empty() ? "" : " " + value);
}

class RequestBuilder {
 public:
  RequestBuilder(const CommandInfo& command, const std::vector<FieldInfo>& fields, const Arguments& arguments,
                 const Options& options, const Surroundings& around, Json& body)
      : command_(command), fields_(fields), arguments_(arguments), options_(options), around_(around), body_(body) {
    body_ = Json::object();
  }

  Result<Request> build() {
    for (const auto step : {&RequestBuilder::add_positionals, &RequestBuilder::add_flags, &RequestBuilder::add_unset,
                            &RequestBuilder::check_required, &RequestBuilder::add_secrets, &RequestBuilder::confirm}) {
      if (Result<void> done = (this->*step)(); !done) return done.error();
    }
    return std::move(out_);
  }

 private:
  Result<void> add_positionals() {
    const std::vector<std::string>& words = arguments_.positionals;
    std::size_t at = 0;
    for (const std::string_view name : command_.arguments) {
      const FieldInfo* field = operations::find_field(fields_, name);
      if (field == nullptr || at == words.size()) continue;
      const std::size_t end = field->repeated ? words.size() : at + 1;
      const std::vector<std::string> texts(words.begin() + static_cast<std::ptrdiff_t>(at),
                                           words.begin() + static_cast<std::ptrdiff_t>(end));
      if (Result<void> added = add(*field, texts); !added) return added;
      at = end;
    }
    if (at == words.size()) return {};
    if (at + 1 == words.size() && take_secret_file(words[at])) return {};
    // The word itself may be a secret that was typed without its flag.
    return usage_error("\"" + std::string(command_.name) + "\" takes " + std::to_string(at) +
                           (at == 1 ? " argument, not " : " arguments, not ") + std::to_string(words.size()) + ".",
                       operations::usage_line(command_));
  }

  // A secret that always comes as a file may be named without its flag.
  bool take_secret_file(const std::string& path) {
    const auto is_file = [](const FieldInfo& field) {
      return field.kind == ValueKind::secret && field.reference == "file";
    };
    const auto field = std::find_if(fields_.begin(), fields_.end(), is_file);
    if (field == fields_.end() || arguments_.has(operations::flag_name(*field))) return false;
    secret_file_ = path;
    return true;
  }

  Result<void> add_flags() {
    for (const FieldInfo& field : fields_) {
      if (operations::is_argument(command_, field) || field.kind == ValueKind::secret) continue;
      const auto found = arguments_.flags.find(operations::flag_name(field));
      if (found == arguments_.flags.end()) continue;
      if (!field.repeated && field.kind != ValueKind::boolean && found->second.size() > 1) {
        return usage_error("--" + found->first + " can be given only once.");
      }
      if (Result<void> added = add(field, found->second); !added) return added;
    }
    return {};
  }

  Result<void> add(const FieldInfo& field, const std::vector<std::string>& texts) {
    Json& member = body_[std::string(field.name)];
    if (field.repeated) return add_list(field, texts, member);
    const std::string& text = texts.back();
    const bool is_reference = field.kind == ValueKind::text && !field.reference.empty() && field.reference != "file";
    if (is_reference && text == "-") {
      if (Result<void> claimed = claim_input(); !claimed) return claimed;
      out_.batch_field = field.name;
    }
    if (field.kind == ValueKind::object && text == "@-") {
      if (Result<void> claimed = claim_input(); !claimed) return claimed;
    }
    Result<Json> value = json_value(field, text, around_);
    if (!value) return value.error();
    member = std::move(*value);
    return {};
  }

  Result<void> add_list(const FieldInfo& field, const std::vector<std::string>& texts, Json& member) {
    member = Json::array();
    std::vector<std::string> values;
    for (const std::string& text : texts) {
      if (text != "-") {
        values.push_back(text);
        continue;
      }
      if (Result<void> claimed = claim_input(); !claimed) return claimed;
      const Result<std::string> content = read_file("-");
      if (!content) return content.error();
      for (std::string& line : lines_of(*content)) values.push_back(std::move(line));
    }
    for (std::string& value : listed_values(field, values)) member.push_back(std::move(value));
    return {};
  }

  Result<void> add_unset() {
    const auto found = arguments_.flags.find("unset");
    if (found == arguments_.flags.end() || operations::find_field(fields_, "unset") != nullptr) return {};
    for (std::string name : found->second) {
      std::replace(name.begin(), name.end(), '-', '_');
      const FieldInfo* field = operations::find_field(fields_, name);
      if (field == nullptr || !field->unsettable) return cannot_be_unset(name);
      if (body_.contains(name)) return usage_error("--unset and a value for " + name + " contradict each other.");
      body_[name] = nullptr;
    }
    return {};
  }

  Error cannot_be_unset(const std::string& name) const {
    std::string known;
    for (const FieldInfo& field : fields_) {
      if (field.unsettable) known += (known.empty() ? "" : ", ") + std::string(field.name);
    }
    const std::string shown = is_display_name(name, 64) ? " " + name : " that";
    return usage_error("--unset does not know" + shown + ".", "it knows " + known);
  }

  Result<void> check_required() {
    for (const FieldInfo& field : fields_) {
      const bool asked_for = field.kind == ValueKind::secret || field.name == confirm_name;
      if (!field.required || asked_for || body_.contains(std::string(field.name))) continue;
      return usage_error("\"" + std::string(command_.name) + "\" needs " + spelled(command_, field) + ".",
                         operations::usage_line(command_));
    }
    return {};
  }

  Result<void> add_secrets() {
    for (const FieldInfo& field : fields_) {
      if (field.kind != ValueKind::secret) continue;
      const bool is_named = secret_file_ && field.reference == "file";
      const std::optional<std::string> path = is_named ? secret_file_ : secret_path(field, arguments_, around_);
      if (!path && !field.required) continue;
      if (path == "-") {
        if (Result<void> claimed = claim_input(); !claimed) return claimed;
      }
      const Result<Secret> secret = path ? read_secret_file(*path) : ask_for_secret(command_, field, options_);
      if (!secret) return secret.error();
      body_[std::string(field.name)] = secret->reveal();
    }
    return {};
  }

  // A change that cannot be taken back wants the name of the thing a second time.
  Result<void> confirm() {
    const FieldInfo* field = operations::find_field(fields_, confirm_name);
    if (field == nullptr || !field->required || body_.contains(std::string(confirm_name))) return {};
    const std::string_view target = command_.arguments.empty() ? std::string_view() : command_.arguments.front();
    const bool is_batch = out_.is_batch();
    if (options_.yes && is_batch) {
      out_.confirm_each = true;
      return {};
    }
    if (options_.yes && body_.contains(std::string(target))) {
      body_[std::string(confirm_name)] = body_[std::string(target)];
      return {};
    }
    if (!options_.may_ask || is_batch) {
      return usage_error("\"" + std::string(command_.name) + "\" wants to be confirmed.",
                         "use --confirm with its name again, or --yes");
    }
    const Result<std::string> typed = prompt_line(std::string(command_.summary) + ". Type its name to confirm: ");
    if (!typed) return typed.error();
    body_[std::string(confirm_name)] = std::string(trim(*typed));
    return {};
  }

  Result<void> claim_input() {
    if (input_is_taken_) return usage_error("Standard input can be read only once.");
    input_is_taken_ = true;
    return {};
  }

  const CommandInfo& command_;
  const std::vector<FieldInfo>& fields_;
  const Arguments& arguments_;
  const Options& options_;
  const Surroundings& around_;
  Json& body_;
  Request out_;
  std::optional<std::string> secret_file_;
  bool input_is_taken_ = false;
};

}  // namespace

Result<Request> build_request(const CommandInfo& command, const std::vector<FieldInfo>& fields,
                              const Arguments& arguments, const Options& options, const Surroundings& around,
                              Json& body) {
  return RequestBuilder(command, fields, arguments, options, around, body).build();
}

Result<void> fill_request(const Invocation& invocation, const operations::FieldList& fields, void* request) {
  Json body;
  const Result<Request> built = build_request(invocation.command, operations::infos(fields), invocation.arguments,
                                              invocation.options, invocation.around, body);
  if (!built) return built.error();
  return operations::read_fields(fields, request, body);
}

}  // namespace hub::cli
