#include "mail_text.h"

#include <array>

namespace hub::core {
namespace {

struct Template {
  std::string_view kind, language, subject, text;
};

constexpr std::array templates{
    Template{"verify_email", "en", "Confirm your address",
             "Hello,\n"
             "\n"
             "somebody, most likely you, uses this address for an account at\n"
             "{issuer}\n"
             "\n"
             "To confirm that it is yours, open this link:\n"
             "\n"
             "{link}\n"
             "\n"
             "It works once, within 24 hours.\n"
             "\n"
             "If it was not you, you need not do anything: without the link the\n"
             "address stays unconfirmed.\n"},
    Template{"verify_email", "de", "Bestätigen Sie Ihre Adresse",
             "Guten Tag,\n"
             "\n"
             "jemand, vermutlich Sie selbst, verwendet diese Adresse für ein Konto bei\n"
             "{issuer}\n"
             "\n"
             "Um zu bestätigen, dass sie Ihnen gehört, öffnen Sie diesen Link:\n"
             "\n"
             "{link}\n"
             "\n"
             "Er funktioniert einmal, innerhalb von 24 Stunden.\n"
             "\n"
             "Falls Sie es nicht waren, müssen Sie nichts tun: ohne den Link bleibt die\n"
             "Adresse unbestätigt.\n"},
    Template{"email_taken", "en", "You have an account already",
             "Hello,\n"
             "\n"
             "somebody, most likely you, wanted to make an account with this address at\n"
             "{issuer}\n"
             "\n"
             "There is one already, and it stays as it is. You can sign in here:\n"
             "\n"
             "{sign_in}\n"
             "\n"
             "If you do not know the password any more, choose another one here:\n"
             "\n"
             "{forgot}\n"
             "\n"
             "If it was not you, you need not do anything.\n"},
    Template{"email_taken", "de", "Sie haben schon ein Konto",
             "Guten Tag,\n"
             "\n"
             "jemand, vermutlich Sie selbst, wollte mit dieser Adresse ein Konto anlegen bei\n"
             "{issuer}\n"
             "\n"
             "Es gibt schon eines, und es bleibt, wie es ist. Hier können Sie sich anmelden:\n"
             "\n"
             "{sign_in}\n"
             "\n"
             "Falls Sie das Passwort nicht mehr wissen, wählen Sie hier ein neues:\n"
             "\n"
             "{forgot}\n"
             "\n"
             "Falls Sie es nicht waren, müssen Sie nichts tun.\n"},
    Template{"reset_password", "en", "Choose a new password",
             "Hello,\n"
             "\n"
             "somebody, most likely you, has forgotten the password of the account with\n"
             "this address at\n"
             "{issuer}\n"
             "\n"
             "Here you can choose a new one:\n"
             "\n"
             "{link}\n"
             "\n"
             "The link works once, within an hour. A new password ends all sessions and\n"
             "the access of all applications.\n"
             "\n"
             "If it was not you, you need not do anything: the password stays as it is.\n"},
    Template{"reset_password", "de", "Wählen Sie ein neues Passwort",
             "Guten Tag,\n"
             "\n"
             "jemand, vermutlich Sie selbst, hat das Passwort des Kontos mit dieser\n"
             "Adresse vergessen, bei\n"
             "{issuer}\n"
             "\n"
             "Hier können Sie ein neues wählen:\n"
             "\n"
             "{link}\n"
             "\n"
             "Der Link funktioniert einmal, innerhalb einer Stunde. Ein neues Passwort\n"
             "beendet alle Sitzungen und den Zugriff aller Anwendungen.\n"
             "\n"
             "Falls Sie es nicht waren, müssen Sie nichts tun: das Passwort bleibt, wie es ist.\n"},
    Template{"password_changed", "en", "Your password was changed",
             "Hello,\n"
             "\n"
             "the password of your account was changed at\n"
             "{issuer}\n"
             "\n"
             "All other sessions and the access of all applications have ended.\n"
             "\n"
             "If it was not you, choose another password at once:\n"
             "\n"
             "{forgot}\n"},
    Template{"password_changed", "de", "Ihr Passwort wurde geändert",
             "Guten Tag,\n"
             "\n"
             "das Passwort Ihres Kontos wurde geändert bei\n"
             "{issuer}\n"
             "\n"
             "Alle anderen Sitzungen und der Zugriff aller Anwendungen sind beendet.\n"
             "\n"
             "Falls Sie es nicht waren, wählen Sie sofort ein anderes Passwort:\n"
             "\n"
             "{forgot}\n"},
    Template{"invitation", "en", "You are invited into an organization",
             "Hello,\n"
             "\n"
             "you are invited to join the organization {organization} at\n"
             "{issuer}\n"
             "\n"
             "Here you can accept or decline, within seven days:\n"
             "\n"
             "{link}\n"
             "\n"
             "Sign in with this address. If you have no account yet, make one with it on\n"
             "the way.\n"
             "\n"
             "If you expected no invitation, you need not do anything.\n"},
    Template{"invitation", "de", "Sie sind in eine Organisation eingeladen",
             "Guten Tag,\n"
             "\n"
             "Sie sind eingeladen, der Organisation {organization} beizutreten, bei\n"
             "{issuer}\n"
             "\n"
             "Hier können Sie zusagen oder ablehnen, innerhalb von sieben Tagen:\n"
             "\n"
             "{link}\n"
             "\n"
             "Melden Sie sich mit dieser Adresse an. Falls Sie noch kein Konto haben, legen\n"
             "Sie auf dem Weg eines damit an.\n"
             "\n"
             "Falls Sie keine Einladung erwartet haben, müssen Sie nichts tun.\n"},
    Template{"connection_request", "en", "Somebody asks for an application",
             "Hello,\n"
             "\n"
             "{person} would like the application {app} to be installed for {organization},\n"
             "or to be allowed more there. Only an admin can decide that. What it asks for\n"
             "is shown here, where you can approve or decline it:\n"
             "\n"
             "{link}\n"
             "\n"
             "Until somebody approves it nothing changes.\n"},
    Template{"connection_request", "de", "Jemand bittet um eine Anwendung",
             "Guten Tag,\n"
             "\n"
             "{person} möchte, dass die Anwendung {app} für {organization} installiert\n"
             "wird oder dort mehr darf. Das kann nur ein Admin entscheiden. Worum sie\n"
             "bittet, steht hier; dort können Sie es erlauben oder ablehnen:\n"
             "\n"
             "{link}\n"
             "\n"
             "Solange niemand zustimmt, ändert sich nichts.\n"},
    Template{"connection_approved", "en", "The application you asked for is installed",
             "Hello,\n"
             "\n"
             "an admin of {organization} has approved the application {app}, which you\n"
             "asked for. It is installed for the organization now.\n"},
    Template{"connection_approved", "de", "Die Anwendung, um die Sie gebeten haben, ist installiert",
             "Guten Tag,\n"
             "\n"
             "ein Admin von {organization} hat die Anwendung {app} erlaubt, um die Sie\n"
             "gebeten haben. Sie ist jetzt für die Organisation installiert.\n"},
};

const Template* find(std::string_view kind, std::string_view language) {
  for (const Template& one : templates) {
    if (one.kind == kind && one.language == language) return &one;
  }
  return nullptr;
}

std::string filled(std::string_view text, MailWords words) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    out += text.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = text.find('}', open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    for (const auto& [known, word] : words) {
      if (known == name) out += word;
    }
    text.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace

MailText mail_text(std::string_view kind, std::string_view language, MailWords words) {
  const Template* found = find(kind, language.substr(0, 2));
  if (found == nullptr) found = find(kind, "en");
  if (found == nullptr) return {};
  return {filled(found->subject, words), filled(found->text, words)};
}

}  // namespace hub::core
