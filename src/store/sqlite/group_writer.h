#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "connection.h"
#include "hub/base/result.h"
#include "hub/store/store.h"
#include "lock_file.h"

namespace hub::store::sqlite {

// Lets callers share commits without a thread of its own: whoever is at the front of the queue leads, runs the jobs
// waiting behind in one transaction, gives each its outcome and makes the next in line the leader.
class GroupWriter {
 public:
  using Job = std::function<Result<Outcome>(WriteSession&)>;

  GroupWriter(std::string path, const Engine& engine) : path_(std::move(path)), engine_(engine) {}

  Result<void> write(const Job& job);
  bool checkpoint_if_due();
  WriterStats stats() const;

 private:
  // A caller in the queue. Without a job it asks for a turn alone, with no transaction open.
  struct Waiting {
    const Job* job;
    Result<void> outcome = {};
    bool is_done = false;
    std::condition_variable wake = {};
  };
  using Group = std::span<Waiting* const>;

  enum class Turn { refused, leading, done };
  Turn wait_for_turn(Waiting& caller);
  bool is_held_up() const;
  bool gave_up(Waiting& caller);
  std::vector<Waiting*> gather();
  void hand_over(Group group);

  // An empty group is gathered once the transaction has begun.
  void lead(std::vector<Waiting*>& group);
  void attempt(std::vector<Waiting*>& group, Waiting*& running);
  void run_job(Waiting& member, bool is_alone);
  void begin();
  void recover(const StoreFault& fault);
  bool checkpoint();
  void open_if_needed();
  static int note_log_size(void* writer, sqlite3*, const char*, int pages);
  static void fail_all(Group group, const Error& error);

  const std::string path_;
  const Engine& engine_;

  mutable std::mutex mutex_;  // guards the next four
  std::deque<Waiting*> queue_;
  std::thread::id leader_;
  std::chrono::steady_clock::time_point leads_since_ = {};
  std::size_t gathered_ = 0;  // jobs of the group that is at work, at the front of the queue

  // Used by the leader only.
  std::optional<LockFile> lock_file_;
  std::optional<Connection> connection_;
  std::int64_t page_bytes_ = 0;
  std::optional<Error> stopped_;  // set: nothing is acknowledged any more (rule G-10)

  std::atomic<std::int64_t> log_bytes_ = 0;  // of the write-ahead log after the last commit
  std::atomic<std::int64_t> commits_ = 0, jobs_ = 0, commit_us_ = 0;
};

}  // namespace hub::store::sqlite
