#include "executor.h"

#include "context.h"
#include "errors.h"
#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "hub/base/text.h"

namespace hub::cli {
namespace {

bool is_url(std::string_view text) { return text.find("://") != std::string_view::npos || text.starts_with("unix:"); }

RemoteHub hub_of(const Context& context) { return {.url = context.url, .token = context.token}; }

Result<RemoteHub> named(const Contexts& contexts, const std::string& name) {
  const Context* const context = contexts.find(name);
  if (context == nullptr) return unknown_context(contexts, name);
  return hub_of(*context);
}

// The token of a hub that is named by its address: from the file that a variable names, else as logged in.
Result<RemoteHub> at_url(const Contexts& contexts, const std::string& url, const Surroundings& around) {
  RemoteHub out{.url = url};
  if (const auto file = around.variable("HUBCTL_TOKEN_FILE")) {
    Result<Secret> token = read_secret_file(*file);
    if (!token) return token.error();
    out.token = Secret(std::string(trim(token->reveal())));
  } else if (const Context* const context = contexts.find_url(url)) {
    out.token = context->token;
  }
  return out;
}

Result<std::optional<RemoteHub>> some(Result<RemoteHub> hub, const Options& options) {
  if (!hub) return hub.error();
  if (options.timeout) hub->timeout = *options.timeout;
  return std::optional(std::move(*hub));
}

}  // namespace

Result<std::optional<RemoteHub>> remote_hub(const Options& options, const Surroundings& around) {
  const int places = (options.store ? 1 : 0) + (options.remote ? 1 : 0) + (options.context ? 1 : 0);
  if (places > 1) return usage_error("--store, --remote and --context contradict each other.", "give one of them");
  if (options.store) return std::optional<RemoteHub>();
  std::optional<std::string> remote = options.remote, context = options.context;
  if (!remote && !context) remote = around.variable("HUBCTL_REMOTE");
  if (!remote && !context) context = around.variable("HUBCTL_CONTEXT");
  if (!remote && !context && around.variable("HUBCTL_STORE")) return std::optional<RemoteHub>();
  const Result<Contexts> contexts = read_contexts(around);
  if (!contexts) return contexts.error();
  if (remote && is_url(*remote)) return some(at_url(*contexts, *remote, around), options);
  const std::string name = remote ? *remote : context.value_or(contexts->current);
  if (name.empty() || name == local_context) return std::optional<RemoteHub>();
  return some(named(*contexts, name), options);
}

Result<std::unique_ptr<Executor>> open_executor(const Options& options, const Surroundings& around, Clock& clock,
                                                operations::Effect effect) {
  const Result<std::optional<RemoteHub>> hub = remote_hub(options, around);
  if (!hub) return hub.error();
  // What needs no store needs no hub either.
  if (*hub && effect != operations::Effect::none) return remote_executor(options, **hub);
  return local_executor(options, around, clock, effect);
}

}  // namespace hub::cli
