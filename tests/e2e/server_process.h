// The bedside_server binary as a process of its own, on a free port of the loopback.
//
//   ServerProcess server(config);
//   ASSERT_NE(server.address(), "") << server.Wait() << server.output();
//   ... server.Signal(SIGTERM) ... EXPECT_EQ(server.Wait(), 0);
//
// Not thread-safe.
#ifndef BEDSIDE_TESTS_E2E_SERVER_PROCESS_H_
#define BEDSIDE_TESTS_E2E_SERVER_PROCESS_H_

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "proto/bedside/config/server_config.pb.h"
#include "tools/eval/child_process.h"

namespace bedside {

class ServerProcess {
 public:
  // With `config`, listening on `address` whatever `config` says. Returns when the process serves or has ended.
  explicit ServerProcess(const config::ServerConfig& config, const std::string& address = "127.0.0.1:0");
  // With these arguments.
  explicit ServerProcess(const std::vector<std::string>& flags);
  // Ends the process.
  ~ServerProcess();

  // host:port; "" when the process ended without serving.
  const std::string& address() const { return address_; }

  // All that the process has written, up to the line with its address; after Wait(), up to its end.
  const std::string& output() const { return output_; }

  void Signal(int signal) { process_->Signal(signal); }

  // Waits for the end of the process. Its exit status, or 128 and the signal that ended it.
  int Wait();

 private:
  // False at the end of the output.
  bool ReadLine(std::string* line);

  std::unique_ptr<ChildProcess> process_;
  std::FILE* pipe_ = nullptr;
  std::string address_;
  std::string output_;
};

}  // namespace bedside

#endif  // BEDSIDE_TESTS_E2E_SERVER_PROCESS_H_
