#include "hub/crypto/password.h"

#include <openssl/core_names.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include "hub/base/bytes.h"
#include "hub/base/codes.h"
#include "hub/base/text.h"
#include "hub/crypto/hash.h"
#include "openssl.h"

namespace hub::crypto {
namespace {

constexpr std::size_t salt_octets = 16;
constexpr std::size_t hash_octets = 32;

struct Cost {
  std::uint32_t log2_n = 15;
  std::uint32_t r = 8;
  std::uint32_t p = 3;
  friend bool operator==(const Cost&, const Cost&) = default;
};

// Bounds of what is computed for a stored hash: 128 MiB and some seconds, so that a damaged row cannot stall a server.
constexpr Cost most{17, 8, 8};

struct StoredHash {
  Cost cost;
  Bytes salt;
  Bytes hash;
};

std::string derive(const Secret& password, const Cost& cost, Bytes salt) {
  const OwnedKdf scrypt(EVP_KDF_fetch(nullptr, "SCRYPT", nullptr));
  const OwnedKdfContext context(EVP_KDF_CTX_new(scrypt.get()));
  must(context != nullptr);
  std::uint64_t n = std::uint64_t{1} << cost.log2_n;
  std::uint32_t r = cost.r;
  std::uint32_t p = cost.p;
  std::uint64_t memory_bytes = 128 * r * (n + p + 2) + (1 << 20);  // the default of 32 MiB is just too little
  const OSSL_PARAM parameters[] = {
      // OpenSSL takes its inputs through pointers to non-const and only reads them.
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, const_cast<char*>(password.reveal().data()),
                                        password.reveal().size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
      OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
      OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory_bytes),
      OSSL_PARAM_construct_end()};
  std::string out(hash_octets, '\0');
  must(EVP_KDF_derive(context.get(), octets_of(out), out.size(), parameters) == 1);
  return out;
}

// "name=number" with a number from 1 to `most_value`.
bool read_number(std::string_view text, std::string_view name, std::uint32_t most_value, std::uint32_t& number) {
  if (!text.starts_with(name) || text.substr(name.size(), 1) != "=") return false;
  text.remove_prefix(name.size() + 1);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} && end == text.data() + text.size() && number >= 1 && number <= most_value;
}

std::optional<StoredHash> parse_hash(std::string_view text) {
  constexpr std::size_t longest = 200;
  if (text.size() > longest) return std::nullopt;
  const auto parts = split(text, '$');
  if (parts.size() != 5 || !parts[0].empty() || parts[1] != "scrypt") return std::nullopt;
  const auto numbers = split(parts[2], ',');
  StoredHash stored;
  if (numbers.size() != 3 || !read_number(numbers[0], "ln", most.log2_n, stored.cost.log2_n) ||
      !read_number(numbers[1], "r", most.r, stored.cost.r) || !read_number(numbers[2], "p", most.p, stored.cost.p)) {
    return std::nullopt;
  }
  if (!decode_base64url(parts[3], stored.salt) || stored.salt.size() != salt_octets) return std::nullopt;
  if (!decode_base64url(parts[4], stored.hash) || stored.hash.size() != hash_octets) return std::nullopt;
  return stored;
}

std::string text_of(const StoredHash& stored) {
  return "$scrypt$ln=" + std::to_string(stored.cost.log2_n) + ",r=" + std::to_string(stored.cost.r) +
         ",p=" + std::to_string(stored.cost.p) + "$" + base64url(stored.salt) + "$" + base64url(stored.hash);
}

// Who holds a place, and whose passwords are computed now.
class Queue {
 public:
  bool enter() {
    const std::lock_guard lock(mutex_);
    if (places_taken_ >= places_) return false;
    ++places_taken_;
    return true;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --places_taken_;
  }
  void start() {
    std::unique_lock lock(mutex_);
    free_.wait(lock, [this] { return running_ < running_most_; });
    ++running_;
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      --running_;
    }
    free_.notify_one();
  }
  void set_places(int places) {
    const std::lock_guard lock(mutex_);
    places_ = std::clamp(places, 1, password_places_most);
  }

 private:
  std::mutex mutex_;
  std::condition_variable free_;
  // One processor is left to those who need no password.
  const unsigned running_most_ = std::max(1U, std::thread::hardware_concurrency() - 1);
  unsigned running_ = 0;
  int places_ = password_places_most / 2, places_taken_ = 0;
};

Queue& queue() {
  static Queue one;
  return one;
}

class Turn {
 public:
  Turn() { queue().start(); }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { queue().stop(); }
};

}  // namespace

PasswordPlace::PasswordPlace() : has_(queue().enter()) {}

PasswordPlace::~PasswordPlace() {
  if (has_) queue().leave();
}

Error PasswordPlace::refusal() {
  return {codes::overloaded, "Too many passwords are being looked at.", "try again in a moment"};
}

void set_password_places(int places) { queue().set_places(places); }

Result<std::string> hash_password(const Secret& password, Random& random) {
  const PasswordPlace place;
  if (!place) return PasswordPlace::refusal();
  const Turn turn;
  const Bytes salt = random.octets(salt_octets);
  return text_of({Cost{}, salt, derive(password, Cost{}, salt)});
}

bool verify_password(const PasswordPlace&, const Secret& password, std::string_view hash) {
  const auto stored = parse_hash(hash);
  const Turn turn;
  return stored && equal_constant_time(derive(password, stored->cost, stored->salt), stored->hash);
}

std::string absent_hash() { return text_of({Cost{}, Bytes(salt_octets, '\0'), Bytes(hash_octets, '\0')}); }

bool needs_rehash(std::string_view hash) {
  const auto stored = parse_hash(hash);
  return !stored || stored->cost != Cost{};
}

}  // namespace hub::crypto
