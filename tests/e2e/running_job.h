// bedside_ingest as a process of its own, whose output is read until it ends.
#ifndef BEDSIDE_TESTS_E2E_RUNNING_JOB_H_
#define BEDSIDE_TESTS_E2E_RUNNING_JOB_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "tests/fakes/status_matchers.h"
#include "tools/eval/child_process.h"

namespace bedside {

class RunningJob {
 public:
  explicit RunningJob(std::vector<std::string> arguments) {
    EXPECT_EQ(pipe2(output_pipe_.data(), O_CLOEXEC), 0);
    arguments.insert(arguments.begin(), "ingest/bedside_ingest");
    auto started = ChildProcess::Start(arguments, output_pipe_[1]);
    close(output_pipe_[1]);
    EXPECT_THAT(started, IsOk());
    process_ = *std::move(started);
  }
  ~RunningJob() { close(output_pipe_[0]); }

  // Until it has written `text`. False: it ended without.
  bool ReadUntil(const std::string& text) {
    while (!absl::StrContains(output_, text)) {
      if (!ReadSome()) return false;
    }
    return true;
  }

  void Kill() { process_->Signal(SIGKILL); }

  // Its exit status.
  int Wait() {
    while (ReadSome()) {
    }
    return process_->Wait().value_or(-1);
  }

  // What was read of standard output and standard error.
  const std::string& output() const { return output_; }

 private:
  bool ReadSome() {
    char bytes[4096];
    const ssize_t count = read(output_pipe_[0], bytes, sizeof bytes);
    if (count > 0) output_.append(bytes, static_cast<size_t>(count));
    return count > 0;
  }

  std::array<int, 2> output_pipe_{};
  std::unique_ptr<ChildProcess> process_;
  std::string output_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_E2E_RUNNING_JOB_H_
