#include "ingest/connectors/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "index/status/status_macros.h"

namespace bedside {
namespace {

constexpr size_t kErrorBytes = 4096;

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd = -1) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~FileDescriptor() { Close(); }

  int get() const { return fd_; }
  bool is_open() const { return fd_ >= 0; }
  void Close() {
    if (fd_ >= 0) close(std::exchange(fd_, -1));
  }

 private:
  int fd_;
};

absl::Status SystemError(absl::string_view call) {
  return absl::ResourceExhaustedError(absl::StrCat("starting a program: ", call, ": ", std::strerror(errno)));
}

absl::StatusOr<std::string> FindProgram(absl::string_view name) {
  const char* path = std::getenv("PATH");
  for (absl::string_view folder : absl::StrSplit(path == nullptr ? "/usr/bin:/bin" : path, ':', absl::SkipEmpty())) {
    std::string candidate = absl::StrCat(folder, "/", name);
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return absl::NotFoundError(absl::StrCat("the program ", name, " is not in PATH; install it"));
}

// An anonymous file in memory that holds `input`, at its beginning.
absl::StatusOr<FileDescriptor> InputFile(absl::string_view input) {
  FileDescriptor file(memfd_create("input", MFD_CLOEXEC));
  if (!file.is_open()) return SystemError("memfd_create");
  while (!input.empty()) {
    const ssize_t written = write(file.get(), input.data(), input.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return SystemError("write");
    input.remove_prefix(static_cast<size_t>(written));
  }
  if (lseek(file.get(), 0, SEEK_SET) != 0) return SystemError("lseek");
  return file;
}

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

absl::StatusOr<Pipe> MakePipe() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return SystemError("pipe2");
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

void Limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit = {value, value};
  setrlimit(resource, &limit);
}

// What the child does after fork and before exec: system calls only, since other threads may have held any lock.
[[noreturn]] void BecomeProgram(const char* program, char* const* arguments, char* const* environment, int input,
                                int output, int errors, const SubprocessLimits& limits, int64_t seconds) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  setpgid(0, 0);
  // Standard streams of the parent may be closed, and then these numbers are small.
  input = fcntl(input, F_DUPFD, 3);
  output = fcntl(output, F_DUPFD, 3);
  errors = fcntl(errors, F_DUPFD, 3);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  close_range(3, ~0U, 0);
  Limit(RLIMIT_AS, limits.memory_bytes);
  Limit(RLIMIT_CPU, static_cast<rlim_t>(seconds));
  Limit(RLIMIT_FSIZE, 0);
  Limit(RLIMIT_CORE, 0);
  execve(program, arguments, environment);
  _exit(127);
}

// A child that is killed, with all that it has started, and reaped, at the latest when this goes.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  ~Child() {
    if (pid_ > 0) Reap();
  }

  void Kill() { kill(-pid_, SIGKILL); }

  // Blocks until the child has ended; its wait status.
  int Reap() {
    Kill();
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

  // As Reap, but lets the child end by itself until `deadline`; whether it did.
  bool WaitUntil(absl::Time deadline, int* status) {
    while (true) {
      const pid_t ended = waitpid(pid_, status, WNOHANG);
      if (ended == pid_) {
        // Processes that it left behind.
        Kill();
        pid_ = -1;
        return true;
      }
      if (absl::Now() >= deadline) {
        *status = Reap();
        return false;
      }
      absl::SleepFor(absl::Milliseconds(1));
    }
  }

 private:
  pid_t pid_;
};

// Appends what there is to `out`, of which `max_bytes` are kept; whether the stream goes on.
bool ReadSome(FileDescriptor& stream, size_t max_bytes, std::string& out) {
  char buffer[1 << 16];
  const ssize_t size = read(stream.get(), buffer, sizeof(buffer));
  if (size < 0) return errno == EINTR || errno == EAGAIN;
  out.append(buffer, std::min(static_cast<size_t>(size), max_bytes - std::min(max_bytes, out.size())));
  return size > 0;
}

// Reads both streams to their ends; kExited when nothing stood against that.
SubprocessResult::End Collect(FileDescriptor output, FileDescriptor errors, absl::Time deadline, uint64_t max_output,
                              SubprocessResult& result) {
  while (output.is_open() || errors.is_open()) {
    const int64_t left = absl::ToInt64Milliseconds(deadline - absl::Now());
    if (left <= 0) return SubprocessResult::End::kTimedOut;
    pollfd streams[] = {{output.get(), POLLIN, 0}, {errors.get(), POLLIN, 0}};
    if (poll(streams, 2, static_cast<int>(std::min<int64_t>(left, 1000))) <= 0) continue;
    // One byte more than is kept tells that there is too much.
    if (streams[0].revents != 0 && !ReadSome(output, max_output + 1, result.output)) output.Close();
    if (streams[1].revents != 0 && !ReadSome(errors, kErrorBytes, result.errors)) errors.Close();
    if (result.output.size() > max_output) return SubprocessResult::End::kTooMuchOutput;
  }
  return SubprocessResult::End::kExited;
}

}  // namespace

absl::StatusOr<SubprocessResult> RunSubprocess(const std::vector<std::string>& arguments, absl::string_view input,
                                               const SubprocessLimits& limits) {
  const absl::Time deadline = absl::Now() + limits.time;
  ASSIGN_OR_RETURN(const std::string program, FindProgram(arguments[0]));
  ASSIGN_OR_RETURN(const FileDescriptor input_file, InputFile(input));
  ASSIGN_OR_RETURN(Pipe output, MakePipe());
  ASSIGN_OR_RETURN(Pipe errors, MakePipe());
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const char* path = std::getenv("PATH");
  std::string path_variable = absl::StrCat("PATH=", path == nullptr ? "/usr/bin:/bin" : path);
  std::string locale_variable = "LC_ALL=C.UTF-8";
  char* const environment[] = {&path_variable[0], &locale_variable[0], nullptr};
  const int64_t seconds = std::max<int64_t>(absl::ToInt64Seconds(absl::Ceil(limits.time, absl::Seconds(1))), 1);

  const pid_t pid = fork();
  if (pid < 0) return SystemError("fork");
  if (pid == 0) {
    BecomeProgram(program.c_str(), argv.data(), environment, input_file.get(), output.write.get(), errors.write.get(),
                  limits, seconds);
  }
  // Also here, so that the group exists before anything is killed.
  setpgid(pid, pid);
  Child child(pid);
  output.write.Close();
  errors.write.Close();

  SubprocessResult result;
  result.end = Collect(std::move(output.read), std::move(errors.read), deadline, limits.output_bytes, result);
  int status = 0;
  if (result.end != SubprocessResult::End::kExited) {
    child.Reap();
    return result;
  }
  if (!child.WaitUntil(deadline, &status)) {
    result.end = SubprocessResult::End::kTimedOut;
  } else if (WIFSIGNALED(status)) {
    result.end = WTERMSIG(status) == SIGXCPU ? SubprocessResult::End::kTimedOut : SubprocessResult::End::kSignalled;
    result.code = WTERMSIG(status);
  } else {
    result.code = WEXITSTATUS(status);
  }
  return result;
}

}  // namespace bedside
