#include <doctest/doctest.h>

#include "world.h"

namespace hub::testing {

using operations::all_operations;
using operations::Operation;

TEST_CASE("every operation has an example that succeeds") {
  for (const Operation& one : all_operations()) {
    const std::string name(one.info.name);
    CAPTURE(name);
    REQUIRE_MESSAGE(find_example(name) != nullptr, "add an example to tests/sweeps/examples.cpp");
    World world;
    Call rehearsal = World::as_operator();
    rehearsal.dry_run = true;
    for (const Spelling spelling : {Spelling::id, Spelling::hash_id, Spelling::name}) {
      const Call call = spelling == Spelling::name ? World::as_operator() : rehearsal;
      const Said said = world.run(call, one, example_for(name, "alpha", spelling));
      CHECK_MESSAGE(said.code() == "ok", (said.error ? said.error->message : ""));
      if (said.answer.is_object() && said.answer.contains("changed")) CHECK(said.answer["changed"] == true);
    }
  }
}

}  // namespace hub::testing
