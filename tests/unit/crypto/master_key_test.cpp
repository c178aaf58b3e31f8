#include "hub/crypto/master_key.h"

#include <doctest/doctest.h>

#include <numeric>

#include "hub/base/codes.h"
#include "hub/crypto/hash.h"
#include "support/seeded_random.h"

using namespace hub;

namespace {

Secret counting_key() {
  std::string octets(32, '\0');
  std::iota(octets.begin(), octets.end(), '\0');
  return Secret(octets);
}

// RFC 5869 by hand: no salt, one block.
Bytes hkdf(const Bytes& key, const std::string& info) {
  return crypto::hmac_sha256(crypto::hmac_sha256(std::string(32, '\0'), key), info + '\x01');
}

}  // namespace

TEST_CASE("stored hashes are HMACs under a key derived from the master key") {
  const crypto::StoreKeys keys(counting_key());
  const Bytes derived = hkdf(counting_key().reveal(), "hubctl keyed hash 1");
  const Bytes expected = crypto::hmac_sha256(derived, std::string("client_secret\0s3cret", 20));
  CHECK(keys.keyed_hash("client_secret", "s3cret") == expected);
  // the same from another implementation: what stores hold must stay readable
  CHECK(hex(expected) == "b84055afd40f637a9637070555b81cfb342ff57bd61d140a2188337ab6c3ed0e");
}

TEST_CASE("labels keep kinds of secrets apart") {
  const crypto::StoreKeys keys(counting_key());
  CHECK(keys.keyed_hash("refresh_token", "s3cret") != keys.keyed_hash("client_secret", "s3cret"));
  CHECK(keys.keyed_hash("a", "bc") != keys.keyed_hash("ab", "c"));
  CHECK(keys.keyed_hash("a", "b") != keys.keyed_hash("a", "b2"));
}

TEST_CASE("the check value belongs to one master key and is none of the keys") {
  const crypto::StoreKeys keys(counting_key());
  CHECK(hex(keys.check_value()) == "28036020ed2936a3b8ac205cb66ad275e74e386f7f0641223233236c6bbd4cac");
  CHECK(crypto::StoreKeys(Secret(std::string(32, 'k'))).check_value() != keys.check_value());
}

TEST_CASE("values sealed under one master key do not open under another") {
  const crypto::StoreKeys keys(counting_key());
  const crypto::StoreKeys other(Secret(std::string(32, 'k')));
  testing::SeededRandom random;
  const Bytes sealed = keys.sealer().seal(Secret("value"), "row", random);
  CHECK(keys.sealer().open(sealed, "row"));
  CHECK_FALSE(other.sealer().open(sealed, "row"));
}

TEST_CASE("a master key line is read back with and without its line feed") {
  testing::SeededRandom random(3);
  testing::SeededRandom same(3);
  const Secret line = crypto::make_master_key_line(random);
  CHECK(line.reveal().size() == 43);
  const Bytes octets = same.octets(32);
  for (const char* end : {"", "\n"}) {
    const auto key = crypto::parse_master_key_line(Secret(line.reveal() + end));
    REQUIRE(key);
    CHECK(key->reveal() == octets);
  }
}

TEST_CASE("anything but 43 canonical characters is no master key") {
  testing::SeededRandom random(3);
  const std::string line = crypto::make_master_key_line(random).reveal();
  std::string spare_bits = line.substr(0, 42) + "B";  // 43 characters leave two spare bits
  std::string odd = line;
  odd[5] = '+';
  for (const std::string& text : {std::string(), line.substr(1), line + "A", line + "\n\n", line + "\r\n", " " + line,
                                  line + "=", spare_bits, odd}) {
    const auto key = crypto::parse_master_key_line(Secret(text));
    REQUIRE_FALSE(key);
    CHECK(key.error().code == codes::master_key);
    CHECK(key.error().message.find(line.substr(10, 10)) == std::string::npos);
  }
}
