#pragma once
#include <chrono>
#include <cstdint>
#include <queue>
#include <vector>

namespace hub::http::wire {

using Moment = std::chrono::steady_clock::time_point;

// Names a connection for as long as it lives: another one in the same place has another number.
struct Place {
  std::uint32_t slot = 0;
  std::uint32_t number = 0;
};

// When connections are to be looked at next. A deadline that moves away costs nothing: the old entry stays and the
// connection is looked at too early once.
class Deadlines {
 public:
  void add(Moment at, Place place) { entries_.push({at, place}); }
  bool due(Moment now) const { return !entries_.empty() && entries_.top().at <= now; }
  Place take() {
    const Place place = entries_.top().place;
    entries_.pop();
    return place;
  }
  bool empty() const { return entries_.empty(); }
  Moment next() const { return entries_.top().at; }

 private:
  struct Entry {
    Moment at;
    Place place;
    friend bool operator<(const Entry& a, const Entry& b) { return a.at > b.at; }  // the earliest on top
  };
  std::priority_queue<Entry> entries_;
};

}  // namespace hub::http::wire
