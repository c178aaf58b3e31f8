#include <atomic>
#include <thread>

#include "hub/crypto/password.h"
#include "hub/domain/attempts.h"
#include "support/page_hub.h"

// Many who sign in at once, or guess at it.
namespace hub::testing {
namespace {

TEST_CASE("AC-03: a full line of passwords answers 503 and tokens are issued meanwhile") {
  PageHub hub;
  Browser browser(hub);
  crypto::set_password_places(1);
  {
    const crypto::PasswordPlace taken;
    const Answer page = browser.sign_in(OauthHub::jane, PageHub::password);
    CHECK(page.status == 503);
    CHECK(!page.header("Retry-After").empty());
    CHECK(hub.client_token(hub.org("shop.items.r")).status == 200);
  }
  crypto::set_password_places(crypto::password_places_most);
  CHECK(browser.sign_in(OauthHub::jane, PageHub::password).status == 200);
}

TEST_CASE("AC-02: browsers that guess in parallel get ten tries together") {
  PageHub hub;
  constexpr int browsers = 6, guesses = 4;
  std::atomic<int> wrong = 0, locked = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < browsers; ++i) {
    threads.emplace_back([&] {
      Browser browser(hub);
      for (int guess = 0; guess < guesses; ++guess) {
        const int status = browser.sign_in(OauthHub::jane, "wrong password").status;
        wrong += status == 422 ? 1 : 0;
        locked += status == 429 ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(wrong == attempts::sign_in_failures_per_account);
  CHECK(wrong + locked == browsers * guesses);
}

}  // namespace
}  // namespace hub::testing
