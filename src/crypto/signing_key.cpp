#include "hub/crypto/signing_key.h"

#include <openssl/pem.h>

#include <climits>
#include <nlohmann/json.hpp>

#include "context.h"
#include "hub/base/codes.h"
#include "public_key.h"

namespace hub::crypto {
namespace {

constexpr std::size_t rsa_bits = 2048;
constexpr std::size_t half_octets = 32;  // of an ES256 signature: r and s (RFC 7518 section 3.4)

// OpenSSL's ECDSA speaks DER, JWS the two numbers in fixed width.
std::optional<Bytes> numbers_of_der(const Bytes& der) {
  const unsigned char* at = octets_of(std::string_view(der));
  const OwnedEcdsaSignature parsed(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  if (parsed == nullptr) return std::nullopt;
  Bytes out(2 * half_octets, '\0');
  constexpr int width = half_octets;
  if (BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), octets_of(out), width) != width ||
      BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), octets_of(out) + half_octets, width) != width) {
    return std::nullopt;
  }
  return out;
}

Bytes der_of_numbers(std::string_view numbers) {
  const OwnedEcdsaSignature made(ECDSA_SIG_new());
  OwnedNumber r(BN_bin2bn(octets_of(numbers), half_octets, nullptr));
  OwnedNumber s(BN_bin2bn(octets_of(numbers) + half_octets, half_octets, nullptr));
  must(made != nullptr && ECDSA_SIG_set0(made.get(), r.get(), s.get()) == 1);
  (void)r.release();  // they are the signature's now
  (void)s.release();
  Bytes out(static_cast<std::size_t>(i2d_ECDSA_SIG(made.get(), nullptr)), '\0');
  unsigned char* at = octets_of(out);
  must(i2d_ECDSA_SIG(made.get(), &at) > 0);
  return out;
}

std::optional<Bytes> try_sign(const NumberedKey& key, std::string_view message) {
  EVP_MD_CTX* context = ready_context(key);
  if (context == nullptr) return std::nullopt;
  Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key.key.get())), '\0');
  std::size_t size = out.size();
  if (EVP_DigestSign(context, octets_of(out), &size, octets_of(message), message.size()) != 1) return std::nullopt;
  out.resize(size);
  if (key.algorithm == Algorithm::es256) return numbers_of_der(out);
  return out;
}

// Refuses an encrypted key. The default would ask on the terminal, and an empty answer would be tried as a password.
int no_password(char*, int, int, void*) { return -1; }

}  // namespace

struct VerifyingKey::Parsed {
  explicit Parsed(PublicKey key)
      : kid(std::move(key.kid)),
        numbers(std::move(key.numbers)),
        numbered(std::move(key.key), numbers.algorithm, Direction::verify) {}
  std::string kid;
  PublicNumbers numbers;
  NumberedKey numbered;
};

struct SigningKey::Parsed {
  Parsed(OwnedKey key, VerifyingKey public_half)
      : numbered(std::move(key), public_half.algorithm(), Direction::sign), verifying(std::move(public_half)) {}
  NumberedKey numbered;
  VerifyingKey verifying;
};

std::string_view name(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256:
      return "RS256";
    case Algorithm::es256:
      return "ES256";
    case Algorithm::eddsa:
      return "EdDSA";
  }
  return "";
}

