// A program that this process started, and ends at the latest with this object.
//
// Not thread-safe.
#ifndef BEDSIDE_TOOLS_EVAL_CHILD_PROCESS_H_
#define BEDSIDE_TOOLS_EVAL_CHILD_PROCESS_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace bedside {

class ChildProcess {
 public:
  // Runs the program at the path arguments[0] with the environment of this process and nothing on standard input.
  // Standard output and error both go to the open file `output`, which stays the caller's.
  // NOT_FOUND: there is no such program. INTERNAL: it cannot be started.
  // REQUIRES: !arguments.empty()
  static absl::StatusOr<std::unique_ptr<ChildProcess>> Start(const std::vector<std::string>& arguments, int output);

  // As Terminate(), with a grace of ten seconds.
  ~ChildProcess();

  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // To look at what the kernel says of it. Signals are sent with Signal.
  pid_t pid() const { return pid_; }

  // Waits until the program ends. Its exit status, or 128 and the signal that ended it.
  // CANCELLED: this process handled a signal meanwhile; the program runs on.
  absl::StatusOr<int> Wait();

  // Whether the program has not ended yet.
  bool IsRunning();

  // Sends `signal` to the program, unless it has ended.
  void Signal(int signal);

  // Asks the program to end (SIGTERM), and kills it when it has not ended after `grace`. Does nothing once it has
  // ended.
  void Terminate(absl::Duration grace);

 private:
  explicit ChildProcess(pid_t pid) : pid_(pid) {}

  // Takes the exit status when the program has ended. `options` as for waitpid. False: it runs on.
  bool Reap(int options);

  pid_t pid_;
  bool reaped_ = false;
  int exit_status_ = 0;
};

}  // namespace bedside

#endif  // BEDSIDE_TOOLS_EVAL_CHILD_PROCESS_H_
