#include "hub/store/signing_key.h"

#include "rows.h"

namespace hub::store {
namespace {

SigningKeyRecord read_key(const Row& row) {
  return {.kid = row.string(0),
          .algorithm = row.string(1),
          .public_jwk = row.string(2),
          .signs_from = row.optional_instant(3),
          .retired_at = row.optional_instant(4),
          .published_until = row.optional_instant(5),
          .revoked_at = row.optional_instant(6),
          .created_at = row.instant(7)};
}

}  // namespace

bool insert_signing_key(WriteSession& session, const SigningKeyRecord& key, std::string_view private_sealed) {
  return session.execute(
             "INSERT INTO signing_key (kid, algorithm, public_jwk, private_sealed, signs_from, retired_at, "
             "published_until, revoked_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
             "ON CONFLICT DO NOTHING",
             {key.kid, key.algorithm, key.public_jwk, Octets{private_sealed}, key.signs_from, key.retired_at,
              key.published_until, key.revoked_at, key.created_at}) == 1;
}

void update_signing_key(WriteSession& session, const SigningKeyRecord& key) {
  session.execute(
      "UPDATE signing_key SET signs_from = $2, retired_at = $3, published_until = $4, revoked_at = $5 WHERE kid = $1",
      {key.kid, key.signs_from, key.retired_at, key.published_until, key.revoked_at});
}

void forget_private_key(WriteSession& session, std::string_view kid) {
  session.execute("UPDATE signing_key SET private_sealed = $2 WHERE kid = $1", {kid, Octets{""}});
}

std::optional<SigningKeyRecord> find_signing_key(Session& session, std::string_view kid) {
  return first_row<SigningKeyRecord>(session,
                                     "SELECT kid, algorithm, public_jwk, signs_from, retired_at, published_until, "
                                     "revoked_at, created_at FROM signing_key WHERE kid = $1",
                                     {kid}, read_key);
}

std::vector<SigningKeyRecord> all_signing_keys(Session& session) {
  std::vector<SigningKeyRecord> out;
  session.query(
      "SELECT kid, algorithm, public_jwk, signs_from, retired_at, published_until, revoked_at, created_at "
      "FROM signing_key ORDER BY created_at, kid",
      {}, [&](const Row& row) {
        out.push_back(read_key(row));
        return true;
      });
  return out;
}

std::optional<std::string> find_active_kid(Session& session, Instant now) {
  // The latest is chosen here: there are few, and sorting them would be half of the statement's work for each token.
  std::optional<std::string> latest;
  Instant since;
  session.query(
      "SELECT kid, signs_from FROM signing_key WHERE signs_from <= $1 AND (retired_at IS NULL OR retired_at > $1) AND "
      "revoked_at IS NULL",
      {now}, [&](const Row& row) {
        const Instant from = row.instant(1);
        if (latest && (from < since || (from == since && row.text(0) > *latest))) return true;
        latest = row.string(0);
        since = from;
        return true;
      });
  return latest;
}

std::optional<Bytes> find_private_sealed(Session& session, std::string_view kid) {
  return first_row<Bytes>(session, "SELECT private_sealed FROM signing_key WHERE kid = $1", {kid},
                          [](const Row& row) { return Bytes(row.octets(0)); });
}

}  // namespace hub::store
