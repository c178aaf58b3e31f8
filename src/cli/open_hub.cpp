#include "open_hub.h"

#include "hub/base/codes.h"
#include "hub/core/reference.h"
#include "location.h"

namespace hub::cli {

Result<OpenHub> open_hub(const Options& options, const Surroundings& around, Clock& clock, bool read_only) {
  const Result<core::HubLocation> location = find_hub(options.store, options.master_key_file, around);
  if (!location) return location.error();
  OpenHub out;
  out.random = core::system_random();
  Result<std::unique_ptr<core::Hub>> hub = core::open_hub(*location, read_only && !options.actor, clock, *out.random);
  if (!hub) return hub.error();
  out.hub = std::move(*hub);
  return out;
}

Result<OpenHub> open_hub(const Invocation& invocation, bool read_only) {
  return open_hub(invocation.options, invocation.around, invocation.clock, read_only);
}

Result<Call> caller(const Options& options, core::Hub& hub) {
  Call call = local_call(options);
  if (!options.actor) return call;
  const Result<Principal> actor =
      hub.read(call, [&](core::View& view) { return core::find_actor(view, *options.actor); });
  if (!actor) return actor.error();
  call.principal = *actor;
  return call;
}

Result<void> operators_only(core::Hub& hub, const Call& call, std::string_view command) {
  if (call.principal.is_operator()) return {};
  const Result<void> noted = hub.write(call, [&](core::Work& work) -> Result<void> {
    work.audit(command, command, codes::principal_not_allowed.name, "{}");
    return {};
  });
  if (!noted) return noted.error();
  return Error{codes::principal_not_allowed, "Only an operator may do this.", "run it without --actor"};
}

}  // namespace hub::cli
