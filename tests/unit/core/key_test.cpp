#include "hub/core/key.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "hub/store/signing_key.h"
#include "support/token_hub.h"

// Signing keys: zaikio-hub.md section 4.2, claims TK-10 and TK-11, decisions-week-one.md 30.

using namespace hub;
using namespace hub::testing;
using core::KeyInfo;

namespace {

constexpr Seconds year{365 * 24 * 3600};

class KeyHub : public TokenHub {
 public:
  KeyHub() {
    install("shop", "org:acme", {});
    first = keys().front().kid;
  }
  KeyInfo rotate(std::optional<Seconds> ahead = std::nullopt) {
    clock().advance(std::chrono::milliseconds(1));
    return *must(run(as_operator(), &core::prepare_key, &core::rotate_key, {"ES256", ahead})).object;
  }
  KeyInfo stage() {
    clock().advance(std::chrono::milliseconds(1));
    return *must(run(as_operator(), &core::prepare_staged_key, &core::stage_key, {"ES256"})).object;
  }
  Result<core::Changed<KeyInfo>> activate(const std::string& kid) {
    return run(as_operator(), &core::activate_key, {kid});
  }
  Result<core::Changed<KeyInfo>> retire(const std::string& kid, std::optional<Seconds> after = std::nullopt) {
    return run(as_operator(), &core::retire_key, {kid, after});
  }
  Result<core::Changed<KeyInfo>> revoke(const std::string& kid) {
    return run(as_operator(), &core::prepare_replacement, &core::revoke_key, {kid, kid});
  }
  std::vector<KeyInfo> keys() { return must(list(as_operator(), &core::list_keys, {})); }
  KeyInfo shown_key(const std::string& kid) { return must(run(as_operator(), &core::show_key, {kid})); }
  std::string state_of(const std::string& kid) { return shown_key(kid).state; }
  bool is_published(const std::string& kid) { return published().find(kid) != nullptr; }
  // The kid of a token made now; exactly the one key that is shown as active.
  std::string signer() {
    const std::string kid = decoded(issued("org:acme", {})).header["kid"].get<std::string>();
    Texts active;
    for (const KeyInfo& key : keys()) {
      if (key.state == "active") active.push_back(key.kid);
    }
    CHECK(active == Texts{kid});
    return kid;
  }
  // Signs through a year and more, whatever is planned.
  void signs_ever_after() {
    for (int days = 0; days < 500; days += 5) {
      CHECK(code_of(asked("org:acme", {})) == "ok");
      clock().advance(5 * day);
    }
  }
  std::string first;
};

}  // namespace

TEST_CASE("A rotated key is published at once and signs a day later") {
  KeyHub hub;
  const core::Issued old = hub.issued("org:acme", {});
  const KeyInfo next = hub.rotate();
  const Instant takes_over = hub.clock().now() + day;
  CHECK(next.state == "staged");
  CHECK(next.since == takes_over);
  CHECK_FALSE(next.signs_until);
  CHECK(hub.is_published(next.kid));
  CHECK(hub.signer() == hub.first);
  CHECK(hub.shown_key(hub.first).signs_until == takes_over);
  hub.clock().set(takes_over - std::chrono::microseconds(2000));
  CHECK(hub.signer() == hub.first);
  hub.clock().set(takes_over);
  CHECK(hub.signer() == next.kid);
  CHECK(hub.state_of(hub.first) == "retired");
  CHECK(hub.state_of(next.kid) == "active");
  CHECK(hub.is_published(hub.first));
  CHECK(hub.verified_status(old) == 11);  // expired, and still a good signature
}

TEST_CASE("A retired key stays published for a year and then leaves the key set") {
  KeyHub hub;
  hub.rotate(Seconds(0));
  const KeyInfo old = hub.shown_key(hub.first);
  CHECK(old.state == "retired");
  CHECK(*old.published_until == hub.clock().now() + year);
  hub.clock().set(*old.published_until - Seconds(1));
  CHECK(hub.is_published(hub.first));
  hub.clock().set(*old.published_until);
  CHECK_FALSE(hub.is_published(hub.first));
  CHECK(hub.state_of(hub.first) == "retired");
}

TEST_CASE("A rotation without time ahead signs at once") {
  KeyHub hub;
  const KeyInfo next = hub.rotate(Seconds(0));
  CHECK(next.state == "active");
  CHECK(hub.signer() == next.kid);
}

