#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

// What mails say, in the languages of the pages. Those that anybody can cause hold nothing that was typed, so that
// nobody can have the hub send their words to strangers.
namespace hub::core {

struct MailText {
  std::string subject, text;
};
using MailWords = std::initializer_list<std::pair<std::string_view, std::string_view>>;
// The text of that kind in the language, English where there is none; {name} becomes the word of that name.
MailText mail_text(std::string_view kind, std::string_view language, MailWords words);

}  // namespace hub::core
