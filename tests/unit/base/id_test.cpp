#include "hub/base/id.h"

#include <doctest/doctest.h>

#include <set>
#include <type_traits>

#include "support/seeded_random.h"

using namespace hub;

namespace {

// Fills with one octet; shows which bits of an id are random.
class ConstantRandom final : public Random {
 public:
  explicit ConstantRandom(unsigned char octet) : octet_(octet) {}
  void fill(std::span<unsigned char> out) override {
    for (unsigned char& octet : out) octet = octet_;
  }

 private:
  unsigned char octet_;
};

}  // namespace

TEST_CASE("a new id is a version 7 UUID of the time and the random octets") {
  ConstantRandom zeros(0x00);
  ConstantRandom ones(0xff);
  // the time of RFC 9562 appendix A.6
  const Instant at = from_unix_microseconds(1'645'557'742'000'999);
  CHECK(Uuid::make(at, zeros).text() == "017f22e2-79b0-7000-8000-000000000000");
  CHECK(Uuid::make(at, ones).text() == "017f22e2-79b0-7fff-bfff-ffffffffffff");
  CHECK(Uuid::make(from_unix_seconds(0), zeros).text() == "00000000-0000-7000-8000-000000000000");
  CHECK(Uuid::make(from_unix_seconds(-5), zeros).text() == "00000000-0000-7000-8000-000000000000");
}

TEST_CASE("later ids sort after earlier ones") {
  testing::SeededRandom random;
  Uuid last;
  for (int ms = 0; ms < 1000; ++ms) {
    const Uuid next = Uuid::make(from_unix_seconds(1'800'000'000) + std::chrono::milliseconds(ms), random);
    REQUIRE(last < next);
    REQUIRE(last.text() < next.text());
    REQUIRE(last.octets() < next.octets());
    last = next;
  }
}

TEST_CASE("UUIDs are read in either case and any version") {
  const std::string texts[] = {"017f22e2-79b0-7cc3-98c4-dc0c0c07398f", "00000000-0000-0000-0000-000000000000",
                               "ffffffff-ffff-ffff-ffff-ffffffffffff", "919108f7-52d1-4320-9bac-f847db4148a8"};
  for (const std::string& text : texts) {
    CAPTURE(text);
    const auto uuid = Uuid::parse(text);
    REQUIRE(uuid);
    CHECK(uuid->text() == text);
    CHECK(uuid->octets().size() == 16);
    CHECK(Uuid::from_octets(uuid->octets()) == uuid);
  }
  CHECK(Uuid::parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F") == Uuid::parse(texts[0]));
  CHECK(Uuid::parse(texts[0])->octets().substr(0, 3) == "\x01\x7f\x22");
  CHECK(Uuid().text() == texts[1]);
}

TEST_CASE("what is no UUID is refused") {
  const std::string texts[] = {"",
                               "017f22e279b07cc398c4dc0c0c07398f",
                               "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                               "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
                               "{17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
                               "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                               "017f22e2-79b0-7cc3-98c4-dc0c0c07398 ",
                               "017f22e2-79b0-7cc3-98c40dc0c0c07398f",
                               "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
                               "017f22e2-79b0-7cc3-98c4-dc0c-c07398f",
                               "+17f22e2-79b0-7cc3-98c4-dc0c0c07398f"};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK_FALSE(Uuid::parse(text));
  }
  CHECK_FALSE(Uuid::from_octets(std::string(15, 'x')));
  CHECK_FALSE(Uuid::from_octets(std::string(17, 'x')));
}

TEST_CASE("a hash id comes from the random bits alone") {
  const std::pair<std::string, std::string> rows[] = {
      {"00000000-0000-7000-8000-000000000000", "000000000000"},
      {"017f22e2-79b0-7000-8000-000000000000", "000000000000"},  // the time has no part in it
      {"017f22e2-79b0-4000-c000-000000000000", "000000000000"},  // nor have version and variant
      {"00000000-0000-7000-8000-00000000003d", "00000000000z"},
      {"00000000-0000-7000-8000-00000000003e", "000000000010"},
      {"00000000-0000-7000-8000-000d398ed040", "000001000000"},
      {"00000000-0000-7000-8001-000000000000", "0001HvWXNAa8"},
      {"00000000-0000-7001-8000-000000000000", "05UfZOVH2ZO4"},
      {"00000000-0000-7fff-bfff-ffffffffffff", "r0EMMs9pptoF"},
  };
  std::set<std::string> seen;
  for (const auto& row : rows) {
    const auto& uuid = row.first;
    const auto& hash_id = row.second;
    CAPTURE(uuid);
    CHECK(Uuid::parse(uuid)->hash_id() == hash_id);
  }
  testing::SeededRandom random;
  for (int i = 0; i < 10'000; ++i) {
    const std::string id = AppId::make(from_unix_seconds(1'800'000'000), random).hash_id();
    REQUIRE(is_hash_id(id));
    REQUIRE(seen.insert(id).second);
  }
}

TEST_CASE("the shape of a hash id") {
  CHECK(is_hash_id("0aZ9bY8cX7dW"));
  const std::string texts[] = {
      "", "0aZ9bY8cX7d", "0aZ9bY8cX7dWx", "0aZ9bY8cX7d-", "0aZ9bY8cX7d_", "0aZ9bY8cX7\xc3\xbc", "0aZ9bY 8cX7d"};
  for (const std::string& text : texts) {
    CAPTURE(text);
    CHECK_FALSE(is_hash_id(text));
  }
}

TEST_CASE("ids of different things do not mix") {
  static_assert(!std::is_convertible_v<AppId, OrganizationId>);
  static_assert(!std::is_convertible_v<Uuid, AppId>);
  const auto id = AppId::parse("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  REQUIRE(id);
  CHECK(id->text() == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  CHECK(AppId(id->uuid()) == *id);
  CHECK_FALSE(AppId::parse("nonsense"));
}

TEST_CASE("seeded random octets repeat with the seed and differ without") {
  testing::SeededRandom a(7);
  testing::SeededRandom b(7);
  testing::SeededRandom c(8);
  const Bytes octets = a.octets(32);
  CHECK(octets.size() == 32);
  CHECK(b.octets(32) == octets);
  CHECK(c.octets(32) != octets);
  CHECK(a.octets(32) != octets);
}
