// Requests that each method must refuse, and how.
#ifndef BEDSIDE_TESTS_INTEGRATION_BAD_CALLS_H_
#define BEDSIDE_TESTS_INTEGRATION_BAD_CALLS_H_

#include <grpcpp/grpcpp.h>

#include <string>
#include <vector>

namespace bedside {

struct BadCall {
  std::string method;
  // Text proto. What could name a patient does: "Smith".
  std::string request;
  grpc::StatusCode code;
  // Of the violations, in order.
  std::vector<std::string> fields;
  // In the message.
  std::string next_step;
};

// Of a server with the three guidelines of ServiceFixture, a workshop, a folder of backups, a report "answers" that was
// not written, and no hooks.
std::vector<BadCall> AllBadCalls();

}  // namespace bedside

#endif  // BEDSIDE_TESTS_INTEGRATION_BAD_CALLS_H_
