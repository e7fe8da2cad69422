// The head of a request over HTTP, and what is answered.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_MESSAGE_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_MESSAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"

namespace bedside {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  // "POST"
  std::string verb;
  // As sent, without and with what follows the "?".
  std::string path;
  std::string query;
  // Names in lower case, in the order in which they came; without what follows a body (trailers).
  HttpHeaders headers;
  // Address of the client and port, as gRPC writes it: "ipv4:10.0.0.1:50000".
  std::string peer;
  // Of the verified client certificate; see CallCredentials.
  std::vector<std::string> certificate_names;
};

struct HttpResponse {
  int status = 200;
  std::string content_type;
  std::string body;
  // Beside those that every response has.
  HttpHeaders headers;
};

// All values of the header `name`, which is in lower case.
inline std::vector<std::string> HeadersOf(const HttpRequest& request, absl::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : request.headers) {
    if (key == name) values.push_back(value);
  }
  return values;
}

// The only value of a header; empty where there is none, or more than one.
inline std::string HeaderOf(const HttpRequest& request, absl::string_view name) {
  std::vector<std::string> values = HeadersOf(request, name);
  return values.size() == 1 ? std::move(values.front()) : "";
}

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_MESSAGE_H_
