#include "options.h"

#include <algorithm>
#include <charconv>

#include "errors.h"
#include "hub/base/text.h"

namespace hub::cli {
namespace {

using operations::CommandInfo;
using operations::FieldInfo;
using operations::Show;

std::optional<std::string> text_of(const Arguments& arguments, const std::string& name) {
  const std::string* value = arguments.value(name);
  return value == nullptr ? std::nullopt : std::optional(*value);
}

// The commands' own fields of the same name stay theirs.
bool is_own(const CommandInfo& command, const std::string& flag) {
  const auto same = [&](const FieldInfo& field) { return operations::flag_name(field) == flag; };
  return std::any_of(command.request.begin(), command.request.end(), same);
}

std::string listed(const std::vector<Format>& formats) {
  std::string out;
  for (const Format format : formats) out += (out.empty() ? "" : " ") + std::string(name_of(format));
  return out;
}

bool contains(const std::vector<Format>& formats, Format format) {
  return std::find(formats.begin(), formats.end(), format) != formats.end();
}

Result<Format> named_format(const std::string& name, const CommandInfo& command, const AnswerShape& shape) {
  const std::vector<Format> possible = formats_of(shape);
  const std::optional<Format> format = parse_format(name);
  if (format && contains(possible, *format)) return *format;
  const std::string shown = is_display_name(name, 32) ? " \"" + name + "\"" : "";
  return usage_error("\"" + std::string(command.name) + "\" has no output format" + shown + ".",
                     "it has " + listed(possible));
}

Result<void> read_format(Options& out, const CommandInfo& command, const AnswerShape& shape, const Arguments& arguments,
                         const Surroundings& around) {
  out.quiet = arguments.is_set("quiet");
  std::optional<std::string> name = text_of(arguments, "output");
  if (arguments.is_set("json")) {
    if (name && *name != "json") return usage_error("--json and --output " + *name + " contradict each other.");
    name = "json";
  }
  out.format_is_chosen = name.has_value() || out.quiet;
  if (name) {
    const Result<Format> format = named_format(*name, command, shape);
    if (!format) return format.error();
    out.format = *format;
    return {};
  }
  if (out.quiet) {
    out.format = shape.find(shape.id) != nullptr ? Format::id : Format::none;
    return {};
  }
  if (command.name == "credential verify") {  // its answer is the exit status (cli.md section 4)
    out.format = Format::none;
    return {};
  }
  out.format = around.output_is_terminal ? Format::table : Format::tsv;
  if (const auto wanted = around.variable("HUBCTL_OUTPUT")) {
    const std::optional<Format> format = parse_format(*wanted);
    if (!format) return usage_error("HUBCTL_OUTPUT is no output format.");
    if (contains(formats_of(shape), *format)) out.format = *format;  // meant for the commands that have it
  }
  return {};
}

Result<void> choose_columns(Options& out, const AnswerShape& shape, const std::string& names) {
  for (const std::string_view name : split(names, ',')) {
    const FieldInfo* field = shape.find(trim(name));
    if (field != nullptr) {
      out.layout.columns.push_back(*field);
      continue;
    }
    std::vector<std::string_view> known;
    for (const FieldInfo& one : shape.fields) known.push_back(one.name);
    const std::string_view near = nearest(name, known);
    const std::string shown = is_display_name(name, 64) ? " \"" + std::string(name) + "\"" : " of that name";
    return usage_error("There is no field" + shown + " to show.",
                       near.empty() ? "--fields help lists them" : "did you mean \"" + std::string(near) + "\"?");
  }
  out.layout.chosen = true;
  return {};
}

// Columns are for lists and for machines; an object on a terminal shows all it has, but no token.
void default_columns(Options& out, const AnswerShape& shape) {
  const bool whole = out.format == Format::env || (is_table(out.format) && !shape.list && !shape.is_token_response());
  for (const FieldInfo& field : shape.fields) {
    const bool wide = out.format == Format::wide && field.show == Show::wide;
    if (whole || wide || field.show == Show::column) out.layout.columns.push_back(field);
  }
}

Result<void> read_layout(Options& out, const AnswerShape& shape, const Arguments& arguments,
                         const Surroundings& around) {
  out.layout.shape = shape;
  out.layout.headers = !arguments.is_set("no-headers");
  out.layout.local_times = around.output_is_terminal && !arguments.is_set("utc");
  out.layout.pretty = around.output_is_terminal;
  const std::string color = text_of(arguments, "color").value_or("auto");
  if (color != "auto" && color != "always" && color != "never") {
    return usage_error("--color is auto, always or never.");
  }
  out.color = color == "auto" ? Color::automatic : color == "always" ? Color::always : Color::never;
  out.layout.bold = use_color(out.color, around.output_is_terminal, around);
  const std::optional<std::string> fields = text_of(arguments, "fields");
  out.fields_help = fields == "help";
  if (fields && !out.fields_help) return choose_columns(out, shape, *fields);
  default_columns(out, shape);
  return {};
}

Result<std::int64_t> count_of(const std::string& flag, const std::string& text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) {
    return usage_error("--" + flag + " needs a whole number.");
  }
  return number;
}

Result<void> read_query(Options& out, const CommandInfo& command, const Arguments& arguments) {
  if (command.effect != operations::Effect::list) return {};
  if (const auto found = arguments.flags.find("filter"); found != arguments.flags.end() && !is_own(command, "filter")) {
    for (const std::string& text : found->second) {
      Result<operations::Condition> condition = operations::parse_condition(text, command.answer);
      if (!condition) return condition.error();
      out.query.conditions.push_back(std::move(*condition));
      out.filters.push_back(text);
    }
  }
  if (const auto text = text_of(arguments, "sort"); text && !is_own(command, "sort")) {
    Result<std::vector<operations::SortKey>> keys = operations::parse_sort(*text, command.answer);
    if (!keys) return keys.error();
    out.query.sort = std::move(*keys);
    out.sort = *text;
  }
  if (const auto text = text_of(arguments, "limit"); text && !is_own(command, "limit")) {
    const Result<std::int64_t> count = count_of("limit", *text);
    if (!count) return count.error();
    out.query.limit = *count;
  }
  if (const auto text = text_of(arguments, "skip"); text && !is_own(command, "skip")) {
    const Result<std::int64_t> count = count_of("skip", *text);
    if (!count) return count.error();
    out.query.skip = *count;
  }
  return {};
}

Result<void> read_call(Options& out, const CommandInfo& command, const Arguments& arguments,
                       const Surroundings& around) {
  out.yes = arguments.is_set("yes");
  out.may_ask = around.input_is_terminal && around.errors_are_terminal && !arguments.is_set("no-input") &&
                !around.variable("HUBCTL_NO_INPUT") && !around.variable("CI");
  out.ensure = arguments.is_set("ensure");
  out.dry_run = arguments.is_set("dry-run");
  out.verbose = arguments.is_set("verbose");
  out.secret_out = text_of(arguments, "secret-out");
  if (const auto text = text_of(arguments, "if-version")) {
    const Result<std::int64_t> version = count_of("if-version", *text);
    if (!version) return version.error();
    out.if_version = *version;
  }
  if (!is_own(command, "reason")) out.reason = text_of(arguments, "reason");
  if (is_own(command, "actor")) return {};
  out.actor = text_of(arguments, "actor");
  if (!out.actor) out.actor = around.variable("HUBCTL_ACTOR");
  return {};
}

Result<void> read_remote(Options& out, const CommandInfo& command, const Arguments& arguments) {
  if (!is_own(command, "remote")) out.remote = text_of(arguments, "remote");
  if (!is_own(command, "context")) out.context = text_of(arguments, "context");
  out.print_request = arguments.is_set("print-request");
  const auto text = text_of(arguments, "timeout");
  if (!text || is_own(command, "timeout")) return {};
  out.timeout = parse_duration(*text);
  if (out.timeout && out.timeout->count() > 0) return {};
  return usage_error("--timeout is a duration.", "for example 30s");
}

}  // namespace

