#include "hub/domain/organization.h"

#include <doctest/doctest.h>

namespace {

TEST_CASE("slugs come from names as lower-case words joined by dashes") {
  struct {
    std::string_view name, slug;
  } const cases[] = {
      {"North County 211", "north-county-211"},
      {"acme", "acme"},
      {"  Acme,  Inc. ", "acme-inc"},
      {"--Acme--Inc--", "acme-inc"},
      {"Bob's print_shop", "bob-s-print-shop"},
      {"Müller & Söhne", "muller-sohne"},
      {"ÉCOLE Straße Æther", "ecole-strasse-aether"},
      {"3 × 4", "3-4"},
      {"東京 Tokyo", "tokyo"},
      {"a\xff"
       "b",
       "a-b"},
      {"a\xc3", "a"},
      {"\xc3", ""},
      {"", ""},
      {"!?", ""},
      {"東京", ""},
  };
  for (const auto& c : cases) {
    CHECK_MESSAGE(hub::make_slug(c.name) == c.slug, c.name);
    if (!c.slug.empty()) CHECK_MESSAGE(hub::is_slug(c.slug), c.slug);
  }
}

TEST_CASE("a derived slug has at most 63 characters and no dash at its end") {
  const std::string letters(62, 'a');
  CHECK(hub::make_slug(letters + "bc") == letters + "b");
  CHECK(hub::make_slug(letters + " bc") == letters);
  CHECK(hub::make_slug(letters + "ß") == letters);
  CHECK(hub::make_slug(std::string(1000, 'x')).size() == 63);
}

TEST_CASE("slugs are 1 to 63 lower-case letters and digits and inner dashes") {
  for (const auto& slug : {std::string("a"), std::string("7"), std::string("a--b"), std::string(63, 'a')}) {
    CHECK_MESSAGE(hub::is_slug(slug), slug);
  }
  for (const auto& slug :
       {std::string(), std::string("-"), std::string("-a"), std::string("a-"), std::string("A"), std::string("a_b"),
        std::string("a b"), std::string("a.b"), std::string("\xc3\xa4"), std::string(64, 'a')}) {
    CHECK_MESSAGE(!hub::is_slug(slug), slug);
  }
}

TEST_CASE("kinds of organizations are those of the contract") {
  for (const auto* kind : {"printer", "supplier", "machine_vendor", "brand_owner", "designer", "publisher",
                           "software_developer", "other"}) {
    CHECK_MESSAGE(hub::is_organization_kind(kind), kind);
  }
  for (const auto* kind : {"", "Printer", "print", "others"}) CHECK_MESSAGE(!hub::is_organization_kind(kind), kind);
}

TEST_CASE("country codes are two upper-case letters") {
  CHECK(hub::is_country_code("DE"));
  for (const auto* code : {"", "D", "de", "DEU", "D1", "\xc3\x84"}) CHECK_MESSAGE(!hub::is_country_code(code), code);
}

}  // namespace
