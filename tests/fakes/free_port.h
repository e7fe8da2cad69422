// A port of the loopback that nobody listens on now.
#ifndef BEDSIDE_TESTS_FAKES_FREE_PORT_H_
#define BEDSIDE_TESTS_FAKES_FREE_PORT_H_

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bedside {

// For programs that cannot choose one themselves. Somebody else may take it meanwhile. 0: there is none.
inline int FreePort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  const bool bound = bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0 &&
                     getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(listener);
  return bound ? ntohs(address.sin_port) : 0;
}

}  // namespace bedside

#endif  // BEDSIDE_TESTS_FAKES_FREE_PORT_H_
