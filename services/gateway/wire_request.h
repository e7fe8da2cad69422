// What Beast has parsed of a request, as the gateway knows requests, and what it says where it could not.
#ifndef BEDSIDE_SERVICES_GATEWAY_WIRE_REQUEST_H_
#define BEDSIDE_SERVICES_GATEWAY_WIRE_REQUEST_H_

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>
#include <string>

#include "services/gateway/http_limits.h"
#include "services/gateway/http_message.h"

namespace bedside {

using WireParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

// "ipv4:10.0.0.1:50000"; empty where the client has gone. An IPv4 address is one also on a socket of IPv6.
std::string PeerOf(const boost::asio::ip::tcp::socket& socket);

// Verb, path, query and headers. REQUIRES: the head has been read.
HttpRequest HeadOf(const WireParser& parser);

// Whether it can be told where the body ends: one whose Transfer-Encoding does not end in chunked, or that has a length
// beside it, is read otherwise by others (RFC 9112, section 6.3).
bool HasClearEnd(const WireParser& parser);

// Of a request that could not be read; 0: there is nobody to be answered.
int StatusOfUnreadable(const boost::system::error_code& error);

// The answer with that status.
HttpResponse UnreadableResponse(int http_status, const HttpLimits& limits);

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_WIRE_REQUEST_H_
