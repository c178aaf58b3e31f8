#include "hub/operations/query.h"

#include <cstdint>
#include <nlohmann/json.hpp>

// Conditions and sort keys on a row with every kind of field: whatever the text, it is refused or answers within
// bounds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hub::operations::FieldInfo;
  using hub::operations::ValueKind;
  static const std::vector<FieldInfo> fields = [] {
    std::vector<FieldInfo> out(6);
    out[0].name = "name";
    out[1].name = "count";
    out[1].kind = ValueKind::integer;
    out[2].name = "open";
    out[2].kind = ValueKind::boolean;
    out[3].name = "at";
    out[3].kind = ValueKind::time;
    out[4].name = "scopes";
    out[4].repeated = true;
    out[5].name = "metadata";
    out[5].kind = ValueKind::object;
    return out;
  }();
  static const hub::Json row = {{"name", "acme printing"},
                                {"count", 7},
                                {"open", true},
                                {"at", "2026-11-22T09:30:00Z"},
                                {"scopes", {"a.b.r", "c.d.w"}},
                                {"metadata", {{"kind", "printer"}, {"size", 3}}}};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto condition = hub::operations::parse_condition(text, fields)) {
    (void)hub::operations::matches(row, *condition);
  }
  if (const auto keys = hub::operations::parse_sort(text, fields)) {
    (void)hub::operations::sorts_before(row, row, *keys);
  }
  return 0;
}
