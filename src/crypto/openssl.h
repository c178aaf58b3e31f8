#pragma once
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/param_build.h>

#include <memory>
#include <string_view>

#include "hub/base/error.h"

// OpenSSL's objects with an owner, and the two ways in which its failures end. Private to the layer.
namespace hub::crypto {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;

using OwnedBio = Owned<BIO, BIO_free_all>;
using OwnedNumber = Owned<BIGNUM, BN_free>;
using OwnedCipher = Owned<EVP_CIPHER, EVP_CIPHER_free>;
using OwnedCipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using OwnedDigest = Owned<EVP_MD, EVP_MD_free>;
using OwnedDigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedKdf = Owned<EVP_KDF, EVP_KDF_free>;
using OwnedKdfContext = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using OwnedMac = Owned<EVP_MAC, EVP_MAC_free>;
using OwnedMacContext = Owned<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedParameters = Owned<OSSL_PARAM, OSSL_PARAM_free>;
using OwnedParameterBuilder = Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using OwnedEcdsaSignature = Owned<ECDSA_SIG, ECDSA_SIG_free>;

// For steps that fail only when memory or the library itself is broken: ends the process, because no answer is better
// than one without its protection.
void must(bool done);

// The error given, after OpenSSL's queue was emptied: what stands in it may quote input and would be found by the next.
Error refused(Error error);
void forget_failures();

// Never null: OpenSSL takes a null pointer for "not given", not for "empty".
inline const unsigned char* octets_of(std::string_view data) {
  return reinterpret_cast<const unsigned char*>(data.data() == nullptr ? "" : data.data());
}
inline unsigned char* octets_of(std::string& data) { return reinterpret_cast<unsigned char*>(data.data()); }

}  // namespace hub::crypto