std::optional<Algorithm> parse_algorithm(std::string_view text) {
  for (const Algorithm algorithm : {Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
    if (name(algorithm) == text) return algorithm;
  }
  return std::nullopt;
}

Result<VerifyingKey> VerifyingKey::from_jwk(const Json& jwk) {
  auto key = read_jwk(jwk);
  if (!key) return key.error();
  return VerifyingKey(std::make_shared<const Parsed>(*std::move(key)));
}

const std::string& VerifyingKey::kid() const { return parsed_->kid; }
Algorithm VerifyingKey::algorithm() const { return parsed_->numbers.algorithm; }
Json VerifyingKey::jwk() const { return write_jwk(parsed_->numbers, parsed_->kid); }

std::string VerifyingKey::pem() const {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  must(out != nullptr && PEM_write_bio_PUBKEY(out.get(), parsed_->numbered.key.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

bool VerifyingKey::verify(std::string_view message, std::string_view signature) const {
  const NumberedKey& key = parsed_->numbered;
  Bytes der;
  if (key.algorithm == Algorithm::es256) {
    if (signature.size() != 2 * half_octets) return false;
    der = der_of_numbers(signature);
    signature = der;
  }
  EVP_MD_CTX* context = ready_context(key);
  const bool genuine = context != nullptr && EVP_DigestVerify(context, octets_of(signature), signature.size(),
                                                              octets_of(message), message.size()) == 1;
  if (!genuine) forget_failures();
  return genuine;
}

SigningKey SigningKey::generate(Algorithm algorithm) {
  OwnedKey key;
  switch (algorithm) {
    case Algorithm::rs256:
      key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", rsa_bits));
      break;
    case Algorithm::es256:
      key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
      break;
    case Algorithm::eddsa:
      key.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
      break;
  }
  must(key != nullptr);
  const auto numbers = public_numbers(*key);
  must(numbers.has_value());
  auto public_half = make_public_key(*numbers);
  must(public_half.has_value());
  VerifyingKey verifying(std::make_shared<const VerifyingKey::Parsed>(std::move(*public_half)));
  return SigningKey(std::make_shared<const Parsed>(std::move(key), std::move(verifying)));
}

Result<SigningKey> SigningKey::from_pem(const Secret& pem) {
  const std::string& text = pem.reveal();
  const Error unreadable{codes::invalid_request, "This is not an unencrypted private key in PEM form.",
                         "Decrypt it first if it has a password; the store keeps keys encrypted."};
  if (text.empty() || text.size() > INT_MAX) return unreadable;
  const OwnedBio input(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  must(input != nullptr);
  OwnedKey key(PEM_read_bio_PrivateKey(input.get(), nullptr, no_password, nullptr));
  if (key == nullptr) return refused(unreadable);

  const auto numbers = public_numbers(*key);
  auto public_half = numbers ? make_public_key(*numbers) : std::nullopt;
  if (!public_half) {
    return refused({codes::invalid_request, "The private key is of a kind that is not used here.",
                    "Usable are RSA keys of 2048 to 8192 bits, P-256 and Ed25519 keys."});
  }
  VerifyingKey verifying(std::make_shared<const VerifyingKey::Parsed>(std::move(*public_half)));
  auto parsed = std::make_shared<const Parsed>(std::move(key), std::move(verifying));
  // A file holds both halves and nothing makes them fit; signatures that nobody can verify must not get out.
  const auto trial = try_sign(parsed->numbered, "trial");
  if (!trial || !parsed->verifying.verify("trial", *trial)) {
    return refused({codes::invalid_request, "The private and the public half of the key do not belong together."});
  }
  forget_failures();  // decoders that were tried in vain leave theirs behind
  return SigningKey(std::move(parsed));
}

Secret SigningKey::to_pem() const {
  const OwnedBio out(BIO_new(BIO_s_mem()));  // wipes what it held when it goes
  must(out != nullptr && PEM_write_bio_PKCS8PrivateKey(out.get(), parsed_->numbered.key.get(), nullptr, nullptr, 0,
                                                       nullptr, nullptr) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return Secret(std::string(text, static_cast<std::size_t>(size)));
}

const std::string& SigningKey::kid() const { return parsed_->verifying.kid(); }
Algorithm SigningKey::algorithm() const { return parsed_->numbered.algorithm; }
VerifyingKey SigningKey::verifying_key() const { return parsed_->verifying; }

Bytes SigningKey::sign(std::string_view message) const {
  auto signature = try_sign(parsed_->numbered, message);
  must(signature.has_value());
  return std::move(*signature);
}

}  // namespace hub::crypto