TEST_CASE("A later rotation replaces an earlier one that was only planned") {
  KeyHub hub;
  const KeyInfo planned = hub.rotate(), now = hub.rotate(Seconds(0));
  CHECK(hub.signer() == now.kid);
  CHECK_FALSE(hub.is_published(planned.kid));  // it signed nothing
  hub.clock().advance(2 * day);
  CHECK(hub.signer() == now.kid);
  CHECK(hub.state_of(planned.kid) == "retired");
  CHECK(hub.state_of(hub.first) == "retired");
}

TEST_CASE("Rotations that are planned one after the other take over in turn") {
  KeyHub hub;
  const KeyInfo second = hub.rotate(day), third = hub.rotate(3 * day);
  CHECK(hub.signer() == hub.first);
  hub.clock().advance(day + hour);
  CHECK(hub.signer() == second.kid);
  hub.clock().advance(2 * day);
  CHECK(hub.signer() == third.kid);
  CHECK(hub.is_published(hub.first));
  CHECK(hub.is_published(second.kid));
  hub.signs_ever_after();
}

TEST_CASE("The time ahead of a rotation has bounds") {
  KeyHub hub;
  for (const Seconds ahead : {Seconds(-1), year + Seconds(1), Seconds::max(), Seconds::min()}) {
    CHECK(code_of(hub.run(hub.as_operator(), &core::prepare_key, &core::rotate_key, {"ES256", ahead})) ==
          "invalid_request");
    CHECK(code_of(hub.retire(hub.first, ahead)) == "invalid_request");
  }
  CHECK(code_of(hub.run(hub.as_operator(), &core::prepare_key, &core::rotate_key, {"HS256", Seconds(0)})) ==
        "invalid_request");
  CHECK(hub.keys().size() == 1);
}

TEST_CASE("A staged key signs only once it is activated and then the other one retires") {
  KeyHub hub;
  const KeyInfo staged = hub.stage();
  CHECK(staged.state == "staged");
  CHECK_FALSE(staged.since);
  CHECK(hub.is_published(staged.kid));
  hub.clock().advance(90 * day);
  CHECK(hub.signer() == hub.first);
  CHECK(must(hub.activate(staged.kid)).object->state == "active");
  CHECK(hub.signer() == staged.kid);
  CHECK(hub.state_of(hub.first) == "retired");
  CHECK(code_of(hub.activate(staged.kid)) == "wrong_state");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &core::activate_key, {staged.kid})).changed);
  // and back again
  hub.clock().advance(minute);
  must(hub.activate(hub.first));
  CHECK(hub.signer() == hub.first);
  CHECK_FALSE(hub.shown_key(hub.first).published_until);
  CHECK(hub.state_of(staged.kid) == "retired");
  hub.signs_ever_after();
}

TEST_CASE("Activating a planned key brings it forward") {
  KeyHub hub;
  const KeyInfo planned = hub.rotate();
  must(hub.activate(planned.kid));
  CHECK(hub.signer() == planned.kid);
  CHECK(hub.shown_key(hub.first).signs_until == hub.clock().now() - std::chrono::milliseconds(1));
  hub.signs_ever_after();
}

TEST_CASE("No key retires while no other would sign") {
  KeyHub hub;
  CHECK(code_of(hub.retire(hub.first)) == "wrong_state");
  CHECK(code_of(hub.retire(hub.first, 30 * day)) == "wrong_state");
  const KeyInfo staged = hub.stage();
  CHECK(code_of(hub.retire(hub.first)) == "wrong_state");
  must(hub.retire(staged.kid));
  CHECK_FALSE(hub.is_published(staged.kid));
  CHECK(code_of(hub.retire(staged.kid)) == "wrong_state");
  CHECK_FALSE(must(hub.run(hub.ensuring(), &core::retire_key, {staged.kid, std::nullopt})).changed);
  CHECK(hub.signer() == hub.first);
  hub.signs_ever_after();
}

TEST_CASE("A planned key cannot be retired when the one before it goes") {
  KeyHub hub;
  const KeyInfo planned = hub.rotate();
  const auto refused = hub.retire(planned.kid);
  CHECK(code_of(refused) == "wrong_state");
  CHECK(code_of(hub.retire(planned.kid, 2 * day)) == "wrong_state");
  CHECK(code_of(hub.retire(hub.first, hour)) == "wrong_state");  // an hour from now the next does not sign yet
  hub.signs_ever_after();
}

