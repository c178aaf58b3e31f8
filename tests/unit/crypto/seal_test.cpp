#include "hub/crypto/seal.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"
#include "support/seeded_random.h"

using namespace hub;

namespace {

Secret key_of(char first) {
  std::string octets;
  for (int i = 0; i < 32; ++i) octets += static_cast<char>(first + i);
  return Secret(octets);
}

}  // namespace

TEST_CASE("a sealed value opens where it belongs") {
  const crypto::Sealer sealer(key_of(0));
  testing::SeededRandom random;
  for (const std::string& plain : {std::string(), std::string("s3cret"), std::string(5000, 'x')}) {
    const Bytes sealed = sealer.seal(Secret(plain), "app 1", random);
    CHECK(sealed.size() == plain.size() + 29);
    const auto opened = sealer.open(sealed, "app 1");
    REQUIRE(opened);
    CHECK(opened->reveal() == plain);
  }
}

TEST_CASE("sealing hides the value and never gives the same octets twice") {
  const crypto::Sealer sealer(key_of(0));
  testing::SeededRandom random;
  const Bytes sealed = sealer.seal(Secret("s3cret"), "app 1", random);
  CHECK(sealed.find("s3cret") == Bytes::npos);
  CHECK(sealer.seal(Secret("s3cret"), "app 1", random) != sealed);
}

TEST_CASE("a value sealed by another implementation of AES-256-GCM opens") {
  // key 00..1f, nonce 00..0b, additional data 01 and "row 7"
  const Bytes sealed = "\x01" + std::string("\0\1\2\3\4\5\6\7\x08\x09\x0a\x0b", 12) +
                       "\x34\x31\xb5\x69\xa0\x91\xeb\x29\x64\xcd\x44\x9a\xfd\x9e\x74\x6f\x66\xc2\xc4\xa0\xf2\xe6";
  const auto opened = crypto::Sealer(key_of(0)).open(sealed, "row 7");
  REQUIRE(opened);
  CHECK(opened->reveal() == "s3cret");
}

TEST_CASE("a sealed value that was altered anywhere does not open") {
  const crypto::Sealer sealer(key_of(0));
  testing::SeededRandom random;
  const Bytes sealed = sealer.seal(Secret("s3cret"), "app 1", random);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    CAPTURE(i);
    Bytes altered = sealed;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    const auto opened = sealer.open(altered, "app 1");
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == codes::store_damaged);
    CHECK_FALSE(sealer.open(sealed.substr(0, i), "app 1"));
  }
  CHECK_FALSE(sealer.open(sealed + '\0', "app 1"));
}

TEST_CASE("a sealed value opens neither in another place nor under another key") {
  const crypto::Sealer sealer(key_of(0));
  testing::SeededRandom random;
  const Bytes sealed = sealer.seal(Secret("s3cret"), "app 1", random);
  CHECK_FALSE(sealer.open(sealed, "app 2"));
  CHECK_FALSE(sealer.open(sealed, ""));
  CHECK_FALSE(crypto::Sealer(key_of(1)).open(sealed, "app 1"));
  CHECK(sealer.open(sealed, "app 1"));
}
