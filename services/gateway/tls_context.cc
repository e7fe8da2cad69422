#include "services/gateway/tls_context.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <boost/asio/buffer.hpp>
#include <string>

#include "absl/strings/str_cat.h"

namespace bedside {
namespace {

namespace ssl = boost::asio::ssl;

int VerificationOf(const config::TlsConfig& config) {
  if (config.client_ca_file().empty()) return ssl::verify_none;
  return config.client_certificate_required() ? ssl::verify_peer | ssl::verify_fail_if_no_peer_cert : ssl::verify_peer;
}

// A client learns whose certificates are wanted.
void NameAuthorities(ssl::context* context) {
  X509_STORE* store = SSL_CTX_get_cert_store(context->native_handle());
  STACK_OF(X509)* authorities = X509_STORE_get1_all_certs(store);
  for (int i = 0; i < sk_X509_num(authorities); ++i) {
    SSL_CTX_add_client_CA(context->native_handle(), sk_X509_value(authorities, i));
  }
  sk_X509_pop_free(authorities, X509_free);
}

// Each PEM block of `text` on its own: Boost reads one at a time.
void TrustAuthorities(const std::string& text, ssl::context* context) {
  constexpr char kBegin[] = "-----BEGIN ";
  for (size_t at = text.find(kBegin); at != text.npos;) {
    const size_t next = text.find(kBegin, at + 1);
    const std::string one = text.substr(at, next == text.npos ? text.npos : next - at);
    context->add_certificate_authority(boost::asio::buffer(one));
    at = next;
  }
  NameAuthorities(context);
}

}  // namespace

absl::StatusOr<std::shared_ptr<ssl::context>> MakeTlsContext(const ServerCertificate& certificate,
                                                             const config::TlsConfig& config) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  // Resumed sessions would go on with the certificate of before.
  SSL_CTX_set_session_cache_mode(context->native_handle(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
  try {
    context->use_certificate_chain(boost::asio::buffer(certificate.chain));
    context->use_private_key(boost::asio::buffer(certificate.private_key), ssl::context::pem);
    context->set_verify_mode(VerificationOf(config));
    if (!certificate.client_authorities.empty()) TrustAuthorities(certificate.client_authorities, context.get());
  } catch (const boost::system::system_error& error) {
    return absl::InvalidArgumentError(absl::StrCat("tls: OpenSSL does not take the certificate: ", error.what()));
  }
  return context;
}

}  // namespace bedside
