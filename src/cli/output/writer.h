#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/base/json.h"
#include "output/format.h"
#include "output/sink.h"

namespace hub::cli {

// How an answer is to look, whatever the format.
struct Layout {
  AnswerShape shape;
  std::vector<operations::FieldInfo> columns;  // in order: of tables, TSV and CSV, and what structured formats keep
  bool chosen = false;                         // the caller named the columns with --fields
  bool headers = true;
  bool local_times = false;
  bool bold = false;    // headings
  bool pretty = false;  // JSON for people
};

// Turns answers into text. A list is row() for each row, an object is object() once; finish() ends either.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void row(const Json& row) = 0;
  virtual void object(const Json& object) = 0;
  virtual void finish() {}
};

std::unique_ptr<Writer> make_writer(Format format, const Layout& layout, Sink& sink);

// Of one family each.
std::unique_ptr<Writer> table_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> tsv_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> csv_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> json_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> jsonl_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> yaml_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> value_writer(std::string_view field, std::string_view prefix, Sink& sink);  // id, raw, header
std::unique_ptr<Writer> env_writer(const Layout& layout, Sink& sink);
std::unique_ptr<Writer> no_writer();

// The answer reduced to the chosen fields, inside the envelope of a change if it has one.
Json chosen_fields(const Json& answer, const Layout& layout);

bool is_envelope(const Json& answer);  // {"changed",...,"object"}

}  // namespace hub::cli
