#include "request_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>
#include <string>

#include "hub/base/codes.h"
#include "hub/base/text.h"

namespace hub::http::wire {
namespace {

constexpr std::size_t chunk_digits_most = 8;
constexpr std::size_t reserve_most = 64 * 1024;  // a promised length alone does not get more memory than this

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// RFC 9110 section 5.6.2.
constexpr std::array<bool, 256> token_octets = [] {
  std::array<bool, 256> out{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) out[static_cast<unsigned char>(c)] = true;
  for (unsigned c = 0; c < 128; ++c) {
    if (is_digit(static_cast<char>(c)) || is_letter(static_cast<char>(c))) out[c] = true;
  }
  return out;
}();
constexpr bool is_token_octet(char c) { return token_octets[static_cast<unsigned char>(c)]; }

bool is_token(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_token_octet); }

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// Header values go into logs and answers, so they are clean text (claim IN-01) without controls.
bool is_field_value(std::string_view text) {
  bool plain = true;
  for (const char c : text) {
    if ((c >= 0 && c < ' ' && c != '\t') || c == '\x7f') return false;
    plain = plain && c > 0;
  }
  return plain || is_clean_utf8(text);
}

bool is_authority(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_letter(c) || std::string_view(".-_:[]%").find(c) != std::string_view::npos;
  });
}

bool equals_ignoring_case(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return lower(a) == b; });
}

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool list_has(std::string_view list, std::string_view lower_case) {
  const std::vector<std::string_view> parts = split(list, ',');
  return std::any_of(parts.begin(), parts.end(),
                     [&](std::string_view part) { return equals_ignoring_case(trim_blanks(part), lower_case); });
}

Method method_of(std::string_view word) {
  for (const Method each :
       {Method::get, Method::post, Method::head, Method::put, Method::patch, Method::delete_, Method::options}) {
    if (name(each) == word) return each;
  }
  return Method::other;
}

}  // namespace

void RequestReader::reset() {
  request_ = Request{};
  phase_ = Phase::request_line;
  header_bytes_ = 0;
  header_lines_ = 0;
  after_blank_ = false;
  http_1_0_ = false;
  keep_alive_ = true;
  expects_continue_ = false;
  status_ = 0;
}

bool RequestReader::take_continue() {
  const bool waits = expects_continue_ && in_body() && request_.body.empty();
  expects_continue_ = false;
  return waits;
}

void RequestReader::refuse(int status, const Code& code, std::string_view message, std::string_view hint) {
  phase_ = Phase::refused;
  keep_alive_ = false;  // where the next request would begin is not known
  status_ = status;
  error_ = Error{code, std::string(message), std::string(hint)};
}

void RequestReader::refuse_400(std::string_view message) { refuse(400, codes::invalid_request, message); }

std::size_t RequestReader::read(std::string_view input) {
  std::size_t used = 0;
  while (phase_ != Phase::complete && phase_ != Phase::refused && used < input.size()) {
    const std::size_t step_used = step(input.substr(used));
    if (step_used == 0) break;
    used += step_used;
  }
  return used;
}

std::size_t RequestReader::step(std::string_view rest) {
  if (phase_ == Phase::counted_body || phase_ == Phase::chunk_data) return read_body(rest);
  std::string_view line;
  switch (phase_) {
    case Phase::request_line:
      if (!is_token_octet(rest.front()) && rest.front() != '\r') {
        refuse_400("This is no HTTP request.");
        return 0;
      }
      if (!take_line(rest, line_most, 414, line)) return 0;
      read_request_line(line);
      break;
    case Phase::headers:
      if (!take_line(rest, headers_most - header_bytes_, 431, line)) return 0;
      read_header(line);
      break;
    case Phase::trailers:
      if (!take_line(rest, headers_most - header_bytes_, 431, line)) return 0;
      read_trailer(line);
      break;
    case Phase::chunk_size:
      if (!take_line(rest, chunk_digits_most, 400, line)) return 0;
      read_chunk_size(line);
      break;
    default:  // the end of a chunk
      if (!take_line(rest, 0, 400, line)) return 0;
      phase_ = Phase::chunk_size;
  }
  return phase_ == Phase::refused ? 0 : line.size() + 2;
}

bool RequestReader::take_line(std::string_view rest, std::size_t most, int status_if_longer, std::string_view& line) {
  const std::size_t end = rest.find('\n');
  const std::size_t length = end == std::string_view::npos ? rest.size() - (rest.ends_with('\r') ? 1 : 0)
                             : end > 0                     ? end - 1
                                                           : 0;
  if (length > most) {
    if (status_if_longer == 400) refuse_400("The chunks of the body are malformed.");
    if (status_if_longer == 414) refuse(414, codes::too_large, "The request line is longer than 8 KiB.");
    if (status_if_longer == 431) refuse(431, codes::too_large, "The header fields are larger than 16 KiB.");
    return false;
  }
  if (end == std::string_view::npos) return false;
  if (end == 0 || rest[end - 1] != '\r') {
    refuse_400("A line does not end with CRLF.");
    return false;
  }
  line = rest.substr(0, length);
  return true;
}

void RequestReader::read_request_line(std::string_view line) {
  if (line.empty() && !after_blank_) {  // RFC 9112 section 2.2: some clients send a CRLF too many after a body
    after_blank_ = true;
    return;
  }
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  const std::string_view method = line.substr(0, first);
  if (first == std::string_view::npos || first == last || !is_token(method))
    return refuse_400("The request line is malformed.");
  const std::string_view version = line.substr(last + 1);
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return refuse_400("Only HTTP/1.1 and HTTP/1.0 are spoken here.");
  http_1_0_ = version == "HTTP/1.0";
  keep_alive_ = !http_1_0_;
  request_.method = method_of(method);
  if (!read_target(line.substr(first + 1, last - first - 1))) return refuse_400("The request target is malformed.");
  request_.headers.reserve(12);
  phase_ = Phase::headers;
}

