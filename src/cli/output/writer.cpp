#include "output/writer.h"

#include <nlohmann/json.hpp>

#include "output/cell.h"

namespace hub::cli {
namespace {

Json picked(const Json& object, const Layout& layout) {
  Json out = Json::object();
  for (const operations::FieldInfo& field : layout.columns) {
    const Json* value = find_value(object, field.name);
    out[std::string(field.name)] = value == nullptr ? Json() : *value;
  }
  return out;
}

class NoWriter final : public Writer {
 public:
  void row(const Json&) override {}
  void object(const Json&) override {}
};

}  // namespace

bool is_envelope(const Json& answer) {
  return answer.is_object() && answer.contains("changed") && answer.contains("object");
}

Json chosen_fields(const Json& answer, const Layout& layout) {
  if (!layout.chosen) return answer;
  if (!is_envelope(answer)) return picked(answer, layout);
  Json out = answer;
  out["object"] = picked(answer["object"], layout);
  return out;
}

std::unique_ptr<Writer> no_writer() { return std::make_unique<NoWriter>(); }

std::unique_ptr<Writer> make_writer(Format format, const Layout& layout, Sink& sink) {
  switch (format) {
    case Format::table:
    case Format::wide:
      return table_writer(layout, sink);
    case Format::json:
      return json_writer(layout, sink);
    case Format::jsonl:
      return jsonl_writer(layout, sink);
    case Format::yaml:
      return yaml_writer(layout, sink);
    case Format::csv:
      return csv_writer(layout, sink);
    case Format::tsv:
      return tsv_writer(layout, sink);
    case Format::env:
      return env_writer(layout, sink);
    case Format::id:
      return value_writer(layout.shape.id, "", sink);
    case Format::raw:
      return value_writer(layout.shape.only_secret()->name, "", sink);
    case Format::header:
      return value_writer("access_token", "Authorization: Bearer ", sink);
    case Format::none:
      break;
  }
  return no_writer();
}

}  // namespace hub::cli
