#include "hub/core/person.h"

#include "hub/core/account.h"
#include "hub/core/portal.h"
#include "hub/domain/preferences.h"
#include "nouns.h"

namespace hub::operations {
namespace {

using core::CreatePerson;
using core::DeletePerson;
using core::DisconnectAnswer;
using core::DisconnectApp;
using core::LinkAnswer;
using core::ListPeople;
using core::MakeLink;
using core::PersonAnswer;
using core::SetPassword;
using core::ShowPerson;
using core::UpdatePerson;
using core::VerifyEmail;

Fields<PersonAnswer> person_fields() {
  return {
      {"email", &PersonAnswer::email, "Address, as typed.", {.show = Show::column}},
      {"name", &PersonAnswer::name, "First and last name, or the address.", {.show = Show::column}},
      {"verified", &PersonAnswer::verified, "Whether the address is verified.", {.show = Show::column}},
      {"last_sign_in", &PersonAnswer::last_sign_in, "Last sign-in.", {.show = Show::column}},
      {"id", &PersonAnswer::id, "Identifier.", {.show = Show::wide}},
      {"hash_id", &PersonAnswer::hash_id, "Identifier in the Nexus dialect."},
      {"first_name", &PersonAnswer::first_name, "First name."},
      {"last_name", &PersonAnswer::last_name, "Last name."},
      {"email_verified_at", &PersonAnswer::email_verified_at, "When the address was verified."},
      {"pronoun", &PersonAnswer::pronoun, "Pronoun."},
      {"locale", &PersonAnswer::locale, "Language of pages and mails."},
      {"country_code", &PersonAnswer::country_code, "ISO 3166 country."},
      {"unit_system", &PersonAnswer::unit_system, "Units they measure in."},
      {"time_zone", &PersonAnswer::time_zone, "IANA time zone in which apps see times."},
      {"has_password", &PersonAnswer::has_password, "Whether they can sign in with a password."},
      {"created_at", &PersonAnswer::created_at, "When they were created.", {.show = Show::wide}},
      {"updated_at", &PersonAnswer::updated_at, "Last change.", {.show = Show::wide}},
      {"version", &PersonAnswer::version, "Number of the current state, for --if-version."},
  };
}

Fields<ListPeople> list_fields() { return {}; }

Fields<ShowPerson> show_fields() {
  return {{"person", &ShowPerson::person, "Person, by address or id.", {.reference = "person"}}};
}

Fields<CreatePerson> create_fields() {
  return {
      {"email", &CreatePerson::email, "Their address, unique whatever its case."},
      {"first_name", &CreatePerson::first_name, "First name."},
      {"last_name", &CreatePerson::last_name, "Last name."},
      {"verified", &CreatePerson::verified, "The address is known to be theirs."},
      {"password", &CreatePerson::password, "Password, 10 to 1024 bytes."},
  };
}

Fields<UpdatePerson> update_fields() {
  return {
      {"person", &UpdatePerson::person, "Person, by address or id.", {.reference = "person"}},
      {"email", &UpdatePerson::email, "New address, which is not verified yet."},
      {"first_name", &UpdatePerson::first_name, "First name."},
      {"last_name", &UpdatePerson::last_name, "Last name."},
      {"pronoun", &UpdatePerson::pronoun, "Pronoun.", {.choices = {pronouns.begin(), pronouns.end()}}},
      {"locale", &UpdatePerson::locale, "Language of pages and mails.", {.choices = {locales.begin(), locales.end()}}},
      {"country_code", &UpdatePerson::country_code, "ISO 3166 country, two capital letters."},
      {"unit_system",
       &UpdatePerson::unit_system,
       "Units they measure in.",
       {.choices = {unit_systems.begin(), unit_systems.end()}}},
      {"time_zone", &UpdatePerson::time_zone, "IANA time zone, such as Europe/Berlin, in which apps see times."},
  };
}

Fields<DeletePerson> delete_fields() {
  return {
      {"person", &DeletePerson::person, "Person, by address or id.", {.reference = "person"}},
      {"confirm", &DeletePerson::confirm, "Their address, repeated."},
  };
}

Fields<SetPassword> set_password_fields() {
  return {
      {"person", &SetPassword::person, "Person, by address or id.", {.reference = "person"}},
      {"password", &SetPassword::password, "New password, 10 to 1024 bytes."},
  };
}

Fields<VerifyEmail> verify_fields() {
  return {{"person", &VerifyEmail::person, "Person, by address or id.", {.reference = "person"}}};
}

Operation list_operation() {
  return operation({.name = "person list",
                    .summary = "List people",
                    .details = "A person sees only themselves.",
                    .access = Access::people,
                    .examples = {"hubctl person list", "hubctl person list --filter verified=false -q"}},
                   list_fields(), person_fields(), &core::list_people);
}

Operation show_operation() {
  return operation({.name = "person show",
                    .summary = "Show one person",
                    .access = Access::people,
                    .arguments = {"person"},
                    .examples = {"hubctl person show jane@acme.test -o json"},
                    .errors = {codes::not_found}},
                   show_fields(), person_fields(), &core::show_person);
}

Operation create_operation() {
  return operation({.name = "person create",
                    .summary = "Create a person",
                    .details = "Memberships and invitations that wait for a verified address become theirs.",
                    .access = Access::operators,
                    .kind = "person",
                    .arguments = {"email"},
                    .examples = {"hubctl person create jane@acme.test --first-name Jane --verified --ensure",
                                 "hubctl person create jane@acme.test --password-file /run/secrets/jane"},
                    .errors = {codes::email_taken, codes::invalid_request},
                    .ensure = true},
                   create_fields(), person_fields(), &core::prepare_create_person, &core::create_person);
}

Operation update_operation() {
  return operation({.name = "person update",
                    .summary = "Change a person's address, names or preferences",
                    .details = "Another address has to be verified again.",
                    .access = Access::people,
                    .kind = "person",
                    .arguments = {"person"},
                    .examples = {"hubctl person update jane@acme.test --last-name Miller",
                                 "hubctl person update jane@acme.test --time-zone Europe/Berlin --locale de",
                                 "hubctl person update jane@acme.test --email jane@example.test --unset first_name"},
                    .errors = {codes::not_found, codes::email_taken, codes::stale, codes::invalid_request},
                    .if_version = true},
                   update_fields(), person_fields(), &core::update_person);
}

Operation delete_operation() {
  return operation({.name = "person delete",
                    .summary = "Delete a person with their memberships and connections",
                    .details = "Every token that speaks for them stops working.",
                    .access = Access::people,
                    .kind = "person",
                    .arguments = {"person"},
                    .examples = {"hubctl person delete jane@acme.test --confirm jane@acme.test"},
                    .errors = {codes::not_found, codes::last_owner, codes::stale, codes::invalid_request},
                    .ensure = true,
                    .if_version = true},
                   delete_fields(), person_fields(), &core::delete_person);
}

Operation set_password_operation() {
  return operation({.name = "person set-password",
                    .summary = "Set a person's password",
                    .details = "Another password ends every token that speaks for them, and their sessions.",
                    .access = Access::people,
                    .kind = "person",
                    .arguments = {"person"},
                    .examples = {"hubctl person set-password jane@acme.test --password-file -"},
                    .errors = {codes::not_found, codes::stale, codes::invalid_request},
                    .if_version = true},
                   set_password_fields(), person_fields(), &core::prepare_password, &core::set_password);
}

Operation verify_operation() {
  return operation({.name = "person verify-email",
                    .summary = "Take a person's address as verified",
                    .details = "Memberships and invitations that wait for the address become theirs.",
                    .access = Access::operators,
                    .kind = "person",
                    .arguments = {"person"},
                    .examples = {"hubctl person verify-email jane@acme.test --ensure"},
                    .errors = {codes::not_found, codes::wrong_state},
                    .ensure = true},
                   verify_fields(), person_fields(), &core::verify_email);
}

Fields<MakeLink> reset_link_fields() {
  return {{"person", &MakeLink::person, "Person, by address or id.", {.reference = "person"}}};
}

Fields<LinkAnswer> link_fields() {
  return {
      {"person", &LinkAnswer::person, "Who chooses another password with it.", {.show = Show::column}},
      {"expires_at", &LinkAnswer::expires_at, "When it is over.", {.show = Show::column}},
      {"id", &LinkAnswer::id, "Identifier of the person.", {.show = Show::wide}},
      {"url", &LinkAnswer::url, "The link, shown this once."},
  };
}

Operation reset_link_operation() {
  return operation({.name = "person reset-link",
                    .summary = "Make a link with which a person chooses another password",
                    .details = "For a hub that sends no mails: hand it over yourself. It works once, within an hour, "
                               "and counts as proof of the address.",
                    .access = Access::operators,
                    .kind = "person",
                    .arguments = {"person"},
                    .examples = {"hubctl person reset-link jane@acme.test -o raw"},
                    .errors = {codes::not_found}},
                   reset_link_fields(), link_fields(), &core::make_reset_link);
}

Fields<DisconnectApp> disconnect_fields() {
  return {
      {"person", &DisconnectApp::person, "Person, by address or id.", {.reference = "person"}},
      {"app", &DisconnectApp::app, "App, by name, client id or id.", {.reference = "app"}},
  };
}

Fields<DisconnectAnswer> disconnected_fields() {
  return {
      {"person", &DisconnectAnswer::person, "Whose name it was.", {.show = Show::column}},
      {"app", &DisconnectAnswer::app, "App that lost its access.", {.show = Show::column}},
      {"tokens", &DisconnectAnswer::tokens, "Access tokens that ended.", {.show = Show::column}},
      {"id", &DisconnectAnswer::id, "Identifier of the app.", {.show = Show::wide}},
  };
}

Operation disconnect_operation() {
  return operation({.name = "person disconnect",
                    .summary = "End everything an app holds in a person's name",
                    .details = "Their connection, what they agreed to, and every token that speaks for them. What an "
                               "organization granted stays.",
                    .access = Access::people,
                    .kind = "app",
                    .arguments = {"person"},
                    .examples = {"hubctl person disconnect jane@acme.test --app billing"},
                    .errors = {codes::not_found},
                    .ensure = true},
                   disconnect_fields(), disconnected_fields(), &core::disconnect_app);
}

}  // namespace

std::vector<Operation> person_operations() {
  return {list_operation(),       show_operation(),   create_operation(),
          update_operation(),     delete_operation(), set_password_operation(),
          reset_link_operation(), verify_operation(), disconnect_operation()};
}

}  // namespace hub::operations
