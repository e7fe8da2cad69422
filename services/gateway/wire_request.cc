#include "services/gateway/wire_request.h"

#include <boost/beast/http/error.hpp>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/gateway/error_response.h"

namespace bedside {
namespace {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

absl::string_view ViewOf(boost::beast::string_view text) { return absl::string_view(text.data(), text.size()); }

}  // namespace

std::string PeerOf(const tcp::socket& socket) {
  boost::system::error_code error;
  const tcp::endpoint peer = socket.remote_endpoint(error);
  if (error) return "";
  boost::asio::ip::address address = peer.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    address = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6());
  }
  return address.is_v4() ? absl::StrCat("ipv4:", address.to_string(), ":", peer.port())
                         : absl::StrCat("ipv6:[", address.to_string(), "]:", peer.port());
}

HttpRequest HeadOf(const WireParser& parser) {
  const auto& head = parser.get();
  HttpRequest request;
  request.verb = std::string(head.method_string());
  const std::string target(head.target());
  const size_t question = target.find('?');
  request.path = target.substr(0, question);
  if (question != target.npos) request.query = target.substr(question + 1);
  for (const auto& field : head) {
    request.headers.emplace_back(absl::AsciiStrToLower(ViewOf(field.name_string())), std::string(field.value()));
  }
  return request;
}

bool HasClearEnd(const WireParser& parser) {
  const auto& head = parser.get();
  const bool is_encoded = head.find(http::field::transfer_encoding) != head.end();
  const bool has_length = head.find(http::field::content_length) != head.end();
  return !is_encoded || (parser.chunked() && !has_length);
}

int StatusOfUnreadable(const boost::system::error_code& error) {
  if (error == http::error::body_limit) return 413;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) return 431;
  if (error == http::error::end_of_stream || error == http::error::partial_message) return 0;
  return error.category() == make_error_code(http::error::bad_method).category() ? 400 : 0;
}

HttpResponse UnreadableResponse(int http_status, const HttpLimits& limits) {
  std::string wanted = "wanted a request of HTTP/1.1, with a body whose end is clear";
  if (http_status == 413) wanted = "wanted a shorter body: docs/http.md says how long it may be";
  if (http_status == 431) wanted = absl::StrCat("wanted headers of ", limits.head_bytes, " bytes at most");
  return ErrorResponse(absl::InvalidArgumentError(wanted), http_status);
}

}  // namespace bedside
