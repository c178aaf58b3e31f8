#include <nlohmann/json.hpp>

#include "output/cell.h"
#include "output/writer.h"

namespace hub::cli {
namespace {

// Tab, line end and backslash inside a value would be taken for the table's own.
std::string tsv_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// RFC 4180 section 2.
std::string csv_text(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

class DelimitedWriter final : public Writer {
 public:
  using Quote = std::string (*)(const std::string&);
  DelimitedWriter(const Layout& layout, char separator, Quote quote, bool headers, Sink& sink)
      : layout_(layout), separator_(separator), quote_(quote), heading_due_(headers), sink_(sink) {}

  void row(const Json& row) override {
    print_heading();
    std::string line;
    for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
      if (i > 0) line += separator_;
      line += quote_(plain_text(find_value(row, layout_.columns[i].name)));
    }
    sink_.write(line + "\n");
  }

  void object(const Json& object) override { row(object); }
  void finish() override { print_heading(); }

 private:
  void print_heading() {
    if (!heading_due_) return;
    heading_due_ = false;
    std::string line;
    for (std::size_t i = 0; i < layout_.columns.size(); ++i) {
      if (i > 0) line += separator_;
      line += layout_.columns[i].name;
    }
    sink_.write(line + "\n");
  }

  const Layout layout_;
  const char separator_;
  const Quote quote_;
  bool heading_due_;
  Sink& sink_;
};

}  // namespace

std::unique_ptr<Writer> tsv_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<DelimitedWriter>(layout, '\t', &tsv_text, false, sink);
}

std::unique_ptr<Writer> csv_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<DelimitedWriter>(layout, ',', &csv_text, layout.headers, sink);
}

}  // namespace hub::cli
