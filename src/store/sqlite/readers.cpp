#include "readers.h"

#include "fault.h"
#include "hub/base/codes.h"

namespace hub::store::sqlite {

Result<void> Readers::read(const std::function<Result<void>(Session&)>& job) {
  try {
    std::unique_ptr<Connection> connection = take();
    connection->patience().start();
    connection->control("BEGIN");
    Result<void> outcome = job(*connection);
    connection->control("COMMIT");
    give_back(std::move(connection));
    return outcome;
  } catch (const StoreFault& fault) {
    return fault.error();  // and the connection goes, whatever state it is in
  } catch (const std::exception& exception) {
    return Error{codes::internal, "Reading the store went wrong.", {}, {}, exception.what()};
  }
}

std::unique_ptr<Connection> Readers::take() {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<Connection> connection = std::move(idle_.back());
      idle_.pop_back();
      return connection;
    }
  }
  return std::make_unique<Connection>(path_, use_, engine_);
}

void Readers::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(connection));
}

}  // namespace hub::store::sqlite
