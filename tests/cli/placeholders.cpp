#include "cli/placeholders.h"

#include <algorithm>
#include <utility>

namespace hub::testing {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr std::string_view hex = "0123456789abcdef";
constexpr std::string_view base64url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool begins_with(std::string_view text, std::size_t at, std::string_view what) {
  return text.substr(at, what.size()) == what;
}

bool is_word(char c) { return base64url.find(c) != std::string_view::npos; }

std::string_view run_of(std::string_view text, std::size_t at, std::string_view set) {
  const auto end = std::min(text.find_first_not_of(set, at), text.size());
  return text.substr(at, end - at);
}

// d: a digit, h: a lower-case hexadecimal digit, anything else stands for itself.
bool has_shape(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool fits = shape[i] == 'd'   ? digits.find(text[i]) != std::string_view::npos
                      : shape[i] == 'h' ? hex.find(text[i]) != std::string_view::npos
                                        : shape[i] == text[i];
    if (!fits) return false;
  }
  return true;
}

constexpr std::string_view uuid_shape = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
constexpr std::string_view time_shape = "dddd-dd-ddTdd:dd:ddZ";

// What a 12-character HashID can be told by: the name of its field in JSON or YAML.
constexpr std::string_view hash_id_fields[] = {"\"hash_id\":\"", "\"hash_id\": \"", "hash_id: ", "HASH_ID="};

bool is_hash_id_place(std::string_view text, std::size_t at) {
  return std::any_of(std::begin(hash_id_fields), std::end(hash_id_fields), [&](std::string_view field) {
    return at >= field.size() && begins_with(text, at - field.size(), field);
  });
}

}  // namespace

Placeholders::Placeholders(std::string directory, std::string user)
    : directory_(std::move(directory)), user_("local:" + std::move(user)) {}

std::string Placeholders::replace(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::string name;
    if (const auto length = found(text, at, name); length != 0) {
      out += name;
      at += length;
    } else if (is_word(text[at])) {
      const auto word = run_of(text, at, base64url);  // a secret is a word of its own, never a part of one
      out += word;
      at += word.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string Placeholders::named(const char* kind, std::string_view value) {
  const auto known = names_.find(value);
  if (known != names_.end()) return known->second;
  std::string name = std::string("<") + kind + ':' + std::to_string(++counts_[kind]) + '>';
  names_.emplace(value, name);
  return name;
}

std::size_t Placeholders::found(std::string_view text, std::size_t at, std::string& name) {
  if (begins_with(text, at, directory_)) {
    name = "<dir>";
    return directory_.size();
  }
  if (begins_with(text, at, user_)) {
    name = "local:<user>";
    return user_.size();
  }
  return is_word(text[at]) ? found_word(text, at, name) : 0;
}

std::size_t Placeholders::found_word(std::string_view text, std::size_t at, std::string& name) {
  const auto word = run_of(text, at, base64url);
  if (has_shape(text.substr(at), time_shape)) {
    name = "<time>";
    return time_shape.size();
  }
  if (word.substr(0, 3) == "eyJ") {  // base64url of {" : a JWT, its parts joined by dots
    const auto token = run_of(text, at, std::string(base64url) + '.');
    if (std::count(token.begin(), token.end(), '.') == 2) {
      name = named("jwt", token);
      return token.size();
    }
  }
  const char* kind = nullptr;
  if (word.size() == uuid_shape.size() && has_shape(word, uuid_shape)) kind = "uuid";
  if (word.size() == 64 && run_of(word, 0, hex).size() == 64) kind = "kid";
  if (word.substr(0, 4) == "hrt_") kind = "refresh";
  if (word.size() == 43) kind = "secret";
  if (word.size() == 12 && (is_hash_id_place(text, at) || names_.find(word) != names_.end())) kind = "hash_id";
  if (word.size() == 10 && run_of(word, 0, digits).size() == 10) {  // Unix time in claims
    name = "<seconds>";
    return word.size();
  }
  if (kind == nullptr) return 0;
  name = named(kind, word);
  return word.size();
}

}  // namespace hub::testing
