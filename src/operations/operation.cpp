#include "hub/operations/operation.h"

#include <nlohmann/json.hpp>

#include "audit_text.h"

namespace hub::operations {
namespace {

constexpr std::size_t audited_text_bytes = 200;

std::string cut(const std::string& text) {
  if (text.size() <= audited_text_bytes) return text;
  std::size_t end = audited_text_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;  // not inside a character
  return text.substr(0, end) + "…";
}

Json audited(const Json& value) {
  if (const auto* const text = value.get_ptr<const Json::string_t*>()) return cut(*text);
  if (value.is_array()) {
    Json items = Json::array();
    for (const Json& item : value) items.push_back(audited(item));
    return items;
  }
  if (!value.is_object()) return value;
  std::string line = to_line(value);
  return line.size() <= audited_text_bytes ? value : Json(cut(line));
}

std::string_view text_of(const Json* value) {
  const auto* const text = value == nullptr ? nullptr : value->get_ptr<const Json::string_t*>();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

}  // namespace

bool emit_object(const Emit& emit, const FillJson& fill) {
  Json object = Json::object();
  fill(object);
  return emit(object);
}

void write_change(Json& answer, const OperationInfo& info, bool changed, const std::string& name,
                  const FillJson& fill) {
  clear(answer);  // the job may run more than once
  answer["changed"] = changed;
  answer["kind"] = std::string(info.kind);
  answer["name"] = name;
  Json& object = answer["object"];  // null as it is made
  if (!fill) return;
  clear(object);
  fill(object);
}

Result<void> audit_change(core::Work& work, const OperationInfo& info, const std::vector<FieldInfo>& fields,
                          const Json& request, const Json& answer) {
  const Json* const changed = find_member(answer, "changed");
  if (changed == nullptr || *changed != true) return {};
  const Json* const object = find_member(answer, "object");
  std::string_view id = object == nullptr ? std::string_view() : text_of(find_member(*object, "id"));
  if (id.empty() && object != nullptr) id = text_of(find_member(*object, info.id));
  work.audit(info.name, audit_target(info, id), "ok", audit_detail(fields, request));
  return {};
}

std::string audit_detail(const std::vector<FieldInfo>& fields, const Json& request) {
  Json detail = Json::object();
  for (const FieldInfo& field : fields) {
    if (field.kind == ValueKind::secret) continue;
    if (const Json* const value = find_member(request, field.name)) detail[std::string(field.name)] = audited(*value);
  }
  return to_line(detail);
}

std::string audit_target(const OperationInfo& info, std::string_view id) {
  if (info.kind.empty()) return std::string(info.name);
  std::string target(info.kind);
  if (!id.empty()) target += ':' + cut(std::string(id));
  return target;
}

std::string_view first_argument(const OperationInfo& info, const Json& request) {
  return info.arguments.empty() ? std::string_view() : text_of(find_member(request, info.arguments.front()));
}

}  // namespace hub::operations
