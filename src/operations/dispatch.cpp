#include "hub/operations/dispatch.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "audit_text.h"
#include "hub/base/text.h"

namespace hub::operations {
namespace {

Result<void> check_access(const Operation& operation, const Call& call) {
  switch (operation.info.access) {
    case Access::nobody:
      return Error{codes::principal_not_allowed, "Nobody may run this operation."};
    case Access::everybody:
    case Access::people:
      return {};
    case Access::operators:
      if (call.principal.is_operator()) return {};
      return Error{codes::principal_not_allowed, "Only an operator may do this.", "run it without --actor"};
  }
  __builtin_unreachable();
}

Result<void> check(const Operation& operation, const core::Hub* hub, const Call& call, const Json& request) {
  if (Result<void> allowed = check_access(operation, call); !allowed) return allowed;
  if (hub == nullptr && operation.effect != Effect::none) {
    return Error{codes::internal, "\"" + std::string(operation.info.name) + "\" needs a store and was given none."};
  }
  // The reason goes into the audit trail, where it must be readable for good.
  if (call.reason && !is_display_name(*call.reason, limits::text_bytes)) {
    return Error{codes::invalid_request,
                 "The reason must be 1 to " + std::to_string(limits::text_bytes) + " bytes of readable text.", "",
                 "reason"};
  }
  return check_members(request, operation.request);
}

// Every refused operation of a signed-in person is in the audit trail (decisions-week-one.md 29). The operation itself
// left nothing behind, so this is a write of its own; the caller gets the refusal in any case.
Error refused(const Operation& operation, core::Hub* hub, const Call& call, const Json& request, Error error) {
  const bool recorded = error.code.failure == Failure::forbidden && !call.principal.is_operator() && !call.dry_run;
  if (!recorded || hub == nullptr) return error;
  Call row = call;
  row.ensure = false;
  row.if_version = std::nullopt;
  const Result<void> written = hub->write(row, [&](core::Work& work) -> Result<void> {
    work.audit(operation.info.name, audit_target(operation.info, first_argument(operation.info, request)),
               error.code.name, audit_detail(operation.request, request));
    return {};
  });
  if (!written) {
    if (!error.cause.empty()) error.cause += "; ";
    error.cause += "the audit row of this refusal was not written: " + written.error().message;
    if (!written.error().cause.empty()) error.cause += " (" + written.error().cause + ")";
  }
  return error;
}

// Lets through what a query asks for: in the operation's order row by row, sorted only after the last row has come. Of
// a sorted list with a limit no more rows are kept than can still be asked for, and some.
class Selection {
 public:
  Selection(const ListQuery& query, const Emit& emit) : query_(query), emit_(emit) {}

  bool take(Json& row) {
    const auto holds = [&](const Condition& condition) { return matches(row, condition); };
    if (!std::all_of(query_.conditions.begin(), query_.conditions.end(), holds)) return true;
    if (query_.sort.empty()) return pass(row);
    rows_.push_back(std::move(row));
    if (query_.limit && rows_.size() >= 2 * most() + slack) sort();
    return true;
  }

  void finish() {
    sort();
    for (Json& row : rows_) {
      if (!pass(row)) return;
    }
  }

 private:
  static constexpr std::size_t slack = 1000;

  // Far below where the sums would overflow; a list that long is kept whole.
  std::size_t most() const {
    constexpr std::int64_t no_end = std::int64_t{1} << 40;
    return static_cast<std::size_t>(std::min(query_.skip, no_end) + std::min(query_.limit.value_or(no_end), no_end));
  }
  void sort() {
    const auto before = [&](const Json& a, const Json& b) { return sorts_before(a, b, query_.sort); };
    std::stable_sort(rows_.begin(), rows_.end(), before);
    if (rows_.size() > most()) rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(most()), rows_.end());
  }
  bool pass(Json& row) {
    if (query_.limit && passed_ >= *query_.limit) return false;
    if (skipped_ < query_.skip) {
      ++skipped_;
      return true;
    }
    ++passed_;
    return emit_(row) && (!query_.limit || passed_ < *query_.limit);
  }

  const ListQuery& query_;
  const Emit& emit_;
  std::int64_t skipped_ = 0;
  std::int64_t passed_ = 0;
  std::vector<Json> rows_;
};

Error wrong_shape(const Operation& operation) {
  return {codes::internal, "\"" + std::string(operation.info.name) + "\" was run in a way that it does not have."};
}

}  // namespace

Result<int> run(const Operation& operation, core::Hub* hub, const Call& call, const Json& request, Json& answer) {
  clear(answer);
  if (!operation.run) return wrong_shape(operation);
  if (Result<void> checked = check(operation, hub, call, request); !checked) {
    return refused(operation, hub, call, request, checked.error());
  }
  Result<int> status = operation.run(hub, call, request, answer);
  if (status) return status;
  clear(answer);
  return refused(operation, hub, call, request, status.error());
}

Result<void> run_list(const Operation& operation, core::Hub* hub, const Call& call, const Json& request,
                      const ListQuery& query, const Emit& emit) {
  if (!operation.list) return wrong_shape(operation);
  if (Result<void> checked = check(operation, hub, call, request); !checked) {
    return refused(operation, hub, call, request, checked.error());
  }
  Selection selection(query, emit);
  const Emit take = [&](Json& row) { return selection.take(row); };
  if (Result<void> listed = operation.list(hub, call, request, take); !listed) {
    return refused(operation, hub, call, request, listed.error());
  }
  selection.finish();
  return {};
}

}  // namespace hub::operations
