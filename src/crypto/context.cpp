#include "context.h"

#include <algorithm>
#include <array>
#include <atomic>

namespace hub::crypto {
namespace {

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

struct Prepared {
  std::uint64_t number = 0;  // no key has 0
  OwnedDigestContext context;
};

// One key signs at a time and few are published; what does not fit is prepared again.
struct ThreadContexts {
  std::array<Prepared, 8> prepared;
  std::size_t oldest = 0;
  OwnedDigestContext working{EVP_MD_CTX_new()};
};

OwnedDigestContext prepare(const NumberedKey& key) {
  OwnedDigestContext context(EVP_MD_CTX_new());
  must(context != nullptr);
  const EVP_MD* digest = key.algorithm == Algorithm::eddsa ? nullptr : EVP_sha256();
  const int done = key.use == Direction::sign
                       ? EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key.key.get())
                       : EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.key.get());
  if (done != 1) context.reset();
  return context;
}

}  // namespace

NumberedKey::NumberedKey(OwnedKey parsed, Algorithm its_algorithm, Direction its_use)
    : key(std::move(parsed)), algorithm(its_algorithm), use(its_use), number(next_number()) {}

EVP_MD_CTX* ready_context(const NumberedKey& key) {
  thread_local ThreadContexts mine;
  must(mine.working != nullptr);
  auto found = std::find_if(mine.prepared.begin(), mine.prepared.end(),
                            [&](const Prepared& each) { return each.number == key.number; });
  if (found == mine.prepared.end()) {
    OwnedDigestContext context = prepare(key);
    if (context == nullptr) return nullptr;
    found = mine.prepared.begin() + static_cast<std::ptrdiff_t>(mine.oldest);
    mine.oldest = (mine.oldest + 1) % mine.prepared.size();
    *found = Prepared{key.number, std::move(context)};
  }
  must(EVP_MD_CTX_copy_ex(mine.working.get(), found->context.get()) == 1);
  return mine.working.get();
}

}  // namespace hub::crypto
