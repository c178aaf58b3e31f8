#include "public_key.h"

#include <openssl/core_names.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hub/base/codes.h"
#include "hub/crypto/hash.h"

namespace hub::crypto {
namespace {

constexpr int rsa_bits_least = 2048;
constexpr int rsa_bits_most = 8192;
constexpr std::size_t exponent_octets_most = 8;
constexpr std::size_t coordinate_octets = 32;
constexpr std::size_t kid_bytes_most = 64;
constexpr const char* p256_name = "prime256v1";  // OpenSSL's name of P-256

// Width 0: as many octets as the number needs.
std::optional<Bytes> number_octets(const EVP_PKEY& key, const char* name, int width) {
  BIGNUM* raw = nullptr;
  if (EVP_PKEY_get_bn_param(&key, name, &raw) != 1) return std::nullopt;
  const OwnedNumber number(raw);
  const int size = width == 0 ? BN_num_bytes(number.get()) : width;
  Bytes out(static_cast<std::size_t>(size), '\0');
  if (BN_bn2binpad(number.get(), octets_of(out), size) != size) return std::nullopt;
  return out;
}

bool is_odd(const Bytes& number) { return !number.empty() && (static_cast<unsigned char>(number.back()) & 1U) == 1; }

std::optional<PublicNumbers> rsa_numbers(const EVP_PKEY& key) {
  const int bits = EVP_PKEY_get_bits(&key);
  if (bits < rsa_bits_least || bits > rsa_bits_most) return std::nullopt;
  auto n = number_octets(key, OSSL_PKEY_PARAM_RSA_N, 0);
  auto e = number_octets(key, OSSL_PKEY_PARAM_RSA_E, 0);
  if (!n || !e || !is_odd(*n) || !is_odd(*e) || *e == "\x01" || e->size() > exponent_octets_most) return std::nullopt;
  return PublicNumbers{Algorithm::rs256, std::move(*n), std::move(*e)};
}

std::optional<PublicNumbers> p256_numbers(const EVP_PKEY& key) {
  char group[64] = "";
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(&key, group, sizeof group, &size) != 1) return std::nullopt;
  if (std::string_view(group, size) != p256_name) return std::nullopt;
  auto x = number_octets(key, OSSL_PKEY_PARAM_EC_PUB_X, coordinate_octets);
  auto y = number_octets(key, OSSL_PKEY_PARAM_EC_PUB_Y, coordinate_octets);
  if (!x || !y) return std::nullopt;
  return PublicNumbers{Algorithm::es256, std::move(*x), std::move(*y)};
}

std::optional<PublicNumbers> ed25519_numbers(const EVP_PKEY& key) {
  Bytes x(coordinate_octets, '\0');
  std::size_t size = x.size();
  if (EVP_PKEY_get_raw_public_key(&key, octets_of(x), &size) != 1 || size != x.size()) return std::nullopt;
  return PublicNumbers{Algorithm::eddsa, std::move(x), {}};
}

OwnedKey build(const char* type, OSSL_PARAM_BLD* builder) {
  const OwnedParameters parameters(OSSL_PARAM_BLD_to_param(builder));
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  must(parameters != nullptr && context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1);
  EVP_PKEY* key = nullptr;
  if (EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) return nullptr;
  return OwnedKey(key);
}

OwnedKey build_rsa(const PublicNumbers& numbers) {
  if (numbers.first.size() > rsa_bits_most / 8 + 1 || numbers.second.size() > exponent_octets_most) return nullptr;
  const auto number = [](const Bytes& octets) {
    return OwnedNumber(BN_bin2bn(octets_of(octets), static_cast<int>(octets.size()), nullptr));
  };
  const OwnedNumber n = number(numbers.first);
  const OwnedNumber e = number(numbers.second);
  const OwnedParameterBuilder builder(OSSL_PARAM_BLD_new());
  must(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) == 1 &&
       OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) == 1);
  return build("RSA", builder.get());
}

OwnedKey build_p256(const PublicNumbers& numbers) {
  if (numbers.first.size() != coordinate_octets || numbers.second.size() != coordinate_octets) return nullptr;
  const Bytes point = "\x04" + numbers.first + numbers.second;  // uncompressed, SEC 1 section 2.3.3
  const OwnedParameterBuilder builder(OSSL_PARAM_BLD_new());
  must(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, p256_name, 0) == 1 &&
       OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
  return build("EC", builder.get());
}

OwnedKey build_ed25519(const PublicNumbers& numbers) {
  if (numbers.first.size() != coordinate_octets) return nullptr;
  return OwnedKey(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, octets_of(numbers.first), numbers.first.size()));
}

OwnedKey build(const PublicNumbers& numbers) {
  switch (numbers.algorithm) {
    case Algorithm::rs256:
      return build_rsa(numbers);
    case Algorithm::es256:
      return build_p256(numbers);
    case Algorithm::eddsa:
      return build_ed25519(numbers);
  }
  return nullptr;
}

