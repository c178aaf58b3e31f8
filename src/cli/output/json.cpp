#include <nlohmann/json.hpp>

#include "output/writer.h"

namespace hub::cli {
namespace {

std::string indented(const Json& value) { return value.dump(2, ' ', false, Json::error_handler_t::replace); }

// A list is an array with a row per line, so that it can be written while it is read.
class JsonWriter final : public Writer {
 public:
  JsonWriter(const Layout& layout, Sink& sink) : layout_(layout), sink_(sink) {}

  void row(const Json& row) override {
    sink_.write(any_ ? ",\n" : "[\n");
    sink_.write(to_line(chosen_fields(row, layout_)));
    any_ = true;
  }

  void object(const Json& object) override {
    const Json chosen = chosen_fields(object, layout_);
    sink_.write((layout_.pretty ? indented(chosen) : to_line(chosen)) + "\n");
  }

  void finish() override {
    if (layout_.shape.list) sink_.write(any_ ? "\n]\n" : "[]\n");
  }

 private:
  const Layout layout_;
  Sink& sink_;
  bool any_ = false;
};

class JsonLinesWriter final : public Writer {
 public:
  JsonLinesWriter(const Layout& layout, Sink& sink) : layout_(layout), sink_(sink) {}
  void row(const Json& row) override { sink_.write(to_line(chosen_fields(row, layout_)) + "\n"); }
  void object(const Json& object) override { row(object); }

 private:
  const Layout layout_;
  Sink& sink_;
};

}  // namespace

std::unique_ptr<Writer> json_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<JsonWriter>(layout, sink);
}

std::unique_ptr<Writer> jsonl_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<JsonLinesWriter>(layout, sink);
}

}  // namespace hub::cli
