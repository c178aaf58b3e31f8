#include <doctest/doctest.h>

#include "store_conformance.h"

namespace hub::conformance {

Result<void> insert_item(store::Store& store, std::int64_t id, std::string_view label) {
  return store.write([&](store::WriteSession& session) -> Result<store::Outcome> {
    session.execute("INSERT INTO item (id, label) VALUES ($1, $2)", {id, label});
    return store::Outcome::commit;
  });
}

std::int64_t count_items(store::Store& store) {
  std::int64_t count = -1;
  const Result<void> outcome = store.read([&](store::Session& session) -> Result<void> {
    session.query("SELECT COUNT(*) FROM item", {}, [&](const store::Row& row) {
      count = row.integer(0);
      return true;
    });
    return {};
  });
  CHECK_MESSAGE(outcome, (outcome ? "" : outcome.error().cause));
  return count;
}

}  // namespace hub::conformance
