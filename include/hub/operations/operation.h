#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "hub/base/codes.h"
#include "hub/core/call.h"
#include "hub/core/hub.h"
#include "hub/operations/field.h"

// The layer `operations` is one table: each entry binds one function of core to its words, fields and access. The
// command line, its help, completion, man pages and the sweeps in the tests are loops over it.
namespace hub::operations {

// Who may run an operation at all; what a person may do with which organization is decided in core by their roles.
enum class Access {
  nobody,     // the default: an operation that forgot to say cannot be run
  everybody,  // needs no store and no principal
  people,     // operators, and persons within their roles
  operators,  // operators only
};

struct OperationInfo {
  std::string_view name;     // words of the command: "scope desired add"
  std::string_view summary;  // one line, no full stop
  std::string_view details = "";
  Access access = Access::nobody;
  std::string_view kind = "";                    // of the object, "authorization"
  std::string_view id = "id";                    // the answer's field that other commands take
  std::vector<std::string_view> arguments = {};  // request fields that are positional, in order
  std::vector<std::string_view> examples = {};
  std::vector<Code> errors = {};  // the ones a caller should expect, besides those every command has
  bool ensure = false;            // knows --ensure
  bool if_version = false;        // knows --if-version
};

// What an operation does to the store; derived from its function's parameter.
enum class Effect { none, read, list, change };

// Takes one row of a list; false to see no more.
using Emit = std::function<bool(Json&)>;
using FillJson = std::function<void(Json&)>;
bool emit_object(const Emit& emit, const FillJson& fill);  // a new object, filled, given to emit

// An answer that says "no" has an exit status of its own (10-14): its struct has a member function exit_status().
template <class T>
int exit_status_of(const T& answer) {
  if constexpr (requires { answer.exit_status(); }) {
    return answer.exit_status();
  } else {
    return 0;
  }
}

struct Operation {
  OperationInfo info;
  Effect effect = Effect::none;
  std::vector<FieldInfo> request;
  std::vector<FieldInfo> answer;  // of the object, or of each row of a list
  // Fills `answer` and returns the exit status. A change's answer is {"changed","kind","name","object"}, a token
  // response is itself.
  std::function<Result<int>(core::Hub*, const Call&, const Json& request, Json& answer)> run;
  std::function<Result<void>(core::Hub*, const Call&, const Json& request, const Emit& emit)> list;
};

// Writes the envelope of a change around `fill` (empty: no object) and, when something changed, the audit row of the
// operation into `work`.
void write_change(Json& answer, const OperationInfo& info, bool changed, const std::string& name, const FillJson& fill);
Result<void> audit_change(core::Work& work, const OperationInfo& info, const std::vector<FieldInfo>& fields,
                          const Json& request, const Json& answer);

// The kinds of functions that an operation can be.
template <class Request, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer, Result<T> (*run)(const Request&)) {
  Operation out{std::move(info), Effect::none, infos(request), infos(answer), {}, {}};
  out.run = [request, answer, run](core::Hub*, const Call&, const Json& json, Json& reply) -> Result<int> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    const Result<T> done = run(*input);
    if (!done) return done.error();
    write_answer(answer, *done, reply);
    return exit_status_of(*done);
  };
  return out;
}

template <class Request, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer,
                    Result<T> (*run)(core::View&, const Request&)) {
  Operation out{std::move(info), Effect::read, infos(request), infos(answer), {}, {}};
  out.run = [request, answer, run](core::Hub* hub, const Call& call, const Json& json, Json& reply) -> Result<int> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    const Result<T> done = hub->read(call, [&](core::View& view) { return run(view, *input); });
    if (!done) return done.error();
    write_answer(answer, *done, reply);
    return exit_status_of(*done);
  };
  return out;
}

