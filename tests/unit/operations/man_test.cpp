#include "hub/operations/man.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "fake_commands.h"
#include "support/temporary_directory.h"

using namespace hub;
using namespace hub::operations;
using hub::testing::fake_commands;

namespace {

std::vector<ManPage> fake_pages() { return man_pages(fake_commands(), "0.1.0", "2026-11-22"); }

const ManPage& page(const std::vector<ManPage>& pages, const std::string& file) {
  for (const ManPage& one : pages) {
    if (one.file == file) return one;
  }
  FAIL("there is no " << file);
  return pages.front();
}

bool has(const ManPage& page, const std::string& text) { return page.text.find(text) != std::string::npos; }

// Whether mandoc finds nothing to warn of; its words are in the message otherwise.
void check_lint(const std::vector<ManPage>& pages) {
  if (std::system("command -v mandoc >/dev/null") != 0) {
    MESSAGE("mandoc is not installed");
    return;
  }
  const testing::TemporaryDirectory directory;
  for (const ManPage& one : pages) {
    const std::string file = directory.file(one.file);
    std::ofstream(file) << one.text;
    CHECK_MESSAGE(std::system(("mandoc -Tlint -Wwarning " + file).c_str()) == 0, one.file);
  }
}

}  // namespace

TEST_CASE("man: there is one page for the tool and one per noun") {
  std::string files;
  for (const ManPage& one : fake_pages()) files += one.file + ' ';
  CHECK(files == "hubctl.1 hubctl-org.1 hubctl-member.1 hubctl-scope.1 hubctl-person.1 ");
}

TEST_CASE("man: every page has the sections people look for") {
  for (const ManPage& one : fake_pages()) {
    CAPTURE(one.file);
    std::size_t at = 0;
    for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "EXIT STATUS", "ENVIRONMENT",
                                "FILES", "SEE ALSO"}) {
      at = one.text.find(".SH " + std::string(section) + '\n', at);
      CHECK_MESSAGE(at != std::string::npos, section);
    }
  }
}

TEST_CASE("man: pages of made-up commands are clean") { check_lint(fake_pages()); }

TEST_CASE("man: pages of the table are clean") { check_lint(man_pages(all_commands({}), "0.1.0", man_date(""))); }

TEST_CASE("man: a noun's page tells of its commands") {
  const std::vector<ManPage> pages = fake_pages();
  const ManPage& org = page(pages, "hubctl-org.1");
  CHECK(has(org, ".TH HUBCTL\\-ORG 1 2026-11-22 \"hubctl 0.1.0\" \"hubctl manual\"\n"));
  CHECK(has(org, "hubctl\\-org \\- organizations, the tenants of the hub\n"));
  CHECK(has(org, "\\fBhubctl org create\\fR NAME [flags]\n"));
  CHECK(has(org, "\\fB\\-\\-ensure\\fR\n"));
  CHECK(has(org, "Fails with exists (6), invalid_request (7).\n"));
  CHECK(has(org, ".TP\n3\n"));
  CHECK_FALSE(has(org, ".TP\n9\n"));
  CHECK_FALSE(has(org, "member add"));
  CHECK(has(page(pages, "hubctl-person.1"), "\\fB\\-\\-password\\-file\\fR FILE\n"));
}

TEST_CASE("man: the tool's page tells of global flags and nouns and statuses") {
  const std::vector<ManPage> pages = fake_pages();
  const ManPage& main = page(pages, "hubctl.1");
  for (const GlobalFlag& flag : global_flags()) {
    std::string name;
    for (const char c : flag_name(flag.field)) name += c == '-' ? std::string("\\-") : std::string(1, c);
    CHECK_MESSAGE(has(main, "\\-\\-" + name), flag.field.name);
    if (!flag.environment.empty()) CHECK_MESSAGE(has(main, std::string(flag.environment)), flag.environment);
  }
  for (const ExitMeaning& meaning : exit_meanings()) CHECK(has(main, ".TP\n" + std::to_string(meaning.status) + '\n'));
  for (const Code& code : all_codes()) CHECK_MESSAGE(has(main, std::string(code.name)), code.name);
  CHECK(has(main, "One of table, wide, json"));
  CHECK(has(main, ".BR hubctl\\-org (1),\n"));
  CHECK(has(main, "\\fBhubctl completion\\fR SHELL\n"));
}

TEST_CASE("man: text cannot become a request of the formatter") {
  const std::vector<ManPage> pages = fake_pages();
  const ManPage& org = page(pages, "hubctl-org.1");
  CHECK(has(org, "\\&.It isn\\(aqt made twice \\e not even with \\- or \"\\-\\-ensure\".\n"));
  CHECK(has(org, "\n\\&.hidden \\(gax\\(ga \\(ti \\(ha \\e\n"));
}

TEST_CASE("man: the same input gives the same pages") {
  const std::vector<ManPage> first = fake_pages();
  const std::vector<ManPage> second = fake_pages();
  REQUIRE(first.size() == second.size());
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(first[i].text == second[i].text);
}

TEST_CASE("man: the date comes from SOURCE_DATE_EPOCH") {
  CHECK(man_date("0") == "1970-01-01");
  CHECK(man_date("1795339800") == "2026-11-22");
  CHECK(man_date("4102444800") == "2100-01-01");
  for (const char* text : {"", "x", "-1", "1 ", "99999999999999999999", "253402300800"}) {
    CHECK_MESSAGE(man_date(text) == "2026-11-22", text);
  }
}
