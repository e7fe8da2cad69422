// One request over HTTP and its answer: either Reply, or BeginStream, any number of Write, and EndStream.
//
// Thread-safe but for TakeBody; whoever answers holds a reference until they have. Where the client has gone, answers
// go nowhere.
#ifndef BEDSIDE_SERVICES_GATEWAY_HTTP_EXCHANGE_H_
#define BEDSIDE_SERVICES_GATEWAY_HTTP_EXCHANGE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/types/optional.h"
#include "services/gateway/http_message.h"

namespace bedside {

class HttpExchange {
 public:
  virtual ~HttpExchange() = default;

  virtual const HttpRequest& request() const = 0;

  // Once; nothing holds it after that.
  virtual std::string TakeBody() = 0;

  virtual void Reply(HttpResponse response) = 0;

  // `head` without a body.
  virtual void BeginStream(HttpResponse head) = 0;
  // `written` is called when the client can take more, or has gone. REQUIRES: the one before has been written.
  virtual void Write(std::string bytes, std::function<void()> written) = 0;
  virtual void EndStream() = 0;

  // `gone` is called once when the client leaves before the answer is whole, on any thread, also at once; not after
  // that. To be called at most once.
  virtual void OnGone(std::function<void()> gone) = 0;
};

// What is to become of a request, by its head alone: nobody sends a body who may not.
struct HeadVerdict {
  // Set: this is the answer, and no body is read.
  absl::optional<HttpResponse> reply;
  // Of the body that may follow.
  uint64_t most_body_bytes = 0;
  // Answers when the body is there, sooner or later, and does not wait: it is called on a thread that serves others.
  std::function<void(std::shared_ptr<HttpExchange>)> answer;
};

// Called on such a thread, too.
using HttpHandler = std::function<HeadVerdict(const HttpRequest& head)>;

}  // namespace bedside

#endif  // BEDSIDE_SERVICES_GATEWAY_HTTP_EXCHANGE_H_
