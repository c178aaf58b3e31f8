#pragma once
#include <optional>
#include <string>
#include <vector>

#include "hub/base/result.h"
#include "hub/base/secret.h"
#include "surroundings.h"

namespace hub::cli {

// The hubs that this user has logged into, in ~/.config/hubctl/contexts: JSON, mode 0600, since it holds their tokens.
struct Context {
  std::string name, url;
  Secret token;
};
struct Contexts {
  std::vector<Context> all;
  std::string current;  // "": the store of this machine

  const Context* find(std::string_view name) const;
  const Context* find_url(std::string_view url) const;
};

// The name that stands for the store of this machine.
inline constexpr std::string_view local_context = "local";

// No file is no contexts. insecure_file, malformed_json.
Result<Contexts> read_contexts(const Surroundings& around);
Result<void> write_contexts(const Contexts& contexts, const Surroundings& around);

Error unknown_context(const Contexts& contexts, std::string_view name);

}  // namespace hub::cli
