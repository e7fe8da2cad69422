// A chat server on a loopback socket that does what a test tells it: streams, breaks off, hangs, answers nonsense.
//
//   auto server = ChatServer::Start({EventStream({"Aspirin helps [1]."}), ChatServer::Ending::kClose});
//   ... server->base_url() ...
//   EXPECT_THAT(server->requests(), SizeIs(1));
//
// Serves every connection the same way, one after the other. Thread-safe.
#ifndef BEDSIDE_TESTS_FAKES_CHAT_SERVER_H_
#define BEDSIDE_TESTS_FAKES_CHAT_SERVER_H_

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"

namespace bedside {

class ChatServer {
 public:
  enum class Ending {
    // Close the connection after the response.
    kClose,
    // Keep it open until the client closes it or the server is destroyed.
    kHang,
  };

  struct Script {
    // Sent after a whole request has been read: status line, headers and body, byte by byte as given.
    std::string response;
    Ending ending = Ending::kClose;
  };

  static std::unique_ptr<ChatServer> Start(Script script);
  ~ChatServer();

  // "http://127.0.0.1:PORT/v1"
  std::string base_url() const;

  // Head and body of each request so far.
  std::vector<std::string> requests() const;

  // Blocks until a client has closed the connection of a hanging response.
  void WaitForHangUp();

 private:
  ChatServer(Script script, int listener);
  void Serve();
  void ServeConnection(int connection);

  const Script script_;
  const int listener_;
  mutable absl::Mutex mutex_;
  std::vector<std::string> requests_ ABSL_GUARDED_BY(mutex_);
  int open_connection_ ABSL_GUARDED_BY(mutex_) = -1;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool hung_up_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

// "HTTP/1.1 200 OK" with the headers of an event stream, up to the end of the connection, then `body`.
std::string EventStreamResponse(absl::string_view body);

// A whole response that streams these pieces of text and then ends as it should.
std::string EventStream(const std::vector<std::string>& deltas);

// The event for one piece of text. `finish_reason`: "" for none.
std::string DeltaEvent(absl::string_view text, absl::string_view finish_reason = "");

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_CHAT_SERVER_H_
