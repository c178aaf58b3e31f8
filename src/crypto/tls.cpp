#include "hub/crypto/tls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "hub/base/codes.h"
#include "hub/base/file.h"
#include "openssl.h"

namespace hub::crypto {
namespace {

using OwnedTlsContext = Owned<SSL_CTX, SSL_CTX_free>;
using OwnedTls = Owned<SSL, SSL_free>;
using OwnedCertificate = Owned<X509, X509_free>;
using OwnedMethod = Owned<BIO_METHOD, BIO_meth_free>;

int descriptor_of(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))); }

int moved(BIO* bio, ssize_t count, int retry_flag) {
  BIO_clear_retry_flags(bio);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
    BIO_set_flags(bio, retry_flag | BIO_FLAGS_SHOULD_RETRY);
  return static_cast<int>(count);
}

int write_socket(BIO* bio, const char* from, int count) {
  return moved(bio, ::send(descriptor_of(bio), from, static_cast<std::size_t>(count), MSG_NOSIGNAL), BIO_FLAGS_WRITE);
}

int read_socket(BIO* bio, char* to, int count) {
  return moved(bio, ::recv(descriptor_of(bio), to, static_cast<std::size_t>(count), 0), BIO_FLAGS_READ);
}

long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

// OpenSSL's own socket BIO writes in a way that ends the process when the peer is gone.
const BIO_METHOD* socket_method() {
  static const OwnedMethod method = [] {
    OwnedMethod made(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket"));
    must(made != nullptr && BIO_meth_set_write(made.get(), write_socket) == 1 &&
         BIO_meth_set_read(made.get(), read_socket) == 1 && BIO_meth_set_ctrl(made.get(), control) == 1);
    return made;
  }();
  return method.get();
}

OwnedBio socket_bio(int socket) {
  OwnedBio bio(BIO_new(socket_method()));
  must(bio != nullptr);
  BIO_set_data(bio.get(), reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
  BIO_set_init(bio.get(), 1);
  return bio;
}

OwnedBio text_bio(std::string_view text) {
  OwnedBio bio(BIO_new_mem_buf(octets_of(text), static_cast<int>(text.size())));
  must(bio != nullptr);
  return bio;
}

int no_passphrase(char*, int, int, void*) { return -1; }

// RFC 7301: clients that offer protocols but not this one are told so instead of being misunderstood.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* offered,
                    unsigned int offered_length, void*) {
  static constexpr unsigned char spoken[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_length, spoken, sizeof spoken - 1, offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

OwnedTlsContext new_context() {
  must(OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) == 1);
  OwnedTlsContext context(SSL_CTX_new(TLS_server_method()));
  must(context != nullptr && SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) == 1);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                         SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(context.get(),
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  // Forward secrecy and authenticated encryption only; TLS 1.3 has nothing else.
  must(SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL") == 1);
  must(SSL_CTX_set_num_tickets(context.get(), 1) == 1);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, nullptr);
  return context;
}

bool use_chain(SSL_CTX* context, std::string_view pem) {
  const OwnedBio bio = text_bio(pem);
  const OwnedCertificate own(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
  if (own == nullptr || SSL_CTX_use_certificate(context, own.get()) != 1) return false;
  for (;;) {
    OwnedCertificate next(PEM_read_bio_X509(bio.get(), nullptr, no_passphrase, nullptr));
    if (next == nullptr) break;
    if (SSL_CTX_add0_chain_cert(context, next.get()) != 1) return false;
    (void)next.release();
  }
  const unsigned long last = ERR_peek_last_error();
  return ERR_GET_LIB(last) == ERR_LIB_PEM && ERR_GET_REASON(last) == PEM_R_NO_START_LINE;
}

Transfer outcome(SSL* tls, int result) {
  if (result > 0) return Transfer::done;
  const int why = SSL_get_error(tls, result);
  forget_failures();
  return why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE ? Transfer::again : Transfer::closed;
}

}  // namespace

class TlsContext {
 public:
  explicit TlsContext(OwnedTlsContext context) : context_(std::move(context)) {}
  // Making a session counts a reference and changes nothing else.
  SSL_CTX* get() const { return context_.get(); }

 private:
  OwnedTlsContext context_;
};

struct TlsSession::State {
  std::shared_ptr<const TlsContext> context;
  OwnedTls tls;
  bool broken = false;  // after a failure nothing may be written, not even an end
};

Result<std::shared_ptr<const TlsContext>> load_tls(const std::string& certificate, const std::string& key) {
  const Result<std::string> chain = read_file(certificate);
  if (!chain) return chain.error();
  const Result<Secret> secret = read_secret_file(key);
  if (!secret) return secret.error();
  OwnedTlsContext context = new_context();
  if (!use_chain(context.get(), *chain))
    return refused({codes::invalid_request, certificate + " holds no certificate in PEM form."});
  forget_failures();
  const OwnedBio bio = text_bio(secret->reveal());
  const OwnedKey parsed(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
  if (parsed == nullptr)
    return refused({codes::invalid_request, key + " holds no private key in PEM form, or one with a passphrase."});
  if (SSL_CTX_use_PrivateKey(context.get(), parsed.get()) != 1 || SSL_CTX_check_private_key(context.get()) != 1)
    return refused({codes::invalid_request, "The certificate and the private key do not belong together."});
  return std::shared_ptr<const TlsContext>(std::make_shared<TlsContext>(std::move(context)));
}

TlsSession::TlsSession(std::shared_ptr<const TlsContext> context, int socket) : state_(std::make_unique<State>()) {
  state_->context = std::move(context);
  state_->tls.reset(SSL_new(state_->context->get()));
  must(state_->tls != nullptr);
  OwnedBio bio = socket_bio(socket);
  must(BIO_up_ref(bio.get()) == 1);
  SSL_set0_rbio(state_->tls.get(), bio.get());
  SSL_set0_wbio(state_->tls.get(), bio.release());
  SSL_set_accept_state(state_->tls.get());
}

TlsSession::~TlsSession() = default;

Transfer TlsSession::handshake() {
  const Transfer how = outcome(state_->tls.get(), SSL_do_handshake(state_->tls.get()));
  state_->broken = how == Transfer::closed;
  return how;
}

Transfer TlsSession::read(std::span<char> to, std::size_t& count) {
  count = 0;
  const Transfer how = outcome(state_->tls.get(), SSL_read_ex(state_->tls.get(), to.data(), to.size(), &count));
  if (how == Transfer::closed && (SSL_get_shutdown(state_->tls.get()) & SSL_RECEIVED_SHUTDOWN) == 0)
    state_->broken = true;
  return how;
}

Transfer TlsSession::write(std::string_view from, std::size_t& count) {
  count = 0;
  const Transfer how = outcome(state_->tls.get(), SSL_write_ex(state_->tls.get(), from.data(), from.size(), &count));
  if (how == Transfer::closed) state_->broken = true;
  return how;
}

void TlsSession::finish() {
  if (state_->broken || SSL_in_init(state_->tls.get()) == 1) return;
  SSL_shutdown(state_->tls.get());
  forget_failures();
}

}  // namespace hub::crypto
