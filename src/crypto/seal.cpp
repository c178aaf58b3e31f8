#include "hub/crypto/seal.h"

#include "hub/base/codes.h"
#include "openssl.h"

namespace hub::crypto {
namespace {

// What is stored: version, nonce, ciphertext, tag. The version is authenticated together with what the value is bound
// to.
constexpr char version = 1;
constexpr std::size_t key_octets = 32;
constexpr std::size_t nonce_octets = 12;
constexpr std::size_t tag_octets = 16;
constexpr std::size_t overhead = 1 + nonce_octets + tag_octets;
constexpr std::size_t most_octets = 1 << 24;  // of a value; the library counts in int

EVP_CIPHER* cipher() {
  static const OwnedCipher aes(EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  must(aes != nullptr);
  return aes.get();
}

bool authenticate(EVP_CIPHER_CTX* context, std::string_view bound_to) {
  const std::string_view leading(&version, 1);
  int written = 0;
  return EVP_CipherUpdate(context, nullptr, &written, octets_of(leading), 1) == 1 &&
         EVP_CipherUpdate(context, nullptr, &written, octets_of(bound_to), static_cast<int>(bound_to.size())) == 1;
}

}  // namespace

Sealer::Sealer(Secret key) : key_(std::move(key)) { must(key_.reveal().size() == key_octets); }

Bytes Sealer::seal(const Secret& value, std::string_view bound_to, Random& random) const {
  const std::string& plain = value.reveal();
  must(plain.size() <= most_octets && bound_to.size() <= most_octets);
  Bytes out = version + random.octets(nonce_octets);
  const std::size_t text_at = out.size();
  out.resize(plain.size() + overhead);
  unsigned char* const nonce = octets_of(out) + 1;
  unsigned char* const text = octets_of(out) + text_at;

  const OwnedCipherContext context(EVP_CIPHER_CTX_new());
  int written = 0;
  int rest = 0;
  must(context != nullptr &&
       EVP_EncryptInit_ex2(context.get(), cipher(), octets_of(key_.reveal()), nonce, nullptr) == 1 &&
       authenticate(context.get(), bound_to) &&
       EVP_EncryptUpdate(context.get(), text, &written, octets_of(plain), static_cast<int>(plain.size())) == 1 &&
       EVP_EncryptFinal_ex(context.get(), text + written, &rest) == 1 &&
       EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, tag_octets, text + plain.size()) == 1);
  return out;
}

Result<Secret> Sealer::open(std::string_view sealed, std::string_view bound_to) const {
  const Error damaged{codes::store_damaged, "A protected value in the store was altered or belongs somewhere else.",
                      "Restore the store from a backup."};
  if (sealed.size() < overhead || sealed.size() > most_octets || sealed.front() != version) return damaged;
  if (bound_to.size() > most_octets) return damaged;
  const std::string_view nonce = sealed.substr(1, nonce_octets);
  const std::string_view text = sealed.substr(1 + nonce_octets, sealed.size() - overhead);
  std::string tag(sealed.substr(sealed.size() - tag_octets));

  const OwnedCipherContext context(EVP_CIPHER_CTX_new());
  must(context != nullptr &&
       EVP_DecryptInit_ex2(context.get(), cipher(), octets_of(key_.reveal()), octets_of(nonce), nullptr) == 1);
  std::string plain(text.size(), '\0');
  int written = 0;
  int rest = 0;
  const bool genuine = authenticate(context.get(), bound_to) &&
                       EVP_DecryptUpdate(context.get(), octets_of(plain), &written, octets_of(text),
                                         static_cast<int>(text.size())) == 1 &&
                       EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, tag_octets, tag.data()) == 1 &&
                       EVP_DecryptFinal_ex(context.get(), octets_of(plain) + written, &rest) == 1;
  Secret value(std::move(plain));  // before the decision, so that it is wiped either way
  if (!genuine) return refused(damaged);
  return value;
}

}  // namespace hub::crypto
