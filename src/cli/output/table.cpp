#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/limits.h"
#include "output/cell.h"
#include "output/writer.h"

namespace hub::cli {
namespace {

using Cells = std::vector<std::string>;

std::string heading(std::string_view name) {
  std::string out(name);
  for (char& c : out) c = c == '_' ? ' ' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

std::string bold(const std::string& text, bool on) { return on ? "\x1b[1m" + text + "\x1b[0m" : text; }

// Lists as columns whose widths fit the first thousand rows; objects as one line per field that has a value.
class TableWriter final : public Writer {
 public:
  TableWriter(const Layout& layout, Sink& sink) : layout_(layout), sink_(sink) {}

  void row(const Json& row) override {
    Cells cells;
    for (const operations::FieldInfo& field : layout_.columns) {
      cells.push_back(cell_text(find_value(row, field.name), field.kind, layout_.local_times));
      if (cells.back().empty()) cells.back() = "-";
    }
    if (measured_) {
      print(cells);
      return;
    }
    waiting_.push_back(std::move(cells));
    if (waiting_.size() == static_cast<std::size_t>(limits::list_page)) measure();
  }

  void object(const Json& object) override {
    std::size_t widest = 0;
    for (const operations::FieldInfo& field : layout_.columns) {
      if (!text_of(object, field).empty()) widest = std::max(widest, field.name.size());
    }
    for (const operations::FieldInfo& field : layout_.columns) {
      const std::string text = text_of(object, field);
      if (text.empty()) continue;
      if (!layout_.headers) {
        sink_.write(text + "\n");
        continue;
      }
      const std::string padding(widest - field.name.size() + 2, ' ');
      sink_.write(bold(heading(field.name), layout_.bold) + padding + text + "\n");
    }
  }

  void finish() override {
    if (layout_.shape.list && !measured_) measure();
  }

 private:
  std::string text_of(const Json& object, const operations::FieldInfo& field) const {
    return cell_text(find_value(object, field.name), field.kind, layout_.local_times);
  }

  void measure() {
    measured_ = true;
    for (const operations::FieldInfo& field : layout_.columns) {
      widths_.push_back(layout_.headers ? field.name.size() : 0);
    }
    for (const Cells& cells : waiting_) {
      for (std::size_t i = 0; i < cells.size(); ++i) widths_[i] = std::max(widths_[i], display_width(cells[i]));
    }
    if (layout_.headers) print_headings();
    for (const Cells& cells : waiting_) print(cells);
    waiting_.clear();
  }

  void print_headings() {
    std::string line;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const operations::FieldInfo& field = layout_.columns[i];
      add(line, i, heading(field.name), field.name.size());
    }
    sink_.write(bold(line, layout_.bold) + "\n");
  }

  void print(const Cells& cells) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) add(line, i, cells[i], display_width(cells[i]));
    sink_.write(line + "\n");
  }

  void add(std::string& line, std::size_t column, const std::string& text, std::size_t width) const {
    const std::size_t gap = widths_[column] > width ? widths_[column] - width : 0;
    const bool right = layout_.columns[column].kind == operations::ValueKind::integer;
    const bool last = column + 1 == layout_.columns.size();
    if (column > 0) line += "  ";
    if (right) line.append(gap, ' ');
    line += text;
    if (!right && !last) line.append(gap, ' ');
  }

  const Layout layout_;
  Sink& sink_;
  bool measured_ = false;
  std::vector<Cells> waiting_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::unique_ptr<Writer> table_writer(const Layout& layout, Sink& sink) {
  return std::make_unique<TableWriter>(layout, sink);
}

}  // namespace hub::cli