// A list hands its rows to the caller one by one, inside one snapshot.
template <class Request, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer,
                    Result<void> (*run)(core::View&, const Request&, const std::function<bool(const T&)>&)) {
  Operation out{std::move(info), Effect::list, infos(request), infos(answer), {}, {}};
  out.list = [request, answer, run](core::Hub* hub, const Call& call, const Json& json,
                                    const Emit& emit) -> Result<void> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    const auto each = [&](const T& row) {
      return emit_object(emit, [&](Json& object) { write_answer(answer, row, object); });
    };
    return hub->read(call, [&](core::View& view) { return run(view, *input, each); });
  };
  return out;
}

// A list that needs no store.
template <class Request, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer,
                    Result<std::vector<T>> (*run)(const Request&)) {
  Operation out{std::move(info), Effect::none, infos(request), infos(answer), {}, {}};
  out.list = [request, answer, run](core::Hub*, const Call&, const Json& json, const Emit& emit) -> Result<void> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    const Result<std::vector<T>> rows = run(*input);
    if (!rows) return rows.error();
    for (const T& row : *rows) {
      if (!emit_object(emit, [&](Json& object) { write_answer(answer, row, object); })) break;
    }
    return {};
  };
  return out;
}

// Runs `job` in one write and adds the envelope and the audit row.
template <class T, class Job>
Result<int> run_change(const OperationInfo& info, const std::vector<FieldInfo>& request_fields, const Fields<T>& fields,
                       core::Hub& hub, const Call& call, const Json& request, Json& answer, const Job& job) {
  const Result<core::Changed<T>> done = hub.write(call, [&](core::Work& work) -> Result<core::Changed<T>> {
    Result<core::Changed<T>> changed = job(work);
    if (!changed) return changed;
    FillJson fill;
    if (changed->object) fill = [&](Json& object) { write_answer(fields, *changed->object, object); };
    write_change(answer, info, changed->changed, changed->name, fill);
    if (Result<void> audited = audit_change(work, info, request_fields, request, answer); !audited)
      return audited.error();
    return changed;
  });
  if (!done) return done.error();
  return 0;
}

template <class Request, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer,
                    Result<core::Changed<T>> (*run)(core::Work&, const Request&)) {
  Operation out{std::move(info), Effect::change, infos(request), infos(answer), {}, {}};
  out.run = [info = out.info, fields = out.request, request, answer, run](
                core::Hub* hub, const Call& call, const Json& json, Json& reply) -> Result<int> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    return run_change<T>(info, fields, answer, *hub, call, json, reply,
                         [&](core::Work& work) { return run(work, *input); });
  };
  return out;
}

// For work that others must not wait for at the writer, as making a key or hashing a password: `prepare` runs before
// the write, and what it made is handed to the job.
template <class Request, class Prepared, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer,
                    Result<Prepared> (*prepare)(core::Hub&, const Request&),
                    Result<core::Changed<T>> (*run)(core::Work&, const Request&, const Prepared&)) {
  Operation out{std::move(info), Effect::change, infos(request), infos(answer), {}, {}};
  out.run = [info = out.info, fields = out.request, request, answer, prepare, run](
                core::Hub* hub, const Call& call, const Json& json, Json& reply) -> Result<int> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    const Result<Prepared> prepared = prepare(*hub, *input);
    if (!prepared) return prepared.error();
    return run_change<T>(info, fields, answer, *hub, call, json, reply,
                         [&](core::Work& work) { return run(work, *input, *prepared); });
  };
  return out;
}

// Operations that run more than one transaction, like issuing a token: they audit for themselves and their answer has
// no envelope.
template <class Request, class T>
Operation operation(OperationInfo info, Fields<Request> request, Fields<T> answer,
                    Result<T> (*run)(core::Hub&, const Call&, const Request&)) {
  Operation out{std::move(info), Effect::change, infos(request), infos(answer), {}, {}};
  out.run = [request, answer, run](core::Hub* hub, const Call& call, const Json& json, Json& reply) -> Result<int> {
    const Result<Request> input = read_request(request, json);
    if (!input) return input.error();
    const Result<T> done = run(*hub, call, *input);
    if (!done) return done.error();
    write_answer(answer, *done, reply);
    return exit_status_of(*done);
  };
  return out;
}

const std::vector<Operation>& all_operations();
const Operation* find_operation(std::string_view name);

}  // namespace hub::operations
