// What is where on the HTTP port: the console at /, the API at /v1, its description at /openapi.json, and probes at
// /healthz (the process answers) and /readyz (a corpus can be searched). CDS Hooks are at
// /cds-services.
//
// Thread-safe.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_FRONT_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_FRONT_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "services/gateway/api_gateway.h"
#include "services/gateway/cross_origin.h"
#include "services/gateway/http_exchange.h"

namespace bedside {

struct FrontSettings {
  std::function<bool()> is_ready;
  // Only requests whose Host is one of these, without a port, are answered; empty: all are. Where everybody who reaches
  // the port may do everything, a page of another origin must not reach it under a name of its own (DNS rebinding).
  std::vector<std::string> hosts;
  // Whose pages may call CDS Hooks; see CrossOrigin.
  std::vector<std::string> hook_origins;
};

class HttpFront {
 public:
  // `api` must outlive the front.
  HttpFront(FrontSettings settings, ApiGateway* api)
      : settings_(std::move(settings)), hook_origins_(settings_.hook_origins), api_(api) {}

  HeadVerdict Judge(const HttpRequest& head) const;

 private:
  bool MayAnswer(const HttpRequest& head) const;
  HttpResponse PageAt(const HttpRequest& head) const;
  HeadVerdict JudgeHook(const HttpRequest& head) const;

  const FrontSettings settings_;
  const CrossOrigin hook_origins_;
  ApiGateway* const api_;
};

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_FRONT_H_
