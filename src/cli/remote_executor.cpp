#include <algorithm>
#include <nlohmann/json.hpp>

#include "executor.h"
#include "hub/base/codes.h"
#include "hub/base/limits.h"
#include "hub/operations/rest.h"
#include "invocation.h"

namespace hub::cli {
namespace {

using operations::Operation;
using operations::RestMessage;
using operations::RestRoute;

constexpr JsonLimits page_limits{.depth = limits::json_depth, .members = 1'000'000};

const RestRoute& route_of(const Operation& operation) {
  return operations::rest_routes()[static_cast<std::size_t>(&operation - operations::all_operations().data())];
}

class RemoteExecutor final : public Executor {
 public:
  RemoteExecutor(std::unique_ptr<Remote> remote, const Options& options, std::string url)
      : remote_(std::move(remote)), options_(options), call_(local_call(options)), url_(std::move(url)) {}

  Result<int> run(const Operation& operation, const Json& request, Json& answer) override {
    const RestRoute& route = route_of(operation);
    const RestMessage message = operations::write_rest(route, request, call_, options_.actor, {});
    return ask(route, message, answer);
  }

  Result<void> run_list(const Operation& operation, const Json& request, const operations::Emit& emit) override {
    const RestRoute& route = route_of(operation);
    std::optional<std::string> cursor;
    std::int64_t left = options_.query.limit.value_or(std::numeric_limits<std::int64_t>::max());
    while (left > 0) {
      const std::int64_t rows = std::min<std::int64_t>(left, limits::list_page);
      const RestMessage message = operations::write_rest(route, request, call_, options_.actor, page(cursor, rows));
      Json answer;
      const Result<int> asked = ask(route, message, answer);
      if (!asked) return asked.error();
      if (!answer.contains("items") || !answer["items"].is_array()) return no_hub();
      for (Json& row : answer["items"]) {
        --left;
        if (!emit(row)) return {};
      }
      const auto next = answer.find("next");
      if (next == answer.end() || !next->is_string()) return {};
      cursor = next->get<std::string>();
    }
    return {};
  }

 private:
  std::vector<Parameter> page(const std::optional<std::string>& cursor, std::int64_t rows) const {
    std::vector<Parameter> out;
    for (const std::string& filter : options_.filters) out.push_back({"filter", filter});
    if (options_.sort) out.push_back({"sort", options_.sort});
    if (options_.query.skip > 0 && !cursor) out.push_back({"skip", std::to_string(options_.query.skip)});
    if (cursor) out.push_back({"cursor", cursor});
    out.push_back({"limit", std::to_string(rows)});
    return out;
  }

  Result<int> ask(const RestRoute& route, const RestMessage& message, Json& answer) {
    const Result<RemoteAnswer> got = remote_->ask(std::string(route.method), message.target, message.body);
    if (!got) return got.error();
    Result<Json> body = parse_json(got->body, page_limits);
    if (!body || !body->is_object()) return no_hub();
    answer = std::move(*body);
    return got->exit_status;
  }

  Error no_hub() const { return {codes::server_unreachable, "The answer of " + url_ + " is not a hub's."}; }

  std::unique_ptr<Remote> remote_;
  const Options& options_;
  Call call_;
  std::string url_;
};

}  // namespace

Result<std::unique_ptr<Executor>> remote_executor(const Options& options, const RemoteHub& hub) {
  Result<std::unique_ptr<Remote>> remote = Remote::connect(hub);
  if (!remote) return remote.error();
  return std::unique_ptr<Executor>(std::make_unique<RemoteExecutor>(std::move(*remote), options, hub.url));
}

}  // namespace hub::cli
