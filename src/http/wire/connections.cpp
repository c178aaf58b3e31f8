#include "connections.h"

namespace hub::http::wire {

Connections::~Connections() {
  for (const std::atomic<Chunk*>& chunk : chunks_) delete chunk.load();
}

Connections::Cell& Connections::cell_at(std::uint32_t slot) const {
  return (*chunks_[slot / chunk_size].load(std::memory_order_acquire))[slot % chunk_size];
}

bool Connections::find_room() {
  if (!free_.empty()) return true;
  const std::uint32_t first = slots_.load();
  if (first / chunk_size >= chunks_most) return false;
  chunks_[first / chunk_size].store(new Chunk, std::memory_order_release);
  for (std::uint32_t i = chunk_size; i > 0; --i) free_.push_back(first + i - 1);  // the lowest is used first
  slots_.store(first + chunk_size, std::memory_order_release);
  return true;
}

Connection* Connections::open(Socket socket, const RequestReader::BodyLimit& body_limit) {
  std::uint32_t slot = 0;
  {
    const std::lock_guard lock(mutex_);
    if (!find_room()) return nullptr;
    slot = free_.back();
    free_.pop_back();
  }
  Cell& cell = cell_at(slot);
  Connection& connection = cell.connection.emplace(std::move(socket), body_limit, cell.deadline);
  const std::uint64_t number = ((cell.state.load() >> number_shift) + 1) & numbers;
  connection.slot = slot;
  connection.number = static_cast<std::uint32_t>(number);
  size_.fetch_add(1, std::memory_order_acq_rel);
  cell.state.store(number << number_shift | is_open | held, std::memory_order_release);
  return &connection;
}

Connection* Connections::take(std::uint32_t slot, std::uint32_t number) {
  if (slot >= slots_.load(std::memory_order_acquire)) return nullptr;
  return take(cell_at(slot), number);
}

Connection* Connections::take(Cell& cell, std::uint64_t number) {
  std::uint64_t state = cell.state.load(std::memory_order_acquire);
  for (;;) {
    if (state >> number_shift != number || (state & is_open) == 0) return nullptr;
    const bool mine = (state & held) == 0;
    if (cell.state.compare_exchange_weak(state, state | (mine ? held : missed), std::memory_order_acq_rel))
      return mine ? &*cell.connection : nullptr;
  }
}

bool Connections::release(Connection& connection) {
  std::atomic<std::uint64_t>& state = cell_at(connection.slot).state;
  const std::uint64_t open = std::uint64_t{connection.number} << number_shift | is_open;
  std::uint64_t expected = open | held;
  if (state.compare_exchange_strong(expected, open, std::memory_order_acq_rel)) return true;
  state.store(open | held, std::memory_order_release);
  return false;
}

void Connections::close(Connection& connection) {
  const std::uint32_t slot = connection.slot;
  Cell& cell = cell_at(slot);
  const std::uint64_t number = connection.number;
  cell.deadline.store(Moment::max());
  cell.state.store(number << number_shift | held, std::memory_order_release);
  cell.connection.reset();
  const std::lock_guard lock(mutex_);
  free_.push_back(slot);
  size_.fetch_sub(1, std::memory_order_acq_rel);
}

void Connections::each_due(Moment now, const Visit& visit) {
  const std::uint32_t slots = slots_.load();
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    Cell& cell = cell_at(slot);
    if (cell.deadline.load(std::memory_order_relaxed) > now) continue;
    std::uint64_t state = cell.state.load(std::memory_order_acquire);
    if ((state & (is_open | held)) != is_open) continue;
    if (!cell.state.compare_exchange_strong(state, state | held, std::memory_order_acq_rel)) continue;
    visit(*cell.connection);
  }
}

void Connections::each(const Visit& visit) {
  const std::uint32_t slots = slots_.load();
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    Cell& cell = cell_at(slot);
    const std::uint64_t state = cell.state.load(std::memory_order_acquire);
    if (Connection* connection = take(cell, state >> number_shift)) visit(*connection);
  }
}

}  // namespace hub::http::wire
