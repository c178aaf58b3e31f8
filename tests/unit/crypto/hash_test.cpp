#include "hub/crypto/hash.h"

#include <doctest/doctest.h>

using namespace hub;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
  CHECK(hex(crypto::sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hex(crypto::sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("HMAC-SHA-256 gives the codes of RFC 4231") {
  CHECK(hex(crypto::hmac_sha256("Jefe", "what do ya want for nothing?")) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hex(crypto::hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")) ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("HMAC with an empty key does not use the key before it") {
  const Bytes expected = crypto::hmac_sha256(std::string(64, '\0'), "data");  // RFC 2104 pads with zeros
  CHECK(crypto::hmac_sha256("other", "data") != expected);
  CHECK(crypto::hmac_sha256({}, "data") == expected);
  CHECK(crypto::hmac_sha256("", "data") == expected);
}

TEST_CASE("constant-time comparison knows equal from unequal") {
  CHECK(crypto::equal_constant_time("", ""));
  CHECK(crypto::equal_constant_time("secret", "secret"));
  CHECK_FALSE(crypto::equal_constant_time("secret", "secreT"));
  CHECK_FALSE(crypto::equal_constant_time("secret", "secre"));
  CHECK_FALSE(crypto::equal_constant_time("", "s"));
}
