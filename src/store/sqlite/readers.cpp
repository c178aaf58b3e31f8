#include "readers.h"

#include "fault.h"
#include "hub/base/codes.h"

namespace hub::store::sqlite {

namespace {

constexpr std::size_t most_with_much = 8;

}  // namespace

Result<void> Readers::read(const std::function<Result<void>(Session&)>& job) {
  Reader reader = take();
  Result<void> outcome = read_with(reader, job);
  give_back(std::move(reader));
  return outcome;
}

Result<void> Readers::read_with(Reader& reader, const std::function<Result<void>(Session&)>& job) {
  // After a fault the connection goes, whatever state it is in.
  std::unique_ptr<Connection> connection = std::move(reader.connection);
  try {
    if (!connection) {
      connection = std::make_unique<Connection>(path_, reader.keeps_much ? Use::read_much : use_, engine_);
    }
    connection->patience().start();
    connection->control("BEGIN");
    Result<void> outcome = job(*connection);
    connection->control("COMMIT");
    reader.connection = std::move(connection);
    return outcome;
  } catch (const StoreFault& fault) {
    return fault.error();
  } catch (const std::exception& exception) {
    return Error{codes::internal, "Reading the store went wrong.", {}, {}, exception.what()};
  }
}

Readers::Reader Readers::take() {
  const std::lock_guard lock(mutex_);
  for (std::vector<Reader>* const idle : {&idle_with_much_, &idle_}) {
    if (idle->empty()) continue;
    Reader reader = std::move(idle->back());
    idle->pop_back();
    return reader;
  }
  const bool keeps_much = use_ == Use::read && with_much_ < most_with_much;
  if (keeps_much) ++with_much_;
  return {keeps_much, nullptr};
}

void Readers::give_back(Reader reader) {
  const std::lock_guard lock(mutex_);
  if (!reader.connection) {
    if (reader.keeps_much) --with_much_;
    return;
  }
  (reader.keeps_much ? idle_with_much_ : idle_).push_back(std::move(reader));
}

}  // namespace hub::store::sqlite
