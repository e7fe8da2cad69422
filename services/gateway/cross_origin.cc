#include "services/gateway/cross_origin.h"

#include <memory>

#include "absl/algorithm/container.h"

namespace bedside {
namespace {

void Append(const HttpHeaders& more, HttpHeaders* headers) {
  headers->insert(headers->end(), more.begin(), more.end());
}

// An exchange whose answer has more headers.
class WithHeaders : public HttpExchange {
 public:
  WithHeaders(std::shared_ptr<HttpExchange> exchange, HttpHeaders headers)
      : exchange_(std::move(exchange)), headers_(std::move(headers)) {}

  const HttpRequest& request() const override { return exchange_->request(); }
  std::string TakeBody() override { return exchange_->TakeBody(); }
  void Reply(HttpResponse response) override {
    Append(headers_, &response.headers);
    exchange_->Reply(std::move(response));
  }
  void BeginStream(HttpResponse head) override {
    Append(headers_, &head.headers);
    exchange_->BeginStream(std::move(head));
  }
  void Write(std::string bytes, std::function<void()> written) override {
    exchange_->Write(std::move(bytes), std::move(written));
  }
  void EndStream() override { exchange_->EndStream(); }
  void OnGone(std::function<void()> gone) override { exchange_->OnGone(std::move(gone)); }

 private:
  const std::shared_ptr<HttpExchange> exchange_;
  const HttpHeaders headers_;
};

}  // namespace

HttpHeaders CrossOrigin::HeadersFor(const HttpRequest& head) const {
  const std::string origin = HeaderOf(head, "origin");
  if (!absl::c_linear_search(origins_, origin)) return {};
  return {{"Access-Control-Allow-Origin", origin}, {"Vary", "Origin"}};
}

absl::optional<HttpResponse> CrossOrigin::Preflight(const HttpRequest& head) const {
  HttpHeaders headers = HeadersFor(head);
  if (head.verb != "OPTIONS" || headers.empty()) return absl::nullopt;
  headers.emplace_back("Access-Control-Allow-Methods", "GET, POST");
  headers.emplace_back("Access-Control-Allow-Headers", "authorization, content-type");
  headers.emplace_back("Access-Control-Max-Age", "600");
  return HttpResponse{204, "", "", std::move(headers)};
}

HeadVerdict CrossOrigin::Allow(const HttpRequest& head, HeadVerdict verdict) const {
  const HttpHeaders headers = HeadersFor(head);
  if (headers.empty()) return verdict;
  if (verdict.reply.has_value()) {
    Append(headers, &verdict.reply->headers);
    return verdict;
  }
  return {absl::nullopt, verdict.most_body_bytes,
          [headers, answer = std::move(verdict.answer)](std::shared_ptr<HttpExchange> exchange) {
            answer(std::make_shared<WithHeaders>(std::move(exchange), headers));
          }};
}

}  // namespace bedside