TEST_CASE("A revoked key is gone at once with its private half and its tokens and another one signs") {
  KeyHub hub;
  const core::Issued issued = hub.issued("org:acme", {});
  hub.news();
  CHECK(code_of(hub.run(hub.as_operator(), &core::prepare_replacement, &core::revoke_key,
                        {hub.first, hub.first.substr(0, 12)})) == "invalid_request");
  const KeyInfo revoked = *must(hub.revoke(hub.first)).object;
  CHECK(revoked.state == "revoked");
  CHECK(revoked.published_until == hub.clock().now());
  CHECK(revoked.signs_until == hub.clock().now());
  CHECK_FALSE(hub.is_published(hub.first));
  CHECK(hub.row(must(hub.list(hub.as_operator(), &core::list_tokens, {})).front().jti).state == "revoked");
  CHECK(hub.news().size() == 1);
  CHECK(hub.verified_status(issued) == 13);
  CHECK(hub.signer() != hub.first);
  must(hub.hub().read(hub.as_operator(), [&](core::View& view) -> Result<void> {
    CHECK(store::find_private_sealed(view.db(), hub.first)->empty());
    return {};
  }));
  CHECK(code_of(hub.activate(hub.first)) == "wrong_state");
  CHECK(code_of(hub.retire(hub.first)) == "wrong_state");
  CHECK(code_of(hub.revoke(hub.first)) == "wrong_state");
  CHECK_FALSE(
      must(hub.run(hub.ensuring(), &core::prepare_replacement, &core::revoke_key, {hub.first, hub.first})).changed);
  hub.signs_ever_after();
}

TEST_CASE("What replaces a revoked key gives way to the one that was planned") {
  KeyHub hub;
  const KeyInfo planned = hub.rotate();
  must(hub.revoke(hub.first));
  const std::string replacement = hub.signer();
  CHECK(replacement != planned.kid);
  CHECK(hub.shown_key(replacement).signs_until == planned.since);
  hub.clock().advance(day);
  CHECK(hub.signer() == planned.kid);
  CHECK(hub.state_of(replacement) == "retired");
  hub.signs_ever_after();
}

TEST_CASE("A planned key that is revoked is replaced in time") {
  KeyHub hub;
  const KeyInfo planned = hub.rotate();
  must(hub.revoke(planned.kid));
  CHECK(hub.signer() == hub.first);
  hub.clock().advance(day);
  const std::string next = hub.signer();
  CHECK(next != hub.first);
  CHECK(next != planned.kid);
  hub.signs_ever_after();
}

TEST_CASE("A retired or staged key that is revoked needs no replacement") {
  KeyHub hub;
  const KeyInfo staged = hub.stage(), second = hub.rotate(Seconds(0));
  must(hub.revoke(staged.kid));
  must(hub.revoke(hub.first));
  CHECK(hub.keys().size() == 3);
  CHECK(hub.signer() == second.kid);
}

TEST_CASE("Keys are found by the beginning of their kid") {
  KeyHub hub;
  CHECK(hub.shown_key(hub.first.substr(0, 8)).kid == hub.first);
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_key, {hub.first.substr(0, 3)})) == "not_found");
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_key, {""})) == "not_found");
  CHECK(code_of(hub.run(hub.as_operator(), &core::show_key, {hub.first + "0"})) == "not_found");
}

TEST_CASE("The default algorithm is RS256 and a kid is its thumbprint") {
  KeyHub hub;
  const KeyInfo key = *must(hub.run(hub.as_operator(), &core::prepare_key, &core::rotate_key, {{}, Seconds(0)})).object;
  CHECK(key.alg == "RS256");
  CHECK(key.kid.size() == 64);
  const Decoded token = hub.decoded(hub.issued("org:acme", {}));
  CHECK(token.header["alg"] == "RS256");
  const Json jwk = hub.published().find(key.kid)->jwk();
  const core::Thumbprint thumbprint = must(core::thumbprint_of(to_line(jwk)));
  CHECK(thumbprint.kid == key.kid);
  CHECK(thumbprint.alg == "RS256");
}

