#pragma once
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "connection.h"

namespace hub::http::wire {

// All connections, and who holds them. The system may report one socket to several threads, and report one that was
// closed since: so a connection is found by place and number, one thread at a time holds it, and its place is used
// again but never given back to the allocator.
class Connections {
 public:
  using Visit = std::function<void(Connection&)>;

  Connections() = default;
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;
  ~Connections();

  // A new one, held by the caller; null when there are too many.
  Connection* open(Socket socket, const RequestReader::BodyLimit& body_limit);
  // Null when it is gone or held; its holder is told by release() that it missed something.
  Connection* take(std::uint32_t slot, std::uint32_t number);
  // False: something was missed, and the caller holds it still.
  bool release(Connection& connection);
  void close(Connection& connection);
  std::size_t size() const { return size_.load(std::memory_order_acquire); }

  // Takes those nobody holds and whose deadline is over, one after the other.
  void each_due(Moment now, const Visit& visit);
  // Takes all that nobody holds; the holders of the others learn that they missed something.
  void each(const Visit& visit);

 private:
  // A state: the number of the connection, then three bits.
  static constexpr std::uint64_t held = 1;
  static constexpr std::uint64_t missed = 2;
  static constexpr std::uint64_t is_open = 4;
  static constexpr int number_shift = 3;
  static constexpr std::uint32_t numbers = 0x3fffffff;  // two bits above tell connections from other events

  struct Cell {
    std::atomic<std::uint64_t> state{0};
    std::atomic<Moment> deadline{Moment::max()};
    std::optional<Connection> connection;
  };
  static constexpr std::size_t chunk_size = 256;
  static constexpr std::size_t chunks_most = 1024;
  using Chunk = std::array<Cell, chunk_size>;

  Cell& cell_at(std::uint32_t slot) const;
  bool find_room();
  static Connection* take(Cell& cell, std::uint64_t number);

  std::array<std::atomic<Chunk*>, chunks_most> chunks_{};
  std::atomic<std::uint32_t> slots_{0};
  std::atomic<std::size_t> size_{0};
  std::mutex mutex_;  // of free_ and growth
  std::vector<std::uint32_t> free_;
};

}  // namespace hub::http::wire
