#include "tools/eval/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

extern char** environ;

namespace bedside {
namespace {

constexpr absl::Duration kDefaultGrace = absl::Seconds(10);
constexpr absl::Duration kLookInterval = absl::Milliseconds(10);

std::vector<char*> PointersTo(std::vector<std::string>& arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ChildProcess>> ChildProcess::Start(const std::vector<std::string>& arguments,
                                                                  int output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  auto destroy_actions = absl::MakeCleanup([&actions] { posix_spawn_file_actions_destroy(&actions); });
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  std::vector<std::string> writable = arguments;
  pid_t pid = 0;
  const int error = posix_spawn(&pid, arguments[0].c_str(), &actions, nullptr, PointersTo(writable).data(), environ);
  if (error == 0) return std::unique_ptr<ChildProcess>(new ChildProcess(pid));
  return absl::Status(error == ENOENT ? absl::StatusCode::kNotFound : absl::StatusCode::kInternal,
                      absl::StrCat(arguments[0], " cannot be started: ", strerror(error)));
}

ChildProcess::~ChildProcess() { Terminate(kDefaultGrace); }

bool ChildProcess::Reap(int options) {
  if (reaped_) return true;
  int status = 0;
  if (waitpid(pid_, &status, options) != pid_) return false;
  reaped_ = true;
  exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return true;
}

absl::StatusOr<int> ChildProcess::Wait() {
  if (Reap(0)) return exit_status_;
  return absl::CancelledError("a signal arrived while a program was running");
}

bool ChildProcess::IsRunning() { return !Reap(WNOHANG); }

void ChildProcess::Signal(int signal) {
  if (!Reap(WNOHANG)) kill(pid_, signal);
}

void ChildProcess::Terminate(absl::Duration grace) {
  Signal(SIGTERM);
  const absl::Time deadline = absl::Now() + grace;
  while (!Reap(WNOHANG)) {
    if (absl::Now() >= deadline) {
      kill(pid_, SIGKILL);
      while (!Reap(0)) {
      }
      return;
    }
    absl::SleepFor(kLookInterval);
  }
}

}  // namespace bedside
