#include <algorithm>
#include <charconv>
#include <deque>
#include <nlohmann/json.hpp>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/operations/dispatch.h"
#include "hub/operations/rest.h"

namespace hub::operations {
namespace {

constexpr std::int64_t longest_sorted = std::int64_t{1} << 40, moved_at_most = 1000;

// Where a page ended: how many rows came before the next one, and the id of the last of them if rows have one.
struct Position {
  std::int64_t passed = 0;
  std::string id;
};

std::string cursor_of(const Position& position) {
  return base64url(std::to_string(position.passed) + " " + position.id);
}

Result<Position> parse_cursor(const std::string& text) {
  Position out;
  Bytes plain;
  bool readable = decode_base64url(text, plain);
  const std::size_t blank = plain.find(' ');
  readable = readable && blank != Bytes::npos;
  if (readable) {
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + blank, out.passed);
    readable = error == std::errc() && end == plain.data() + blank && out.passed >= 0;
    out.id = plain.substr(blank + 1);
  }
  if (readable) return out;
  return Error{codes::invalid_request, "The cursor is not one that this hub gave.", {}, "cursor"};
}

std::string id_of(const Json& row) {
  const Json* const id = find_member(row, "id");
  const auto* const text = id == nullptr ? nullptr : id->get_ptr<const Json::string_t*>();
  return text == nullptr ? std::string() : *text;
}

// Collects the rows of one page out of all that a list has.
class Page {
 public:
  Page(const Position& start, std::int64_t limit) : start_(start), limit_(static_cast<std::size_t>(limit)) {}

  // False when there is nothing more to learn.
  bool take(Json& row) {
    ++seen_;
    if (!found_ && !start_.id.empty() && id_of(row) == start_.id) {
      found_ = true;
      passed_ = seen_;
      rows_.clear();
      return true;
    }
    const bool counts = found_ || seen_ > start_.passed;
    if (counts && rows_.size() <= limit_) rows_.push_back(std::move(row));
    return rows_.size() <= limit_ || (!found_ && !start_.id.empty());
  }

  void write(Json& answer) {
    const bool more = rows_.size() > limit_;
    if (more) rows_.pop_back();
    Json items = Json::array();
    for (Json& row : rows_) items.push_back(std::move(row));
    Json next;
    if (more) {
      const std::int64_t before = found_ ? passed_ : start_.passed;
      next = cursor_of({before + static_cast<std::int64_t>(items.size()), id_of(items.back())});
    }
    answer = Json::object();
    answer["items"] = std::move(items);
    answer["next"] = std::move(next);
  }

 private:
  const Position& start_;
  std::size_t limit_;
  std::int64_t seen_ = 0;
  std::int64_t passed_ = 0;  // rows up to and with the one that was found
  bool found_ = false;
  std::deque<Json> rows_;  // one more than the page, to know whether there is another
};

}  // namespace

Result<void> run_page(const Operation& operation, core::Hub* hub, const Call& call, const RestRequest& request,
                      Json& answer) {
  Position start{.passed = request.query.skip, .id = {}};
  if (request.cursor) {
    Result<Position> position = parse_cursor(*request.cursor);
    if (!position) return position.error();
    start = std::move(*position);
  }
  ListQuery query = request.query;
  query.skip = 0;
  // Of a sorted list no more is kept than this page can need, and the rows that came before its beginning meanwhile.
  if (!query.sort.empty()) query.limit = std::min(start.passed, longest_sorted) + request.limit + 1 + moved_at_most;
  Page page(start, request.limit);
  const Emit emit = [&](Json& row) { return page.take(row); };
  if (Result<void> listed = run_list(operation, hub, call, *request.fields, query, emit); !listed) return listed;
  page.write(answer);
  return {};
}

}  // namespace hub::operations
