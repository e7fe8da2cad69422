// A collector of traces on a loopback socket, by OTLP over HTTP: what it was sent.
#ifndef BEDSIDE_TESTS_FAKES_TRACE_COLLECTOR_H_
#define BEDSIDE_TESTS_FAKES_TRACE_COLLECTOR_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "nlohmann/json.hpp"
#include "services/gateway/http_server.h"

namespace bedside {

class TraceCollector {
 public:
  TraceCollector() {
    server_ = *HttpServer::Start({"127.0.0.1:0", nullptr, [this](const HttpRequest&) { return Judge(); }, {}});
  }

  std::string url() const { return absl::StrCat("http://", server_->address(), "/v1/traces"); }

  // Of further requests; what is not answered with 200 is not kept.
  void Answer(int status) {
    absl::MutexLock lock(&mutex_);
    status_ = status;
  }

  std::vector<nlohmann::json> spans() const {
    absl::MutexLock lock(&mutex_);
    return spans_;
  }
  size_t requests() const {
    absl::MutexLock lock(&mutex_);
    return requests_;
  }

 private:
  HeadVerdict Judge() {
    constexpr uint64_t kMostBytes = 16 << 20;
    return {absl::nullopt, kMostBytes, [this](const std::shared_ptr<HttpExchange>& exchange) {
              exchange->Reply({Take(exchange->TakeBody()), "application/json", "{}", {}});
            }};
  }

  int Take(const std::string& body) {
    absl::MutexLock lock(&mutex_);
    ++requests_;
    if (status_ != 200) return status_;
    const nlohmann::json sent = nlohmann::json::parse(body);
    for (const nlohmann::json& span : sent["resourceSpans"][0]["scopeSpans"][0]["spans"]) spans_.push_back(span);
    return status_;
  }

  mutable absl::Mutex mutex_;
  int status_ = 200;
  size_t requests_ = 0;
  std::vector<nlohmann::json> spans_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_TRACE_COLLECTOR_H_