Result<Options> read_options(const CommandInfo& command, const AnswerShape& shape, const Arguments& arguments,
                             const Surroundings& around) {
  Options out;
  out.help = arguments.is_set("help");
  out.version = arguments.is_set("version") && !is_own(command, "version");
  if (out.help || out.version) return out;
  out.store = text_of(arguments, "store");
  out.master_key_file = text_of(arguments, "master-key-file");
  if (Result<void> read = read_remote(out, command, arguments); !read) return read.error();
  if (Result<void> read = read_format(out, command, shape, arguments, around); !read) return read.error();
  if (Result<void> read = read_layout(out, shape, arguments, around); !read) return read.error();
  if (Result<void> read = read_query(out, command, arguments); !read) return read.error();
  if (Result<void> read = read_call(out, command, arguments, around); !read) return read.error();
  return out;
}

bool wants_json_errors(const std::vector<std::string>& argv, const Surroundings& around) {
  bool json = around.variable("HUBCTL_OUTPUT").value_or("").rfind("json", 0) == 0;
  for (std::size_t i = 0; i < argv.size() && argv[i] != "--"; ++i) {
    const std::string& word = argv[i];
    std::optional<std::string> format;
    if (word == "--json") format = "json";
    if ((word == "-o" || word == "--output") && i + 1 < argv.size()) format = argv[++i];
    if (word.rfind("--output=", 0) == 0) format = word.substr(9);
    if (word.rfind("-o", 0) == 0 && word.size() > 2) format = word.substr(word[2] == '=' ? 3 : 2);
    if (format) json = *format == "json" || *format == "jsonl";
  }
  return json;
}

}  // namespace hub::cli
