// A server of HTTP on a loopback socket that answers as a test tells it, and what it was asked.
//
//   ScriptedHttpServer server;
//   server.Answer({{429, ""}, {200, R"({"errors":false})"}});
//   ... server.url() ...
//   EXPECT_THAT(server.requests(), SizeIs(2));
//
// For one that hangs or breaks off: ChatServer. Thread-safe.
#ifndef BEDSIDE_TESTS_FAKES_SCRIPTED_HTTP_SERVER_H_
#define BEDSIDE_TESTS_FAKES_SCRIPTED_HTTP_SERVER_H_

#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/http_server.h"

namespace bedside {

class ScriptedHttpServer {
 public:
  struct Request {
    // "POST /index/_search?x=y"
    std::string line;
    std::string authorization;
    std::string content_type;
    std::string body;
  };

  // Answers with 200 and "{}" until it is told otherwise.
  ScriptedHttpServer() {
    server_ = *HttpServer::Start({"127.0.0.1:0", nullptr, [this](const HttpRequest& head) { return Judge(head); }, {}});
  }

  std::string url() const { return absl::StrCat("http://", server_->address()); }

  // To the next requests, one each, by status and body; the last one also to all that follow.
  void Answer(std::vector<std::pair<int, std::string>> answers) {
    absl::MutexLock lock(&mutex_);
    answers_.assign(answers.begin(), answers.end());
  }

  std::vector<Request> requests() const {
    absl::MutexLock lock(&mutex_);
    return requests_;
  }

 private:
  HeadVerdict Judge(const HttpRequest& head) {
    constexpr uint64_t kMostBytes = 16 << 20;
    const std::string query = head.query.empty() ? "" : "?" + head.query;
    const Request request = {absl::StrCat(head.verb, " ", head.path, query), HeaderOf(head, "authorization"),
                             HeaderOf(head, "content-type"), ""};
    return {absl::nullopt, kMostBytes, [this, request](const std::shared_ptr<HttpExchange>& exchange) {
              exchange->Reply(Take(request, exchange->TakeBody()));
            }};
  }

  HttpResponse Take(Request request, std::string body) {
    absl::MutexLock lock(&mutex_);
    request.body = std::move(body);
    requests_.push_back(std::move(request));
    const std::pair<int, std::string> answer = answers_.front();
    if (answers_.size() > 1) answers_.pop_front();
    return {answer.first, "application/json", answer.second, {}};
  }

  mutable absl::Mutex mutex_;
  std::deque<std::pair<int, std::string>> answers_ = {{200, "{}"}};
  std::vector<Request> requests_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_SCRIPTED_HTTP_SERVER_H_
