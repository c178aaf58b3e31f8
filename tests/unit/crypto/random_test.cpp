#include "hub/crypto/random.h"

#include <doctest/doctest.h>

#include <set>

#include "hub/base/bytes.h"
#include "support/seeded_random.h"

using namespace hub;

TEST_CASE("system randomness fills everything it is asked for and does not repeat") {
  crypto::SystemRandom random;
  CHECK(random.octets(0).empty());
  CHECK(random.octets(32) != random.octets(32));
  const Bytes long_run = random.octets((1 << 20) + 4096);  // more than one call of the library
  CHECK(std::set<char>(long_run.end() - 4096, long_run.end()).size() > 200);
}

TEST_CASE("a secret is 32 octets of the given source in 43 characters") {
  testing::SeededRandom random(7);
  testing::SeededRandom same(7);
  const Secret secret = crypto::make_secret(random);
  CHECK(secret.reveal().size() == 43);
  CHECK(secret.reveal() == base64url(same.octets(32)));
  CHECK(crypto::make_secret(random).reveal() != secret.reveal());
}
