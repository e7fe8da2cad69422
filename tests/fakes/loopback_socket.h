// A connection to a server of this machine, made by hand.
#ifndef BEDSIDE_TESTS_FAKES_LOOPBACK_SOCKET_H_
#define BEDSIDE_TESTS_FAKES_LOOPBACK_SOCKET_H_

#include <string>

#include "absl/strings/string_view.h"

namespace bedside {

// A socket that is connected to `address`, 127.0.0.1:port, for the caller to close. One that cannot be is a failure of
// the test.
int ConnectToLoopback(const std::string& address);

// The same from the address `from` of this machine; -1 where the server turns it away.
int TryConnectToLoopback(const std::string& address, const std::string& from);

// A client that says what it likes, as text. Not thread-safe.
class TextConnection {
 public:
  explicit TextConnection(const std::string& address) : socket_(ConnectToLoopback(address)) {}
  ~TextConnection();

  TextConnection(const TextConnection&) = delete;
  TextConnection& operator=(const TextConnection&) = delete;

  // What is not taken as a whole is a failure of the test.
  void Send(absl::string_view text);
  // Whether all of it was taken.
  bool TrySend(absl::string_view text);

  // What comes until the server has sent `end`, or has closed; "[nothing more]" at its end after half a minute without.
  std::string Receive(absl::string_view end = "\n\n never");

 private:
  const int socket_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_LOOPBACK_SOCKET_H_
