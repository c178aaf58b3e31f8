#include "hub/store/session.h"

#include "fault.h"
#include "hub/base/codes.h"

namespace hub::store {

void Row::malformed_id() {
  throw StoreFault(Error{codes::store_damaged, "The store holds an id that is none.", "restore a backup"});
}

}  // namespace hub::store
