#include "group_writer.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "fault_of.h"
#include "hub/base/codes.h"
#include "hub/base/limits.h"

namespace hub::store::sqlite {

namespace {

constexpr int most_retries = 2;         // of a transaction that another process keeps from beginning (rule L-13)
constexpr int frame_header_bytes = 24;  // of each page in the write-ahead log

// A writer counts as held up by another process after this, and then only so many wait behind its group.
constexpr int held_up_ms = 250;
constexpr std::size_t most_behind = 16;

Error held_up() { return {codes::store_busy, "Another process is writing to the store.", "try again in a moment"}; }

}  // namespace

Result<void> GroupWriter::write(const Job& job) {
  Waiting caller{&job};
  if (wait_for_turn(caller) == Turn::leading) {
    std::vector<Waiting*> group;
    lead(group);
    hand_over(group);
  }
  return std::move(caller.outcome);
}

GroupWriter::Turn GroupWriter::wait_for_turn(Waiting& caller) {
  std::unique_lock lock(mutex_);
  if (leader_ == std::this_thread::get_id()) {
    caller.outcome = misuse("a write inside a write").error();
    return Turn::refused;
  }
  if (queue_.size() >= engine_.write_queue) {
    caller.outcome = Error{codes::overloaded, "Too many changes are waiting for the store.", "try again in a moment"};
    return Turn::refused;
  }
  if (is_held_up() && queue_.size() >= gathered_ + most_behind) {
    caller.outcome = held_up();
    return Turn::refused;
  }
  queue_.push_back(&caller);
  const auto has_turn = [&] { return caller.is_done || queue_.front() == &caller; };
  while (!caller.wake.wait_for(lock, std::chrono::milliseconds(held_up_ms), has_turn)) {
    if (gave_up(caller)) return Turn::refused;
  }
  if (caller.is_done) return Turn::done;
  leader_ = std::this_thread::get_id();
  leads_since_ = std::chrono::steady_clock::now();
  gathered_ = 1;
  return Turn::leading;
}

// While another process keeps the store, only a few wait for it: the threads of all others have reads to answer.
bool GroupWriter::is_held_up() const {
  const auto patience = std::chrono::milliseconds(held_up_ms);
  return leader_ != std::thread::id() && std::chrono::steady_clock::now() - leads_since_ >= patience;
}

// Takes a caller out of the queue that is too far behind a writer that is held up.
bool GroupWriter::gave_up(Waiting& caller) {
  const auto place = std::find(queue_.begin(), queue_.end(), &caller);
  const auto before = static_cast<std::size_t>(place - queue_.begin());
  if (!is_held_up() || before < gathered_ + most_behind) return false;
  queue_.erase(place);
  caller.outcome = held_up();
  return true;
}

// The jobs that commit together stay in the queue meanwhile, so that nobody else finds itself at the front.
std::vector<GroupWriter::Waiting*> GroupWriter::gather() {
  const std::lock_guard lock(mutex_);
  std::vector<Waiting*> group;
  for (Waiting* waiting : queue_) {
    if (!waiting->job || group.size() == limits::write_group) break;
    group.push_back(waiting);
  }
  gathered_ = std::max<std::size_t>(group.size(), 1);
  return group;
}

void GroupWriter::hand_over(Group group) {
  const std::lock_guard lock(mutex_);
  leader_ = {};
  gathered_ = 0;
  for (Waiting* member : group) {
    queue_.pop_front();
    member->is_done = true;
    member->wake.notify_one();  // under the lock: the condition lives in the caller's frame
  }
  if (!queue_.empty()) queue_.front()->wake.notify_one();
}

void GroupWriter::lead(std::vector<Waiting*>& group) {
  if (stopped_) {
    if (group.empty()) group = gather();
    return fail_all(group, *stopped_);
  }
  Waiting* running = nullptr;  // the member whose job or savepoint is at work; null while it is the group's transaction
  std::optional<StoreFault> fault;
  try {
    attempt(group, running);
  } catch (const StoreFault& caught) {
    fault = caught;
  } catch (const std::exception& exception) {
    fault = misuse(exception.what());
  }
  if (!fault) return;
  recover(*fault);
  if (group.empty()) group = gather();
  // A group whose own BEGIN or COMMIT failed fails as a whole. If one job broke it, the others are innocent.
  if (!running || group.size() == 1) return fail_all(group, fault->error());
  for (Waiting* member : group) {
    if (member == running) {
      member->outcome = fault->error();
    } else {
      std::vector<Waiting*> alone{member};
      lead(alone);
    }
  }
}

void GroupWriter::attempt(std::vector<Waiting*>& group, Waiting*& running) {
  open_if_needed();
  connection_->patience().start();
  const LockFile::Hold hold = lock_file_->hold(LockFile::Mode::shared, connection_->patience());
  begin();
  // Not before: whoever waits for a transaction that does not begin can still give up.
  if (group.empty()) group = gather();
  for (Waiting* member : group) {
    running = member;
    run_job(*member, group.size() == 1);
  }
  running = nullptr;
  if (!connection_->in_transaction()) return;
  const auto before = std::chrono::steady_clock::now();
  connection_->control("COMMIT");
  const auto took = std::chrono::steady_clock::now() - before;
  commit_us_ += std::chrono::duration_cast<std::chrono::microseconds>(took).count();
  jobs_ += static_cast<std::int64_t>(group.size());
  ++commits_;
}

WriterStats GroupWriter::stats() const {
  WriterStats out{.queued = 0, .commits = commits_, .jobs = jobs_, .commit_us = commit_us_};
  const std::lock_guard lock(mutex_);
  out.queued = static_cast<std::int64_t>(queue_.size());
  return out;
}

void GroupWriter::run_job(Waiting& member, bool is_alone) {
  Connection& session = *connection_;
  if (!is_alone) session.control("SAVEPOINT job");
  bool is_kept = false;
  try {
    const Result<Outcome> result = (*member.job)(session);
    is_kept = result && *result == Outcome::commit;
    member.outcome = result ? Result<void>() : Result<void>(result.error());
  } catch (const StoreFault&) {
    throw;
  } catch (const std::exception& exception) {
    member.outcome = Error{codes::internal, "Changing the store went wrong.", {}, {}, exception.what()};
  }
  if (!session.in_transaction()) throw misuse("a job went on after its transaction had ended");
  if (is_alone) {
    if (!is_kept) session.roll_back();
    return;
  }
  if (!is_kept) session.control("ROLLBACK TO job");
  session.control("RELEASE job");
}

void GroupWriter::begin() {
  for (int retries = 0;; ++retries) {
    try {
      return connection_->control("BEGIN IMMEDIATE");
    } catch (const StoreFault& fault) {
      const bool may_retry = retries < most_retries && !connection_->patience().is_over();
      if (!may_retry || !(fault.error().code == codes::store_busy)) throw;
      Patience::nap();
    }
  }
}

void GroupWriter::recover(const StoreFault& fault) {
  if (connection_) {
    connection_->roll_back();
    if (connection_->in_transaction()) connection_.reset();
  }
  if (!fault.is_lasting()) return;
  stopped_ = Error{codes::internal,
                   "Nothing is stored any more since the disk failed.",
                   "check the disk, then start again",
                   {},
                   fault.error().cause};
}

bool GroupWriter::checkpoint_if_due() {
  if (log_bytes_ <= limits::checkpoint_bytes) return false;
  Waiting caller{nullptr};
  if (wait_for_turn(caller) != Turn::leading) return false;
  bool has_moved = false;
  try {
    has_moved = !stopped_ && checkpoint();
  } catch (const StoreFault& fault) {
    recover(fault);
  }
  Waiting* const self = &caller;
  hand_over({&self, 1});
  return has_moved;
}

bool GroupWriter::checkpoint() {
  if (!connection_) return false;  // given up after a fault; the next write opens it again
  const LockFile::Hold hold = lock_file_->try_hold(LockFile::Mode::exclusive);
  if (!hold) return false;
  // PASSIVE neither waits for readers nor starts the log over; the next commit does that once everything has moved.
  int pages = 0;
  int moved = 0;
  const int code = sqlite3_wal_checkpoint_v2(connection_->handle(), "main", SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
  if (code != SQLITE_OK) throw last_fault(connection_->handle());
  if (moved == pages) log_bytes_ = 0;
  return moved > 0;
}

void GroupWriter::open_if_needed() {
  if (!lock_file_) lock_file_.emplace(path_ + ".lock", path_);
  if (connection_) return;
  connection_.emplace(path_, Use::write, engine_);
  const std::string page_size = connection_->setting("page_size");
  std::from_chars(page_size.data(), page_size.data() + page_size.size(), page_bytes_);
  sqlite3_wal_hook(connection_->handle(), note_log_size, this);
}

int GroupWriter::note_log_size(void* writer, sqlite3*, const char*, int pages) {
  auto& self = *static_cast<GroupWriter*>(writer);
  self.log_bytes_ = pages * (self.page_bytes_ + frame_header_bytes);
  return SQLITE_OK;
}

void GroupWriter::fail_all(Group group, const Error& error) {
  for (Waiting* member : group) member->outcome = error;
}

}  // namespace hub::store::sqlite
