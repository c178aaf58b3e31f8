#include "hub/core/purge.h"

#include <algorithm>
#include <array>
#include <vector>

#include "hub/domain/attempts.h"
#include "hub/domain/lifetimes.h"
#include "hub/store/purge.h"

namespace hub::core {
namespace {

constexpr std::int64_t rows_per_batch = 200;
constexpr std::size_t codes_per_look = 500;

struct Kind {
  std::int64_t (*purge)(store::WriteSession& session, Instant until, std::int64_t most);
  Seconds kept;  // after the moment that its column says
};
constexpr std::array kinds{
    Kind{&store::purge_sessions, Seconds(0)},
    Kind{&store::purge_login_requests, Seconds(0)},
    Kind{&store::purge_mail_links, Seconds(0)},
    Kind{&store::purge_devices, lifetimes::ended_device_kept},
    Kind{&store::purge_attempts, attempts::longest_window},
    Kind{&store::purge_mails, lifetimes::mail_kept},
};

// Whether a whole batch went, so that there may be another.
Result<bool> purge_kind(Hub& hub, const Call& call, const Kind& kind) {
  return hub.write(call, [&](Work& work) -> Result<bool> {
    return kind.purge(work.db(), work.now() - kind.kept, rows_per_batch) == rows_per_batch;
  });
}

struct OldCodes {
  std::vector<CodeId> over;
  std::size_t seen = 0;
  Instant last = {};
};

// Looked for on a snapshot: what has to stay may be much, and costs no writer anything.
Result<OldCodes> look_for_codes(Hub& hub, const Call& call, Instant after) {
  return hub.read(call, [&](View& view) -> Result<OldCodes> {
    OldCodes codes;
    store::each_old_code(view.db(), after, view.now() - lifetimes::ended_code_kept,
                         view.now() - lifetimes::spent_refresh_token_kept, [&](const store::OldCode& code) {
                           if (code.is_over) codes.over.push_back(code.id);
                           codes.last = code.expires_at;
                           return ++codes.seen < codes_per_look;
                         });
    return codes;
  });
}

Result<bool> purge_codes(Hub& hub, const Call& call, PurgeProgress& progress) {
  const Result<OldCodes> codes = look_for_codes(hub, call, progress.codes_after);
  if (!codes) return codes.error();
  for (std::size_t first = 0; first < codes->over.size(); first += rows_per_batch) {
    const std::size_t end = std::min(first + rows_per_batch, codes->over.size());
    const Result<void> gone = hub.write(call, [&](Work& work) -> Result<void> {
      for (std::size_t i = first; i < end; ++i) store::delete_code(work.db(), codes->over[i]);
      return {};
    });
    if (!gone) return gone.error();
  }
  const bool more = codes->seen == codes_per_look;
  progress.codes_after = more ? codes->last : Instant();
  return more;
}

}  // namespace

Result<bool> purge_expired(Hub& hub, const Call& call, PurgeProgress& progress) {
  bool more = false;
  for (const Kind& kind : kinds) {
    const Result<bool> full = purge_kind(hub, call, kind);
    if (!full) return full.error();
    more = more || *full;
  }
  const Result<bool> codes = purge_codes(hub, call, progress);
  if (!codes) return codes.error();
  return more || *codes;
}

}  // namespace hub::core
