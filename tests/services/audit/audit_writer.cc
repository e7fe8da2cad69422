// audit_writer FOLDER: four threads append calls to an audit log, and print their letter for each that is on disk. It
// runs until it is killed.
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/synchronization/notification.h"
#include "services/audit/audit_log.h"

namespace bedside {
namespace {

void AppendForEver(AuditLog* log, int thread) {
  for (uint64_t number = 1;; ++number) {
    storage::AuditedCall call;
    call.set_method(std::string(1, static_cast<char>('a' + thread)));
    call.set_latency_micros(number);
    absl::Notification done;
    log->Append(call, [&](const absl::Status& status) {
      const char letter = static_cast<char>('a' + thread);
      if (!status.ok() || write(STDOUT_FILENO, &letter, 1) != 1) _exit(1);
      done.Notify();
    });
    done.WaitForNotification();
  }
}

int Run(const std::string& folder) {
  config::AuditConfig config;
  config.set_folder(folder);
  config.set_anchor_file(folder + "-anchors");
  config.set_max_file_megabytes(1);
  const auto log = AuditLog::Open(config);
  if (!log.ok()) return 1;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back(&AppendForEver, log->get(), i);
  for (std::thread& thread : threads) thread.join();
  return 0;
}

}  // namespace
}  // namespace bedside

int main(int argc, char** argv) { return argc == 2 ? bedside::Run(argv[1]) : 2; }
