#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "hub/base/text.h"
#include "wire/request_reader.h"

// However a stream of octets is cut into pieces, the same requests come out of it and the same is refused.
namespace {

using hub::http::wire::RequestReader;

constexpr std::size_t body_most = 300;

std::vector<std::string> read_in_pieces(std::string_view stream, std::size_t piece) {
  const RequestReader::BodyLimit limit = [](std::string_view) { return body_most; };
  RequestReader reader(limit);
  std::vector<std::string> out;
  std::string unread;
  while (!stream.empty()) {
    unread += stream.substr(0, piece);
    stream.remove_prefix(std::min(piece, stream.size()));
    for (;;) {
      unread.erase(0, reader.read(unread));
      if (reader.refused()) {
        out.push_back("refused " + std::to_string(reader.status()));
        return out;
      }
      if (!reader.complete()) break;
      const hub::http::Request& request = reader.request();
      if (request.body.size() > body_most || !request.path.starts_with('/')) std::abort();
      std::string text = std::string(name(request.method)) + " " + request.path + "?" + request.query;
      for (const hub::http::Header& header : request.headers) {
        if (!hub::is_clean_utf8(header.value)) std::abort();
        text += "\n" + header.name + ":" + header.value;
      }
      out.push_back(text + "\n" + request.body + (reader.keep_alive() ? "" : " last"));
      reader.reset();
    }
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (read_in_pieces(stream, stream.size() + 1) != read_in_pieces(stream, std::size_t{data[0]} % 16 + 1)) std::abort();
  return 0;
}