// The members that make a key what it is, in the order of RFC 7638, which is that of the alphabet.
Json required_members(const PublicNumbers& numbers) {
  switch (numbers.algorithm) {
    case Algorithm::rs256:
      return {{"e", base64url(numbers.second)}, {"kty", "RSA"}, {"n", base64url(numbers.first)}};
    case Algorithm::es256:
      return {{"crv", "P-256"}, {"kty", "EC"}, {"x", base64url(numbers.first)}, {"y", base64url(numbers.second)}};
    case Algorithm::eddsa:
      return {{"crv", "Ed25519"}, {"kty", "OKP"}, {"x", base64url(numbers.first)}};
  }
  return nullptr;
}

std::string compute_kid(const PublicNumbers& numbers, const EVP_PKEY& key) {
  if (numbers.algorithm != Algorithm::rs256) return hex(sha256(to_line(required_members(numbers))));
  unsigned char* der = nullptr;  // of an RSA key this is PKCS#1's RSAPublicKey
  const int size = i2d_PublicKey(&key, &der);
  must(size > 0);
  const Owned<unsigned char, [](unsigned char* octets) { OPENSSL_free(octets); }> owner(der);
  return hex(sha256({reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)}));
}

const std::string* string_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : found->get_ptr<const std::string*>();
}

bool octets_member(const Json& jwk, const char* name, Bytes& out) {
  const std::string* text = string_member(jwk, name);
  return text != nullptr && decode_base64url(*text, out);
}

std::optional<PublicNumbers> jwk_numbers(const Json& jwk) {
  const std::string* type = string_member(jwk, "kty");
  if (type == nullptr) return std::nullopt;
  PublicNumbers numbers;
  if (*type == "RSA") {
    if (!octets_member(jwk, "n", numbers.first) || !octets_member(jwk, "e", numbers.second)) return std::nullopt;
    return numbers;
  }
  const std::string* curve = string_member(jwk, "crv");
  if (curve == nullptr || !octets_member(jwk, "x", numbers.first)) return std::nullopt;
  if (*type == "EC" && *curve == "P-256") {
    numbers.algorithm = Algorithm::es256;
    if (!octets_member(jwk, "y", numbers.second)) return std::nullopt;
    return numbers;
  }
  numbers.algorithm = Algorithm::eddsa;
  if (*type == "OKP" && *curve == "Ed25519") return numbers;
  return std::nullopt;
}

// `use`, `key_ops` and `alg` (RFC 7517 sections 4.2-4.4) may be missing, but not speak against this algorithm.
bool is_for_verifying(const Json& jwk, Algorithm algorithm) {
  const auto is = [&](const char* name, std::string_view expected) {
    const std::string* text = string_member(jwk, name);
    return !jwk.contains(name) || (text != nullptr && *text == expected);
  };
  const auto operations = jwk.find("key_ops");
  const bool may_verify =
      operations == jwk.end() ||
      (operations->is_array() && std::find(operations->begin(), operations->end(), "verify") != operations->end());
  return may_verify && is("use", "sig") && is("alg", name(algorithm));
}

Error unusable(std::string message, std::string field = {}) {
  return refused({codes::invalid_request, std::move(message),
                  "Usable are RSA keys of 2048 to 8192 bits, P-256 and Ed25519 keys.", std::move(field)});
}

}  // namespace

std::optional<PublicNumbers> public_numbers(const EVP_PKEY& key) {
  if (EVP_PKEY_is_a(&key, "RSA") == 1) return rsa_numbers(key);
  if (EVP_PKEY_is_a(&key, "EC") == 1) return p256_numbers(key);
  if (EVP_PKEY_is_a(&key, "ED25519") == 1) return ed25519_numbers(key);
  return std::nullopt;
}

std::optional<PublicKey> make_public_key(const PublicNumbers& numbers) {
  PublicKey made;
  made.key = build(numbers);
  if (made.key == nullptr) return std::nullopt;
  auto actual = public_numbers(*made.key);  // what was built counts: it has no leading zeros and its size is known
  if (!actual) return std::nullopt;
  made.kid = compute_kid(*actual, *made.key);
  made.numbers = std::move(*actual);
  return made;
}

Result<PublicKey> read_jwk(const Json& jwk) {
  if (!jwk.is_object()) return unusable("The key is not a JSON object.");
  const auto numbers = jwk_numbers(jwk);
  if (!numbers) return unusable("The key is of a type that is not used here, or a part of it is missing.", "kty");
  if (!is_for_verifying(jwk, numbers->algorithm)) {
    return unusable(
        "The key is meant for something else than verifying " + std::string(name(numbers->algorithm)) + " signatures.",
        "alg");
  }
  auto key = make_public_key(*numbers);
  if (!key) return unusable("The numbers of the key are not those of a usable key.");
  if (jwk.contains("kid")) {
    const std::string* kid = string_member(jwk, "kid");
    if (kid == nullptr || kid->empty() || kid->size() > kid_bytes_most) {
      return unusable("The key's `kid` is not a text of 1 to 64 characters.", "kid");
    }
    key->kid = *kid;
  }
  return std::move(*key);
}

Json write_jwk(const PublicNumbers& numbers, const std::string& kid) {
  const Json members = required_members(numbers);
  Json jwk = Json::object();
  for (const char* member : {"kty", "n", "e", "crv", "x", "y"}) {
    if (members.contains(member)) jwk[member] = members[member];
  }
  jwk["kid"] = kid;
  jwk["use"] = "sig";
  jwk["alg"] = name(numbers.algorithm);
  return jwk;
}

}  // namespace hub::crypto
