#pragma once
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "support/raw_client.h"

namespace hub::testing {

// A certificate that nobody vouches for, with its key, as PEM files.
struct TlsFiles {
  std::string certificate, key;

  TlsFiles(const std::string& folder, const std::string& name)
      : certificate(folder + "/" + name + ".crt"), key(folder + "/" + name + ".key") {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> pair(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> own(X509_new(), &X509_free);
    X509_set_version(own.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(own.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(own.get()), 3600);
    X509_set_pubkey(own.get(), pair.get());
    X509_NAME* subject = X509_get_subject_name(own.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(own.get(), subject);
    X509_sign(own.get(), pair.get(), EVP_sha256());
    write(certificate, [&](BIO* out) { return PEM_write_bio_X509(out, own.get()); });
    write(key,
          [&](BIO* out) { return PEM_write_bio_PrivateKey(out, pair.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    std::filesystem::permissions(key, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

 private:
  template <class Writer>
  static void write(const std::string& path, Writer&& writer) {
    const std::unique_ptr<BIO, decltype(&BIO_free_all)> out(BIO_new_file(path.c_str(), "w"), &BIO_free_all);
    if (out == nullptr || writer(out.get()) != 1) throw std::runtime_error("no PEM file at " + path);
  }
};

// A client of TLS over a raw one, which may be asked for less than it should.
class TlsClient {
 public:
  struct Wishes {
    int least_version = 0, most_version = 0;
    std::string protocols = {};  // of ALPN, each behind its length
  };

  explicit TlsClient(RawClient raw) : TlsClient(std::move(raw), Wishes{}) {}
  TlsClient(RawClient raw, const Wishes& wishes) : raw_(std::move(raw)) {
    SSL_CTX_set_min_proto_version(context_.get(), wishes.least_version);
    SSL_CTX_set_max_proto_version(context_.get(), wishes.most_version);
    if (wishes.most_version == TLS1_1_VERSION) SSL_CTX_set_security_level(context_.get(), 0);
    session_.reset(SSL_new(context_.get()));
    if (!wishes.protocols.empty()) {
      SSL_set_alpn_protos(session_.get(), reinterpret_cast<const unsigned char*>(wishes.protocols.data()),
                          static_cast<unsigned>(wishes.protocols.size()));
    }
    const timeval patience{RawClient::patience_ms / 1000, 0};
    ::setsockopt(raw_.socket(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    SSL_set_fd(session_.get(), raw_.socket());
    shaken_ = SSL_connect(session_.get()) == 1;
    ERR_clear_error();
  }

  bool shaken() const { return shaken_; }
  std::string version() const { return SSL_get_version(session_.get()); }
  std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(session_.get(), &name, &length);
    return std::string(reinterpret_cast<const char*>(name), length);
  }
  std::string server_name() const {
    const std::unique_ptr<X509, decltype(&X509_free)> peer(SSL_get1_peer_certificate(session_.get()), &X509_free);
    char name[64] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(peer.get()), NID_commonName, name, sizeof name);
    return name;
  }

  bool send(std::string_view octets) {
    return SSL_write(session_.get(), octets.data(), static_cast<int>(octets.size())) == static_cast<int>(octets.size());
  }
  // Everything up to and including the octets that end it, or the end of the connection.
  std::string read_until(std::string_view end) {
    std::string out;
    char buffer[16 * 1024];
    while (!out.ends_with(end)) {
      const int count = SSL_read(session_.get(), buffer, sizeof buffer);
      if (count <= 0) break;
      out.append(buffer, static_cast<std::size_t>(count));
    }
    ERR_clear_error();
    return out;
  }
  // The server said that it ends, so nothing was cut off.
  bool ended() const { return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
  bool renegotiate() {
    SSL_renegotiate(session_.get());
    const bool done = SSL_do_handshake(session_.get()) == 1;
    ERR_clear_error();
    return done;
  }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{SSL_CTX_new(TLS_client_method()), &SSL_CTX_free};
  RawClient raw_;
  std::unique_ptr<SSL, decltype(&SSL_free)> session_{nullptr, &SSL_free};
  bool shaken_ = false;
};

}  // namespace hub::testing
