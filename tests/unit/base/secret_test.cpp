#include "hub/base/secret.h"

#include <doctest/doctest.h>

#include <cstring>
#include <new>
#include <sstream>
#include <type_traits>
#include <utility>

using namespace hub;

template <class T>
concept Printable = requires(std::ostream& out, const T& value) {
  out << value;
};

TEST_CASE("a secret comes out by reveal only") {
  static_assert(!Printable<Secret>);
  static_assert(!std::is_convertible_v<Secret, std::string>);
  static_assert(!std::is_convertible_v<std::string, Secret>);
  const Secret secret("correct horse battery staple");
  CHECK(secret.reveal() == "correct horse battery staple");
  CHECK_FALSE(secret.empty());
  CHECK(Secret().empty());
}

TEST_CASE("secrets are copied and moved like texts") {
  for (const std::string& text : {std::string("short"), std::string(100, 'x')}) {
    CAPTURE(text.size());
    Secret first(text);
    Secret copy(first);
    CHECK(first.reveal() == text);
    CHECK(copy.reveal() == text);
    Secret moved(std::move(copy));
    CHECK(moved.reveal() == text);
    CHECK(copy.empty());  // NOLINT: a moved-from secret is empty by contract
    Secret assigned("something else that was there before and is longer than a short string");
    assigned = moved;
    CHECK(assigned.reveal() == text);
    CHECK(moved.reveal() == text);
    Secret target("old");
    target = std::move(assigned);
    CHECK(target.reveal() == text);
    CHECK(assigned.empty());  // NOLINT
    Secret& same = target;
    target = same;
    CHECK(target.reveal() == text);
    target = std::move(same);
    CHECK(target.reveal() == text);
  }
}

TEST_CASE("a moved-from secret leaves no characters behind") {
  Secret secret(std::string("hush-hush"));  // fits into the string object itself
  const Secret taken(std::move(secret));
  const std::string& left = secret.reveal();  // NOLINT
  CHECK(left.empty());
  char image[sizeof(std::string)];
  std::memcpy(image, static_cast<const void*>(&left), sizeof image);
  CHECK(std::string(image, sizeof image).find("hush") == std::string::npos);
}
