#include "hub/crypto/master_key.h"

#include "hub/base/codes.h"
#include "hub/crypto/random.h"
#include "mac.h"
#include "openssl.h"

namespace hub::crypto {
namespace {

// These words are part of the format of every store: changing one makes what is stored useless.
constexpr std::string_view hash_purpose = "hubctl keyed hash 1";
constexpr std::string_view check_purpose = "hubctl master key check 1";
constexpr std::string_view seal_purpose = "hubctl seal 1";
constexpr std::size_t master_octets = 32;

}  // namespace

StoreKeys::StoreKeys(const Secret& master)
    : hash_key_(derive_key(master, hash_purpose)),
      check_key_(derive_key(master, check_purpose)),
      sealer_(derive_key(master, seal_purpose)) {
  must(master.reveal().size() == master_octets);
}

Bytes StoreKeys::keyed_hash(std::string_view label, std::string_view secret) const {
  return hmac_sha256_of(hash_key_.reveal(), {label, std::string_view("\0", 1), secret});
}

Bytes StoreKeys::check_value() const { return hmac_sha256_of(check_key_.reveal(), {check_purpose}); }

Secret make_master_key_line(Random& random) { return make_secret(random); }

Result<Secret> parse_master_key_line(const Secret& line) {
  std::string_view text = line.reveal();
  if (text.ends_with('\n')) text.remove_suffix(1);
  Bytes octets;
  const bool canonical = decode_base64url(text, octets);
  Secret key(std::move(octets));
  if (!canonical || key.reveal().size() != master_octets) {
    return Error{codes::master_key, "The master key is not one line of 43 base64url characters.",
                 "give the key file that `hubctl init` made for this store"};
  }
  return key;
}

}  // namespace hub::crypto
