#include <doctest/doctest.h>

#include <algorithm>

#include "rules.h"

namespace hub::tidy {
namespace {

const std::vector<Source>& tree() {
  static const std::vector<Source> sources = read_tree(HUBCTL_SOURCE_DIR);
  return sources;
}

template <class Rule>
void check_all(const Rule& rule) {
  std::vector<Offence> offences;
  for (const Source& source : tree()) {
    for (Offence& offence : rule(source)) offences.push_back(std::move(offence));
  }
  CHECK_MESSAGE(offences.empty(), report(offences));
}

TEST_CASE("the tree has all its layers") {
  for (const std::string_view path : {"src/base/text.cpp", "include/hub/core/hub.h", "tests/tidy/tree_test.cpp"}) {
    CHECK_MESSAGE(std::any_of(tree().begin(), tree().end(), [&](const Source& file) { return file.path == path; }),
                  path);
  }
}

TEST_CASE("a layer includes only what it may") { check_all(check_includes); }
TEST_CASE("clock and randomness and environment and output have one door each") { check_all(check_calls); }
TEST_CASE("files and functions and lines keep their length and nothing is unfinished") { check_all(check_shape); }
TEST_CASE("test cases can be run by their names") { check_all(check_case_names); }

TEST_CASE("every statement says whose rows it means and is a literal") {
  check_all([](const Source& source) { return check_statements(source, tenant_free_statements()); });
  const std::vector<Offence> stale = check_stale_exceptions(tree(), tenant_free_statements());
  CHECK_MESSAGE(stale.empty(), report(stale));
}

TEST_CASE("no header is dead") {
  const std::vector<Offence> offences = check_dead_headers(tree());
  CHECK_MESSAGE(offences.empty(), report(offences));
}

}  // namespace
}  // namespace hub::tidy
