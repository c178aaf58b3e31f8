#include "events.h"

#include <sys/epoll.h>
#include <unistd.h>

namespace hub::http::wire::events {
namespace {

bool control(int poll, int how, int descriptor, std::uint32_t what, std::uint64_t meaning) {
  epoll_event event{};
  event.events = what;
  event.data.u64 = meaning;
  return ::epoll_ctl(poll, how, descriptor, &event) == 0;
}

}  // namespace

bool watch(int poll, int descriptor, std::uint32_t what, std::uint64_t meaning) {
  return control(poll, EPOLL_CTL_ADD, descriptor, what, meaning);
}

bool change(int poll, int descriptor, std::uint32_t what, std::uint64_t meaning) {
  return control(poll, EPOLL_CTL_MOD, descriptor, what, meaning);
}

void ring(int descriptor, std::uint64_t times) { (void)!::write(descriptor, &times, sizeof times); }

}  // namespace hub::http::wire::events
