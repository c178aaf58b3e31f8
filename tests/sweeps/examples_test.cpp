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
    for (const Spelling spelling : {Spelling::name, Spelling::id, Spelling::hash_id}) {
      World world;
      const Said said = world.run(World::as_operator(), one, example_for(name, "alpha", spelling));
      CHECK_MESSAGE(said.code() == "ok", (said.error ? said.error->message : ""));
      if (is_change(one) && said.answer.contains("changed")) CHECK(said.answer["changed"] == true);
    }
  }
}

}  // namespace hub::testing
