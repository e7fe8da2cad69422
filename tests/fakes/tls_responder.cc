#include "tests/fakes/tls_responder.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>

#include "absl/memory/memory.h"
#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

Memory Over(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
}

bool Use(const TestCertificate& certificate, SSL_CTX* context) {
  const std::unique_ptr<X509, decltype(&X509_free)> shown(
      PEM_read_bio_X509(Over(certificate.certificate).get(), nullptr, nullptr, nullptr), X509_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(Over(certificate.private_key).get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  return SSL_CTX_use_certificate(context, shown.get()) == 1 && SSL_CTX_use_PrivateKey(context, key.get()) == 1;
}

}  // namespace

std::unique_ptr<TlsResponder> TlsResponder::Start(const TestCertificate& certificate, std::string response) {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (!Use(certificate, context.get()) || listener < 0 ||
      bind(listener, reinterpret_cast<sockaddr*>(&address), sizeof(address)) != 0 || listen(listener, 8) != 0) {
    return nullptr;
  }
  return absl::WrapUnique(new TlsResponder(std::move(context), listener, std::move(response)));
}

TlsResponder::TlsResponder(Context context, int listener, std::string response)
    : context_(std::move(context)), listener_(listener), response_(std::move(response)) {
  thread_ = std::thread([this] { Serve(); });
}

TlsResponder::~TlsResponder() {
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

std::string TlsResponder::base_url() const {
  sockaddr_in address{};
  socklen_t size = sizeof(address);
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  return absl::StrCat("https://localhost:", ntohs(address.sin_port), "/v1");
}

void TlsResponder::Serve() {
  while (true) {
    const int connection = accept(listener_, nullptr, nullptr);
    if (connection < 0) return;
    const std::unique_ptr<SSL, decltype(&SSL_free)> tls(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(tls.get(), connection);
    if (SSL_accept(tls.get()) == 1) Respond(tls.get());
    close(connection);
  }
}

// A request of a test fits into one read.
void TlsResponder::Respond(SSL* connection) {
  char buffer[16384];
  if (SSL_read(connection, buffer, sizeof(buffer)) <= 0) return;
  SSL_write(connection, response_.data(), static_cast<int>(response_.size()));
  SSL_shutdown(connection);
}

}  // namespace bedside
