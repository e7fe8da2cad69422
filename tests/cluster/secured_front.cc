#include "tests/cluster/secured_front.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "absl/strings/substitute.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/fakes/free_port.h"
#include "tests/fakes/http_client.h"
#include "tests/fakes/temp_folder.h"
#include "tests/fakes/test_certificate.h"

namespace bedside {
namespace {

constexpr char kProxy[] = "/usr/sbin/haproxy";
constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr absl::Duration kLookInterval = absl::Milliseconds(20);

// $0: port; $1: file of certificate and key; $2: user; $3: password; $4: host:port of the node.
constexpr absl::string_view kConfiguration = R"(defaults
  mode http
  timeout connect 5s
  timeout client 1m
  timeout server 1m
  retries 0

userlist callers
  user $2 insecure-password $3

listen front
  bind 127.0.0.1:$0 ssl crt $1
  http-request auth unless { http_auth(callers) }
  server node $4
)";

std::string Read(const std::string& file) {
  std::ostringstream content;
  content << std::ifstream(file).rdbuf();
  return content.str();
}

}  // namespace

absl::StatusOr<std::unique_ptr<SecuredFront>> SecuredFront::Start(const std::string& node_url, const std::string& user,
                                                                  const std::string& password) {
  const std::string folder = TempFolder();
  const int port = FreePort();
  const TestCertificate own = MakeTestCertificate();
  const std::string bundle = WriteFile(folder, "front.pem", absl::StrCat(own.certificate, own.private_key));
  const std::string configuration =
      absl::Substitute(kConfiguration, port, bundle, user, password, absl::StripPrefix(node_url, "http://"));
  std::unique_ptr<SecuredFront> front(new SecuredFront);
  front->url_ = absl::StrCat("https://127.0.0.1:", port);
  front->authority_file_ = WriteFile(folder, "authority.pem", own.certificate);
  const absl::Status status =
      front->Serve(WriteFile(folder, "haproxy.cfg", configuration), WriteFile(folder, "haproxy.log", ""));
  if (!status.ok()) return status;
  return front;
}

absl::Status SecuredFront::Serve(const std::string& configuration, const std::string& log_file) {
  const int log = open(log_file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  const auto close_log = absl::MakeCleanup([log] { close(log); });
  auto process = ChildProcess::Start({kProxy, "-db", "-f", configuration}, log);
  if (!process.ok()) return process.status();
  process_ = *std::move(process);
  const absl::Time deadline = absl::Now() + kPatience;
  while (process_->IsRunning() && absl::Now() < deadline) {
    if (Answers()) return absl::OkStatus();
    absl::SleepFor(kLookInterval);
  }
  return absl::InternalError(absl::StrCat("HAProxy does not serve on ", url_, ": ", Read(log_file)));
}

bool SecuredFront::Answers() const {
  HttpCall call;
  call.url = url_;
  call.authority_file = authority_file_;
  return SendHttp(call).status != 0;
}

}  // namespace bedside
