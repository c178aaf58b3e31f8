#include "language.h"

#include <charconv>

#include "hub/base/text.h"

namespace hub::http {
namespace {

double weight_of(std::string_view range) {
  const std::size_t at = range.find(";q=");
  if (at == std::string_view::npos) return 1;
  const std::string_view text = trim(range.substr(at + 3));
  double weight = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), weight, std::chars_format::fixed);
  return problem == std::errc() && end == text.data() + text.size() && weight <= 1 ? weight : 0;
}

}  // namespace

std::string ui_language(std::string_view tag) {
  const std::string language = comparison_form(tag.substr(0, tag.find_first_of("-_")));
  return language == "de" || language == "en" ? language : "";
}

std::string language_of(const Request& request, const Person* person) {
  if (person != nullptr && person->locale) {
    if (const std::string language = ui_language(*person->locale); !language.empty()) return language;
  }
  std::string best = "en";
  double best_weight = 0;
  if (const std::string* const header = request.header("accept-language")) {
    for (const std::string_view range : split(*header, ',')) {
      const std::string language = ui_language(trim(range.substr(0, range.find(';'))));
      const double weight = weight_of(range);
      if (!language.empty() && weight > best_weight) {
        best = language;
        best_weight = weight;
      }
    }
  }
  return best;
}

std::string role_in_words(Role role, std::string_view language) {
  return std::string(language == "de" ? german_name(role) : english_name(role));
}

std::string roles_in_words(const RoleSet& roles, std::string_view language) {
  std::string out;
  for (const Role role : roles.roles()) out += (out.empty() ? "" : ", ") + role_in_words(role, language);
  return out;
}

}  // namespace hub::http
