#include "hub/core/key.h"

#include "nouns.h"

namespace hub::operations {
namespace {

using core::ImportKey;
using core::KeyInfo;
using core::ListKeys;
using core::RetireKey;
using core::RevokeKey;
using core::RotateKey;
using core::ShowKey;
using core::StageKey;

constexpr std::string_view which_key = "Key, by its kid or the beginning of it.";
const std::vector<std::string_view>& algorithms() {
  static const std::vector<std::string_view> names{"RS256", "ES256", "EdDSA"};
  return names;
}

Fields<KeyInfo> key_fields() {
  return {
      {"kid", &KeyInfo::kid, "Identifier: the thumbprint.", {.show = Show::column}},
      {"alg", &KeyInfo::alg, "Signature algorithm.", {.show = Show::column}},
      {"state", &KeyInfo::state, "staged, active, retired or revoked.", {.show = Show::column}},
      {"since", &KeyInfo::since, "Signs from then on.", {.show = Show::column}},
      {"signs_until", &KeyInfo::signs_until, "Signs until then.", {.show = Show::column}},
      {"published_until", &KeyInfo::published_until, "Leaves the key set then.", {.show = Show::wide}},
      {"created_at", &KeyInfo::created_at, "When it was made.", {.show = Show::wide}},
  };
}

Fields<ListKeys> list_fields() { return {}; }
Fields<ShowKey> show_fields() { return {{"kid", &ShowKey::kid, which_key, {.reference = "key"}}}; }
Fields<RotateKey> rotate_fields() {
  return {
      {"alg", &RotateKey::alg, "Algorithm of the new key; default RS256.", {.choices = algorithms()}},
      {"publish_ahead", &RotateKey::publish_ahead, "How long it is published before it signs; default 24h."},
  };
}
Fields<StageKey> stage_fields() {
  return {{"alg", &StageKey::alg, "Algorithm of the new key; default RS256.", {.choices = algorithms()}}};
}
Fields<ImportKey> import_fields() {
  return {{"key", &ImportKey::key, "Private key as PEM, not encrypted.", {.reference = "file"}}};
}
Fields<RetireKey> retire_fields() {
  return {
      {"kid", &RetireKey::kid, which_key, {.reference = "key"}},
      {"after", &RetireKey::after, "How long it goes on signing; default not at all."},
  };
}
Fields<RevokeKey> revoke_fields() {
  return {
      {"kid", &RevokeKey::kid, which_key, {.reference = "key"}},
      {"confirm", &RevokeKey::confirm, "Its whole kid, repeated."},
  };
}

std::vector<Operation> making() {
  return {
      operation(
          {.name = "key rotate",
           .summary = "Make a new signing key and let it take over",
           .details = "It is published now and signs after --publish-ahead, so that verifiers know it by then. The "
                      "key that signed before stays published as long as its tokens may live.",
           .access = Access::operators,
           .kind = "signing_key",
           .id = "kid",
           .examples = {"hubctl key rotate", "hubctl key rotate --alg ES256 --publish-ahead 0s"},
           .errors = {codes::invalid_request}},
          rotate_fields(), key_fields(), &core::prepare_key, &core::rotate_key),
      operation({.name = "key stage",
                 .summary = "Publish a new key that signs nothing until it is activated",
                 .access = Access::operators,
                 .kind = "signing_key",
                 .id = "kid",
                 .examples = {"hubctl key stage --alg EdDSA"},
                 .errors = {codes::invalid_request}},
                stage_fields(), key_fields(), &core::prepare_staged_key, &core::stage_key),
      operation({.name = "key import",
                 .summary = "Publish a key of your own, staged",
                 .access = Access::operators,
                 .kind = "signing_key",
                 .id = "kid",
                 .examples = {"hubctl key import signing.pem", "hubctl key import --key-file - < signing.pem"},
                 .errors = {codes::invalid_request, codes::exists},
                 .ensure = true},
                import_fields(), key_fields(), &core::prepare_imported_key, &core::import_key),
  };
}

std::vector<Operation> changing() {
  return {
      operation({.name = "key activate",
                 .summary = "Let a staged key sign from now on",
                 .access = Access::operators,
                 .kind = "signing_key",
                 .id = "kid",
                 .arguments = {"kid"},
                 .examples = {"hubctl key activate 3f9a1c0d"},
                 .errors = {codes::not_found, codes::ambiguous_reference, codes::wrong_state},
                 .ensure = true},
                show_fields(), key_fields(), &core::activate_key),
      operation({.name = "key retire",
                 .summary = "Let a key sign no longer; its tokens stay good",
                 .access = Access::operators,
                 .kind = "signing_key",
                 .id = "kid",
                 .arguments = {"kid"},
                 .examples = {"hubctl key retire 3f9a1c0d --after 24h"},
                 .errors = {codes::not_found, codes::ambiguous_reference, codes::wrong_state},
                 .ensure = true},
                retire_fields(), key_fields(), &core::retire_key),
      operation({.name = "key revoke",
                 .summary = "Withdraw a key at once, with every token it signed",
                 .details = "For a key that leaked: it leaves the key set, its tokens are revoked, its private half is "
                            "forgotten, and another key signs.",
                 .access = Access::operators,
                 .kind = "signing_key",
                 .id = "kid",
                 .arguments = {"kid"},
                 .examples = {"hubctl key revoke 3f9a1c0d --confirm KID --reason 'leaked'"},
                 .errors = {codes::not_found, codes::ambiguous_reference, codes::wrong_state, codes::invalid_request},
                 .ensure = true},
                revoke_fields(), key_fields(), &core::prepare_replacement, &core::revoke_key),
  };
}

}  // namespace

std::vector<Operation> key_operations() {
  std::vector<Operation> all{
      operation({.name = "key list",
                 .summary = "List signing keys",
                 .access = Access::operators,
                 .id = "kid",
                 .examples = {"hubctl key list"}},
                list_fields(), key_fields(), &core::list_keys),
      operation({.name = "key show",
                 .summary = "Show one signing key",
                 .access = Access::operators,
                 .id = "kid",
                 .arguments = {"kid"},
                 .examples = {"hubctl key show 3f9a1c0d"},
                 .errors = {codes::not_found, codes::ambiguous_reference}},
                show_fields(), key_fields(), &core::show_key),
  };
  for (Operation& one : making()) all.push_back(std::move(one));
  for (Operation& one : changing()) all.push_back(std::move(one));
  return all;
}

}  // namespace hub::operations
