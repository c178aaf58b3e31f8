#include "hub/base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "hub/base/codes.h"
#include "hub/base/text.h"

namespace hub {
namespace {

constexpr std::size_t few_members = 32;       // up to here comparing with each name is cheaper than a set
constexpr std::size_t expected_members = 12;  // of an object; saves nlohmann from copying members while it grows

// Builds the tree without recursion and stops at the first thing that is refused.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  Builder(JsonLimits most, bool escapes) : most_(most), escapes_(escapes) {}

  Json take() { return std::move(root_); }
  const std::string& problem() const { return problem_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(value); }
  bool number_unsigned(number_unsigned_t value) override { return add(value); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return clean(value) && add(std::move(value)); }
  bool binary(binary_t&) override { return refuse("holds binary data"); }

  bool start_object(std::size_t) override { return open(Json::value_t::object); }
  bool start_array(std::size_t) override { return open(Json::value_t::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    if (!clean(name)) return false;
    Frame& frame = open_.back();
    auto& members = frame.value->get_ref<Json::object_t&>();
    if (is_duplicate(frame, members, name)) return refuse("names a member of an object twice");
    // past ordered_map's own search: the name is known to be new
    Json::object_t::Container& list = members;
    frame.member = &list.emplace_back(std::move(name), Json()).second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    return refuse("is wrong at byte " + std::to_string(position));
  }

 private:
  struct Frame {
    Json* value;
    Json* member = nullptr;  // of an object: the one whose value comes next
    std::unordered_set<std::string> names = {};
  };

  bool refuse(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  bool clean(const std::string& text) {
    // the text as a whole is known to be clean, so only an escape can bring in what is not
    return !escapes_ || is_clean_utf8(text) || refuse("holds a character that is not allowed");
  }

  static bool is_duplicate(Frame& frame, const Json::object_t& members, const std::string& name) {
    if (members.size() < few_members) {
      return std::any_of(members.begin(), members.end(), [&](const auto& member) { return member.first == name; });
    }
    if (frame.names.empty()) {
      for (const auto& member : members) frame.names.insert(member.first);
    }
    return !frame.names.insert(name).second;
  }

  // Where the next value goes, or null if it is one too many.
  Json* place() {
    if (open_.empty()) return &root_;
    if (++members_ > most_.members) {
      refuse("has more than " + std::to_string(most_.members) + " members");
      return nullptr;
    }
    Frame& frame = open_.back();
    return frame.member != nullptr ? frame.member : &frame.value->get_ref<Json::array_t&>().emplace_back();
  }

  template <class Value>
  bool add(Value&& value) {
    Json* const where = place();
    if (where == nullptr) return false;
    *where = Json(std::forward<Value>(value));
    return true;
  }

  bool open(Json::value_t type) {
    if (std::cmp_greater_equal(open_.size(), most_.depth)) {
      return refuse("is nested deeper than " + std::to_string(most_.depth) + " levels");
    }
    Json* const where = place();
    if (where == nullptr) return false;
    *where = Json(type);
    if (type == Json::value_t::object) where->get_ref<Json::object_t&>().reserve(expected_members);
    open_.push_back({where});
    return true;
  }

  bool close() {
    open_.pop_back();
    return true;
  }

  const JsonLimits most_;
  const bool escapes_;
  int members_ = 0;
  Json root_;
  std::vector<Frame> open_;
  std::string problem_;
};

Error malformed(const std::string& problem) { return {codes::malformed_json, "The JSON text " + problem + "."}; }

}  // namespace

Result<Json> parse_json(std::string_view text, JsonLimits most) {
  // also because the parser takes a NUL for the end of the text
  if (!is_clean_utf8(text)) return malformed("is not clean UTF-8");
  Builder builder(most, text.find("\\u") != std::string_view::npos);
  const char* const begin = text.data();
  if (!Json::sax_parse(begin, begin + text.size(), &builder)) return malformed(builder.problem());
  return builder.take();
}

std::string to_line(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace hub
