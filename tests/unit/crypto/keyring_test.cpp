#include "hub/crypto/keyring.h"

#include <doctest/doctest.h>

#include <thread>
#include <vector>

#include "hub/base/codes.h"
#include "support/seeded_random.h"
#include "unit/crypto/test_keys.h"

using namespace hub;
using crypto::Algorithm;
using crypto::Keyring;
using crypto::SigningKey;

namespace {

crypto::Sealer sealer_of(char octet) { return crypto::Sealer(Secret(std::string(32, octet))); }

}  // namespace

TEST_CASE("the keyring gives the key that was sealed and parses it once") {
  const crypto::Sealer sealer = sealer_of('s');
  testing::SeededRandom random;
  const SigningKey key = SigningKey::generate(Algorithm::es256);
  const Bytes sealed = Keyring::seal(key, sealer, random);
  Keyring keyring(sealer);
  const auto found = keyring.find(key.kid(), sealed);
  REQUIRE(found);
  CHECK((*found)->kid() == key.kid());
  CHECK(key.verifying_key().verify("message", (*found)->sign("message")));
  const auto again = keyring.find(key.kid(), sealed);
  REQUIRE(again);
  CHECK(*again == *found);
}

TEST_CASE("the keyring refuses sealed keys that were swapped or altered or sealed by another hub") {
  const crypto::Sealer sealer = sealer_of('s');
  testing::SeededRandom random;
  const SigningKey first = SigningKey::generate(Algorithm::es256);
  const SigningKey second = SigningKey::generate(Algorithm::es256);
  const Bytes sealed = Keyring::seal(first, sealer, random);
  Bytes altered = sealed;
  altered.back() = static_cast<char>(altered.back() ^ 1);
  const crypto::Sealer foreign = sealer_of('f');
  const Bytes wrong[] = {Keyring::seal(second, sealer, random), altered, Keyring::seal(first, foreign, random), Bytes(),
                         first.to_pem().reveal()};
  Keyring keyring(sealer);
  for (const Bytes& each : wrong) {
    const auto found = keyring.find(first.kid(), each);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == codes::store_damaged);
  }
  CHECK(keyring.find(first.kid(), sealed));
}

TEST_CASE("the keyring refuses what opens but is no key of that kid") {
  const crypto::Sealer sealer = sealer_of('s');
  testing::SeededRandom random;
  const SigningKey key = SigningKey::generate(Algorithm::eddsa);
  Keyring keyring(sealer);
  for (const char* content : {testing::rfc8037_pem, testing::p384_pem, "no key"}) {
    const auto found = keyring.find(key.kid(), sealer.seal(Secret(content), "signing_key " + key.kid(), random));
    REQUIRE_FALSE(found);
    CHECK(found.error().code == codes::store_damaged);
  }
}

TEST_CASE("threads that ask for a key at once share one") {
  const crypto::Sealer sealer = sealer_of('s');
  testing::SeededRandom random;
  const SigningKey key = SigningKey::generate(Algorithm::rs256);
  const Bytes sealed = Keyring::seal(key, sealer, random);
  Keyring keyring(sealer);
  std::vector<std::shared_ptr<const SigningKey>> found(4);
  std::vector<std::thread> threads;
  for (auto& place : found) {
    threads.emplace_back([&keyring, &key, &sealed, &place] {
      auto result = keyring.find(key.kid(), sealed);
      if (result) place = *std::move(result);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& each : found) {
    REQUIRE(each != nullptr);
    CHECK(each == found.front());
  }
}
