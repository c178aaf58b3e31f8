#include "mail_links.h"

#include "hub/base/codes.h"
#include "hub/core/hub.h"
#include "hub/crypto/random.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/person.h"

namespace hub::core {
namespace {

constexpr std::string_view secret_prefix = "hlk_";  // claim G-09

Error no_link() { return {codes::invalid_link, "The link is unknown, used or too old.", "ask for another one"}; }

Result<Bytes> hash_link(View& view, const Secret& secret) {
  const Result<Keys*> keys = view.keys();
  if (!keys) return keys.error();
  return (*keys)->store_keys.keyed_hash("mail_link", secret.reveal());
}

}  // namespace

Result<Secret> make_link(Work& work, std::string_view kind, const Person& person,
                         const std::optional<std::string>& return_path) {
  Secret secret(std::string(secret_prefix) + crypto::make_secret(work.random()).reveal());
  const Result<Bytes> hash = hash_link(work, secret);
  if (!hash) return hash.error();
  store::insert_mail_link(
      work.db(),
      {.id = MailLinkId::make(work.now(), work.random()),
       .kind = std::string(kind),
       .person_id = person.id,
       .email_key = person.email_key,
       .return_path = return_path,
       .created_at = work.now(),
       .expires_at = work.now() + (kind == verification_link ? lifetimes::verification_link : lifetimes::reset_link),
       .used_at = {}},
      *hash);
  return secret;
}

Result<GoodLink> find_link(View& view, std::string_view kind, const Secret& secret) {
  const Result<Bytes> hash = hash_link(view, secret);
  if (!hash) return hash.error();
  const auto link = store::find_mail_link(view.db(), *hash);
  if (!link || link->kind != kind || link->used_at || link->expires_at <= view.now()) return no_link();
  const auto person = store::find_person(view.db(), link->person_id);
  if (!person || person->email_key != link->email_key) return no_link();
  return GoodLink{*link, *person};
}

Result<GoodLink> use_link(Work& work, std::string_view kind, const Secret& secret) {
  Result<GoodLink> good = find_link(work, kind, secret);
  if (!good) return good;
  if (!store::use_mail_link(work.db(), good->link.id, work.now())) return no_link();
  return good;
}

}  // namespace hub::core
