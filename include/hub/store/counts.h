#pragma once
#include "hub/store/session.h"

namespace hub::store {

// How much a store holds, for `status`. Counts every row: meant for people, not for a request.
struct Counts {
  std::int64_t organizations = 0, people = 0, apps = 0, connections = 0,
               tokens = 0;  // apps: not built in; connections: active
};
Counts count_everything(Session& session);

}  // namespace hub::store
