// Which pages of other origins may read answers from a browser (CORS, in the Fetch standard of WHATWG): those that are
// named, and no others.
//
// Immutable, thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_CROSS_ORIGIN_H_
#define BEDSIDE_SERVICES_GATEWAY_CROSS_ORIGIN_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/types/optional.h"
#include "services/gateway/http_exchange.h"
#include "services/gateway/http_message.h"

namespace bedside {

class CrossOrigin {
 public:
  // "https://sandbox.cds-hooks.org", exactly as browsers send it.
  explicit CrossOrigin(std::vector<std::string> origins) : origins_(std::move(origins)) {}

  // What a browser is told that asks before it calls (OPTIONS); unset for another request, or another origin.
  absl::optional<HttpResponse> Preflight(const HttpRequest& head) const;

  // `verdict` on the request `head`, whose answer its page may read where it may.
  HeadVerdict Allow(const HttpRequest& head, HeadVerdict verdict) const;

 private:
  // Empty: it may not.
  HttpHeaders HeadersFor(const HttpRequest& head) const;

  const std::vector<std::string> origins_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_CROSS_ORIGIN_H_
