#include "hub/core/account.h"

#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/core/mail.h"
#include "hub/core/person.h"
#include "hub/core/reference.h"
#include "hub/crypto/random.h"
#include "hub/domain/address.h"
#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/failed_attempt.h"
#include "hub/store/mail.h"
#include "hub/store/password.h"
#include "hub/store/person.h"
#include "issue_steps.h"
#include "mail_links.h"
#include "mail_text.h"
#include "password_proof.h"
#include "person_rules.h"

namespace hub::core {
namespace {

constexpr std::string_view language_fallback = "en";

std::string language_of(const Person& person) { return person.locale.value_or(std::string(language_fallback)); }

// Where links lead: the configured public address, never what a request says (claim WB-09).
std::string url_of(const std::string& issuer, std::string_view kind, const Secret& link) {
  return issuer + (kind == verification_link ? "/id/verify-email?link=" : "/id/reset-password?link=") + link.reveal();
}

Result<void> write_mail(Work& work, std::string_view kind, std::string_view language, const std::string& recipient,
                        std::string_view link = "") {
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  const MailText mail = mail_text(kind, language,
                                  {{"issuer", *issuer},
                                   {"link", link},
                                   {"sign_in", *issuer + "/id/sign-in"},
                                   {"forgot", *issuer + "/id/forgot-password"}});
  return send_mail(work, kind, recipient, mail.subject, mail.text);
}

Result<void> mail_link(Work& work, std::string_view kind, std::string_view language, const Person& person,
                       const std::optional<std::string>& return_path = std::nullopt) {
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  const Result<Secret> link = make_link(work, kind, person, return_path);
  if (!link) return link.error();
  return write_mail(work, kind, language, person.email, url_of(*issuer, kind, *link));
}

// As much work as a mail with a link, for an address that gets none: nothing of it stays (claim AC-01).
Result<void> pretend_mail(Work& work, std::string_view kind, std::string_view language) {
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  const Result<Keys*> keys = work.keys();
  if (!keys) return keys.error();
  const Secret link = crypto::make_secret(work.random());
  (void)(*keys)->store_keys.keyed_hash("mail_link", link.reveal());
  const MailText mail = mail_text(kind, language, {{"issuer", *issuer}, {"link", url_of(*issuer, kind, link)}});
  store::MailRow row;
  row.id = MailId::make(work.now(), work.random());
  row.kind = kind;
  row.created_at = work.now();
  row.text_sealed = (*keys)->store_keys.sealer().seal(Secret(mail.text), row.id.text(), work.random());
  store::insert_mail(work.db(), row);
  store::delete_mail(work.db(), row.id);
  return {};
}

// A local path, and nothing a browser could take for another host (claim WB-06).
std::optional<std::string> checked_path(const std::optional<std::string>& path) {
  constexpr std::size_t path_bytes = 2000;
  if (!path || path->size() > path_bytes || !path->starts_with('/') || path->starts_with("//")) return std::nullopt;
  for (const char c : *path) {
    if (c <= ' ' || c > '~' || c == '\\') return std::nullopt;
  }
  return path;
}

Result<SignedUp> sign_up_new(Work& work, const SignUp& request, const PersonId& id) {
  Person person = *store::find_person(work.db(), id);
  person.locale = request.language;
  store::update_person(work.db(), person);
  work.audit("person sign-up", "person:" + id.text(), "ok", "{}");
  if (Result<void> sent =
          mail_link(work, verification_link, request.language, person, checked_path(request.return_path));
      !sent) {
    return sent.error();
  }
  return SignedUp{id};
}

Result<SignedUp> sign_up_again(Work& work, const SignUp& request) {
  const auto id = store::find_person_by_email(work.db(), comparison_form(request.email));
  const auto person = id ? store::find_person(work.db(), *id) : std::nullopt;
  if (!person) return SignedUp{};
  if (Result<void> sent = write_mail(work, "email_taken", request.language, person->email); !sent) return sent.error();
  return SignedUp{};
}

// Before the hash, which is what many of them would cost everybody else (claim AC-03).
Result<void> count_sign_up(Hub& hub, const Call& call, const SignUp& request) {
  if (request.address.empty()) return {};
  const Result<bool> allowed = hub.write(call, [&](Work& work) -> Result<bool> {
    const Result<Keys*> keys = work.keys();
    if (!keys) return keys.error();
    const Bytes key = (*keys)->store_keys.keyed_hash("failed_attempt", "sign_up " + address_group(request.address));
    return store::count_attempt(work.db(), "sign_up_address", key,
                                {attempts::sign_ups_per_address, attempts::sign_in_window}, work.now());
  });
  if (!allowed) return allowed.error();
  if (*allowed) return {};
  return Error{codes::too_many_attempts, "Too many accounts were asked for from here.", "try again in 15 minutes"};
}

}  // namespace

Result<SignedUp> sign_up(Hub& hub, const Call& call, const SignUp& request) {
  if (Result<void> counted = count_sign_up(hub, call, request); !counted) return counted.error();
  const Result<NewPerson> prepared = prepare_create_person(hub, {.email = request.email,
                                                                 .first_name = request.first_name,
                                                                 .last_name = request.last_name,
                                                                 .password = request.password});
  if (!prepared) return prepared.error();
  return hub.write(call, [&](Work& work) -> Result<SignedUp> {
    const Result<bool> may = may_mail(work, comparison_form(request.email));
    if (!may) return may.error();
    const Result<PersonId> made = insert_new_person(work, *prepared);
    if (made) return sign_up_new(work, request, *made);
    if (!(made.error().code == codes::email_taken)) return made.error();
    return *may ? sign_up_again(work, request) : SignedUp{};
  });
}

Result<void> send_verification(Work& work, const Person& person, const std::string& language,
                               const std::optional<std::string>& return_path) {
  if (person.email_verified_at) return {};
  const Result<bool> may = may_mail(work, person.email_key);
  if (!may) return may.error();
  if (!*may) return {};  // they have several already
  return mail_link(work, verification_link, language, person, checked_path(return_path));
}

Result<FollowedLink> verify_by_link(Work& work, const Secret& link, const PersonId& who) {
  const Result<GoodLink> good = use_link(work, verification_link, link);
  if (!good) return good.error();
  if (!(good->person.id == who)) {
    return Error{codes::invalid_link, "The link is for another account.", "sign in as whom the mail was sent to"};
  }
  if (good->person.email_verified_at) return FollowedLink{good->person, good->link.return_path};
  Person person = mark_verified(work, good->person);
  work.audit("person verify-email", "person:" + person.id.text(), "ok", "{}");
  return FollowedLink{std::move(person), good->link.return_path};
}

Result<void> request_reset(Hub& hub, const Call& call, const RequestReset& request) {
  return hub.write(call, [&](Work& work) -> Result<void> {
    const std::string email_key = comparison_form(request.email);
    const Result<bool> may = may_mail(work, email_key);
    if (!may) return may.error();
    if (!*may) return {};
    const auto id = store::find_person_by_email(work.db(), email_key);
    const auto person = id ? store::find_person(work.db(), *id) : std::nullopt;
    if (!person) return pretend_mail(work, reset_link, request.language);
    return mail_link(work, reset_link, request.language, *person);
  });
}

Result<Person> look_at_reset(View& view, const Secret& link) {
  const Result<GoodLink> good = find_link(view, reset_link, link);
  if (!good) return good.error();
  return good->person;
}

Result<Person> reset_password(Hub& hub, const Call& call, const Secret& link, const Secret& password) {
  // Nobody without a good link has passwords computed.
  const Result<Person> there = hub.read(call, [&](View& view) { return look_at_reset(view, link); });
  if (!there) return there.error();
  const Result<PreparedPassword> prepared = prepare_password(hub, {.person = {}, .password = password});
  if (!prepared) return prepared.error();
  return hub.write(call, [&](Work& work) -> Result<Person> {
    const Result<GoodLink> good = use_link(work, reset_link, link);
    if (!good) return good.error();
    Person person = good->person;
    if (!person.email_verified_at) person = mark_verified(work, person);
    password_replaced(work, person.id);
    store::set_password_hash(work.db(), person.id, prepared->hash, work.now());
    if (Result<void> forgiven = forgive_failures(work, person.email_key); !forgiven) return forgiven.error();
    work.audit("person reset-password", "person:" + person.id.text(), "ok", "{}");
    if (Result<void> sent = write_mail(work, "password_changed", language_of(person), person.email); !sent) {
      return sent.error();
    }
    return *store::find_person(work.db(), person.id);
  });
}

Result<void> change_password(Hub& hub, const Call& call, const ChangePassword& request) {
  const Result<Person> there = hub.read(call, [&](View& view) -> Result<Person> {
    const auto person = store::find_person(view.db(), request.person);
    if (!person) return Error{codes::not_found, "There is no such person."};
    return *person;
  });
  if (!there) return there.error();
  // First, since a password that cannot be is no wrong guess of the current one.
  const Result<PreparedPassword> prepared = prepare_password(hub, {.person = {}, .password = request.password});
  if (!prepared) return prepared.error();
  const PasswordProof proof{.email_key = there->email_key, .password = request.current, .address = {}};
  const Result<Proven> proven = prove_password(hub, call, proof);
  if (!proven) return proven.error();
  return hub.write(call, [&](Work& work) -> Result<void> {
    if (Result<void> accepted = accept_proof(work, proof, *proven); !accepted) return accepted;
    const auto person = store::find_person(work.db(), request.person);
    if (!person || !(proven->person_id == person->id)) return Error{codes::not_found, "There is no such person."};
    password_replaced(work, person->id, request.kept);
    store::set_password_hash(work.db(), person->id, prepared->hash, work.now());
    work.audit("person change-password", "person:" + person->id.text(), "ok", "{}");
    return write_mail(work, "password_changed", language_of(*person), person->email);
  });
}

Result<Changed<LinkAnswer>> make_reset_link(Work& work, const MakeLink& request) {
  if (!work.principal().is_operator()) {
    return Error{codes::principal_not_allowed, "Only an operator may do this."};
  }
  const Result<Person> person = find_person(work, request.person);
  if (!person) return person.error();
  const Result<std::string> issuer = issuer_of(work);
  if (!issuer) return issuer.error();
  const Result<Secret> link = make_link(work, reset_link, *person);
  if (!link) return link.error();
  LinkAnswer answer{
      .person = person->email, .expires_at = work.now() + lifetimes::reset_link, .id = person->id.text(), .url = {}};
  if (!work.call().dry_run) answer.url = Secret(url_of(*issuer, reset_link, *link));
  return Changed<LinkAnswer>{true, person->email, std::move(answer)};
}

}  // namespace hub::core
