// What is where on the HTTP port: the console at /, the API at /v1, its description at /openapi.json, and probes at
// /healthz (the process answers) and /readyz (a corpus can be searched).
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_FRONT_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_FRONT_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/api_gateway.h"
#include "services/gateway/http_exchange.h"

namespace bedside {

struct FrontSettings {
  std::function<bool()> is_ready;
  // Only requests whose Host is one of these, without a port, are answered; empty: all are. Where everybody who reaches
  // the port may do everything, a page of another origin must not reach it under a name of its own (DNS rebinding).
  std::vector<std::string> hosts;
};

class HttpFront {
 public:
  // `api` must outlive the front.
  HttpFront(FrontSettings settings, ApiGateway* api) : settings_(std::move(settings)), api_(api) {}

  HeadVerdict Judge(const HttpRequest& head) const;

 private:
  bool MayAnswer(const HttpRequest& head) const;
  HttpResponse PageAt(const HttpRequest& head) const;

  const FrontSettings settings_;
  ApiGateway* const api_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_FRONT_H_
