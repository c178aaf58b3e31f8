#include "hub/operations/field.h"

namespace hub::operations {

template const MemberType& member_type<std::string>();
template const MemberType& member_type<std::optional<std::string>>();
template const MemberType& member_type<std::vector<std::string>>();
template const MemberType& member_type<std::int64_t>();
template const MemberType& member_type<bool>();
template const MemberType& member_type<Instant>();
template const MemberType& member_type<std::optional<Instant>>();
template const MemberType& member_type<std::optional<Seconds>>();
template const MemberType& member_type<Secret>();
template const MemberType& member_type<std::optional<Secret>>();
template const MemberType& member_type<ObjectText>();
template const MemberType& member_type<std::optional<ObjectText>>();
template const MemberType& member_type<core::Patch<std::string>>();

std::vector<FieldInfo> infos(const FieldList& fields) {
  std::vector<FieldInfo> out;
  out.reserve(fields.size());
  for (const AnyField& field : fields) out.push_back(field.info);
  return out;
}

Result<void> read_fields(const FieldList& fields, void* object, const Json& request) {
  for (const AnyField& field : fields) {
    const Json* const json = find_member(request, field.info.name);
    if (json == nullptr || (is_null(*json) && !field.info.unsettable)) {
      if (field.info.required) return missing_field(field.info);
      continue;
    }
    void* const member = static_cast<char*>(object) + field.offset;
    if (Result<void> read = field.type->read(field.info, member, *json); !read) return read;
  }
  return {};
}

void write_fields(const FieldList& fields, const void* object, Json& json) {
  for (const AnyField& field : fields) {
    field.type->write(field.info, static_cast<const char*>(object) + field.offset, json);
  }
}

}  // namespace hub::operations