bool RequestReader::read_target(std::string_view target) {
  if (!is_visible(target) || target.find('#') != std::string_view::npos) return false;
  for (const std::string_view scheme : {"http://", "https://"}) {  // RFC 9112 section 3.2.2
    if (!equals_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    const std::size_t end = std::min(target.find_first_of("/?"), target.size());
    if (!is_authority(target.substr(0, end))) return false;
    target.remove_prefix(end);
    if (!target.starts_with('/')) request_.path = "/";
    break;
  }
  const std::size_t mark = target.find('?');
  if (request_.path.empty()) {
    if (!target.starts_with('/')) return false;
    request_.path = target.substr(0, mark);
  }
  if (mark != std::string_view::npos) request_.query = target.substr(mark + 1);
  return true;
}

bool RequestReader::count_header_line(std::size_t octets) {
  header_bytes_ += octets + 2;
  if (++header_lines_ <= lines_most && header_bytes_ <= headers_most) return true;
  refuse(431, codes::too_large, "More than 64 header fields or 16 KiB of them were sent.");
  return false;
}

void RequestReader::read_header(std::string_view line) {
  if (line.empty()) return finish_head();
  if (!count_header_line(line.size())) return;
  const std::size_t colon = line.find(':');
  // A blank before the colon or at the front (folding) is no octet of a name.
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return refuse_400("A header field is malformed.");
  const std::string_view value = trim_blanks(line.substr(colon + 1));
  if (!is_field_value(value)) return refuse_400("A header field holds octets that are no text.");
  Header& header = request_.headers.emplace_back();
  header.name.resize(colon);
  std::transform(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), header.name.begin(), lower);
  header.value = value;
}

void RequestReader::read_trailer(std::string_view line) {
  if (line.empty()) {
    phase_ = Phase::complete;
    return;
  }
  if (!count_header_line(line.size())) return;
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || !is_field_value(line.substr(colon + 1)))
    refuse_400("A trailer field is malformed.");
}

void RequestReader::finish_head() {
  body_most_ = body_limit_(request_.path);
  phase_ = Phase::complete;  // without a length there is no body, whatever the method (claim HT-04)
  if (!check_host() || !choose_framing() || !check_expectation()) return;
  if (request_.header("content-encoding") != nullptr) {
    return refuse(415, codes::unsupported_media_type, "Encoded bodies are not accepted.", "send the body as it is");
  }
  for (const Header& header : request_.headers) {
    if (header.name != "connection") continue;
    if (list_has(header.value, "close")) keep_alive_ = false;
    if (http_1_0_ && list_has(header.value, "keep-alive")) keep_alive_ = true;
  }
}

bool RequestReader::check_host() {
  const std::size_t hosts = request_.count("host");
  if (hosts == 0 && http_1_0_) return true;
  if (hosts == 1 && is_authority(*request_.header("host"))) return true;
  refuse_400("A request names exactly one host.");
  return false;
}

bool RequestReader::choose_framing() {
  const std::size_t lengths = request_.count("content-length");
  const std::size_t codings = request_.count("transfer-encoding");
  if (lengths + codings == 0) return true;
  if (codings == 1 && lengths == 0 && !http_1_0_ &&
      equals_ignoring_case(*request_.header("transfer-encoding"), "chunked")) {
    header_bytes_ = 0;
    header_lines_ = 0;
    phase_ = Phase::chunk_size;
    return true;
  }
  if (codings > 0 || lengths != 1) {
    refuse_400("The length of the body is given in more than one way, or in one that is not known.");
    return false;
  }
  const std::string& text = *request_.header("content-length");
  if (text.empty() || !std::all_of(text.begin(), text.end(), is_digit)) {
    refuse_400("Content-Length is no number.");
    return false;
  }
  std::uint64_t length = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), length).ec != std::errc())
    length = std::numeric_limits<std::uint64_t>::max();
  if (!grow_body(length)) return false;
  request_.body.reserve(std::min<std::size_t>(length, reserve_most));
  left_ = length;
  if (length > 0) phase_ = Phase::counted_body;
  return true;
}

bool RequestReader::check_expectation() {
  if (http_1_0_ || request_.count("expect") == 0) return true;
  expects_continue_ = in_body();
  if (request_.count("expect") == 1 && equals_ignoring_case(*request_.header("expect"), "100-continue")) return true;
  refuse(417, codes::invalid_request, "Only the expectation 100-continue is known.");
  return false;
}

bool RequestReader::grow_body(std::uint64_t octets) {
  if (octets <= body_most_ - request_.body.size()) return true;
  refuse(413, codes::too_large, "The body is larger than " + std::to_string(body_most_) + " bytes.");
  return false;
}

void RequestReader::read_chunk_size(std::string_view line) {
  std::uint64_t size = 0;
  const auto [end, fault] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
  // Chunk extensions are refused too: nobody sends them, and how they end has divided readers before.
  if (fault != std::errc() || end != line.data() + line.size()) return refuse_400("The size of a chunk is malformed.");
  if (!grow_body(size)) return;
  left_ = size;
  phase_ = size == 0 ? Phase::trailers : Phase::chunk_data;
}

std::size_t RequestReader::read_body(std::string_view rest) {
  const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(left_, rest.size()));
  request_.body.append(rest.substr(0, taken));
  left_ -= taken;
  if (left_ == 0) phase_ = phase_ == Phase::counted_body ? Phase::complete : Phase::chunk_end;
  return taken;
}

}  // namespace hub::http::wire
