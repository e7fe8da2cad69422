// A FHIR server on a loopback socket: what it has by path and query, and what it was asked.
#ifndef BEDSIDE_TESTS_FAKES_FHIR_SERVER_H_
#define BEDSIDE_TESTS_FAKES_FHIR_SERVER_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/http_server.h"

namespace bedside {

class FhirServer {
 public:
  FhirServer() {
    server_ = *HttpServer::Start({"127.0.0.1:0", nullptr, [this](const HttpRequest& head) { return Judge(head); }, {}});
  }

  std::string base_url() const { return absl::StrCat("http://", server_->address(), "/fhir"); }

  // By what follows the base URL. Others are answered with 404.
  void Has(const std::string& path_and_query, const std::string& body, int status = 200) {
    absl::MutexLock lock(&mutex_);
    bodies_["/fhir/" + path_and_query] = {status, "application/fhir+json", body, {}};
  }
  // The same for all that begin so.
  void HasAll(const std::string& begin, const std::string& body) {
    absl::MutexLock lock(&mutex_);
    beginnings_["/fhir/" + begin] = {200, "application/fhir+json", body, {}};
  }

  std::vector<std::string> asked() const {
    absl::MutexLock lock(&mutex_);
    return asked_;
  }
  // Of the header Authorization, one a request.
  std::vector<std::string> tokens() const {
    absl::MutexLock lock(&mutex_);
    return tokens_;
  }

 private:
  HeadVerdict Judge(const HttpRequest& head) {
    const std::string asked = head.query.empty() ? head.path : absl::StrCat(head.path, "?", head.query);
    absl::MutexLock lock(&mutex_);
    asked_.push_back(asked);
    tokens_.push_back(HeaderOf(head, "authorization"));
    if (const auto body = bodies_.find(asked); body != bodies_.end()) return {body->second, 0, nullptr};
    for (const auto& [begin, body] : beginnings_) {
      if (asked.rfind(begin, 0) == 0) return {body, 0, nullptr};
    }
    return {HttpResponse{404, "application/fhir+json", R"({"resourceType":"OperationOutcome"})", {}}, 0, nullptr};
  }

  mutable absl::Mutex mutex_;
  std::map<std::string, HttpResponse> bodies_;
  std::map<std::string, HttpResponse> beginnings_;
  std::vector<std::string> asked_;
  std::vector<std::string> tokens_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_FHIR_SERVER_H_
