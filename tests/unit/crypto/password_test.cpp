#include "hub/crypto/password.h"

#include <doctest/doctest.h>

#include "hub/base/codes.h"
#include "support/seeded_random.h"

using namespace hub;

namespace {

// From another implementation of RFC 7914: salt 00..0f, password "correct horse".
const std::string cheap = "$scrypt$ln=10,r=8,p=2$AAECAwQFBgcICQoLDA0ODw$RBjCXYboo4yjHH0P1K75vrL4xGciLt6io-o2v0yqSlo";
const std::string todays = "$scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$ANYWwrwG9exM4wRn3uDhnkTuLMG27uj4k9dz5KrBPkg";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

bool verifies(const Secret& password, std::string_view hash) {
  return crypto::verify_password(crypto::PasswordPlace(), password, hash);
}

}  // namespace

TEST_CASE("a password is verified against its own hash only") {
  testing::SeededRandom random;
  const std::string hash = *crypto::hash_password(Secret("correct horse"), random);
  CHECK(hash.starts_with("$scrypt$ln=15,r=8,p=3$"));
  CHECK(verifies(Secret("correct horse"), hash));
  CHECK_FALSE(verifies(Secret("correct horsf"), hash));
  CHECK_FALSE(verifies(Secret(), hash));
  CHECK_FALSE(crypto::needs_rehash(hash));
  CHECK(*crypto::hash_password(Secret("correct horse"), random) != hash);
  CHECK_FALSE(verifies(Secret("correct horse"), crypto::absent_hash()));
  CHECK_FALSE(crypto::needs_rehash(crypto::absent_hash()));
}

TEST_CASE("hashes of another implementation verify") {
  CHECK(verifies(Secret("correct horse"), cheap));
  CHECK(verifies(Secret("correct horse"), todays));
  CHECK_FALSE(verifies(Secret("wrong horse"), cheap));
}

TEST_CASE("a hash with other parameters than today's asks to be made again") {
  CHECK(crypto::needs_rehash(cheap));
  CHECK_FALSE(crypto::needs_rehash(todays));
  CHECK(crypto::needs_rehash(""));
  CHECK(crypto::needs_rehash("$2y$10$abcdefghijklmnopqrstuu"));
}

TEST_CASE("what is no hash of ours verifies nothing") {
  const std::string texts[] = {
      "",
      "correct horse",
      "$$$$",
      with(cheap, "scrypt", "bcrypt"),
      with(cheap, "$scrypt", "x$scrypt"),
      with(cheap, "ln=10", "ln=0"),
      with(cheap, "ln=10", "ln=-1"),
      with(cheap, "ln=10", "ln=10 "),
      with(cheap, "ln=10", "ln=4294967306"),
      with(cheap, "ln=10", "lm=10"),
      with(cheap, "r=8", "r="),
      with(cheap, ",p=2", ""),
      with(cheap, "p=2", "p=2,p=2"),
      with(cheap, "AAECAwQFBgcICQoLDA0ODw", ""),
      with(cheap, "AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODw=="),
      cheap.substr(0, cheap.size() - 1),
      cheap + "A",
      cheap + "$",
  };
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK_FALSE(verifies(Secret("correct horse"), text));
    CHECK(crypto::needs_rehash(text));
  }
}

TEST_CASE("stored parameters beyond the bounds are not computed") {
  // each would take gigabytes or minutes
  for (const char* cost : {"ln=31,r=8,p=2", "ln=10,r=4000000,p=2", "ln=10,r=8,p=100000000"}) {
    CHECK_FALSE(verifies(Secret("correct horse"), with(cheap, "ln=10,r=8,p=2", cost)));
  }
}

TEST_CASE("the line of passwords is bounded and its places come back") {
  testing::SeededRandom random;
  crypto::set_password_places(2);
  {
    const crypto::PasswordPlace first;
    CHECK(first);
    {
      const crypto::PasswordPlace second;
      CHECK(second);
      const crypto::PasswordPlace third;
      CHECK_FALSE(third);
      CHECK(crypto::hash_password(Secret("correct horse"), random).error().code == codes::overloaded);
    }
    const crypto::PasswordPlace fourth;
    CHECK(fourth);
  }
  crypto::set_password_places(crypto::password_places_most);
}
