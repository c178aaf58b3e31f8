#include "hub/crypto/hash.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include "mac.h"
#include "openssl.h"

namespace hub::crypto {
namespace {

constexpr std::size_t digest_octets = 32;
char digest_name[] = "SHA256";  // OSSL_PARAM wants it writable

// Looking an algorithm up costs more than hashing a token, so each thread keeps a context that knows its algorithm.
EVP_MAC_CTX* hmac_context() {
  static const OwnedMac mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  must(mac != nullptr);
  thread_local const OwnedMacContext context = [] {
    OwnedMacContext made(EVP_MAC_CTX_new(mac.get()));
    const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name, 0),
                                     OSSL_PARAM_construct_end()};
    must(made != nullptr && EVP_MAC_CTX_set_params(made.get(), parameters) == 1);
    return made;
  }();
  return context.get();
}

}  // namespace

Bytes sha256(std::string_view data) {
  static const OwnedDigest digest(EVP_MD_fetch(nullptr, digest_name, nullptr));
  thread_local const OwnedDigestContext context(EVP_MD_CTX_new());
  must(digest != nullptr && context != nullptr);
  Bytes out(digest_octets, '\0');
  must(EVP_DigestInit_ex2(context.get(), digest.get(), nullptr) == 1 &&
       EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1 &&
       EVP_DigestFinal_ex(context.get(), octets_of(out), nullptr) == 1);
  return out;
}

Bytes sha512(std::string_view data) {
  constexpr std::size_t octets = 64;
  Bytes out(octets, '\0');
  must(EVP_Q_digest(nullptr, "SHA512", nullptr, data.data(), data.size(), octets_of(out), nullptr) == 1);
  return out;
}

Bytes hmac_sha256_of(std::string_view key, std::initializer_list<std::string_view> parts) {
  EVP_MAC_CTX* context = hmac_context();
  must(EVP_MAC_init(context, octets_of(key), key.size(), nullptr) == 1);
  for (const std::string_view part : parts) must(EVP_MAC_update(context, octets_of(part), part.size()) == 1);
  Bytes out(digest_octets, '\0');
  std::size_t written = 0;
  must(EVP_MAC_final(context, octets_of(out), &written, out.size()) == 1 && written == out.size());
  return out;
}

Bytes hmac_sha256(std::string_view key, std::string_view data) { return hmac_sha256_of(key, {data}); }

Secret derive_key(const Secret& from, std::string_view purpose) {
  const OwnedKdf hkdf(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  const OwnedKdfContext context(EVP_KDF_CTX_new(hkdf.get()));
  must(context != nullptr);
  std::string info(purpose);
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest_name, 0),
      // OpenSSL takes its inputs through pointers to non-const and only reads them.
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<char*>(from.reveal().data()),
                                        from.reveal().size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
  std::string out(digest_octets, '\0');
  must(EVP_KDF_derive(context.get(), octets_of(out), out.size(), parameters) == 1);
  return Secret(std::move(out));
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(octets_of(a), octets_of(b), a.size()) == 0;
}

}  // namespace hub::crypto