TEST_CASE("A kid in a JWK does not change its thumbprint and one key of a set is enough") {
  KeyHub hub;
  Json jwk = hub.published().find(hub.first)->jwk();
  jwk["kid"] = "mine";
  Json set = Json::object();
  set["keys"] = Json::array({jwk});
  for (const Json& text : {jwk, set}) CHECK(must(core::thumbprint_of(to_line(text))).kid == hub.first);
  set["keys"].push_back(jwk);
  CHECK(code_of(core::thumbprint_of(to_line(set))) == "invalid_request");
  CHECK(code_of(core::thumbprint_of("[]")) == "invalid_request");
  CHECK(code_of(core::thumbprint_of("{")) == "malformed_json");
}

TEST_CASE("An exported key comes back under the same kid and signs when it is activated") {
  KeyHub hub, other;
  hub.rotate(Seconds(0));
  const auto exported = [&](const core::ExportKeys& request) {
    return hub.run(hub.as_operator(), &core::export_keys, request);
  };
  const Secret pem = must(exported({.kids = {hub.first}, .pem = true, .private_keys = true}));
  CHECK(pem.reveal().starts_with("-----BEGIN PRIVATE KEY-----"));
  const auto imported =
      must(other.run(other.as_operator(), &core::prepare_imported_key, &core::import_key, {.key = pem}));
  CHECK(imported.object->kid == hub.first);
  CHECK(imported.object->state == "staged");
  must(other.activate(hub.first));
  CHECK(other.signer() == hub.first);
  CHECK(code_of(other.run(other.as_operator(), &core::prepare_imported_key, &core::import_key, {.key = pem})) ==
        "exists");
  const auto ensured = must(other.run(other.ensuring(), &core::prepare_imported_key, &core::import_key, {.key = pem}));
  CHECK_FALSE(ensured.changed);
  must(other.revoke(hub.first));
  for (const Call& call : {other.as_operator(), other.ensuring()}) {
    CHECK(code_of(other.run(call, &core::prepare_imported_key, &core::import_key, {.key = pem})) == "wrong_state");
  }
  CHECK_FALSE(other.is_published(hub.first));
}

TEST_CASE("What is no private key is not imported and not repeated in the error") {
  KeyHub hub;
  const std::string secret = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0IQ==\n-----END PRIVATE KEY-----\n";
  for (const std::string& text : {secret, std::string(), std::string("{}")}) {
    const auto refused =
        hub.run(hub.as_operator(), &core::prepare_imported_key, &core::import_key, {.key = Secret(text)});
    REQUIRE(code_of(refused) == "invalid_request");
    CHECK(refused.error().message.find("c2VjcmV0") == std::string::npos);
  }
}

TEST_CASE("Exports hold the published keys and private ones as PEM only") {
  KeyHub hub;
  const std::string second = hub.rotate(Seconds(0)).kid;
  const auto exported = [&](const core::ExportKeys& request) {
    return hub.run(hub.as_operator(), &core::export_keys, request);
  };
  const Json set = must(parse_json(must(exported({})).reveal()));
  CHECK(set["keys"].size() == 2);
  CHECK(to_line(set).find("\"d\"") == std::string::npos);
  CHECK(must(parse_json(must(exported({.kids = {second.substr(0, 10)}})).reveal()))["keys"][0]["kid"] == second);
  CHECK(must(exported({.pem = true})).reveal().starts_with("-----BEGIN PUBLIC KEY-----"));
  CHECK(code_of(exported({.private_keys = true})) == "invalid_request");
  must(hub.revoke(hub.first));
  CHECK(code_of(exported({.kids = {hub.first}})) == "not_found");
  CHECK(code_of(exported({.kids = {hub.first}, .pem = true, .private_keys = true})) == "not_found");
  CHECK(must(parse_json(must(exported({})).reveal()))["keys"].size() == 1);
}

TEST_CASE("A private half moved to another row of the file signs nothing") {
  KeyHub hub;
  hub.rotate(Seconds(0));
  must(hub.hub().store().write([&](store::WriteSession& session) -> Result<store::Outcome> {
    session.execute(
        "UPDATE signing_key SET private_sealed = (SELECT other.private_sealed FROM signing_key AS other WHERE "
        "other.kid = $1) WHERE kid <> $1",
        {hub.first});
    return store::Outcome::commit;
  }));
  const std::unique_ptr<core::Hub> other = hub.reopened();
  CHECK(code_of(core::issue_token(*other, hub.as_operator(),
                                  {.app = "shop", .subject = "org:acme", .scopes = {TokenHub::no_scope}})) ==
        "store_damaged");
}
